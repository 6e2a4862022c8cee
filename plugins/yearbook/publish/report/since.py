"""What changed since the last edition: revised figures, indicators that came and went, breaks, records received.

Not its business: how figures moved from one year to the next, which every sentence and table tells.
"""

from collections.abc import Iterable

from yearbook.catalogue import Accounting
from yearbook.model.observation import WITHDRAWN_BASE
from yearbook.publish.against import tell_withdrawn
from yearbook.publish.context import Context
from yearbook.publish.report.revisions import count_revised
from yearbook.publish.words.language import N_

MOST_NAMES = 4
FIRST = N_("This is the first edition: there is none to compare it with.")
NEW = N_("New in this edition: %(titles)s.")
NEW_MANY = N_("New in this edition: %(titles)s, and %(more)s more.")
GONE = N_("No longer available: %(titles)s.")
GONE_MANY = N_("No longer available: %(titles)s, and %(more)s more.")
SAME = N_("The same %(count)s indicators have figures as for %(before)s.")
BROKEN = N_("Not comparable with the year before, because of a break in the series: %(titles)s.")
RECORDS = N_(
    "%(received)s records were received, against %(received_before)s for %(before)s; %(held)s are held, against"
    " %(held_before)s."
)


def make_since(context: Context) -> list[str]:
    """Sentences for page one, the most telling first."""
    if not context.figures.of_year(context.year - 1):
        return [context.language.say(FIRST)]
    return [*tell_withdrawn(context), *_revised(context), *_indicators(context), *_breaks(context), *_records(context)]


def _revised(context: Context) -> list[str]:
    count = count_revised(context)
    if not count:
        return []
    return [
        context.language.say_many(
            "%(count)s figure was revised since it was first published.",
            "%(count)s figures were revised since they were first published.",
            count,
        )
    ]


def _indicators(context: Context) -> list[str]:
    before, now = _with_figures(context, context.year - 1), _with_figures(context, context.year)
    if before == now:
        count = context.language.number(len(now), 0)
        return [context.language.say(SAME, count=count, before=context.year - 1)]
    return [
        *_named(context, (NEW, NEW_MANY), now - before),
        *_named(context, (GONE, GONE_MANY), before - now - _without_base(context)),
    ]


def _with_figures(context: Context, year: int) -> set[str]:
    return {figure.indicator for figure in context.figures.of_year(year) if figure.is_known}


def _without_base(context: Context) -> set[str]:
    """Indicators that did not go: they have no figure as a withdrawn edition was their base, which is told already."""
    return {one.indicator for one in context.figures.of_year(context.year) if one.reason == WITHDRAWN_BASE}


def _named(context: Context, templates: tuple[str, str], codes: Iterable[str]) -> list[str]:
    wanted = set(codes)
    titles = [
        context.language.inner(one.title.get(context.language.tag))
        for one in context.material.indicators
        if one.indicator in wanted
    ]
    if not titles:
        return []
    if len(titles) <= MOST_NAMES:
        return [context.language.say(templates[0], titles=context.language.enumerate(titles))]
    more = context.language.number(len(titles) - MOST_NAMES, 0)
    joined = context.language.listed(titles[:MOST_NAMES])
    return [context.language.say(templates[1], titles=joined, more=more)]


def _breaks(context: Context) -> list[str]:
    broken = [
        context.language.inner(one.title.get(context.language.tag))
        for one in context.material.indicators
        if (total := context.figures.total(one.indicator, context.year)) is not None and total.status == "B"
    ]
    return [context.language.say(BROKEN, titles=context.language.enumerate(broken))] if broken else []


def _records(context: Context) -> list[str]:
    now = [one for one in context.material.accountings if one.year == context.year]
    before = context.material.earlier_accountings
    if not now or not before:
        return []
    number = context.language.number
    return [
        context.language.say(
            RECORDS,
            before=context.year - 1,
            received=number(_received(now), 0),
            received_before=number(_received(before), 0),
            held=number(_held(now), 0),
            held_before=number(_held(before), 0),
        )
    ]


def _received(accounts: Iterable[Accounting]) -> int:
    return sum(one.received for one in accounts)


def _held(accounts: Iterable[Accounting]) -> int:
    return sum(one.held for one in accounts)
