"""Which tables and fields an SQL text names."""

import re
from collections.abc import Iterable


def named_in(names: Iterable[str], text: str) -> list[str]:
    """Return the names that stand as words in an SQL text, sorted."""
    return sorted(name for name in names if re.search(rf"\b{re.escape(name)}\b", text))
