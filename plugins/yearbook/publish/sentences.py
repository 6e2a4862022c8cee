"""Whole sentences from figures, by rule. Each template is one sentence of one language; nothing is pieced together.

In: figures already judged (`changes`, `rankings`) and written (`units`). Out: a sentence with its full stop, bound to
the figures that it gives where it tells of a change.
"""

from dataclasses import dataclass
from typing import Literal

from yearbook.publish.anchors import Cell, Sentence
from yearbook.publish.figures import Figure
from yearbook.publish.rankings import Ranking
from yearbook.publish.words.chance import FEW_VALUES
from yearbook.publish.words.changes import MIN_BASE_RECORDS, Change
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.units import ChangeKind, Written

Wording = Literal["percent", "points", "number", "length", "rank"]
"""In which words a change is told: as its kind, but for lengths of time and for places."""
TIME_UNITS = frozenset({"hours", "days", "months"})
RANK_UNIT = "rank"

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
OVER_YEARS_TIMES = N_("%(title)s rose to %(change)s times the level of %(first)s by %(last)s.")
OVER_YEARS_LITTLE = N_("%(title)s in %(last)s stood close to its level of %(first)s, at %(value)s.")
OVER_YEARS_BACK = N_(
    "%(title)s in %(last)s stood close to its level of %(first)s, at %(value)s, having been %(extreme)s in %(between)s."
)
OVER_YEARS_PLAIN = N_("%(title)s, %(first)s to %(last)s.")

