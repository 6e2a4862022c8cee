"""From an indicator's query to observations: every column there, every cell once, a reason where there is no figure.

A query returns any of the dimensions that its definition names, and `breakdown`, `numerator`, `denominator`, `value`,
`unit`, `records`, `status`, `reason`, the contributors, and `base_records`: the number of records that a small base is
judged by, null where the rule does not apply (without the column it is `records`); and `is_partial`: true where so many
records lack the value that the figure is of low reliability (U, `field_missing`). Where the definition names a
`method`, the query returns what the method takes, and the method these columns. Not its business: what figures mean.
"""

from collections.abc import Sequence

import pyarrow as pa

from yearbook.compute.availability import Availability
from yearbook.compute.engine import Engine, read_sql
from yearbook.compute.methods import apply_method
from yearbook.compute.observations import gather
from yearbook.compute.reliability import mark_few
from yearbook.errors import ComputeError
from yearbook.model.definition import nearest
from yearbook.model.indicator import Indicator
from yearbook.model.observation import (
    DIMENSIONS,
    INTERNAL_COLUMNS,
    KEY,
    MISSING_REASONS,
    NOT_APPLICABLE,
    STATUSES,
    TOTAL,
)
from yearbook.model.recipe import IndicatorFolder
from yearbook.model.sql import quote

RETURNED = (*INTERNAL_COLUMNS[2:], "base_records", "is_partial")
"""What a query may return: all columns of an observation but its first two, which are given."""

TEXTS = ("unit", "status", "reason")
COUNTS = ("records", "base_records", "contributors_seller", "contributors_buyer")

OTHER_SOURCE = "concat(';', breakdown) like '%;scope=%'"
"""A `scope` is another source of the same figure, which stands where the indicator's own fields are missing."""

SILENT = f"""
    case
      when exists (select 1 from _figures where coalesce(value, numerator) is not null and not {OTHER_SOURCE})
      then 'none_stated'
      else 'field_missing'
    end"""
"""Why a cell has no figure and its query does not say: no record of the cell states the field, or none of the year."""

SCALES = {"percent": 100.0, "percentage_points": 100.0, "per_mille": 1000.0}
SCALED_DECIMALS = 10
"""What stands behind is noise of binary fractions: all of a whole is 100 %, and not 99.99999999999999 %."""


def compute_indicators(engine: Engine, folders: Sequence[IndicatorFolder], year: int, delivered: set[str]) -> pa.Table:
    """Compute the observations of indicators, sorted by key; `delivered` are the datasets of the sources."""
    availability = Availability(engine, [folder.definition for folder in folders], delivered=delivered)
    reasons = [availability.missing_reason(folder.definition) for folder in folders]
    return gather([compute_indicator(engine, one, year, reason) for one, reason in zip(folders, reasons, strict=True)])


def compute_indicator(engine: Engine, folder: IndicatorFolder, year: int, missing: str | None) -> pa.Table:
    """Compute one indicator's observations of a year, in `INTERNAL_COLUMNS`, unsorted; those of few records marked.

    `missing` says why the indicator is not available as a whole: then only the row of the total remains, to say so, and
    figures of another `scope`. Raises `ComputeError` naming the query's file.
    """
    where = str(folder.query)
    sql = _query(engine, folder, where)
    returned = list(engine.columns(f"select * from {sql}", where=where))
    _check_columns(returned, folder.definition, where)
    engine.create_table("_figures", _complete(sql, returned, folder.definition, year), where=where)
    _check_cells(engine, where)
    _check_breakdowns(engine, folder.definition, where)
    figures = engine.fetch(_with_reasons(folder.definition, year, missing), where=where)
    return mark_few(figures, folder.definition)


def _query(engine: Engine, folder: IndicatorFolder, where: str) -> str:
    sql = f"({read_sql(folder.query)}\n)"
    if folder.definition.method is None:
        return sql
    rows = engine.fetch(f"select * from {sql}", where=where)
    engine.load("_method_rows", apply_method(folder.definition.method, rows, where), where=where)
    return "_method_rows"


def _check_columns(returned: list[str], definition: Indicator, where: str) -> None:
    allowed = [name for name in RETURNED if name not in DIMENSIONS or name in definition.dimensions]
    unknown = [name for name in returned if name not in allowed]
    if unknown:
        right = nearest(unknown[0], allowed)
        hint = f"did you mean `{right}`?" if right else f"columns: {', '.join(allowed)}"
        if unknown[0] in DIMENSIONS:
            hint = f"name `{unknown[0]}` under `dimensions` in indicator.yml"
        raise ComputeError(f"the query returns a column `{unknown[0]}`", where=where, fix=hint)
    if "value" not in returned and not {"numerator", "denominator"} <= set(returned):
        raise ComputeError(
            "the query returns no figure", where=where, fix="return `value`, or `numerator` and `denominator`"
        )


def _check_cells(engine: Engine, where: str) -> None:
    key = ", ".join(KEY)
    empty = " or ".join(f"{name} is null" for name in KEY)
    faults = (
        (f"where {empty}", "a cell has an empty code", "write `_U` for unknown, `_T` for the total"),
        (f"group by {key} having count(*) > 1", "a cell stands twice", "group by every dimension and the breakdown"),
        (f"where status not in {STATUSES}", "a status is none", f"one of {', '.join(STATUSES)}; null for A"),
        (f"where reason not in {MISSING_REASONS}", "a reason is none", f"one of {', '.join(MISSING_REASONS)}"),
    )
    # One question for all: an edition asks it for every indicator.
    cells = " union all ".join(
        f"select {place} as fault, {key} from _figures {condition}" for place, (condition, _, _) in enumerate(faults)
    )
    for found in engine.fetch(f"select * from ({cells}) order by all limit 1", where=where).to_pylist():
        _, what, fix = faults[found.pop("fault")]
        cell = ", ".join(f"{name}={code}" for name, code in found.items() if code not in (TOTAL, NOT_APPLICABLE))
        raise ComputeError(f"{what}: {cell}", where=where, fix=fix)


