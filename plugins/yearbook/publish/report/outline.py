"""Which exhibits a report has, from the observations there are: nothing empty, and a moderate number of charts.

An exhibit is one indicator over the years, by one dimension, or by the cross of two, in one way of measuring. Charts go
first to the key figures and to what each indicator is about, then round by round to the rest, a few in each chapter.
Not its business: words and numbers.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL, UNKNOWN
from yearbook.publish.context import Context
from yearbook.publish.figures import ALL, CROSS, YEARS
from yearbook.publish.rankings import lead_variant, rank
from yearbook.publish.words.vocabulary import variant_order

MOST_CHARTS = 28
MOST_CHARTS_OF_A_CHAPTER = 5
LEAST_YEARS_CHART = 3
LEAST_BARS_CHART = 3
LEAST_YEARS_TABLE = 2

_BY_PLACE = ("sector", "partner", "province", "channel", "institution_type", "platform", "delivery_model", "field")
_BY_WAY = ("delivery_model", "channel", "institution_type", "province", "sector", "partner", "platform", "field")
PREFERRED = {
    "sum": (YEARS, *_BY_PLACE),
    "count": (*_BY_WAY, YEARS),
    "ratio": (*_BY_WAY, YEARS),
    "mean": (*_BY_WAY, YEARS),
    "median": (*_BY_WAY, YEARS),
    "difference": (*_BY_WAY, YEARS),
    "estimate": (YEARS, *_BY_PLACE),
    "contribution": (*_BY_PLACE, YEARS),
    "growth": (YEARS, *_BY_PLACE),
    "rank": (YEARS, *_BY_PLACE),
    "index": (YEARS, *_BY_PLACE),
}
FIRST_ROUND = {"sum": 2, "growth": 0}
"""How many charts an indicator of this kind gets in the first round (one, unless said here): a sum is what most
readers come for; a growth stands in the sentences and in its contributions."""
KEY_FIGURE_CHARTS = 2
"""How many charts a rate gets that is a key figure: over the years, and by a dimension."""
VARIED = frozenset({"count", "ratio", "mean", "median", "difference"})
OTHER_POPULATIONS = frozenset({"scope", "direction", "unit"})
"""Ways of measuring whose parts have tables of their own; the others (basis, statistic …) are columns."""
UNRANKED = frozenset({"cohort", "expected_year", "stage", "measure"})
"""Dimensions with an order of their own, or of unlike things, in which the largest part is no finding."""


@dataclass(frozen=True)
class Planned:
    """One exhibit to be made."""

    dimension: str
    variant: str
    has_chart: bool = False


@dataclass(frozen=True)
class PlannedSection:
    """One indicator with a figure to show, and its exhibits; `variant` speaks for it."""

    indicator: Indicator
    variant: str
    exhibits: list[Planned]


def outline(context: Context) -> list[PlannedSection]:
    """Plan the sections of a report in their order."""
    sections = [section for indicator in context.material.indicators if (section := _section(context, indicator))]
    chosen = _choose_charts(context, sections)
    return [
        replace(
            section,
            exhibits=_in_order(
                [
                    replace(exhibit, has_chart=(section.indicator.indicator, exhibit) in chosen)
                    for exhibit in section.exhibits
                ]
            ),
        )
        for section in sections
    ]


def _in_order(exhibits: list[Planned]) -> list[Planned]:
    return sorted(exhibits, key=lambda exhibit: not exhibit.has_chart)


def _section(context: Context, indicator: Indicator) -> PlannedSection | None:
    wanted = context.material.key_figures.get(indicator.indicator, TOTAL)
    variant = lead_variant(context.figures, indicator.indicator, context.year, wanted)
    if variant is None:
        return None
    leads = _leads(context, indicator, variant)
    exhibits = [
        Planned(dimension, way)
        for dimension, way in context.figures.places(indicator.indicator, context.year)
        if dimension != ALL and _has_table(context, indicator, dimension, way, leads[dimension])
    ]
    known = [figure for figure in context.figures.series(indicator.indicator, variant) if figure.is_known]
    if (
        len(known) >= LEAST_YEARS_TABLE
        and indicator.kind != "contribution"
        and not context.figures.are_shares(indicator.indicator, context.year, variant)
    ):
        exhibits.append(Planned(YEARS, variant))
    order = {
        dimension: place
        for place, dimension in enumerate((CROSS.join(indicator.cross), YEARS, *PREFERRED[indicator.kind]))
    }
    exhibits.sort(
        key=lambda one: (
            one.variant != variant,
            variant_order(one.variant),
            order.get(one.dimension, 99),
            one.dimension,
        )
    )
    has_total = any(figure.year == context.year for figure in known)
    return PlannedSection(indicator, variant, exhibits) if exhibits or has_total else None


def _leads(context: Context, indicator: Indicator, variant: str) -> dict[str, str]:
    """The way of measuring that speaks for each dimension: the indicator's own, or the first that its parts have."""
    ways: dict[str, list[str]] = {}
    for dimension, way in context.figures.places(indicator.indicator, context.year):
        ways.setdefault(dimension, []).append(way)
    return {
        dimension: variant if variant in found else min(found, key=variant_order) for dimension, found in ways.items()
    }


