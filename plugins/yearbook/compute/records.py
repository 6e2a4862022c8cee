"""Accepted records as views, one per dataset with all its fields, so that SQL never meets a missing table or column.

Not its business: which snapshots are the valid ones (the catalogue knows).
"""

from dataclasses import dataclass

import pyarrow as pa

from yearbook.compute.engine import Engine, literal
from yearbook.model.dataset import Dataset, Field, FieldType
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.model.sql import quote
from yearbook.model.types import SQL_TYPES
from yearbook.workspace import Workspace

AMOUNT = "DECIMAL(23, 6)"
"""What an amount may be: from 10^17, a thousand times what the world makes in a year, it is none. So much room is left
in 38 digits that no rate and no sum of amounts can overflow."""

LARGEST: dict[FieldType, int] = {"integer": 10**9, "share": 10**9, "number": 10**15}
"""What numbers stay below, either side of zero: what is not is none. So no sum, product by 100 or conversion of units
(by 10^8 at most) overflows: SQL casts numbers to 38 digits, of which nine are decimals, shares and whole numbers to 18
with six. A sector's output in single units of a currency still fits."""

YEAR_IN_PATH = r"year=(\d+)/[^/]*$"


ACCEPTED = "'accepted'"
AMENDING = "'accepted', 'superseded'"


@dataclass(frozen=True)
class Partition:
    """The validated records of one dataset and year."""

    dataset: str
    year: int
    ref: str
    accepted: int


def list_partitions(workspace: Workspace, year: int) -> list[Partition]:
    """List the partitions that an edition may read, sorted: those of its year and before.

    Of datasets whose records have earlier dates, later ones too: what is screened in a year may start in another.
    """
    ahead = {name for name, dataset in workspace.recipe.datasets.items() if dataset.earlier_dates}
    accountings = (
        one
        for one in workspace.catalogue.accountings()
        if one.year > UNKNOWN_YEAR and (one.year <= year or one.dataset in ahead)
    )
    return sorted(
        (Partition(one.dataset, one.year, one.ref, one.accepted) for one in accountings),
        key=lambda one: (one.dataset, one.year),
    )


def create_record_views(engine: Engine, workspace: Workspace, partitions: list[Partition], year: int) -> None:
    """Create a view for each dataset of the recipe: its fields and `reference_year`; accepted, known by then.

    What is too much to be an amount or a number is null in it, so that no record can stop an edition. Where records
    amend others, `<dataset>_amendments` has each pair, also where the amendment was amended in turn and is no longer in
    the dataset. Raises `ComputeError` where a file cannot be read.
    """
    for name, dataset in workspace.recipe.datasets.items():
        paths = [workspace.lake.path(one.ref) for one in partitions if one.dataset == name]
        where = workspace.lake.path(f"validated/{name}")
        query = _select_files(engine, dataset, paths, year, where, ACCEPTED) if paths else _select_nothing(dataset)
        engine.create_view(name, query, where=where)
        every = f"({_select_files(engine, dataset, paths, year, where, AMENDING)})" if paths else quote(name)
        _create_amendments(engine, dataset, every, where)


def load_records(engine: Engine, dataset: Dataset, rows: pa.Table) -> None:
    """Create a dataset's table from rows of text, with a column `reference_year`, for tests of indicators."""
    where = f"given: {dataset.dataset}"
    engine.load("_given", rows, where=where)
    columns = [_cast(name, field, name in rows.column_names) for name, field in dataset.fields.items()]
    engine.create_table(dataset.dataset, f"select {', '.join(columns)}, reference_year from _given", where=where)
    _create_amendments(engine, dataset, quote(dataset.dataset), where)


def create_empty(engine: Engine, dataset: Dataset) -> None:
    """Create a dataset's table without rows, for tests of indicators."""
    engine.create_table(dataset.dataset, _select_nothing(dataset), where=dataset.dataset)
    _create_amendments(engine, dataset, quote(dataset.dataset), dataset.dataset)


def _create_amendments(engine: Engine, dataset: Dataset, rows: str, where: str) -> None:
    if dataset.amends is not None:
        key, amends = quote(dataset.key[0]), quote(dataset.amends)
        pairs = f"select distinct {key}, {amends} from {rows} where {amends} is not null and {amends} <> {key}"
        engine.create_view(f"{dataset.dataset}_amendments", pairs, where=where)


def _select_files(engine: Engine, dataset: Dataset, paths: list[str], year: int, where: str, dispositions: str) -> str:
    files = f"read_parquet([{', '.join(map(literal, paths))}], union_by_name = true, filename = true)"
    there = engine.columns(f"select * from {files}", where=where)
    columns = [_cast(name, field, name in there) for name, field in dataset.fields.items()]
    of = f"cast(regexp_extract(filename, {literal(YEAR_IN_PATH)}, 1) as bigint)"
    known = " or ".join([f"{of} <= {year}", *(f"year({quote(one)}) <= {year}" for one in dataset.earlier_dates)])
    return (
        f"select {', '.join(columns)}, {of} as reference_year from {files} "
        f"where disposition in ({dispositions}) and ({known})"
    )


def _select_nothing(dataset: Dataset) -> str:
    columns = [_cast(name, field, False) for name, field in dataset.fields.items()]
    return f"select {', '.join(columns)}, cast(null as bigint) as reference_year where false"


def _cast(name: str, field: Field, is_there: bool) -> str:
    typed = f"cast({quote(name) if is_there else 'null'} as {SQL_TYPES[field.type]})"
    if field.type == "money":
        typed = f"try_cast({typed} as {AMOUNT})"
    elif field.type in LARGEST:
        largest = LARGEST[field.type]
        # A file's statistics leave NaN out, and the engine believes them: it has to be asked for by its name.
        sound = "" if field.type == "integer" else f"not isnan({typed}) and "
        typed = f"case when {sound}{typed} > -{largest} and {typed} < {largest} then {typed} end"
    return f"{typed} as {quote(name)}"
