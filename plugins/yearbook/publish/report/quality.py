"""What became of the records, which rules they broke, who did not report, and which figures there are none of."""

import re
from collections.abc import Iterable

from yearbook.catalogue import FindingCount
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.publish.closing_view import Account, Quality, RuleCount
from yearbook.publish.context import Context
from yearbook.publish.report.responses import make_responses
from yearbook.publish.report.unavailable import make_gaps, make_whole
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import SEVERITIES

HIDDEN = re.compile(r"[“「\"]?…[”」\"]?")
MOST_EXAMPLES = 3
SEVERITY_ORDER = {"critical": 0, "warning": 1, "info": 2}
ALL_ACCEPTED = N_("All %(received)s records received for %(year)s were accepted.")
SOME_REPLACED = N_(
    "Of %(received)s records received for %(year)s, %(accepted)s are counted; %(other)s were cancelled or replaced."
)
SOME_LEFT_OUT = N_(
    "Of %(received)s records received for %(year)s, %(accepted)s are counted; %(held)s are held for a decision,"
    " %(other)s were cancelled or replaced."
)


def make_quality(context: Context, chapters: Iterable[str]) -> Quality:
    """The quality section of one edition; `chapters` are those that tell themselves what they have no figure of."""
    return Quality(
        summary=_summary(context),
        undated=_undated(context),
        accounts=_accounts(context),
        rules=_rules(context),
        responses=make_responses(context),
        whole=make_whole(context, chapters),
        unavailable=make_gaps(context),
    )


def _summary(context: Context) -> str:
    accounts = [one for one in context.material.accountings if one.year == context.year]
    received, accepted = sum(one.received for one in accounts), sum(one.accepted for one in accounts)
    if not received:
        return ""
    number = context.language.number
    held = sum(one.held for one in accounts)
    template = ALL_ACCEPTED if received == accepted else SOME_LEFT_OUT if held else SOME_REPLACED
    return context.language.say(
        template,
        year=context.year,
        received=number(received, 0),
        accepted=number(accepted, 0),
        held=number(held, 0),
        other=number(received - accepted - held, 0),
    )


def count_undated(context: Context) -> int:
    """How many records have no readable date, so that they belong to no year."""
    return sum(one.received for one in context.material.accountings if one.year == UNKNOWN_YEAR)


def _undated(context: Context) -> str:
    count = count_undated(context)
    if not count:
        return ""
    return context.language.say_many(
        "%(count)s more record has no readable date, so that it belongs to no year, and is held.",
        "%(count)s more records have no readable date, so that they belong to no year, and are held.",
        count,
    )


def _accounts(context: Context) -> list[Account]:
    def number(value: int) -> str:
        return context.language.number(value, 0)

    return [
        Account(
            dataset=_dataset(context, one.dataset, one.year),
            received=number(one.received),
            accepted=number(one.accepted),
            held=number(one.held),
            excluded=number(one.excluded),
            superseded=number(one.superseded),
        )
        for one in sorted(context.material.accountings, key=lambda one: (one.year == UNKNOWN_YEAR, one.dataset))
    ]


def _dataset(context: Context, name: str, year: int) -> str:
    dataset = context.material.recipe.datasets.get(name)
    title = dataset.title.get(context.language.tag) if dataset else name.replace("_", " ")
    if year == UNKNOWN_YEAR:
        return context.language.say("%(dataset)s, year not readable", dataset=title)
    return title


def _rules(context: Context) -> list[RuleCount]:
    counts = sorted(
        context.material.finding_counts,
        key=lambda one: (SEVERITY_ORDER.get(one.severity, 9), one.dataset, -one.count, one.rule, one.year),
    )
    return [
        RuleCount(
            dataset=_dataset(context, one.dataset, one.year),
            rule=one.rule,
            severity=context.language.say(SEVERITIES.get(one.severity, one.severity)),
            title=_rule_title(context, one),
            count=context.language.number(one.count, 0),
            examples=_examples(context, one),
        )
        for one in counts
    ]


def _rule_title(context: Context, one: FindingCount) -> str:
    """What the rule is about, in words: from `reports/rules.yml`, or else its message without the record's values."""
    known = context.rule_titles.get(one.rule)
    if known is not None:
        return known.get(context.language.tag)
    message = one.rule_zh if context.language.tag.startswith("zh") else one.rule_en
    return context.language.head(HIDDEN.sub(context.language.say("a value"), message))


def _examples(context: Context, one: FindingCount) -> list[str]:
    place = (one.dataset, one.year, one.rule, one.rule_en)
    messages = [
        found.message_zh if context.language.tag.startswith("zh") else found.message_en
        for found in context.material.examples
        if (found.dataset, found.year, found.rule, found.rule_en) == place
    ]
    return list(dict.fromkeys(messages))[:MOST_EXAMPLES]
