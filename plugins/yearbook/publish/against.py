"""How a figure compares with an earlier one, as every sentence, card, table and chart tells it.

None is told of what is a change itself, nor against an edition that was withdrawn.

It also tells readers the rules of comparing, with their numbers. Not its business: the rules themselves (`changes`,
`chance`).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from yearbook.model.indicator import Indicator
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.chance import FEW_VALUES, nature_of
from yearbook.publish.words.changes import LITTLE, Change, compare, compare_with_last_year
from yearbook.publish.words.language import N_

WITHDRAWN = N_("The edition of %(year)s was withdrawn on %(date)s; its figures stand here for comparison. %(reason)s")
NO_CHANGE = N_("No change against %(year)s is given, as its edition was withdrawn.")
SHOWN = N_("%(years)s: withdrawn.")

LEVEL_KINDS = frozenset({"growth", "contribution", "difference"})
"""Kinds that are changes themselves."""

RULES = (
    N_(
        "About the same: any change of no more than %(percent)s%%, or of a percentage no more than %(points)s points."
        " Of ranks every step counts."
    ),
    N_(
        "Rates of counts, such as a pass rate, are said to have risen or fallen only where two years differ by more"
        " than 2·√(p(1−p)(1/n₁+1/n₂)), p being the rate of both together and n the number that each is a rate of: a"
        " smaller difference may be chance. Where things are counted in groups, such as persons in courses, chance"
        " makes more than that: the limit is then the least."
    ),
    N_(
        "Medians with published quartiles are told likewise by two standard errors of the difference, that of a median"
        " being 1.2533·(Q₃−Q₁)/(1.349·√n) (McGill, Tukey and Larsen 1978), and figures with a published 95%% interval"
        " by that."
    ),
    N_(
        "Other means, medians, ratios (such as those of sums of money), indexes and estimates are not said to rise or"
        " fall over fewer than %(few)s records in either year. Over more, the same formula holds with an assumed"
        " Q₃−Q₁: the figure itself, or, of a percentage up to 100, the smaller of it and of 100 less it. Over %(few)s"
        " records a year the limit is then about 13%% of that."
    ),
    N_(
        "Sums, numbers, ranks, growth, shares that divide one sum, and ratios of one whole to another or to a plan,"
        " such as contract value to GDP, are not tested for chance: one large contract may move them."
    ),
    N_("Figures of low reliability are not said to rise or fall. In tables a change that is not told is marked [n]."),
    N_("“Every year” is said only where each step is a rise, or each a fall, by these rules."),
    N_(
        "A highest or lowest rate of counts is named only where it differs from that of all other parts together by"
        " more than the same limit, which is wider the more parts there are (Bonferroni); any other figure that is"
        " tested, only where it differs from the next by more than the limit of the two, and not over fewer than"
        " %(few)s records where that is the assumed one. None of these is named that is of low reliability, or where"
        " the next is about the same, and none of the ratios of one whole to another or to a plan."
    ),
)
"""What is said of changes and of leaders, and when; for readers."""


def is_change_itself(indicator: Indicator) -> bool:
    """Whether an indicator is a change by its kind, or an estimate that is made from one."""
    return indicator.kind in LEVEL_KINDS or (indicator.kind == "estimate" and indicator.base == "last_year")


def against_last_year(context: Context, now: Figure) -> Change:
    """How a figure compares with the year before."""
    indicator, kind = _indicator(context, now), context.units.get(now.unit).change
    if is_change_itself(indicator):
        return Change("first", kind)
    change = compare_with_last_year(context.figures, nature_of(indicator), now, kind)
    return _untold(change) if context.is_withdrawn(now.year - 1) else change


def against(context: Context, now: Figure, before: Figure | None) -> Change:
    """How a figure compares with a given one."""
    indicator, kind = _indicator(context, now), context.units.get(now.unit).change
    if is_change_itself(indicator):
        return Change("first", kind)
    change = compare(context.figures, nature_of(indicator), now, before, kind)
    return _untold(change) if before is not None and context.is_withdrawn(before.year) else change


def is_steady(context: Context, series: Sequence[Figure]) -> bool:
    """Whether a series has every year, and each of its steps is told as a rise, or each as a fall."""
    outcomes = {against(context, now, before).outcome for before, now in pairwise(series)}
    is_yearly = all(now.year == before.year + 1 for before, now in pairwise(series))
    return is_yearly and outcomes in ({"rise"}, {"fall"})


def tell_change_rules(context: Context) -> list[str]:
    """The rules in words, for readers."""
    number = context.language.number
    values = {
        "percent": number(LITTLE["percent"], 1),
        "points": number(LITTLE["points"], 2),
        "few": number(FEW_VALUES, 0),
    }
    return [context.language.say(rule, **values) for rule in RULES]


def _indicator(context: Context, figure: Figure) -> Indicator:
    return context.material.recipe.indicators[figure.indicator].definition


def _untold(change: Change) -> Change:
    return replace(change, outcome="withdrawn", amount=None, previous=None, before=None) if change.is_told else change


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
