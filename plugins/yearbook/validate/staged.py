"""Staged records of a dataset as one Arrow table, each row with its turn in the order of delivery.

Not its business: which version of a record counts (`versions.py`), and what decisions change (`changes.py`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake

TURN = "_turn"
"""Position of a row among all staged rows of its dataset, over all years: its name while a partition is checked."""


def read_staged(lake: Lake, parts: Sequence[StagedPartition], columns: list[str], year: int | None = None) -> pa.Table:
    """Read `columns` and `_turn` of the staged rows of `parts`, of one year or of all.

    `parts` are all of the dataset's, in the order of delivery. A column that a snapshot lacks is null there.
    """
    tables = [
        _shape(lake.read(part.ref, columns), range(turn, turn + part.rows), columns)
        for turn, part in with_turns(parts)
        if year in (None, part.year)
    ]
    return _join(tables, columns)


def read_rows(lake: Lake, parts: Sequence[StagedPartition], columns: list[str], turns: Iterable[int]) -> pa.Table:
    """Read `columns` and `_turn` of a few staged rows by their turns: only the pieces of the files that hold them."""
    wanted, tables = sorted(set(turns)), []
    for begin, part in with_turns(parts):
        places = [turn - begin for turn in wanted if begin <= turn < begin + part.rows]
        if places:
            rows = read_places(lake, part.ref, columns, places)
            tables.append(_shape(rows, [begin + place for place in places], columns))
    return _join(tables, columns)


def read_places(lake: Lake, ref: str, columns: list[str] | None, places: list[int]) -> pa.Table:
    """Read a few rows of a snapshot by their places in it, sorted."""
    found, begin = [], 0
    with lake.open(ref) as file:
        snapshot = pq.ParquetFile(file)
        for group in range(snapshot.metadata.num_row_groups):
            end = begin + snapshot.metadata.row_group(group).num_rows
            here = [place - begin for place in places if begin <= place < end]
            if here:
                found.append(snapshot.read_row_group(group, columns).take(pa.array(here, pa.int64())))
            begin = end
        return pa.concat_tables(found) if found else snapshot.schema_arrow.empty_table()


def places_of(parts: Sequence[StagedPartition], turns: Iterable[int]) -> dict[int, list[int]]:
    """Name some rows by the year under which each is staged and its place therein, whatever other years hold."""
    wanted, places = sorted(set(turns)), {}
    before: dict[int, int] = {}
    for begin, part in with_turns(parts):
        first = before.get(part.year, 0)
        for turn in wanted[bisect_left(wanted, begin) : bisect_left(wanted, begin + part.rows)]:
            places[turn] = [part.year, first + turn - begin]
        before[part.year] = first + part.rows
    return places


def positions_of(turns: Sequence[int], wanted: Iterable[int]) -> dict[int, int]:
    """Return where some rows stand among sorted `turns`; those that are not there are left out."""
    places = {turn: bisect_left(turns, turn) for turn in sorted(wanted)}
    return {turn: place for turn, place in places.items() if place < len(turns) and turns[place] == turn}


def nothing(columns: list[str]) -> pa.Table:
    """No rows, with `columns` and `_turn`."""
    return pa.table({name: pa.nulls(0) for name in [*columns, TURN]})


def with_turns(parts: Iterable[StagedPartition]) -> Iterator[tuple[int, StagedPartition]]:
    """Go through parts, each with the turn of its first row."""
    turn = 0
    for part in parts:
        yield turn, part
        turn += part.rows


def _shape(table: pa.Table, turns: Sequence[int], columns: list[str]) -> pa.Table:
    table = table.append_column(TURN, pa.array(np.asarray(turns), pa.int64()))
    for name in columns:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows))
    return table


def _join(tables: list[pa.Table], columns: list[str]) -> pa.Table:
    if not tables:
        return nothing(columns)
    return pa.concat_tables(tables, promote_options="default").select([*columns, TURN])


def is_one_of(column: pa.ChunkedArray, values: Iterable[object], type_: pa.DataType) -> pa.ChunkedArray:
    """Whether each value of a column is among `values`; null is not."""
    return pc.is_in(column, value_set=pa.array(sorted(set(values)), type_))  # type: ignore[type-var]
