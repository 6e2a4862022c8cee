"""A table as its file gives it: cells as text, with the row of the file that each came from.

The one shape that all readers return and that staging takes. Not its business: what a column means, or what type a
cell has. A cell is null where the file has none; white space and `-` are cells, and judged later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

TextColumn: TypeAlias = pa.Array | pa.ChunkedArray
CHUNK_ROWS = 1 << 13


@dataclass(frozen=True)
class RawTable:
    """One sheet, HTML table, file or page sequence.

    `headers` are unique, none is empty; `columns` holds a string array for each, all as long as `row_numbers`
    (int64, 1-based line or row of the file). `facts` says how the table was read: `encoding`, `delimiter`, `sheet`,
    `title` (text above the header), `notes` (text below the table), `unit` (as found in the title) …
    """

    name: str
    headers: list[str]
    columns: list[TextColumn]
    row_numbers: pa.Array
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many records the table holds, without headers and notes."""
        return len(self.row_numbers)

    def column(self, header: str) -> TextColumn:
        """The cells under a header. Raises `KeyError` where there is none."""
        try:
            return self.columns[self.headers.index(header)]
        except ValueError:
            raise KeyError(header) from None

    def numbered(self, row_numbers: Sequence[int], facts: dict[str, Any]) -> "RawTable":
        """The same cells with other row numbers and facts."""
        return replace(self, row_numbers=pa.array(row_numbers, pa.int64()), facts=facts)


def table_from_rows(
    name: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    row_numbers: Sequence[int],
    facts: dict[str, Any],
) -> RawTable:
    """Build a table from rows of equal length, one per row number; `""` becomes null."""
    parts = [_columns(rows[at : at + CHUNK_ROWS]) for at in range(0, len(rows), CHUNK_ROWS)]
    columns = [pa.chunked_array(chunks, pa.string()) for chunks in zip(*parts, strict=True)]
    return RawTable(
        name,
        list(headers),
        columns or [pa.chunked_array([], pa.string()) for _ in headers],
        pa.array(row_numbers, pa.int64()),
        facts,
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[pa.Array]:
    return [_without_empty(pa.array(cells, pa.string())) for cells in zip(*rows, strict=True)]


def _without_empty(column: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def unique_headers(headers: Sequence[str | None]) -> list[str]:
    """Name what has no name (`column 3`) and tell apart what is named twice (`value`, `value (2)`)."""
    seen: dict[str, int] = {}
    unique = []
    for position, header in enumerate(headers, start=1):
        name = (header or "").strip() or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique
