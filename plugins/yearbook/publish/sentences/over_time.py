"""A figure and the years before it: how it compares with the last one, and how a series moved.

A sentence is bound to the figures that it gives where it tells of a change.
"""

from collections.abc import Sequence

from yearbook.publish.against import against, is_steady
from yearbook.publish.anchors import Sentence
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.sentences.wording import (
    RANK_UNIT,
    Subject,
    Wording,
    amount_of,
    cells_of,
    near,
    previous_of,
    wording_of,
)
from yearbook.publish.words.chance import FEW_VALUES
from yearbook.publish.words.changes import MIN_BASE_RECORDS, Change
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.units import Written

YEAR_ON_YEAR: dict[tuple[str, Wording], str] = {
    ("rise", "percent"): N_("%(title)s rose by %(change)s%% to %(value)s in %(year)s."),
    ("fall", "percent"): N_("%(title)s fell by %(change)s%% to %(value)s in %(year)s."),
    ("rise", "points"): N_("%(title)s rose by %(change)s percentage points to %(value)s in %(year)s."),
    ("fall", "points"): N_("%(title)s fell by %(change)s percentage points to %(value)s in %(year)s."),
    ("rise", "number"): N_("%(title)s rose by %(change)s to %(value)s in %(year)s."),
    ("fall", "number"): N_("%(title)s fell by %(change)s to %(value)s in %(year)s."),
    ("rise", "length"): N_("%(title)s increased by %(change)s%% to %(value)s in %(year)s."),
    ("fall", "length"): N_("%(title)s decreased by %(change)s%% to %(value)s in %(year)s."),
    # A larger number is a lower place.
    ("rise", "rank"): N_("%(title)s fell to %(value)s in %(year)s, from %(previous)s the year before."),
    ("fall", "rank"): N_("%(title)s rose to %(value)s in %(year)s, from %(previous)s the year before."),
}
AT_CURRENT_PRICES = {
    "rise": N_("%(title)s rose by %(change)s%% at current prices to %(value)s in %(year)s."),
    "fall": N_("%(title)s fell by %(change)s%% at current prices to %(value)s in %(year)s."),
}
"""The same of money, in per cent."""
LITTLE = N_("%(title)s came to %(value)s in %(year)s, about the same as the year before (%(previous)s).")
CHANCE = N_(
    "%(title)s came to %(value)s in %(year)s, after %(previous)s the year before; the difference may be chance."
)
FEW = N_(
    "%(title)s came to %(value)s in %(year)s, after %(previous)s the year before; over fewer than %(few)s records the"
    " difference may be chance."
)
UNSURE = N_(
    "%(title)s came to %(value)s in %(year)s, after %(previous)s the year before; at least one of the two is of low"
    " reliability."
)
NO_DIRECTION = {"chance": CHANCE, "few": FEW, "unsure": UNSURE}
ABOUT_SAME = N_("%(title)s hardly changed, at %(value)s in %(year)s.")
UNCHANGED = N_("%(title)s stood at %(value)s in %(year)s, the same as the year before.")
AMONG_YEARS = N_(
    "%(title)s: %(year)s stands at %(value)s of the %(count)s years on record, after %(previous)s of %(earlier)s the"
    " year before."
)
AMONG_EARLIER_YEARS = N_(
    "%(title)s: %(year)s stands at %(value)s of the %(count)s years on record (%(first)s–%(year)s and %(others)s"
    " before), after %(previous)s of %(earlier)s the year before."
)
UNCHANGED_RANK = N_("%(title)s stood at %(value)s in %(year)s, as in the year before.")
LEVEL = N_("%(title)s came to %(value)s in %(year)s.")
LEVEL_MATCHED = N_(
    "%(title)s came to %(value)s in %(year)s; among institutions present in both years it was %(matched)s."
)
UNTOLD = {
    "small_base": N_(
        "%(title)s came to %(value)s in %(year)s; no change is given, as one of the years rests on fewer than"
        " %(least)s records."
    ),
    "zero_base": N_(
        "%(title)s came to %(value)s in %(year)s; no rate of change is given, as the year before stood at zero or"
        " below."
    ),
    "break": N_(
        "%(title)s came to %(value)s in %(year)s, which cannot be compared with the year before because of a break"
        " in the series."
    ),
    "withdrawn": N_(
        "%(title)s came to %(value)s in %(year)s; no change is given, as the edition of the year before was withdrawn."
    ),
    "missing": N_("%(title)s: not available for %(year)s."),
    "withheld": N_("%(title)s, %(year)s: the figure or its change is withheld to protect the parties."),
}

