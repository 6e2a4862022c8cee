"""The tables that are no records: reference data, members of levels and groups, and the parameters of an edition.

Not its business: where reference data come from (each has its source card beside it).
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from yearbook.compute.engine import Engine
from yearbook.compute.members import BELT_AND_ROAD, list_members, list_partner_members, members_table
from yearbook.errors import ComputeError
from yearbook.model.recipe import Recipe

TYPES: dict[str, dict[str, pa.DataType]] = {
    "exchange_rates": {"currency": pa.string(), "year": pa.int64(), "cny_per_unit": pa.decimal128(14, 8)},
    "price_index": {"year": pa.int64(), "gdp_deflator": pa.float64(), "status": pa.string()},
    "gdp": {"country": pa.string(), "year": pa.int64(), "gdp_usd": pa.int64(), "status": pa.string()},
    "bri_membership": {"country": pa.string(), "year_from": pa.int64(), "year_to": pa.int64()},
}
"""Columns of the reference tables that common SQL relies on; other tables take the types that their cells show."""

EXTENDED = {"price_index": ("gdp_deflator", "price_change"), "gdp": ("gdp_usd", "gdp_change")}
"""Tables whose series a programme may extend by parameters such as `price_change_2024`: the measure, and the name of
the parameters; each is the change on the year before in percent."""

LEAST_VALUED = Decimal("0.95")
"""Where fewer of the records say their value, a sum over them is of low reliability; `least_valued` in SQL."""

MEMBERS = {
    "sectors": ("sector_members", "sector"),
    "institution_types": ("institution_type_members", "institution_type"),
    "areas": ("area_members", "province"),
}


def load_reference(engine: Engine, recipe: Recipe) -> None:
    """Create what is the same for every edition: reference tables, members, and which places are abroad."""
    for name, path in recipe.reference.items():
        load_table(engine, name, path)
    for name, (table, column) in MEMBERS.items():
        codelist = recipe.codelists[name]
        engine.load(table, members_table(list_members(codelist), "code", column), where=str(codelist.path))
    _load_places(engine, recipe)


def load_table(engine: Engine, name: str, path: Path) -> None:
    """Create a reference table from its CSV. Raises `ComputeError` as `read_reference` does."""
    engine.load(name, read_reference(path), where=str(path))


def set_edition(engine: Engine, recipe: Recipe, year: int, as_of: date, years: list[int]) -> None:
    """Create what an edition adds: `parameters` (one row), series up to its year, members of `years` (of the records).

    Comes once, after `load_reference`.
    """
    for name in EXTENDED:
        _extend(engine, recipe, name, year)
    engine.load("parameters", _parameters(recipe, year, as_of), where=str(recipe.root / "programme.yml"))
    _join_groups(engine, recipe, sorted({*years, year - 1, year}))


def read_reference(path: Path) -> pa.Table:
    """Read a reference CSV. Raises `ComputeError` where it lacks a column or a cell is not of its type."""
    types = TYPES.get(path.stem, {})
    with path.open(encoding="utf-8", newline="") as file:
        headers = next(csv.reader(file), [])
    missing = [name for name in types if name not in headers]
    if missing:
        raise ComputeError(f"columns {missing} are missing", where=f"{path}:1", fix=f"columns: {', '.join(types)}")
    options = pacsv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    try:
        return pacsv.read_csv(path, convert_options=options)
    except pa.ArrowInvalid as error:
        raise ComputeError(f"a cell is not of its type: {error}", where=str(path), fix="correct the cell") from None


def _load_places(engine: Engine, recipe: Recipe) -> None:
    where = str(recipe.codelists["partners"].path)
    members = list_partner_members(recipe.codelists["partners"], recipe.programme)
    engine.load("_partner_members", members_table(members, "country", "partner"), where=where)
    engine.create_table(
        "places",
        "select country, max(case when partner = '_F' then 1 else 0 end) = 1 as is_foreign "
        "from _partner_members where country not in ('_T', '_U') group by country",
        where=where,
    )


def _join_groups(engine: Engine, recipe: Recipe, years: list[int]) -> None:
    every = f"(select unnest({years}) as year) y"
    belt_and_road = (
        f"select b.country, '{BELT_AND_ROAD}', 'group', y.year from bri_membership b join {every} "
        "on y.year between b.year_from and coalesce(b.year_to, 9999) "
        "where b.country in (select country from _partner_members where partner = '_F')"
    )
    engine.create_table(
        "partner_members",
        f"select m.*, y.year from _partner_members m cross join {every} union all {belt_and_road}",
        where=str(recipe.reference["bri_membership"]),
    )


def _parameters(recipe: Recipe, year: int, as_of: date) -> pa.Table:
    programme = recipe.programme
    columns: dict[str, pa.Array] = {
        "year": pa.array([year], pa.int64()),
        "as_of": pa.array([as_of], pa.date32()),
        "home": pa.array([programme.home]),
        "base_year": pa.array([programme.base_year or programme.years[0]], pa.int64()),
        "least_valued": pa.array([LEAST_VALUED]),
    }
    own = {name: pa.array([parameter.value]) for name, parameter in recipe.parameters.items()}
    return pa.table({**own, **columns})


def _extend(engine: Engine, recipe: Recipe, name: str, year: int) -> None:
    """Extend each series that ends in the year before a change which the programme states, up to `year`."""
    measure, change = EXTENDED[name]
    series = [one for one in TYPES[name] if one not in ("year", measure, "status")]
    has_more = " and ".join(["t.year > s.year", *(f"t.{one} = s.{one}" for one in series)])
    for parameter, percent in sorted(recipe.programme.parameters.items()):
        prefix, _, later = parameter.rpartition("_")
        if prefix != change or not later.isdigit() or int(later) > year:
            continue
        factor = 1 + float(Decimal(str(percent.value)) / 100)
        extended = f"{later} as year, {measure} * cast({factor!r} as double) as {measure}, 'E' as status"
        engine.execute(
            f"insert into {name} by name select * replace ({extended}) from {name} s "
            f"where s.year = {later} - 1 and not exists (select 1 from {name} t where {has_more})",
            where=str(recipe.reference[name]),
        )
