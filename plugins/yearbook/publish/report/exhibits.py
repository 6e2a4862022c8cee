"""Make the planned exhibits: finding as title, subtitle, drawing, legend, table."""

from dataclasses import replace

from yearbook.model.comparator import Comparator
from yearbook.model.indicator import Indicator
from yearbook.model.observation import FOREIGN, TOTAL
from yearbook.publish.against import against, is_change_itself, mark_years
from yearbook.publish.anchors import Cell, Sentence, asked_at_mark
from yearbook.publish.charts.drawing import Bar, Bars, Columns, Drawing, Line, Multiples, Point
from yearbook.publish.charts.vega import fit_columns
from yearbook.publish.context import Context, is_signed, slug
from yearbook.publish.figures import CROSS, YEARS, Figure
from yearbook.publish.rankings import Ranking, rank
from yearbook.publish.report.beside import target_of, tell_target
from yearbook.publish.report.gathering import explain_codes, gather_multiples, gather_tiles
from yearbook.publish.report.outline import Planned, PlannedSection
from yearbook.publish.sentences.leaders import is_worth_telling, ranked
from yearbook.publish.sentences.over_time import over_years, tells_over_years
from yearbook.publish.sentences.wording import Subject, has_prices
from yearbook.publish.tables.crosses import cross_table
from yearbook.publish.tables.dimensions import Plan, parts_table, years_table
from yearbook.publish.view import Exhibit, Table
from yearbook.publish.words.changes import MIN_BASE_RECORDS
from yearbook.publish.words.language import N_
from yearbook.publish.words.units import Written
from yearbook.publish.words.vocabulary import FLAGS, is_printed

MOST_COLUMNS = 8
THE_LARGEST = N_("%(title)s, %(unit)s. The %(shown)s largest of %(of)s.")
THE_SMALLEST = N_("%(title)s, %(unit)s. The %(shown)s smallest of %(of)s.")
COVERS = N_("%(subtitle)s Covers %(population)s: %(records)s records.")
COVERS_FOREIGN = N_("%(subtitle)s Covers %(population)s, with foreign partners alone: %(records)s records.")
PRINTED = N_("%(subtitle)s Totals as printed by the national register.")
TILES = N_(
    "A square for each region, about where it lies; the darker, the larger the value. Letters are the codes of the "
    "data files."
)
TOLD_AS_THEY_ARE = frozenset({"rate", "low", "share"})
"""Findings whose sentences give values of figures; of the others they give shares and sizes of changes."""
AXIS_STEPS = (1, 2, 2.5, 5, 10)
AXIS_LINES = 4


def make_exhibit(context: Context, section: PlannedSection, planned: Planned, number: str) -> Exhibit:
    """Make one exhibit; its table has the number given."""
    has_download = planned.has_chart or CROSS in planned.dimension
    plan = Plan(section.indicator, planned.dimension, planned.variant, number, has_download)
    table = _make_table(context, plan)
    if not planned.has_chart:
        return Exhibit(id=_identity(section, planned), title=table.title, subtitle="", legend="", table=table)
    if planned.dimension == YEARS:
        return _over_years(context, section, planned, table)
    return _ranking(context, section, planned, table)


def _make_table(context: Context, plan: Plan) -> Table:
    if plan.dimension == YEARS:
        return years_table(context, plan)
    return cross_table(context, plan) if CROSS in plan.dimension else parts_table(context, plan)


def _identity(section: PlannedSection, planned: Planned) -> str:
    variant = "" if planned.variant == TOTAL else planned.variant
    return slug("figure", section.indicator.indicator, planned.dimension, variant)


