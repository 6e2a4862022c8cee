"""Tables under the charts: every figure of a dimension or of the years, with its flags explained and its download."""

from dataclasses import dataclass

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL
from yearbook.publish.against import against, against_last_year, is_change_itself
from yearbook.publish.anchors import Head
from yearbook.publish.context import Context, slug
from yearbook.publish.figures import CROSS, YEARS, Figure
from yearbook.publish.sentences.leaders import names_dimension
from yearbook.publish.tables.cells import (
    BLANK,
    is_additive,
    write_before,
    write_cell,
    write_change,
    write_records,
    write_share,
    written_for,
    year_head,
)
from yearbook.publish.tables.downloads import csv_text, data_address
from yearbook.publish.tables.flags import Flags, tell_not_told
from yearbook.publish.tables.measures import measured_as, variants_over_years, ways_beside
from yearbook.publish.view import Row, Table
from yearbook.publish.words.language import N_
from yearbook.publish.words.units import ChangeKind, Written
from yearbook.publish.words.vocabulary import is_printed

GROUP_NOTE = N_("Groups overlap with the lines above them and are never added to them.")
ROUNDING_NOTE = N_("Changes and shares are computed from unrounded figures.")
CHANGE_HEADS: dict[ChangeKind, str] = {
    "percent": N_("Change, %"),
    "points": N_("Change, points"),
    "number": N_("Change"),
}


@dataclass(frozen=True)
class Plan:
    """Which table: the parts of a `dimension` (`year` for the years) in one way of measuring.

    `has_download`: the page carries it as a file; of every table it would be half of the page.
    """

    indicator: Indicator
    dimension: str
    variant: str
    number: str
    has_download: bool


def years_table(context: Context, plan: Plan) -> Table:
    """The totals over the years, with the other ways of measuring beside them."""
    say, code = context.language.say, plan.indicator.indicator
    variants = variants_over_years(context, code, plan.variant)
    series = {variant: context.figures.series(code, variant) for variant in variants}
    written = {variant: written_for(context, plan.indicator, series[variant]) for variant in variants}
    everything = [figure for variant in variants for figure in reversed(series[variant])]
    flags = Flags(context, plan.indicator, everything)
    kind = context.units.get(series[plan.variant][0].unit).change
    heads = [_value_head(context, plan, variant, written[variant]) for variant in variants]
    # Beside a growth, its change would be read as the growth.
    has_change = not is_change_itself(plan.indicator)
    change_head = [change_head_of(context, kind)] if has_change else []
    columns = [say("Year"), heads[0], *change_head, *heads[1:], _records_head(context, plan)]
    by_year = {variant: {figure.year: figure for figure in series[variant]} for variant in variants}
    rows, changes = [], []
    for year in sorted({figure.year for figures in series.values() for figure in figures}, reverse=True):
        now = by_year[plan.variant].get(year)
        change = against_last_year(context, now) if now else None
        changes.append(change)
        cells = [write_cell(by_year[variant].get(year), written[variant], flags) for variant in variants]
        records = write_records(context, now or next(by_year[v][year] for v in variants if year in by_year[v]))
        told = [write_change(context, written[plan.variant], change, has_unit=False)] if has_change else []
        rows.append(Row(year_head(context, year), [cells[0], *told, *cells[1:], records]))
    title = say("%(title)s, %(first)s–%(last)s", title=context.title(plan.indicator, plan.variant), **_span(series))
    has_told = has_change and any(_is_told(row.cells[1]) for row in rows)
    notes = [*flags.notes(), *tell_not_told(context, changes), *([say(ROUNDING_NOTE)] if has_told else [])]
    columns, rows = _without_idle_columns(columns, rows, everything)
    return finish_table(context, plan, title, columns, rows, notes, everything)


