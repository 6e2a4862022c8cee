"""Which comparators stand beside one figure: the target that a chart draws, and the lines of a key figure.

Not its business: the chapter of all comparators (`comparators`).
"""

from yearbook.model.comparator import Comparator
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure, split_breakdown
from yearbook.publish.words.language import N_

TARGET = "target"
TARGET_LINE = N_("Target for %(year)s: %(value)s")
OFFICIAL_LINE = N_("Official figure for %(year)s: %(value)s (%(source)s)")
PUBLISHED_LINE = N_("Published for %(year)s: %(value)s (%(source)s)")
TARGET_LEGEND = {
    "line": N_("Dashed line: target for %(year)s, %(value)s."),
    "marks": N_("Diamond: target for %(year)s."),
}


def target_of(context: Context, figure: Figure) -> Comparator | None:
    """The target for a figure: that of its own year, or else the next one."""
    targets = [one for one in _of_cell(context, figure) if one.kind == TARGET and one.year >= context.year]
    return min(targets, key=lambda one: (one.year, one.id), default=None)


def lines_beside(context: Context, figure: Figure) -> list[str]:
    """What stands below a key figure: what others have published of it, the official figure first, and its target."""
    own = [one for one in _of_cell(context, figure) if one.kind != TARGET and one.year == figure.year]
    lines = [
        context.language.say(
            OFFICIAL_LINE if one.is_official else PUBLISHED_LINE,
            year=one.year,
            value=context.teller.published(one),
            source=one.document.get(context.language.tag),
        )
        for one in sorted(own, key=lambda one: (not one.is_official, one.id))
    ]
    target = target_of(context, figure)
    if target is not None:
        lines.append(context.language.say(TARGET_LINE, year=target.year, value=context.teller.published(target)))
    return lines


def tell_target(context: Context, target: Comparator, drawn: str) -> str:
    """How the legend of a chart explains a target that is drawn as a `line` or as `marks`."""
    value = context.teller.published(target)
    return context.language.say(TARGET_LEGEND[drawn], year=target.year, value=value)


def _of_cell(context: Context, figure: Figure) -> list[Comparator]:
    every = (one.comparator for one in context.material.comparisons)
    return [one for one in every if one.indicator == figure.indicator and _is_cell(one, figure)]


def _is_cell(comparator: Comparator, figure: Figure) -> bool:
    variant, parts = split_breakdown(comparator.key[3])
    codes = {**comparator.codes, **dict(parts)}
    return variant == figure.variant and codes == ({figure.dimension: figure.code} if figure.dimension else {})
