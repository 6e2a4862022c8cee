"""Observations as a table and as CSV: columns, order, and how a number is written.

Not its business: which of them the public may see.
"""

import csv
import io
from collections.abc import Sequence

import pyarrow as pa

from yearbook.errors import ComputeError
from yearbook.model.observation import DIMENSIONS, INTERNAL_COLUMNS, KEY
from yearbook.workspace import Workspace

_TYPES = {
    **dict.fromkeys(("indicator", *DIMENSIONS, "breakdown", "unit", "status", "reason"), pa.string()),
    **dict.fromkeys(("year", "records", "contributors_seller", "contributors_buyer"), pa.int64()),
    **dict.fromkeys(("value", "numerator", "denominator", "largest", "second"), pa.float64()),
}
SCHEMA = pa.schema([(name, _TYPES[name]) for name in INTERNAL_COLUMNS])

_EXACT_INTEGERS = 1e15


def gather(tables: Sequence[pa.Table]) -> pa.Table:
    """Put the observations of all indicators into one table with `SCHEMA`, sorted by key."""
    tidy = (table.select(INTERNAL_COLUMNS).cast(SCHEMA) for table in tables)
    together = pa.concat_tables([SCHEMA.empty_table(), *tidy])
    return together.sort_by([(name, "ascending") for name in KEY]).combine_chunks()


def read_observations(workspace: Workspace, year: int) -> pa.Table:
    """Return an edition's observations, in `INTERNAL_COLUMNS`. Raises `ComputeError` if it was never computed."""
    for edition in workspace.catalogue.editions():
        if edition.year == year:
            return workspace.lake.read(edition.observations_ref)
    raise ComputeError(
        f"there is no edition {year} of {workspace.programme}",
        where="catalogue",
        fix=f"run `yearbook compute` for {year}",
    )


def observations_csv(table: pa.Table, columns: Sequence[str]) -> bytes:
    """Write columns of observations as CSV: UTF-8, `\\n`, `.`, the shortest form that reads back, empty for missing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*(_as_text(table.column(name)) for name in columns), strict=True))
    return text.getvalue().encode()


def _as_text(column: pa.ChunkedArray) -> list[str | int | None]:
    written: list[str | int | None]
    if not pa.types.is_floating(column.type):
        written = column.to_pylist()
        return written
    # Many cells hold the same number: each is written once.
    distinct = column.combine_chunks().dictionary_encode()
    texts = pa.array([write_number(value) for value in distinct.dictionary.to_pylist()], pa.string())
    written = texts.take(distinct.indices).to_pylist()
    return written


def write_number(value: float | None) -> str | None:
    """Write a number in the shortest form that reads back to it; none for none."""
    if value is None:
        return None
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT_INTEGERS else repr(value)
