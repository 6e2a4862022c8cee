"""How far a key figure can be relied on: high, medium or low, by rule, with the rules that it fails.

A figure starts high; each failed rule takes it down to the level that the rule names. Not its business: the figure's
own mark in tables (`flags`), and which figures stand on page one (`brief`).
"""

from dataclasses import dataclass
from typing import Literal

from yearbook.compute.reliability import REASON
from yearbook.model.indicator import Indicator
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.changes import MIN_BASE_RECORDS
from yearbook.publish.words.language import N_

Level = Literal["high", "medium", "low"]

FEW_RECORDS = 100
HELD_MEDIUM, HELD_LOW = 1.0, 10.0
"""From these percentages of the records received on, held ones may change the figure."""

LEVELS: dict[Level, str] = {
    "high": N_("Confidence: high"),
    "medium": N_("Confidence: medium (%(why)s)"),
    "low": N_("Confidence: low (%(why)s)"),
}
BY_STATUS: dict[str, tuple[Level, str]] = {
    "U": ("low", N_("marked as of low reliability")),
    "E": ("medium", N_("rests on an estimate")),
    "I": ("medium", N_("imputed in part")),
    "P": ("medium", N_("provisional")),
    "B": ("medium", N_("break in the series")),
}
FEWEST = N_("fewer than %(count)s records")
HELD = N_("%(share)s%% of the records received are held")
EXPERIMENTAL = N_("experimental indicator")
MISSED = N_("a published figure was not matched")

RULES = (
    N_(
        "Low: the figure is marked [u], or rests on fewer than %(few)s records, or %(held_low)s%% or more of the"
        " records received for it are held."
    ),
    N_(
        "Medium: the figure is estimated, imputed in part, provisional or follows a break; or it rests on fewer than"
        " %(many)s records; or %(held_medium)s%% or more of the records received for it are held; or its indicator is"
        " experimental; or a published figure that it is checked against was not matched."
    ),
    N_(
        "High: none of these. The rules judge how the figure was made; they do not say that the records are true,"
        " nor how far chance moves it from year to year."
    ),
)


@dataclass(frozen=True)
class Confidence:
    """A level, and why it is not higher."""

    level: Level
    reasons: list[str]

    def say(self, context: Context) -> str:
        """The level with its reasons, as a key figure shows it."""
        why = context.language.enumerate(self.reasons)
        return context.language.say(LEVELS[self.level], why=why) if why else context.language.say(LEVELS[self.level])


def judge(context: Context, indicator: Indicator, figure: Figure) -> Confidence:
    """Judge one figure by all rules."""
    failed = [*_by_status(context, figure), *_by_size(context, figure), *_by_held(context, indicator)]
    failed += _by_indicator(context, indicator, figure)
    levels = {level for level, _ in failed}
    level: Level = "low" if "low" in levels else "medium" if failed else "high"
    return Confidence(level, [reason for one, reason in failed if one == level])


def tell_rules(context: Context) -> list[str]:
    """The rules in words, for readers."""
    number = context.language.number
    values = {
        "few": number(MIN_BASE_RECORDS, 0),
        "many": number(FEW_RECORDS, 0),
        "held_low": number(HELD_LOW, 0),
        "held_medium": number(HELD_MEDIUM, 0),
    }
    return [context.language.say(rule, **values) for rule in RULES]


def _by_status(context: Context, figure: Figure) -> list[tuple[Level, str]]:
    # How few records it rests on is a rule of its own.
    found = None if figure.reason == REASON else BY_STATUS.get(figure.status)
    return [(found[0], context.language.say(found[1]))] if found else []


def _by_size(context: Context, figure: Figure) -> list[tuple[Level, str]]:
    if figure.records is None or figure.records >= FEW_RECORDS:
        return []
    least = MIN_BASE_RECORDS if figure.records < MIN_BASE_RECORDS else FEW_RECORDS
    level: Level = "low" if least == MIN_BASE_RECORDS else "medium"
    return [(level, context.language.say(FEWEST, count=context.language.number(least, 0)))]


def _by_held(context: Context, indicator: Indicator) -> list[tuple[Level, str]]:
    accounts = [
        one for one in context.material.accountings if one.year == context.year and one.dataset in indicator.fields
    ]
    received, held = sum(one.received for one in accounts), sum(one.held for one in accounts)
    share = 100 * held / received if received else 0.0
    if share < HELD_MEDIUM:
        return []
    reason = context.language.say(HELD, share=context.language.number(share, 1))
    return [("low" if share >= HELD_LOW else "medium", reason)]


def _by_indicator(context: Context, indicator: Indicator, figure: Figure) -> list[tuple[Level, str]]:
    failed: list[tuple[Level, str]] = []
    if indicator.experimental:
        failed.append(("medium", context.language.say(EXPERIMENTAL)))
    missed = (one for one in context.material.comparisons if one.is_failure)
    if any((one.comparator.indicator, one.comparator.year) == (figure.indicator, figure.year) for one in missed):
        failed.append(("medium", context.language.say(MISSED)))
    return failed
