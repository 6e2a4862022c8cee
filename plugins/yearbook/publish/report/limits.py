"""What the figures of page one do not show: gaps, unknown parties, and what their definitions leave out; by rule.

Not its business: the whole account of quality, to which it leads (`quality`).
"""

import re

from yearbook.model.indicator import Indicator
from yearbook.model.observation import UNKNOWN
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.report.responses import make_counted
from yearbook.publish.report.unavailable import without_figures
from yearbook.publish.words.language import N_, SOURCE_LANGUAGE

MOST_CAVEATS = 2
LONGEST_CAVEAT = 170
LEAST_UNKNOWN = 1.0
"""From this percentage on, a part that the records do not name is worth a word."""
ALL_THERE = N_("They count accepted records alone; all %(count)s indicators have a figure.")
SOME_THERE = N_("They count accepted records alone; %(missing)s of %(count)s indicators have no figure yet.")
UNKNOWN_PART = N_("For %(share)s%% of the %(title)s, the %(dimension)s is not stated.")
CAVEAT = N_("%(title)s: %(caveat)s")
FIRST_SENTENCE = re.compile(r".+?(?:[.;](?=\s|$)|。|；)", re.DOTALL)


def make_limits(context: Context, shown: list[Indicator]) -> list[str]:
    """Sentences for page one; `shown` are the indicators of the key figures."""
    return [_coverage(context), *make_counted(context), *_unknown(context, shown), *_caveats(context, shown)]


def _coverage(context: Context) -> str:
    count, missing = len(context.material.indicators), len(without_figures(context))
    number = context.language.number
    if not missing:
        return context.language.say(ALL_THERE, count=number(count, 0))
    return context.language.say(SOME_THERE, count=number(count, 0), missing=number(missing, 0))


def _unknown(context: Context, shown: list[Indicator]) -> list[str]:
    """The largest part of a key sum of which the records do not say what it is."""
    for indicator in (one for one in shown if one.kind == "sum"):
        total = context.figures.total(indicator.indicator, context.year)
        parts = [
            (part.value / total.value, part)
            for dimension in indicator.dimensions
            if total is not None and total.value and total.is_known
            if (part := context.figures.part(indicator.indicator, context.year, dimension, UNKNOWN)) is not None
            if part.is_known and part.value is not None
        ]
        share, part = max(parts, key=lambda one: one[0], default=(0.0, None))
        if part is not None and 100 * share >= LEAST_UNKNOWN:
            return [_tell_unknown(context, indicator, part, 100 * share)]
    return []


def _tell_unknown(context: Context, indicator: Indicator, part: Figure, share: float) -> str:
    return context.language.say(
        UNKNOWN_PART,
        share=context.language.number(share, 1),
        title=context.language.inner(indicator.title.get(context.language.tag)),
        dimension=context.dimension_phrase(part.dimension, indicator),
    )


def _caveats(context: Context, shown: list[Indicator]) -> list[str]:
    """What the definitions of the key figures warn of first, where that can be said in a line."""
    tag, told = context.language.tag, []
    for indicator in shown:
        # Whether it can be said in a line is judged in one language: all of them tell of the same figures.
        if indicator.caveats and len(_first(indicator.caveats.get(SOURCE_LANGUAGE))) <= LONGEST_CAVEAT:
            caveat = _ended(context, _first(context.language.prose(indicator.caveats.get(tag))))
            told.append(context.language.say(CAVEAT, title=indicator.title.get(tag), caveat=caveat))
    return told[:MOST_CAVEATS]


def _first(text: str) -> str:
    found = FIRST_SENTENCE.match(text)
    return found.group().rstrip(";；") if found else text


def _ended(context: Context, sentence: str) -> str:
    return sentence if sentence.endswith((".", "。")) else sentence + ("." if context.language.gap else "。")
