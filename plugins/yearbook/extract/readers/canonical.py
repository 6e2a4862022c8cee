"""One way to write a JSON value: keys sorted, nothing between, numbers with the digits they came with.

The same records give the same bytes, whoever delivered them, and so the same hash.
"""

import json
from typing import Any


class Number(str):
    """A number as the digits that stand in a JSON text: what `float` would round is kept."""

    __slots__ = ()


def canonical(value: Any) -> str:
    """Write a value of objects, lists, texts, `Number`, booleans and null."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return _quoted(value)


def canonical_lines(records: list[Any]) -> bytes:
    """Write records as JSON Lines."""
    return "".join(canonical(record) + "\n" for record in records).encode()


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
