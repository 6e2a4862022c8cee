"""An edition as it would be if some records of one dataset were not there: the real steps on those that are left.

The views and cubes that do not read the dataset are computed once; all that do, anew for each world. Nothing is
written. Not its business: which worlds are worth a look (`tracing`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute.availability import Availability
from yearbook.compute.cubes import create_views, queries_behind, tables_behind
from yearbook.compute.engine import Engine, literal, read_sql
from yearbook.compute.indicators import compute_indicator
from yearbook.compute.opening import open_edition
from yearbook.compute.records import list_partitions
from yearbook.compute.sqltext import all_tables_of, in_order
from yearbook.errors import TraceError
from yearbook.model.observation import INTERNAL_COLUMNS, KEY
from yearbook.model.recipe import IndicatorFolder, Recipe
from yearbook.model.sql import quote
from yearbook.workspace import Workspace

NUMBER = "_number"
RECORDS, LEFT = "_all_records", "_left_records"
BASE = "base_records"
FIXED = ("indicator", "year")
"""Key columns that all figures of an indicator and a world share."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Worlds:
    """Indicators of one edition, to be computed from any of the records of `dataset`, which go by number from 0."""

    engine: Engine
    recipe: Recipe
    year: int
    dataset: str
    records: list[Row]
    _moving: list[str]
    _queries: dict[str, Path]
    _missing: dict[str, str | None]

    def observations(self, folders: Collection[IndicatorFolder], left: Collection[int]) -> pa.Table:
        """The observations of indicators as the records of these numbers alone would make them, unsorted."""
        self.enter(folders, left)
        tables = [compute_indicator(self.engine, one, self.year, self._missing[one.path.name]) for one in folders]
        return pa.concat_tables(table.select(INTERNAL_COLUMNS) for table in tables)

    def figure(self, folder: IndicatorFolder, key: Mapping[str, object], left: Collection[int]) -> Row | None:
        """One figure, with its `base_records`; None where these records alone make no such figure."""
        self.enter([folder], left)
        rows = compute_indicator(self.engine, folder, self.year, self._missing[folder.path.name])
        there = self.engine.fetch(f"select {BASE} from _figures where {_condition(key)}", where=str(folder.query))
        found = rows.filter(_expression(key)).to_pylist()
        base = there[BASE].to_pylist() or [None]
        return {**found[0], BASE: base[0]} if found else None

    def behind(self, folder: IndicatorFolder) -> set[str]:
        """What an indicator reads, also through views and cubes."""
        return tables_behind([folder], self._queries)

    def enter(self, folders: Collection[IndicatorFolder], left: Collection[int]) -> None:
        """Leave the records of these numbers alone there, and compute anew what indicators read of them."""
        self.engine.load(LEFT, pa.table({NUMBER: pa.array(sorted(left), pa.int64())}), where=self.dataset)
        reads = tables_behind(folders, self._queries)
        for name in self._moving:
            if name in reads:
                self.engine.create_table(name, read_sql(self._queries[name]), where=str(self._queries[name]))


@contextmanager
def open_worlds(
    workspace: Workspace, year: int, dataset: str, folders: Collection[IndicatorFolder]
) -> Iterator[Worlds]:
    """Load an edition with the records as they are checked now, which may be others than when it was computed.

    Raises `TraceError` where it was not computed.
    """
    recipe, as_of = workspace.recipe, _as_of(workspace, year)
    partitions = list_partitions(workspace, year)
    with open_edition(workspace, year, as_of, partitions) as engine:
        wanted = [folder.definition for folder in folders]
        availability = Availability(engine, wanted, delivered=set(recipe.delivered_datasets()))
        missing = {one.indicator: availability.missing_reason(one) for one in wanted}
        queries = queries_behind(folders, recipe, workspace.settings.include)
        moving = {name for name in queries if dataset in all_tables_of(name, queries)}
        records = _number_records(engine, recipe, dataset)
        create_views(engine, {name: path for name, path in queries.items() if name not in moving})
        order = [name for name in in_order(queries) if name in moving]
        yield Worlds(engine, recipe, year, dataset, records, order, queries, missing)


def _number_records(engine: Engine, recipe: Recipe, dataset: str) -> list[Row]:
    """Keep the records with their numbers, and leave a view of those that are in the world."""
    where = f"validated/{dataset}"
    keys = ", ".join(quote(name) for name in recipe.datasets[dataset].key)
    numbered = f"select *, row_number() over (order by reference_year desc, {keys}) - 1 as {NUMBER}"
    engine.create_table(RECORDS, f"{numbered} from {quote(dataset)}", where=where)
    engine.load(LEFT, pa.table({NUMBER: pa.array([], pa.int64())}), where=where)
    left = f"{NUMBER} in (select {NUMBER} from {LEFT})"
    engine.create_view(dataset, f"select * exclude ({NUMBER}) from {RECORDS} where {left}", where=where)
    records: list[Row] = engine.fetch(f"select * from {RECORDS} order by {NUMBER}", where=where).to_pylist()
    return records


def _as_of(workspace: Workspace, year: int) -> date:
    days = {edition.year: edition.as_of for edition in workspace.catalogue.editions()}
    if year in days:
        return date.fromisoformat(days[year])
    there = f"name one of {', '.join(str(one) for one in sorted(days))}, or " if days else ""
    raise TraceError(
        f"there is no edition {year} of {workspace.programme}",
        where="catalogue",
        fix=f"{there}run `yearbook compute` for {year}",
    )


def _condition(key: Mapping[str, object]) -> str:
    return " and ".join(f"{name} = {literal(str(key[name]))}" for name in KEY if name not in FIXED)


def _expression(key: Mapping[str, object]) -> pc.Expression:
    wanted = pc.scalar(True)
    for name in KEY:
        if name not in FIXED:
            wanted &= pc.field(name) == str(key[name])
    return wanted