LARGEST_PART = N_("%(part)s accounted for %(share)s of the %(title)s in %(year)s, more than any other %(dimension)s.")
LARGEST_FOREIGN_PART = N_(
    "%(part)s accounted for %(share)s of the %(title)s with foreign partners in %(year)s, more than any other country."
)
LARGEST_SHARE = N_("%(part)s had the largest %(title)s in %(year)s, at %(value)s.")
LARGEST_SHARE_OF = N_("%(title)s, %(year)s: %(part)s had the largest share, %(value)s.")
"""Where the title itself names the dimension."""
RATES = {
    ("rate", "overall"): N_("%(part)s had the highest %(title)s in %(year)s: %(value)s, against %(total)s overall."),
    ("low", "overall"): N_("%(part)s had the lowest %(title)s in %(year)s: %(value)s, against %(total)s overall."),
    ("rate", "among"): N_(
        "%(part)s had the highest %(title)s in %(year)s of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("low", "among"): N_(
        "%(part)s had the lowest %(title)s in %(year)s of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("rate", "alone"): N_("%(part)s had the highest %(title)s in %(year)s, at %(value)s."),
    ("low", "alone"): N_("%(part)s had the lowest %(title)s in %(year)s, at %(value)s."),
}
TIMES = {
    ("rate", "overall"): N_("%(whole)s was greatest for %(inner)s in %(year)s: %(value)s, against %(total)s overall."),
    ("low", "overall"): N_("%(whole)s was smallest for %(inner)s in %(year)s: %(value)s, against %(total)s overall."),
    ("rate", "among"): N_(
        "%(whole)s was greatest for %(inner)s in %(year)s, of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("low", "among"): N_(
        "%(whole)s was smallest for %(inner)s in %(year)s, of the %(dimensions)s with at least %(least)s records:"
        " %(value)s, against %(total)s overall."
    ),
    ("rate", "alone"): N_("%(whole)s was greatest for %(inner)s in %(year)s, at %(value)s."),
    ("low", "alone"): N_("%(whole)s was smallest for %(inner)s in %(year)s, at %(value)s."),
}
"""The same of lengths of time, which are neither high nor low."""
LARGEST_CONTRIBUTION = N_(
    "%(part)s contributed %(value)s percentage points to growth of %(total)s%% in %(year)s, more than any other"
    " %(dimension)s."
)
LARGEST_DRAG = N_(
    "%(part)s took %(value)s percentage points off growth in %(year)s, more than any other %(dimension)s."
)
GROWTH_DECIMALS = 1
BY_DIMENSION = N_("%(title)s by %(dimension)s, %(year)s.")
YEAR_ALONE = N_("%(title)s, %(year)s.")

NEAR = {"percent": 5.0, "points": 2.0, "number": 5.0}
"""How far from its first level a series may go meanwhile, in points or in percent of it, to be said to have stayed."""
TIMES_FROM = 100.0
"""From this percentage on, a rise over several years is told as a multiple."""


@dataclass(frozen=True)
class Subject:
    """What a sentence speaks of."""

    title: str
    year: int


def wording_of(written: Written, change: Change) -> Wording:
    """In which words a change is told. Time is not high or low, but long or short; places are gained and lost."""
    if written.unit == RANK_UNIT:
        return "rank"
    return "length" if written.unit in TIME_UNITS and change.kind == "percent" else change.kind


def previous_of(written: Written, change: Change) -> str:
    """The value that a change is measured from; empty where it is not known."""
    return written.full(change.previous) if change.previous is not None else ""


def cells_of(written: Written, now: Figure, change: Change) -> list[Cell]:
    """The figures that the words for a change give: this year's, and the earlier one where they give that, too."""
    value, previous = written.full(now.value or 0.0), previous_of(written, change)
    gives_previous = change.has_no_direction or change.outcome == "little" or wording_of(written, change) == "rank"
    if change.before is None or previous == value or not gives_previous:
        return [Cell.of(value, now)]
    return [Cell.of(value, now), Cell.of(previous, change.before)]


def year_on_year(language: Language, subject: Subject, written: Written, now: Figure, change: Change) -> Sentence:
    """How a total compares with last year's, or its level and why nothing more is said."""
    return Sentence.of(_year_on_year(language, subject, written, now, change), *cells_of(written, now, change))


def among_years(language: Language, subject: Subject, written: Written, now: Figure, change: Change) -> Sentence:
    """The place of a year among all years known up to it, and that of the year before among those known then.

    Told as any other figure where it is not sure, or one of the two does not say among how many.
    """
    before = change.before
    if before is None or not now.denominator or not before.denominator or change.has_no_direction:
        return year_on_year(language, subject, written, now, change)
    told = language.say(
        AMONG_YEARS,
        title=subject.title,
        year=subject.year,
        value=written.full(now.value or 0.0),
        count=language.number(now.denominator, 0),
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
    return language.say(template, **values, change=amount, previous=previous_of(written, change))


def growth(language: Language, subject: Subject, written: Written, value: float, matched: float | None) -> str:
    """A growth, with that of the institutions present in both years where it is known."""
    values: dict[str, object] = {"title": subject.title, "year": subject.year, "value": written.full(value)}
    if matched is None:
        return language.say(LEVEL, **values)
    return language.say(LEVEL_MATCHED, **values, matched=written.full(matched))


def amount_of(language: Language, written: Written, change: Change) -> str:
    """The size of a change without its sign: as a number its unit is in it, of per cent and points it is not."""
    amount, decimals = abs(change.amount or 0.0), _decimals(written, change)
    return written.moved(amount, decimals) if change.kind == "number" else language.number(amount, decimals)


def _decimals(written: Written, change: Change) -> int:
    if change.kind == "percent":
        return 1
    return max(1, written.decimals) if change.kind == "points" else written.decimals


def over_years(
    language: Language,
    subject: Subject,
    written: Written,
    values: list[tuple[int, float]],
    change: Change,
    *,
    is_steady: bool,
) -> str:
    """How a total moved over the years shown; `change` compares the last with the first.

    `is_steady`: every step is told as a rise, or every one as a fall (`against.is_steady`).
    """
    first, last = values[0][0], values[-1][0]
    common: dict[str, object] = {"title": subject.title, "first": first, "last": last}
    if change.outcome == "little":
        return _back_at_its_level(language, written, values, change, common)
    if not tells_over_years(change):
        return language.say(OVER_YEARS_PLAIN, **common)
    if change.kind == "percent" and (change.amount or 0.0) >= TIMES_FROM:
        times = 1 + (change.amount or 0.0) / 100
        return language.say(OVER_YEARS_TIMES, **common, change=language.number(times, 1))
    amount = amount_of(language, written, change)
    template = OVER_YEARS[change.outcome, wording_of(written, change), is_steady]
    return language.say(template, **common, change=amount)


def _back_at_its_level(
    language: Language, written: Written, values: list[tuple[int, float]], change: Change, common: dict[str, object]
) -> str:
    start = values[0][1]
    year, extreme = max(values, key=lambda one: abs(one[1] - start))
    common["value"] = written.full(values[-1][1])
    if abs(extreme - start) <= _near(change.kind, start):
        return language.say(OVER_YEARS_LITTLE, **common)
    return language.say(OVER_YEARS_BACK, **common, extreme=written.full(extreme), between=year)


def tells_over_years(change: Change) -> bool:
    """Whether the title of a series says how it moved, and is no plain heading."""
    return change.outcome == "little" or (change.outcome in ("rise", "fall") and change.kind != "number")


def _near(kind: ChangeKind, level: float) -> float:
    return NEAR[kind] if kind == "points" else NEAR[kind] * abs(level) / 100


def ranked(language: Language, subject: Subject, written: Written, ranking: Ranking) -> str:
    """What a ranking shows; a plain heading where no part may be singled out."""
    common: dict[str, object] = {"title": language.inner(subject.title), "year": subject.year}
    common["dimension"], common["dimensions"] = ranking.noun, ranking.nouns
    if ranking.leader is None:
        template = YEAR_ALONE if names_dimension(subject.title, ranking.noun) else BY_DIMENSION
        return language.say(template, **{**common, "title": subject.title})
    leader = ranking.leader
    common["part"] = language.head(leader.inner)
    if ranking.finding in ("rate", "low"):
        values = {**common, "whole": subject.title, "inner": leader.inner, "value": written.full(leader.value)}
        return _extreme_rate(language, written, ranking, values)
    match ranking.finding:
        case "part":
            template = LARGEST_FOREIGN_PART if ranking.is_foreign else LARGEST_PART
            return language.say(template, **common, share=f"{language.number(100 * ranking.share, 1)}%")
        case "share":
            if names_dimension(subject.title, ranking.noun):
                common["title"] = subject.title
                return language.say(LARGEST_SHARE_OF, **common, value=written.full(leader.value))
            return language.say(LARGEST_SHARE, **common, value=written.full(leader.value))
        case "contribution":
            # As the growth itself is told elsewhere: two roundings of one figure would read as two figures.
            total = language.number(ranking.total or 0.0, GROWTH_DECIMALS)
            return language.say(
                LARGEST_CONTRIBUTION, **common, value=_plain(language, written, leader.value), total=total
            )
        case "drag":
            return language.say(LARGEST_DRAG, **common, value=_plain(language, written, leader.value))
        case _:
            raise ValueError(f"a ranking by {ranking.dimension} has a leader and nothing to say of it")


def _extreme_rate(language: Language, written: Written, ranking: Ranking, values: dict[str, object]) -> str:
    templates = TIMES if written.unit in TIME_UNITS else RATES
    if ranking.total is None:
        return language.say(templates[ranking.finding, "alone"], **values)
    shape = "among" if ranking.unranked else "overall"
    total = written.full(ranking.total)
    return language.say(templates[ranking.finding, shape], **values, total=total, least=MIN_BASE_RECORDS)


def is_worth_telling(ranking: Ranking, kind: ChangeKind) -> bool:
    """Whether a finding says something: a rate that is near to that of all does not."""
    if ranking.leader is None:
        return False
    if ranking.finding not in ("rate", "low") or ranking.total is None:
        return True
    return abs(ranking.leader.value - ranking.total) > _near(kind, ranking.total)


def names_dimension(title: str, dimension: str) -> bool:
    """Whether a title itself says by which dimension it divides, so that no other need be said."""
    return dimension.lower() in title.lower()


def _plain(language: Language, written: Written, value: float) -> str:
    return language.number(abs(value), written.decimals)
