"""The records of another year that count, for rules that compare with it."""

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake
from yearbook.model.dataset import Dataset
from yearbook.validate.dispositions import rows_gone
from yearbook.validate.history import settle_history
from yearbook.validate.relations import named_in
from yearbook.validate.staged import TURN, read_staged


def read_standing(
    lake: Lake, dataset: Dataset, parts: list[StagedPartition], year: int, columns: list[str]
) -> pa.Table:
    """Read `columns` and `_turn` of a year's records that count; `parts` are the dataset's over all years."""
    said = named_in(dataset.fields, dataset.cancelled_when or "")
    rows = read_staged(lake, parts, sorted({*columns, *said}), year)
    with duckdb.connect() as connection:
        gone = rows_gone(connection, dataset, rows, settle_history(lake, parts, dataset))
    return rows.filter(pc.invert(pc.is_in(rows.column(TURN), value_set=pa.array(sorted(gone), pa.int64()))))