def _over_years(context: Context, section: PlannedSection, planned: Planned, table: Table) -> Exhibit:
    indicator, language = section.indicator, context.language
    known = [one for one in context.figures.series(indicator.indicator, planned.variant) if one.is_known]
    values = [(figure.year, figure.value or 0.0) for figure in known]
    written = context.units.for_years(
        context.unit(indicator, known[0].unit),
        [value for _, value in values],
        indicator.decimals,
        signed=is_signed(indicator),
    )
    title, unit = context.title(indicator, planned.variant), known[-1].unit
    subject = Subject(title, context.year, has_prices(indicator, unit))
    full = context.units.for_sentence(context.unit(indicator, unit), values[-1][1], indicator.decimals)
    change = against(context, known[-1], known[0])
    sentence = over_years(context, subject, full, known, change)
    sentence = Sentence.of(sentence, Cell.of(full.full(values[-1][1]), known[-1]))
    title = language.title(sentence)
    target, withdrawn = target_of(context, known[-1]), mark_years(context, [one.year for one in known])
    points = [
        Point(
            one.year,
            _year_label(context, indicator, one, known),
            one.value or 0.0,
            written.short(one.value or 0.0),
            asked_at_mark(one, written),
        )
        for one in known
    ]
    subtitle = language.say(
        "%(title)s, %(unit)s, %(first)s–%(last)s.",
        title=subject.title,
        unit=written.label,
        first=known[0].year,
        last=known[-1].year,
    )
    return Exhibit(
        id=_identity(section, planned),
        title=title,
        # Without a number of records: that of one year would be read as that of all.
        subtitle=_with_coverage(context, indicator, subtitle, planned.variant, None),
        legend=language.gap.join(filter(None, [tell_target(context, target, "line") if target else "", withdrawn])),
        table=table,
        drawing=_series_drawing(title, subtitle, points, written, target),
        sentence=sentence if tells_over_years(change) else "",
    )


def _year_label(context: Context, indicator: Indicator, figure: Figure, series: list[Figure]) -> str:
    statuses = {one.year: one.status for one in series}
    mark = FLAGS.get(statuses[figure.year])
    return f"{figure.year} [{mark}]" if mark and len(set(statuses.values())) > 1 else str(figure.year)


def _series_drawing(
    title: str, description: str, points: list[Point], written: Written, target: Comparator | None
) -> Drawing:
    level = float(target.value) if target else None
    if len(points) <= MOST_COLUMNS and fit_columns(points):
        return Columns(title, description, points, level)
    values = [*(point.value for point in points), *([level] if level is not None else [])]
    return Line(title, description, points, _axis(values, written), level)


