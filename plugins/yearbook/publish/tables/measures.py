"""Which ways of measuring a table sets beside its own: prices, matched institutions, quartiles, horizons.

Not its business: which way speaks for an indicator (`rankings.lead_variant`, `outline`).
"""

from collections.abc import Mapping

from yearbook.model.observation import TOTAL
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.vocabulary import is_printed, variant_order

BESIDE = frozenset({"basis", "part", "statistic", "horizon"})
MOST_BESIDE = 6


def variants_over_years(context: Context, code: str, lead: str) -> list[str]:
    """The leading way of measuring, and the others that say something else: with figures, and not the same ones."""
    found = {variant for _, variant in context.figures.places(code, context.year)}
    own = {figure.year: figure.value for figure in context.figures.series(code, lead)}
    others = []
    for variant in sorted(found - {lead}, key=variant_order):
        if ";" in variant and not is_printed(variant):
            continue
        known = [figure for figure in context.figures.series(code, variant) if figure.is_known]
        if any(figure.value != own.get(figure.year) for figure in known):
            others.append(variant)
    return [lead, *others]


def ways_beside(context: Context, indicator: str, dimension: str, own_variant: str) -> list[str]:
    """The other ways in which the parts are measured, as many as a table bears: quartiles, horizons, prices."""
    year = context.year
    own = context.figures.parts(indicator, year, dimension, own_variant)
    if own_variant != TOTAL and not _stands_beside(own_variant):
        return []
    found = [
        variant
        for place, variant in context.figures.places(indicator, year)
        if place == dimension and variant not in (TOTAL, own_variant) and _stands_beside(variant)
    ]
    others = [one for one in found if _says_more(context.figures.parts(indicator, year, dimension, one), own)]
    return sorted(others, key=variant_order)[:MOST_BESIDE]


def _stands_beside(variant: str) -> bool:
    """Whether a way of measuring is one column; the ends of the intervals of each horizon would be six more."""
    return variant.partition("=")[0] in BESIDE and ";" not in variant


def _says_more(others: Mapping[str, Figure], own: Mapping[str, Figure]) -> bool:
    """Whether some figure is known that differs from the table's own."""
    return any(one.is_known and (code not in own or one.value != own[code].value) for code, one in others.items())


def measured_as(context: Context, figure: Figure, variant: str) -> Figure | None:
    """The same cell in another way of measuring."""
    if figure.dimension:
        return context.figures.part(figure.indicator, figure.year, figure.dimension, figure.code, variant)
    return context.figures.total(figure.indicator, figure.year, variant)
