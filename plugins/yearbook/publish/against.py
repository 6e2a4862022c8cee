"""How a figure compares with an earlier one, unless that stands in an edition that was withdrawn: then none is told.

Not its business: the rules of comparing (`changes`).
"""

from dataclasses import replace

from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.changes import Change, compare, compare_with_last_year
from yearbook.publish.words.language import N_

WITHDRAWN = N_("The edition of %(year)s was withdrawn on %(date)s; its figures stand here for comparison. %(reason)s")
NO_CHANGE = N_("No change against %(year)s is given, as its edition was withdrawn.")
SHOWN = N_("%(years)s: withdrawn.")


def against_last_year(context: Context, now: Figure) -> Change:
    """How a figure compares with the year before."""
    change = compare_with_last_year(context.figures, now, context.units.get(now.unit).change)
    return _untold(change) if context.is_withdrawn(now.year - 1) else change


def against(context: Context, now: Figure, before: Figure | None) -> Change:
    """How a figure compares with a given one."""
    change = compare(now, before, context.units.get(now.unit).change)
    return _untold(change) if before is not None and context.is_withdrawn(before.year) else change


def _untold(change: Change) -> Change:
    return replace(change, outcome="withdrawn", amount=None, previous=None) if change.is_told else change


def tell_no_change(context: Context) -> list[str]:
    """Why no change is told, where the edition of the year before was withdrawn."""
    before = context.year - 1
    return [context.language.say(NO_CHANGE, year=before)] if context.is_withdrawn(before) else []


def tell_withdrawn(context: Context) -> list[str]:
    """Which earlier editions were withdrawn whose figures stand here, when and why."""
    plans, language = context.material.recipe.programme.editions, context.language
    gone = [(year, plan.withdrawn) for year, plan in sorted(plans.items()) if year < context.year and plan.withdrawn]
    told = [
        language.say(WITHDRAWN, year=year, date=language.date(one.date), reason=one.reason.get(language.tag))
        for year, one in gone
        if context.figures.of_year(year)
    ]
    return [*told, *tell_no_change(context)] if told else []


def mark_years(context: Context, years: list[int]) -> str:
    """What the legend of a chart says of withdrawn years that it shows; empty where there are none."""
    gone = [str(year) for year in sorted(set(years)) if year < context.year and context.is_withdrawn(year)]
    return context.language.say(SHOWN, years=context.language.enumerate(gone)) if gone else ""