OVER_YEARS: dict[tuple[str, Wording, bool], str] = {
    ("rise", "percent", True): N_("%(title)s rose every year from %(first)s to %(last)s, by %(change)s%% in all."),
    ("fall", "percent", True): N_("%(title)s fell every year from %(first)s to %(last)s, by %(change)s%% in all."),
    ("rise", "percent", False): N_("%(title)s rose by %(change)s%% between %(first)s and %(last)s."),
    ("fall", "percent", False): N_("%(title)s fell by %(change)s%% between %(first)s and %(last)s."),
    ("rise", "points", True): N_(
        "%(title)s rose every year from %(first)s to %(last)s, by %(change)s percentage points in all."
    ),
    ("fall", "points", True): N_(
        "%(title)s fell every year from %(first)s to %(last)s, by %(change)s percentage points in all."
    ),
    ("rise", "points", False): N_("%(title)s rose by %(change)s percentage points between %(first)s and %(last)s."),
    ("fall", "points", False): N_("%(title)s fell by %(change)s percentage points between %(first)s and %(last)s."),
    ("rise", "length", True): N_("%(title)s increased every year from %(first)s to %(last)s, by %(change)s%% in all."),
    ("fall", "length", True): N_("%(title)s decreased every year from %(first)s to %(last)s, by %(change)s%% in all."),
    ("rise", "length", False): N_("%(title)s increased by %(change)s%% between %(first)s and %(last)s."),
    ("fall", "length", False): N_("%(title)s decreased by %(change)s%% between %(first)s and %(last)s."),
}
OVER_YEARS_AT_CURRENT_PRICES = {
    ("rise", True): N_(
        "%(title)s rose every year from %(first)s to %(last)s, by %(change)s%% at current prices in all."
    ),
    ("fall", True): N_(
        "%(title)s fell every year from %(first)s to %(last)s, by %(change)s%% at current prices in all."
    ),
    ("rise", False): N_("%(title)s rose by %(change)s%% at current prices between %(first)s and %(last)s."),
    ("fall", False): N_("%(title)s fell by %(change)s%% at current prices between %(first)s and %(last)s."),
}
OVER_YEARS_TIMES = N_("%(title)s rose to %(change)s times the level of %(first)s by %(last)s.")
OVER_YEARS_TIMES_AT_CURRENT_PRICES = N_(
    "%(title)s at current prices rose to %(change)s times the level of %(first)s by %(last)s."
)
OVER_YEARS_LITTLE = N_("%(title)s in %(last)s stood close to its level of %(first)s, at %(value)s.")
OVER_YEARS_BACK = N_(
    "%(title)s in %(last)s stood close to its level of %(first)s, at %(value)s, having been %(extreme)s in %(between)s."
)
OVER_YEARS_PLAIN = N_("%(title)s, %(first)s to %(last)s.")
TIMES_FROM = 100.0
"""From this percentage on, a rise over several years is told as a multiple."""


def year_on_year(language: Language, subject: Subject, written: Written, now: Figure, change: Change) -> Sentence:
    """How a total compares with last year's, or its level and why nothing more is said."""
    return Sentence.of(_year_on_year(language, subject, written, now, change), *cells_of(written, now, change))


def among_years(
    language: Language, subject: Subject, written: Written, now: Figure, change: Change, shown: Sequence[int]
) -> Sentence:
    """The place of a year among all years known up to it, and that of the year before among those known then.

    `shown` are the years whose places stand beside. Told as any other figure where it is not sure, or one of the two
    does not say among how many.
    """
    before = change.before
    if before is None or not now.denominator or not before.denominator or change.has_no_direction:
        return year_on_year(language, subject, written, now, change)
    others = round(now.denominator) - len(shown)
    # A year that is left out between them may be one of those on record.
    has_earlier = others > 0 and len(shown) == subject.year - shown[0] + 1
    told = language.say(
        AMONG_EARLIER_YEARS if has_earlier else AMONG_YEARS,
        title=subject.title,
        year=subject.year,
        value=written.full(now.value or 0.0),
        count=language.number(now.denominator, 0),
        first=shown[0],
        others=language.number(others, 0),
        previous=previous_of(written, change),
        earlier=language.number(before.denominator, 0),
    )
    return Sentence.of(told, *cells_of(written, now, change))