def _axis(values: list[float], written: Written) -> list[tuple[float, str]]:
    low, high = min(0.0, *values), max(0.0, *values)
    rough = (high - low) / AXIS_LINES or 1.0
    power = 10.0 ** len(str(int(rough / 10))) if rough >= 10 else 1.0 if rough >= 1 else 0.1
    step = next((power * one for one in AXIS_STEPS if power * one >= rough), power * 10)
    first, last = int(low // step), int(-(-high // step))
    decimals = next(
        one for one in (0, 1, 2, 6) if round(step / written.scale.factor, one) == step / written.scale.factor
    )
    coarse = replace(written, decimals=decimals)
    return [(step * place, coarse.short(step * place)) for place in range(first, last + 1)]


def _ranking(context: Context, section: PlannedSection, planned: Planned, table: Table) -> Exhibit:
    indicator, language, year = section.indicator, context.language, context.year
    ranking = rank(context, indicator, planned.dimension, planned.variant)
    if ranking is None:
        raise ValueError(f"{table.id} was planned with a chart but has fewer than two bars")
    unit = _unit(context, indicator, planned)
    written = context.units.for_parts(
        unit, [row.value for row in ranking.rows], indicator.decimals, signed=is_signed(indicator)
    )
    full = _written_in_sentence(context, indicator, unit, ranking)
    change_kind = context.units.get(unit).change
    subject = Subject(context.title(indicator, planned.variant), year)
    sentence, leader = ranked(language, subject, full, ranking), ranking.leader
    has_previous = not is_change_itself(indicator) and any(row.previous is not None for row in ranking.rows)
    parts = context.figures.parts(indicator.indicator, year, planned.dimension, planned.variant)
    targets = {row.code: target_of(context, parts[row.code]) for row in ranking.rows}
    bars = [
        Bar(
            row.name,
            row.value,
            written.short(row.value),
            row.previous if has_previous else None,
            row.is_residual,
            float(target.value) if (target := targets[row.code]) else None,
            asked_at_mark(parts[row.code], written),
        )
        for row in ranking.rows
    ]
    marked = {target.year: tell_target(context, target, "marks") for target in targets.values() if target}
    plain = language.say("%(title)s, %(unit)s.", title=table.title, unit=written.label)
    whole = context.figures.total(indicator.indicator, year, planned.variant)
    sentence = _with_figures(sentence, full, ranking, [parts.get(leader.code) if leader else None, whole])
    tiles = gather_tiles(context, indicator, ranking, planned.variant, written, language.title(sentence), plain)
    subtitle = plain if tiles else _ranking_subtitle(context, table, written, ranking)
    small = None if tiles else gather_multiples(context, indicator, ranking, planned.variant, written)
    covered = _covered(context, indicator, planned, ranking)
    legend = (
        language.say("Bar: %(year)s. Upright line: %(before)s.", year=year, before=year - 1) if has_previous else ""
    )
    told = [*marked.values(), *_exceptions(context, written, ranking)]
    withdrawn = mark_years(context, [*([year - 1] if has_previous else []), *(_years(small) if small else [])])
    legends = (
        [language.say(TILES), *explain_codes(context, indicator, planned.dimension, tiles)]
        if tiles
        else [legend, *told, small.description if small else "", withdrawn]
    )
    return Exhibit(
        id=_identity(section, planned),
        title=language.title(sentence),
        subtitle=_with_coverage(context, indicator, subtitle, planned.variant, covered),
        legend=language.gap.join(filter(None, legends)),
        table=table,
        drawing=tiles or Bars(language.title(sentence), subtitle, bars),
        over_years=small,
        finding=sentence if is_worth_telling(ranking, change_kind) and planned.variant == section.variant else None,
        sentence=sentence if ranking.leader else "",
    )


def _years(small: Multiples) -> list[int]:
    """The years of small columns."""
    return [point.year for point in small.panels[0].points]


def _with_figures(sentence: str, written: Written, ranking: Ranking, told: list[Figure | None]) -> str:
    """A sentence on rates or shares with its figures: the leader's, and that of all; others tell what is none."""
    if ranking.finding not in TOLD_AS_THEY_ARE:
        return sentence
    return Sentence.of(
        sentence, *(Cell.of(written.full(one.value), one) for one in told if one and one.value is not None)
    )


def _ranking_subtitle(context: Context, table: Table, written: Written, ranking: Ranking) -> str:
    common = {"title": table.title, "unit": written.label}
    if len(ranking.rows) == ranking.of:
        return context.language.say("%(title)s, %(unit)s.", **common)
    template = THE_LARGEST if ranking.extreme == "largest" else THE_SMALLEST
    return context.language.say(template, **common, shown=len(ranking.rows), of=ranking.of)


def _covered(context: Context, indicator: Indicator, planned: Planned, ranking: Ranking) -> Figure | None:
    """The figure whose records the bars divide: of countries the foreign total, unless they are shares of all."""
    if ranking.is_foreign and not ranking.are_shares:
        return context.figures.part(indicator.indicator, context.year, planned.dimension, FOREIGN, planned.variant)
    return context.figures.total(indicator.indicator, context.year, planned.variant)


def _with_coverage(context: Context, indicator: Indicator, subtitle: str, variant: str, covered: Figure | None) -> str:
    say, population = context.language.say, indicator.population.get(context.language.tag)
    if is_printed(variant):
        return say(PRINTED, subtitle=subtitle)
    if covered is None or covered.records is None:
        return say("%(subtitle)s Covers %(population)s.", subtitle=subtitle, population=population)
    return say(
        COVERS_FOREIGN if covered.code == FOREIGN else COVERS,
        subtitle=subtitle,
        population=population,
        records=context.language.number(covered.records, 0),
    )


def _exceptions(context: Context, written: Written, ranking: Ranking) -> list[str]:
    """Which parts are tied at the top of a ranking that shows its other end, and which are not ranked."""
    say_many, notes = context.language.say_many, []
    if ranking.extreme == "smallest":
        largest = written.full(ranking.largest)
        notes.append(
            say_many(
                "%(count)s has the largest value, %(value)s.",
                "%(count)s share the largest value, %(value)s.",
                ranking.tied,
                value=largest,
            )
        )
    if ranking.unranked:
        notes.append(
            say_many(
                "%(count)s part with fewer than %(least)s records stands in the table alone, marked [u].",
                "%(count)s parts with fewer than %(least)s records stand in the table alone, marked [u].",
                ranking.unranked,
                least=MIN_BASE_RECORDS,
            )
        )
    return notes


def _unit(context: Context, indicator: Indicator, planned: Planned) -> str:
    parts = context.figures.parts(indicator.indicator, context.year, planned.dimension, planned.variant)
    return context.unit(indicator, next(iter(parts.values())).unit)


def _written_in_sentence(context: Context, indicator: Indicator, unit: str, ranking: Ranking) -> Written:
    value = ranking.leader.value if ranking.leader else 0.0
    return context.units.for_sentence(unit, value, indicator.decimals)
