"""Read a whole column by its distinct texts: each is parsed once, however many rows repeat it.

Not its business: what a text means; the reader that is handed in knows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.extract.normalize.text import is_missing

Reader = Callable[[str], Any]


@dataclass(frozen=True)
class ReadColumn:
    """Typed `values`, null where nothing stood or nothing could be read; `unread` is true in the second case."""

    values: pa.Array
    unread: pa.Array


@dataclass(frozen=True)
class Distinct:
    """The distinct texts of a column (none of them missing), and for each row its position among them, or null."""

    texts: list[str]
    positions: pa.Array

    def spread(self, values: Sequence[Any], type_: pa.DataType) -> pa.Array:
        """One value per distinct text, repeated over the rows."""
        return pa.array(values, type_, from_pandas=False).take(self.positions)


def flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array of plain strings."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole if whole.type == pa.string() else whole.cast(pa.string())


def distinct(column: pa.Array | pa.ChunkedArray) -> Distinct:
    """Find the distinct texts of a column; cells that say nothing have none."""
    encoded = flat(column).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    kept = [position for position, text in enumerate(texts) if not is_missing(text)]
    if len(kept) == len(texts):
        return Distinct(texts, encoded.indices)
    new = {old: position for position, old in enumerate(kept)}
    moved = pa.array([new.get(position) for position in range(len(texts))], pa.int32())
    return Distinct([texts[position] for position in kept], moved.take(encoded.indices))


def read_column(column: pa.Array | pa.ChunkedArray, reader: Reader, type_: pa.DataType) -> ReadColumn:
    """Read every distinct text of a column once. What the reader returns None for is unread."""
    found = distinct(column)
    values = [reader(text) for text in found.texts]
    unread = found.spread([value is None for value in values], pa.bool_())
    return ReadColumn(found.spread(values, type_), pc.fill_null(unread, False))


def missing_cells(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """True for each cell that says nothing."""
    return distinct(column).positions.is_null()
