"""One way to write a JSON value: keys sorted, nothing between, numbers with the digits they came with.

The same records give the same bytes, whoever delivered them, and so the same hash.
"""

import json
from typing import Any

from yearbook.errors import SourceError


class Number(str):
    """A number as the digits that stand in a JSON text: what `float` would round is kept."""

    __slots__ = ()


def canonical(value: Any) -> str:
    """Write a value of objects, lists, texts, `Number`, booleans and null.

    Raises `SourceError` where it is nested too deeply.
    """
    try:
        return written(value)
    except RecursionError:
        raise too_deep("") from None


def too_deep(where: str) -> SourceError:
    """The error for a value that is nested more deeply than Python follows."""
    return SourceError("nested too deeply to be records", where=where, fix="flat records, or leave this field out")


def canonical_lines(records: list[Any]) -> bytes:
    """Write records as JSON Lines."""
    return "".join(canonical(record) + "\n" for record in records).encode()


def written(value: Any) -> str:
    """As `canonical`, but raises `RecursionError`: for a caller that knows the place."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(key)}:{written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return _quoted(value)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