def _year_on_year(language: Language, subject: Subject, written: Written, now: Figure, change: Change) -> str:
    values: dict[str, object] = {"title": subject.title, "year": subject.year}
    if now.value is not None:
        values["value"] = written.full(now.value)
    if change.outcome in UNTOLD:
        return language.say(UNTOLD[change.outcome], **values, least=MIN_BASE_RECORDS)
    if change.outcome == "little" and change.amount == 0:
        return language.say(UNCHANGED_RANK if written.unit == RANK_UNIT else UNCHANGED, **values)
    if change.outcome == "little" and change.previous is not None:
        previous = previous_of(written, change)
        template = ABOUT_SAME if previous == values.get("value") else LITTLE
        return language.say(template, **values, previous=previous)
    if change.outcome in NO_DIRECTION and change.previous is not None:
        template = NO_DIRECTION[change.outcome]
        return language.say(template, **values, previous=previous_of(written, change), few=FEW_VALUES)
    if change.outcome not in ("rise", "fall"):
        return language.say(LEVEL, **values)
    amount = amount_of(language, written, change)
    template = YEAR_ON_YEAR[change.outcome, wording_of(written, change)]
    if subject.has_prices and change.kind == "percent":
        template = AT_CURRENT_PRICES[change.outcome]
    return language.say(template, **values, change=amount, previous=previous_of(written, change))


def growth(language: Language, subject: Subject, written: Written, value: float, matched: float | None) -> str:
    """A growth, with that of the institutions present in both years where it is known."""
    values: dict[str, object] = {"title": subject.title, "year": subject.year, "value": written.full(value)}
    if matched is None:
        return language.say(LEVEL, **values)
    return language.say(LEVEL_MATCHED, **values, matched=written.full(matched))


def over_years(context: Context, subject: Subject, written: Written, series: Sequence[Figure], change: Change) -> str:
    """How a total moved over the years shown, all of them known; `change` compares the last with the first."""
    first, last, language = series[0].year, series[-1].year, context.language
    common: dict[str, object] = {"title": subject.title, "first": first, "last": last}
    if change.outcome == "little":
        return _back_at_its_level(context, written, series, change, common)
    if not tells_over_years(change):
        return language.say(OVER_YEARS_PLAIN, **common)
    has_prices = subject.has_prices and change.kind == "percent"
    if change.kind == "percent" and (change.amount or 0.0) >= TIMES_FROM:
        times = 1 + (change.amount or 0.0) / 100
        template = OVER_YEARS_TIMES_AT_CURRENT_PRICES if has_prices else OVER_YEARS_TIMES
        return language.say(template, **common, change=language.number(times, 1))
    amount, steady = amount_of(language, written, change), is_steady(context, series)
    template = OVER_YEARS[change.outcome, wording_of(written, change), steady]
    if has_prices:
        template = OVER_YEARS_AT_CURRENT_PRICES[change.outcome, steady]
    return language.say(template, **common, change=amount)


def _back_at_its_level(
    context: Context, written: Written, series: Sequence[Figure], change: Change, common: dict[str, object]
) -> str:
    """The year farthest from the first is named only where the way there is told as a rise or a fall."""
    language, start = context.language, series[0].value or 0.0
    extreme = max(series, key=lambda one: abs((one.value or 0.0) - start))
    reached = extreme.value or 0.0
    common["value"] = written.full(series[-1].value or 0.0)
    is_told = against(context, extreme, series[0]).outcome in ("rise", "fall")
    if not is_told or abs(reached - start) <= near(change.kind, start):
        return language.say(OVER_YEARS_LITTLE, **common)
    return language.say(OVER_YEARS_BACK, **common, extreme=written.full(reached), between=extreme.year)


def tells_over_years(change: Change) -> bool:
    """Whether the title of a series says how it moved, and is no plain heading."""
    return change.outcome == "little" or (change.outcome in ("rise", "fall") and change.kind != "number")