def parts_table(context: Context, plan: Plan) -> Table:
    """The parts of one dimension by level, with last year's figures."""
    say, code = context.language.say, plan.indicator.indicator
    parts = dict(context.parts(plan.indicator, plan.dimension, plan.variant))
    total = context.figures.total(code, context.year, plan.variant)
    if total is not None and not context.figures.are_shares(code, context.year, plan.variant):
        parts = {TOTAL: total, **parts}
    before = {code_: _last_year(context, part) for code_, part in parts.items()}
    all_figures = [*parts.values(), *(figure for figure in before.values() if figure)]
    written = written_for(context, plan.indicator, all_figures)
    kind = context.units.get(next(iter(parts.values())).unit).change
    names = context.names.of(plan.indicator)
    lines = names.lines(plan.dimension, parts, {one: part.value or 0.0 for one, part in parts.items()})
    has_before = not is_change_itself(plan.indicator) and any(figure and figure.is_known for figure in before.values())
    beside = {
        variant: [measured_as(context, parts[line.code], variant) for line in lines]
        for variant in ways_beside(context, code, plan.dimension, plan.variant)
    }
    written_beside = {
        variant: _written_beside(context, plan, written, all_figures, figures) for variant, figures in beside.items()
    }
    everything = [parts[line.code] for line in lines]
    others = [one for figures in beside.values() for one in figures if one]
    earlier = [one for line in lines if has_before and (one := before[line.code])]
    flags = Flags(context, plan.indicator, [*everything, *earlier, *others])
    columns = [
        context.dimension_title(plan.dimension, plan.indicator),
        say("%(year)s, %(unit)s", year=context.year, unit=written.label),
        *([year_head(context, context.year - 1), change_head_of(context, kind)] if has_before else []),
        *([Head.of("share", say("Share of total, %"))] if is_additive(plan.indicator, total) else []),
        *(_value_head(context, plan, variant, written_beside[variant]) for variant in beside),
        _records_head(context, plan),
    ]
    changes = {one: against(context, part, before[one]) for one, part in parts.items() if has_before}
    rows, computed = [], []
    for place, line in enumerate(lines):
        figure, previous = parts[line.code], before[line.code]
        cells = [write_cell(figure, written, flags)]
        if has_before:
            change = write_change(context, written, changes[line.code], has_unit=False)
            cells += [write_before(previous, written, flags, cells[0]), change]
            computed.append(change)
        if is_additive(plan.indicator, total):
            share = write_share(context, figure, total)
            cells.append(share)
            computed.append(share)
        cells += [write_cell(beside[variant][place], written_beside[variant], flags) for variant in beside]
        cells.append(write_records(context, figure))
        rows.append(Row(names.name(plan.dimension, line.code), cells, line.rank))
    notes = [*flags.notes(), *tell_not_told(context, (changes.get(line.code) for line in lines))]
    if any(line.rank == "group" for line in lines):
        notes.append(say(GROUP_NOTE))
    if any(map(_is_told, computed)):
        notes.append(say(ROUNDING_NOTE))
    title = _by_dimension(context, plan)
    columns, rows = _without_idle_columns(columns, rows, everything)
    return finish_table(context, plan, title, columns, rows, notes, [*everything, *others])


def _written_beside(
    context: Context, plan: Plan, own: Written, figures: list[Figure], others: list[Figure | None]
) -> Written:
    """How another way of measuring is written: as the table's own values, unless it has a unit of its own."""
    found = [one for one in others if one]
    if not found or found[0].unit == figures[0].unit:
        return own
    return written_for(context, plan.indicator, found)


def _by_dimension(context: Context, plan: Plan) -> str:
    dimension = context.dimension_phrase(plan.dimension, plan.indicator)
    title = context.title(plan.indicator, plan.variant)
    if names_dimension(title, dimension):
        return context.language.say("%(title)s, %(year)s", title=title, year=context.year)
    return context.language.say(
        "%(title)s by %(dimension)s, %(year)s", title=title, dimension=dimension, year=context.year
    )


def finish_table(
    context: Context,
    plan: Plan,
    title: str,
    columns: list[str],
    rows: list[Row],
    notes: list[str],
    figures: list[Figure],
) -> Table:
    """A table with its download."""
    identity = slug(plan.indicator.indicator, plan.dimension, "" if plan.variant == TOTAL else plan.variant)
    mark = "SIMULATED-" if context.material.recipe.programme.confidentiality == "simulated" else ""
    return Table(
        id=f"table-{identity}",
        number=plan.number,
        is_open=CROSS in plan.dimension,
        title=title,
        label=_label(context, plan),
        columns=columns,
        rows=rows,
        notes=notes,
        download_name=f"{mark}{identity}-{context.year}.csv",
        download=data_address(_download(context, plan, figures)) if plan.has_download else "",
    )


