"""A record's key as one text: how findings and decisions name it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.values import write_value

LONGEST_CELL = 200
KEY_SEPARATOR = " | "
CUT = "…"
AS_THEY_ARE = (pa.string(), pa.int64(), pa.date32())
"""Types whose values Arrow writes as `write_value` does."""


def key_text(key: Sequence[str], row: Mapping[str, Any]) -> str:
    """Write the key of a record."""
    return KEY_SEPARATOR.join(cut(write_value(row.get(name))) for name in key)


def find_keys(rows: pa.Table, key: Sequence[str], wanted: Iterable[str]) -> dict[str, list[int]]:
    """Return where `rows` hold the records with some keys, written as `key_text` does."""
    sought, columns = set(wanted), [rows.column(name) for name in key]
    if any(CUT in one for one in sought) or any(column.type not in AS_THEY_ARE for column in columns):
        written = pa.array([key_text(key, row) for row in rows.select(list(key)).to_pylist()], pa.string())
    else:
        written = pc.binary_join_element_wise(*map(_as_text, columns), KEY_SEPARATOR)
    places = pc.indices_nonzero(pc.is_in(written, value_set=pa.array(sorted(sought), pa.string())))
    found: dict[str, list[int]] = {}
    for place, text in zip(places.to_pylist(), written.take(places).to_pylist(), strict=True):
        found.setdefault(text, []).append(place)
    return found


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.cast(column, pa.string()), "")


def cut(text: str, longest: int = LONGEST_CELL) -> str:
    """Cut a text that is too long, and show that it was cut; without NUL, which no database of texts takes."""
    text = text.replace("\0", "\ufffd")
    return text if len(text) <= longest else f"{text[: longest - 1]}{CUT}"