def _check_breakdowns(engine: Engine, definition: Indicator, where: str) -> None:
    rows = engine.fetch(f"select distinct breakdown from _figures where breakdown <> '{TOTAL}' order by 1", where=where)
    for breakdown in rows["breakdown"].to_pylist():
        pairs = [pair.split("=") for pair in breakdown.split(";")]
        names = [pair[0] for pair in pairs]
        unknown = [name for name in names if name not in definition.breakdown_names]
        if not all(len(pair) == 2 and all(pair) for pair in pairs):
            fix = "write `name=value`, joined by `;`; a code's own `;`, `=` and `%` are `%3B`, `%3D` and `%25`"
        elif unknown:
            right = nearest(unknown[0], definition.breakdown_names)
            also = f"did you mean `{right}`?" if right else ""
            fix = f"name `{unknown[0]}` under `breakdown_names` in indicator.yml {also}".strip()
        elif names != sorted(set(names)):
            fix = f"each name once, in alphabetical order: {', '.join(sorted(set(names)))}"
        else:
            continue
        raise ComputeError(f"`{breakdown}` is no breakdown of {definition.indicator}", where=where, fix=fix)


def _complete(sql: str, returned: list[str], definition: Indicator, year: int) -> str:
    columns = [f"'{definition.indicator}' as indicator", f"cast({year} as bigint) as year"]
    for name in DIMENSIONS:
        other = TOTAL if name in definition.dimensions else NOT_APPLICABLE
        columns.append(f"cast({name if name in returned else repr(other)} as varchar) as {name}")
    columns.append(f"cast({'breakdown' if 'breakdown' in returned else repr(TOTAL)} as varchar) as breakdown")
    for name in RETURNED[len(DIMENSIONS) + 1 :]:
        columns.append(f"{_typed(name) if name in returned else _absent(name, returned)} as {quote(name)}")
    return f"select {', '.join(columns)} from {sql}"


def _typed(name: str) -> str:
    if _type(name) != "double":
        return f"cast({quote(name)} as {_type(name)})"
    # By way of text: the cast of a decimal to a double may miss the nearest one, and then prints a digit too many.
    return f"cast(cast({quote(name)} as varchar) as double)"


def _absent(name: str, returned: list[str]) -> str:
    if name == "base_records" and "records" in returned:
        return _typed("records")
    return f"cast(null as {_type(name)})"


def _type(name: str) -> str:
    if name == "is_partial":
        return "boolean"
    return "varchar" if name in TEXTS else "bigint" if name in COUNTS else "double"


def _with_reasons(definition: Indicator, year: int, missing: str | None) -> str:
    value = f"coalesce(value, {_derived_value(definition)})"
    if definition.unit in SCALES:
        value = f"round({value}, {SCALED_DECIMALS})"
    silent = f"'{missing}'" if missing else SILENT
    small = f"base_records < {definition.small_base}" if definition.small_base is not None else "false"
    figures = f"""
        select * exclude (value, status, reason),
          case when status = 'M' then null when {small} then null else {value} end as value,
          case
            when status = 'M' or {small} or {value} is null then 'M'
            else coalesce(status, case when is_partial then 'U' end, 'A')
          end as status,
          case
            when status = 'M' then coalesce(reason, {silent})
            when denominator = 0 and {value} is null then 'zero_base'
            when {small} then 'small_base'
            when {value} is null then coalesce(reason, {silent})
            else coalesce(reason, case when is_partial then 'field_missing' end)
          end as reason
        from _figures"""
    head = ", ".join(
        f"'{TOTAL if name in definition.dimensions or name == 'breakdown' else NOT_APPLICABLE}' as {name}"
        for name in (*DIMENSIONS, "breakdown")
    )
    return f"""
        with figures as ({figures}),
        kept as (select * from figures where {OTHER_SOURCE if missing else "true"}),
        head as (
          select '{definition.indicator}' as indicator, cast({year} as bigint) as year, {head}, 'M' as status,
            '{missing or "no_records"}' as reason
        )
        select {_columns(definition)} from kept
        union all by name
        select {_columns(definition, head=True)} from head where not exists (
          select 1 from kept where {" and ".join(f"kept.{name} = head.{name}" for name in (*DIMENSIONS, "breakdown"))}
        )"""


def _columns(definition: Indicator, head: bool = False) -> str:
    unit = f"'{definition.unit}' as unit" if head else f"coalesce(unit, '{definition.unit}') as unit"
    if head:
        return ", ".join((*KEY, unit, "status", "reason"))
    return ", ".join(unit if name == "unit" else quote(name) for name in INTERNAL_COLUMNS)


def _derived_value(definition: Indicator) -> str:
    scale = SCALES.get(definition.unit, 1.0)
    if definition.kind == "growth":
        return f"{scale} * (numerator / nullif(denominator, 0) - 1)"
    if definition.kind in ("ratio", "contribution", "mean"):
        return f"{scale} * numerator / nullif(denominator, 0)"
    return "cast(null as double)"