def _has_table(context: Context, indicator: Indicator, dimension: str, variant: str, lead: str) -> bool:
    names = {pair.partition("=")[0] for pair in variant.split(";")} if variant != TOTAL else set()
    if variant != lead and not names <= OTHER_POPULATIONS:
        return False
    code, year = indicator.indicator, context.year
    if context.figures.are_shares(code, year, variant) and context.figures.are_wholes(code, year, dimension, variant):
        return False
    parts = context.figures.parts(code, year, dimension, variant)
    return any(part.is_known for code, part in parts.items() if code != UNKNOWN)


def _choose_charts(context: Context, sections: list[PlannedSection]) -> set[tuple[str, Planned]]:
    key_figures = context.material.key_figures
    candidates: list[tuple[tuple[object, ...], str, str, Planned]] = []
    speaking = _speaking(sections, key_figures)
    used: Counter[tuple[str, str]] = Counter()
    for place, section in enumerate(sections):
        drawable = [one for one in section.exhibits if _can_be_drawn(context, section, one)]
        is_key = section.indicator.kind in VARIED and section.indicator.indicator in key_figures
        drawable.sort(key=lambda one: (is_key and one.dimension != YEARS, *_preference(section, one, used)))
        first = KEY_FIGURE_CHARTS if is_key else FIRST_ROUND.get(section.indicator.kind, 1)
        on_grid = _on_grid(context, section, drawable)
        for position, exhibit in enumerate(drawable):
            used[section.indicator.chapter, exhibit.dimension] += position < first
            turn = 0 if position < first or exhibit is on_grid else 1 + position - first
            order = (turn, section.indicator.indicator not in speaking, position, place)
            candidates.append((order, section.indicator.chapter, section.indicator.indicator, exhibit))
    candidates.sort(key=lambda one: one[0])
    return _fewest(candidates)


def _on_grid(context: Context, section: PlannedSection, drawable: list[Planned]) -> Planned | None:
    """The exhibit of a key figure whose regions have places in a grid: where something happens is soon asked."""
    if section.indicator.indicator not in context.material.key_figures:
        return None
    names = context.names.of(section.indicator)
    return next((exhibit for exhibit in drawable if names.places(exhibit.dimension)), None)


def _speaking(sections: list[PlannedSection], key_figures: Mapping[str, str]) -> set[str]:
    """The key figures; of a growth its contributions speak."""
    kinds = {section.indicator.indicator: section.indicator.kind for section in sections}
    tells_growth = any(kinds.get(code) == "growth" for code in key_figures)
    return {*key_figures, *(code for code, kind in kinds.items() if tells_growth and kind == "contribution")}


def _fewest(candidates: list[tuple[tuple[object, ...], str, str, Planned]]) -> set[tuple[str, Planned]]:
    """As many as the report may have, each chapter's first before any chapter's second."""
    in_chapter: Counter[str] = Counter()
    turns: list[tuple[int, str, Planned]] = []
    for _, chapter, code, exhibit in candidates:
        turns.append((in_chapter[chapter], code, exhibit))
        in_chapter[chapter] += 1
    turns.sort(key=lambda one: one[0])
    few = [(code, exhibit) for turn, code, exhibit in turns if turn < MOST_CHARTS_OF_A_CHAPTER]
    return set(few[:MOST_CHARTS])


def _preference(section: PlannedSection, one: Planned, used: Counter[tuple[str, str]]) -> tuple[object, ...]:
    kind, chapter = section.indicator.kind, section.indicator.chapter
    order = {dimension: place for place, dimension in enumerate(PREFERRED[kind])}
    is_repeated = kind in VARIED and used[chapter, one.dimension] > 0
    return (
        one.variant != section.variant,
        is_repeated,
        order.get(one.dimension, 99),
        one.dimension,
        variant_order(one.variant),
    )


def _can_be_drawn(context: Context, section: PlannedSection, one: Planned) -> bool:
    code = section.indicator.indicator
    if one.dimension in UNRANKED or CROSS in one.dimension or section.indicator.kind == "rank":
        return False
    if one.dimension == YEARS:
        known = [figure for figure in context.figures.series(code, one.variant) if figure.is_known]
        return len(known) >= LEAST_YEARS_CHART
    ranking = rank(context, section.indicator, one.dimension, one.variant)
    return ranking is not None and len(ranking.rows) >= LEAST_BARS_CHART
