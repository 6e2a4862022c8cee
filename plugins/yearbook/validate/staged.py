"""Staged records of a dataset as one Arrow table, each row with its turn in the order of delivery.

Not its business: which version of a record counts (`versions.py`).
"""

import pyarrow as pa

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake

TURN = "_turn"
"""Position of a row among all staged rows of its dataset, over all years: its name while a partition is checked."""


def read_staged(lake: Lake, parts: list[StagedPartition], columns: list[str], year: int | None = None) -> pa.Table:
    """Read `columns` and `_turn` of the staged rows of `parts`, of one year or of all.

    `parts` are all of the dataset's, in the order of delivery. A column that a snapshot lacks is null there.
    """
    tables, turn = [], 0
    for part in parts:
        if year in (None, part.year):
            tables.append(_read_part(lake, part, columns, turn))
        turn += part.rows
    if not tables:
        return pa.table({name: pa.nulls(0) for name in [*columns, TURN]})
    return pa.concat_tables(tables, promote_options="default").select([*columns, TURN])


def _read_part(lake: Lake, part: StagedPartition, columns: list[str], turn: int) -> pa.Table:
    table = lake.read(part.ref, columns)
    table = table.append_column(TURN, pa.array(range(turn, turn + table.num_rows), pa.int64()))
    for name in columns:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows))
    return table