def _label(context: Context, plan: Plan) -> str:
    """What tells the table from the others of its indicator: the years, or its dimension and way of measuring."""
    language, names = context.language, context.names.of(plan.indicator)
    if plan.dimension == YEARS:
        return language.say("over the years")
    if CROSS in plan.dimension:
        dimensions = [language.inner(context.dimension_title(one)) for one in plan.indicator.cross]
        return language.say("by %(dimension)s", dimension=language.enumerate(dimensions))
    dimension, way = context.dimension_phrase(plan.dimension, plan.indicator), names.variant(plan.variant)
    if way:
        return language.say("by %(dimension)s (%(way)s)", dimension=dimension, way=way)
    return language.say("by %(dimension)s", dimension=dimension)


def _download(context: Context, plan: Plan, figures: list[Figure]) -> str:
    say, names = context.language.say, context.names.of(plan.indicator)
    remark = say("SIMULATED RECORDS") if context.material.recipe.programme.confidentiality == "simulated" else None
    columns = [say("Indicator"), say("Code"), say("Name"), say("Measured"), say("Year"), say("Value"), say("Unit")]
    # The mark stands once, as the head of an empty column: in every line it would make the page a tenth longer.
    columns += [say("Status"), say("Reason"), _records_head(context, plan), *([remark] if remark else [])]
    rows = [
        [
            plan.indicator.indicator,
            figure.code,
            names.name(figure.dimension, figure.code),
            names.variant(figure.variant),
            figure.year,
            figure.value,
            figure.unit,
            figure.status,
            figure.reason,
            figure.records,
            *([""] if remark else []),
        ]
        for figure in figures
    ]
    return csv_text(columns, rows)


def change_head_of(context: Context, kind: ChangeKind) -> Head:
    """The head of a column of changes."""
    return Head.of(kind, context.language.say(CHANGE_HEADS[kind]))


def _records_head(context: Context, plan: Plan) -> Head:
    # A printed total tells how many contracts it sums; the records received are the totals themselves.
    say = context.language.say
    return Head.of("records", say("Number of contracts") if is_printed(plan.variant) else say("Records"))


def _is_told(cell: str) -> bool:
    return cell != BLANK


def _without_idle_columns(columns: list[str], rows: list[Row], figures: list[Figure]) -> tuple[list[str], list[Row]]:
    """Leave out columns of nothing but blanks, and the last one, of records, where it repeats the figure or itself."""
    last = len(columns) - 1
    idle = {place for place in range(2, last + 1) if not any(_is_told(row.cells[place - 1]) for row in rows)}
    is_repeated = len(rows) > 1 and len({row.cells[-1] for row in rows}) == 1
    if is_repeated or all(figure.records == figure.value for figure in figures if figure.is_known):
        idle.add(last)
    kept = [place for place in range(1, last + 1) if place not in idle]
    return [columns[0], *(columns[place] for place in kept)], [
        Row(row.head, [row.cells[place - 1] for place in kept], row.rank) for row in rows
    ]


def _value_head(context: Context, plan: Plan, variant: str, written: Written) -> str:
    if variant == plan.variant:
        return context.language.say("Value, %(unit)s", unit=written.label)
    way = context.names.of(plan.indicator).variant(variant) or context.language.say("All records")
    if way == written.label:
        return context.language.head(way)
    return context.language.head(context.language.say("%(way)s, %(unit)s", way=way, unit=written.label))


def _last_year(context: Context, figure: Figure) -> Figure | None:
    if figure.dimension:
        return context.figures.part(figure.indicator, figure.year - 1, figure.dimension, figure.code, figure.variant)
    return context.figures.total(figure.indicator, figure.year - 1, figure.variant)


def _span(series: dict[str, list[Figure]]) -> dict[str, object]:
    years = sorted({figure.year for figures in series.values() for figure in figures})
    return {"first": years[0], "last": years[-1]}
