"""What the figures of page one do not show: gaps, unknown parties, and what their definitions leave out; by rule.

Not its business: the whole account of quality, to which it leads (`quality`).
"""

import re
from collections import Counter

from yearbook.model.indicator import Indicator
from yearbook.model.observation import TOTAL, UNKNOWN
from yearbook.publish.closing_view import Quality
from yearbook.publish.comparison import Comparison
from yearbook.publish.context import Context, slug
from yearbook.publish.figures import Figure
from yearbook.publish.report.quality import count_undated
from yearbook.publish.report.responses import make_counted
from yearbook.publish.report.unavailable import without_figures
from yearbook.publish.view import Point
from yearbook.publish.words.differences import find_official, tell_official_of_year
from yearbook.publish.words.language import N_, SOURCE_LANGUAGE

MOST_CAVEATS = 2
LONGEST_CAVEAT = 170
LEAST_UNKNOWN = 1.0
"""From this percentage on, a part that the records do not name is worth a word."""
MOST_TOTALS = 3
COUNT, PRINTED = "contract_count", "scope=national_register"
NEARLY_ALL = 95.0
"""From this percentage of the contracts that a register counts on, that some are not here is not worth a word."""
OF_REGISTER = N_("The records hold %(count)s contracts, which is %(share)s%% of the %(all)s that the register counts.")
ALL_THERE = N_("They count accepted records alone. No figure of the %(count)s indicators is missing.")
NONE_WITHOUT = N_("They count accepted records alone. Each of the %(count)s indicators has at least one figure.")
DIFFERENT_REASONS = N_("%(count)s groups of figures are missing, for different reasons.")
NO_TOTALS = N_("There is no total of: %(titles)s.")
NO_TOTALS_MANY = N_("There is no total of: %(titles)s, and of %(more)s more.")
UNKNOWN_PART = N_("For %(share)s%% of the %(title)s, the %(dimension)s is not stated.")
CAVEAT = N_("%(title)s: %(caveat)s")
FIRST_SENTENCE = re.compile(r".+?(?:[.;](?=\s|$)|。|；)", re.DOTALL)


def make_limits(context: Context, shown: list[Indicator], quality: Quality) -> list[Point]:
    """Sentences for page one; `shown` are the indicators of the key figures."""
    plain = [*_undated(context), *make_counted(context), *_unknown(context, shown), *_caveats(context, shown)]
    coverage = [_coverage(context, quality), *_groups(context, quality), *_official(context), *_of_register(context)]
    return [*coverage, *(Point(sentence, "", "") for sentence in plain)]


def _coverage(context: Context, quality: Quality) -> Point:
    count, missing = len(context.material.indicators), len(without_figures(context))
    everyone = context.language.number(count, 0)
    if not missing:
        return Point(context.language.say(NONE_WITHOUT if quality.unavailable else ALL_THERE, count=everyone), "", "")
    told = context.language.say_many(
        "They count accepted records alone; %(count)s of %(all)s indicators has no figure yet.",
        "They count accepted records alone; %(count)s of %(all)s indicators have no figure yet.",
        missing,
        all=everyone,
    )
    return Point(told, "", "")


def _groups(context: Context, quality: Quality) -> list[Point]:
    """How many groups of figures are missing, mostly why, and which totals are among them."""
    if not quality.unavailable:
        return []
    sentence = context.language.gap.join([_tell_groups(context, quality), *_totals(context)])
    return [Point(sentence, "#unavailable-caption", context.language.say("Which ones"))]


def _tell_groups(context: Context, quality: Quality) -> str:
    """With the reason that holds for more than half of the figures in all groups, if there is one."""
    figures = Counter[str]()
    for one in quality.unavailable:
        figures[one.reason] += one.count
    (reason, most), *_ = figures.most_common(1)
    groups = len(quality.unavailable)
    if 2 * most <= figures.total():
        return context.language.say(DIFFERENT_REASONS, count=context.language.number(groups, 0))
    return context.language.say_many(
        "%(count)s group of figures is missing: %(reason)s.",
        "%(count)s groups of figures are missing, most often because %(reason)s.",
        groups,
        reason=reason,
    )


def _totals(context: Context) -> list[str]:
    """The indicators of which there are parts and no total."""
    nowhere, titles = without_figures(context), []
    for indicator in context.material.indicators:
        total = context.figures.total(indicator.indicator, context.year)
        if indicator not in nowhere and total is not None and total.status == "M":
            titles.append(context.language.inner(indicator.title.get(context.language.tag)))
    if len(titles) <= MOST_TOTALS:
        return [context.language.say(NO_TOTALS, titles=context.language.enumerate(titles))] if titles else []
    shown, more = titles[:MOST_TOTALS], context.language.number(len(titles) - MOST_TOTALS, 0)
    return [context.language.say(NO_TOTALS_MANY, titles=context.language.listed(shown), more=more)]


def _undated(context: Context) -> list[str]:
    count = count_undated(context)
    if not count:
        return []
    return [
        context.language.say_many(
            "%(count)s more record is held because it has no readable date.",
            "%(count)s more records are held because they have no readable date.",
            count,
        )
    ]


def _official(context: Context) -> list[Point]:
    """Where an official figure of the edition's year stands beside another one here, and what each of them is."""
    teller, link = context.teller, context.language.say("Comparators")
    told = (one for one in context.material.comparisons if one.comparator.year == context.year)
    differing = [one for same in find_official(teller, told) for one in same]
    return [
        Point(tell_official_of_year(teller, one, _records_of(context, one)), "#comparators", link) for one in differing
    ]


def _of_register(context: Context) -> list[Point]:
    """How few of the contracts the records hold: of a value that comes to nearly all, nobody would think so."""
    here, printed = (context.figures.total(COUNT, context.year, way) for way in (TOTAL, PRINTED))
    if here is None or printed is None or not here.value or not printed.value:
        return []
    share, number = 100 * here.value / printed.value, context.language.number
    if share >= NEARLY_ALL:
        return []
    told = {"count": number(here.value, 0), "share": number(share, 1), "all": number(printed.value, 0)}
    return [Point(context.language.say(OF_REGISTER, **told), f"#{slug('indicator', COUNT)}", _title(context))]


def _title(context: Context) -> str:
    return context.material.recipe.indicators[COUNT].definition.title.get(context.language.tag)


def _records_of(context: Context, one: Comparison) -> float | None:
    """What the records come to of a total that the register prints; of its parts it is not looked for."""
    total = context.figures.total(one.comparator.indicator, context.year)
    return total.value if total is not None and total.is_known and not one.comparator.codes else None


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
