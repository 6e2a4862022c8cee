"""Which exhibits a report has, from the observations there are: nothing empty, and a moderate number of charts.

An exhibit is one indicator over the years, or by one dimension, in one way of measuring. Charts go first to what each
indicator is about, then round by round to the rest. Not its business: words and numbers.
"""

from collections import Counter
from dataclasses import dataclass, replace

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL, UNKNOWN
from yearbook.publish.context import Context
from yearbook.publish.figures import ALL
from yearbook.publish.rankings import lead_variant, rank
from yearbook.publish.vocabulary import BREAKDOWN_VALUES

YEARS = "year"
MOST_CHARTS = 16
LEAST_YEARS_CHART = 3
LEAST_YEARS_TABLE = 2

_BY_PLACE = ("sector", "partner", "province", "channel", "institution_type", "platform", "delivery_model", "field")
_BY_WAY = ("delivery_model", "channel", "institution_type", "province", "sector", "partner", "platform", "field")
PREFERRED = {
    "sum": (YEARS, *_BY_PLACE),
    "count": (*_BY_WAY, YEARS),
    "ratio": (*_BY_WAY, YEARS),
    "mean": (*_BY_WAY, YEARS),
    "contribution": (*_BY_PLACE, YEARS),
    "growth": (YEARS, *_BY_PLACE),
    "rank": (YEARS, *_BY_PLACE),
    "index": (YEARS, *_BY_PLACE),
}
FIRST_ROUND = {"sum": 3, "growth": 0}
"""How many charts an indicator of this kind gets in the first round (one, unless said here): a sum is what most
readers come for; a growth stands in the sentences and in its contributions."""
KEY_FIGURE_CHARTS = 2
"""How many charts a rate gets that is a key figure: over the years, and by a dimension."""
VARIED = frozenset({"count", "ratio", "mean"})
OTHER_POPULATIONS = frozenset({"scope", "direction"})
"""Ways of measuring whose parts have tables of their own; of the others (basis, part …) only totals are shown."""


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
    exhibits = [
        Planned(dimension, way)
        for dimension, way in context.figures.places(indicator.indicator, context.year)
        if dimension != ALL and _has_table(context, indicator, dimension, way, variant)
    ]
    known = [figure for figure in context.figures.series(indicator.indicator, variant) if figure.is_known]
    if (
        len(known) >= LEAST_YEARS_TABLE
        and indicator.kind != "contribution"
        and not context.figures.are_shares(indicator.indicator, context.year, variant)
    ):
        exhibits.append(Planned(YEARS, variant))
    order = {dimension: place for place, dimension in enumerate((YEARS, *PREFERRED[indicator.kind]))}
    exhibits.sort(
        key=lambda one: (one.variant != variant, _way(one.variant), order.get(one.dimension, 99), one.dimension)
    )
    has_total = any(figure.year == context.year for figure in known)
    return PlannedSection(indicator, variant, exhibits) if exhibits or has_total else None


def _has_table(context: Context, indicator: Indicator, dimension: str, variant: str, lead: str) -> bool:
    names = {pair.partition("=")[0] for pair in variant.split(";")} if variant != TOTAL else set()
    if variant != lead and not names <= OTHER_POPULATIONS:
        return False
    parts = context.figures.parts(indicator.indicator, context.year, dimension, variant)
    return any(part.is_known for code, part in parts.items() if code != UNKNOWN)


def _choose_charts(context: Context, sections: list[PlannedSection]) -> set[tuple[str, Planned]]:
    key_figures = context.material.key_figures
    candidates: list[tuple[int, int, str, Planned]] = []
    used: Counter[tuple[str, str]] = Counter()
    for place, section in enumerate(sections):
        drawable = [one for one in section.exhibits if _can_be_drawn(context, section, one)]
        is_key = section.indicator.kind in VARIED and section.indicator.indicator in key_figures
        drawable.sort(key=lambda one: (is_key and one.dimension != YEARS, *_preference(section, one, used)))
        first = KEY_FIGURE_CHARTS if is_key else FIRST_ROUND.get(section.indicator.kind, 1)
        for position, exhibit in enumerate(drawable):
            used[section.indicator.chapter, exhibit.dimension] += position < first
            turn = 0 if position < first else 1 + position - first
            candidates.append((turn, place, section.indicator.indicator, exhibit))
    candidates.sort(key=lambda one: one[:2])
    return {(code, exhibit) for _, _, code, exhibit in candidates[:MOST_CHARTS]}


def _preference(section: PlannedSection, one: Planned, used: Counter[tuple[str, str]]) -> tuple[object, ...]:
    kind, chapter = section.indicator.kind, section.indicator.chapter
    order = {dimension: place for place, dimension in enumerate(PREFERRED[kind])}
    is_repeated = kind in VARIED and used[chapter, one.dimension] > 0
    return one.variant != section.variant, is_repeated, order.get(one.dimension, 99), one.dimension, _way(one.variant)


def _way(variant: str) -> tuple[int, str]:
    known = list(BREAKDOWN_VALUES)
    return (known.index(variant) if variant in known else len(known)), variant


def _can_be_drawn(context: Context, section: PlannedSection, one: Planned) -> bool:
    code = section.indicator.indicator
    if one.dimension == YEARS:
        known = [figure for figure in context.figures.series(code, one.variant) if figure.is_known]
        return len(known) >= LEAST_YEARS_CHART
    return rank(context, section.indicator, one.dimension, one.variant) is not None
