"""Which figures there are none of, and why, in words. Missing is not zero: nothing is left out without a reason.

Not its business: finding the reason, which compute gives as a code.
"""

from collections.abc import Iterable

from yearbook.model.indicator import Indicator
from yearbook.publish.closing_view import Unavailable
from yearbook.publish.context import Context
from yearbook.publish.figures import ALL, CROSS
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import CHAPTERS, REASONS

WHICH_SOURCE = N_("%(reason)s: %(names)s")


def without_figures(context: Context) -> list[Indicator]:
    """The programme's indicators of which the edition has no figure at all, in the order of the report."""
    known = {figure.indicator for figure in context.figures.of_year(context.year) if figure.is_known}
    withheld = {figure.indicator for figure in context.figures.of_year(context.year) if figure.status == "Q"}
    return [one for one in context.material.indicators if one.indicator not in known | withheld]


def why_missing(context: Context, indicator: Indicator) -> str:
    """The reason for the total, with the records that no source delivers."""
    total = context.figures.total(indicator.indicator, context.year)
    reason = total.reason if total is not None and total.reason else "no_records"
    names = _missing_datasets(context, indicator) if reason == "no_source" else []
    told = tell_reason(context, reason)
    if not names:
        return told
    return context.language.say(WHICH_SOURCE, reason=told, names=context.language.enumerate(names))


def _missing_datasets(context: Context, indicator: Indicator) -> list[str]:
    recipe, tag = context.material.recipe, context.language.tag
    delivered = set(recipe.delivered_datasets())
    return [
        recipe.datasets[name].title.get(tag)
        for name in indicator.fields
        if name in recipe.datasets and name not in delivered
    ]


def tell_reason(context: Context, reason: str) -> str:
    """A reason in words."""
    known = REASONS.get(reason)
    return context.language.say(known) if known else reason.replace("_", " ")


def make_whole(context: Context, chapters: Iterable[str]) -> list[Unavailable]:
    """Indicators without any figure, of chapters that do not tell it themselves; one line a chapter and reason."""
    told, say = set(chapters), context.language.say
    lines: dict[tuple[str, str], list[str]] = {}
    for indicator in without_figures(context):
        if indicator.chapter not in told:
            key = (indicator.chapter, why_missing(context, indicator))
            lines.setdefault(key, []).append(indicator.title.get(context.language.tag))
    return [
        Unavailable(say(CHAPTERS[chapter]), context.language.enumerate(titles), reason, len(titles))
        for (chapter, reason), titles in lines.items()
    ]


def make_gaps(context: Context) -> list[Unavailable]:
    """What is missing of indicators that have other figures; one line an indicator, way of measuring and reason."""
    nowhere = {one.indicator for one in without_figures(context)}
    counts: dict[tuple[str, str, str], dict[str, int]] = {}
    for figure in context.figures.of_year(context.year):
        if figure.status == "M" and figure.indicator not in nowhere and CROSS not in figure.dimension:
            by_dimension = counts.setdefault((figure.indicator, figure.variant, figure.reason or ""), {})
            by_dimension[figure.dimension] = by_dimension.get(figure.dimension, 0) + 1
    return [_gap(context, *key, dimensions) for key, dimensions in counts.items()]


def _gap(context: Context, code: str, variant: str, reason: str, dimensions: dict[str, int]) -> Unavailable:
    folder = context.material.recipe.indicators.get(code)
    title = context.title(folder.definition, variant) if folder else code
    # Where the total is missing for a reason, its parts need no word of their own.
    told = {ALL: 1} if ALL in dimensions else dimensions
    definition = folder.definition if folder else None
    what = [_how_many(context, definition, dimension, count) for dimension, count in told.items()]
    return Unavailable(title, context.language.enumerate(what), tell_reason(context, reason), sum(told.values()))


def _how_many(context: Context, indicator: Indicator | None, dimension: str, count: int) -> str:
    if dimension == ALL:
        return context.language.say("the total")
    name = context.dimension_phrase(dimension, indicator)
    return context.language.say_many(
        "%(count)s figure by %(dimension)s", "%(count)s figures by %(dimension)s", count, dimension=name
    )
