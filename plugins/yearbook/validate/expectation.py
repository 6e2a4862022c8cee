"""An expectation as rules ask for it, before any engine takes it."""

from dataclasses import dataclass
from typing import Any

Kwargs = dict[str, Any]


@dataclass(frozen=True)
class Expectation:
    """One expectation: `name` is the rule's, `type` that of Great Expectations, `kwargs` its arguments."""

    name: str
    type: str
    kwargs: Kwargs
    severity: str
