"""Which parts of a dimension are shown in a chart, in which order, and which of them may be named first.

A part is named only if that is sure: it is no residual ("other", "not stated"), no tie, and nothing is withheld. Of
rates, means and medians the highest or lowest is named only if it is more than chance makes of the parts (`chance`), is
not about the same as the second, and is of no low reliability: else another part leads every year, and nothing is
found. Rates over very few records are not ranked at all: they stand in the table, marked.
"""

from dataclasses import dataclass
from typing import Literal

from yearbook.compute.reliability import RATES
from yearbook.model.indicator import Indicator
from yearbook.model.observation import FOREIGN, TOTAL, UNKNOWN
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure, Figures
from yearbook.publish.words.chance import nature_of, stands_out
from yearbook.publish.words.changes import LOW_RELIABILITY, MIN_BASE_RECORDS, is_little
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import Names
from yearbook.publish.words.vocabulary import DIMENSION_NOUNS, DIMENSION_PLURALS, SOME_PARTS

Finding = Literal["part", "share", "rate", "low", "contribution", "drag", "none"]

EXTREMES = frozenset({"rate", "low"})
"""Findings that name the highest or the lowest."""
Extreme = Literal["largest", "smallest"]

MOST_BARS = 12
LEAST_BARS = 2
MANY_TIES = 3
"""From this many equal leaders on, the other end of a ranking of rates tells more."""
SCORE = "score"
"""Of scores the largest are shown, whatever is tied."""
RESIDUALS = frozenset({UNKNOWN, "other", "OTHER", "unallocated", "unspecified"})
MAIN = N_("main %(parts)s")
"""What parts are called together that have parts themselves."""
UNRANKED = frozenset({"none"})
"""Codes that mean "through none of these": no part to compare with the others."""


@dataclass(frozen=True)
class Ranked:
    """One bar: `previous` is last year's value where one may be ranked, `inner` the name as a sentence has it."""

    code: str
    name: str
    inner: str
    value: float
    previous: float | None
    status: str

    @property
    def is_residual(self) -> bool:
        """Whether it gathers what has no name of its own."""
        return _is_residual(self.code)


@dataclass(frozen=True)
class Ranking:
    """Bars in order, and what may be said of them. `share` is the leader's part of the whole, 0 to 1.

    `largest` is the largest value of all, `tied` are the bars that share it, `unranked` those that rest on too few
    records; `is_upper`: parts of these bars have figures of their own, of which some may be larger.
    """

    dimension: str
    noun: str
    nouns: str
    rows: list[Ranked]
    of: int
    largest: float
    extreme: Extreme
    tied: int = 1
    unranked: int = 0
    finding: Finding = "none"
    leader: Ranked | None = None
    total: float | None = None
    share: float = 0.0
    is_foreign: bool = False
    are_shares: bool = False
    is_upper: bool = False


def rank(context: Context, indicator: Indicator, dimension: str, variant: str) -> Ranking | None:
    """Rank the parts of one dimension; None where fewer than two have a value, or all have the same."""
    figures, names, year = context.figures, context.names.of(indicator), context.year
    parts = context.parts(indicator, dimension, variant)
    codes = [code for code in names.rankable(dimension, parts) if code not in UNRANKED]
    earlier = figures.parts(indicator.indicator, year - 1, dimension, variant)
    before = {code: one for code, one in earlier.items() if not _rests_on_few(figures, indicator, one)}
    unknown = [UNKNOWN] if UNKNOWN in parts else []
    known = [code for code in [*codes, *unknown] if parts[code].is_known]
    sure = [code for code in known if not _rests_on_few(figures, indicator, parts[code])]
    bars = [_bar(names, dimension, parts[code], before.get(code)) for code in sure]
    if len([bar for bar in bars if not bar.is_residual]) < LEAST_BARS:
        return None
    is_foreign = names.is_country_ranking(dimension, codes) and FOREIGN in parts
    whole = parts.get(FOREIGN) if is_foreign else figures.total(indicator.indicator, year, variant)
    rows, extreme = _shown(bars, indicator)
    if _are_equal(rows, indicator):
        return None
    is_upper = names.has_below(dimension, codes, [code for code, part in parts.items() if part.is_known])
    plain = Ranking(
        dimension=dimension,
        noun=_noun(context, indicator, dimension),
        nouns=_nouns(context, indicator, dimension, is_upper=is_upper),
        rows=rows,
        of=len(bars),
        largest=max(bar.value for bar in bars),
        extreme=extreme,
        tied=_tied(bars, indicator),
        unranked=len(known) - len(sure),
        total=whole.value if whole is not None and whole.is_known else None,
        is_foreign=is_foreign,
        are_shares=indicator.kind == "ratio" and figures.are_shares(indicator.indicator, year, variant),
        is_upper=is_upper,
    )
    if any(part.status == "Q" for part in parts.values()):
        return plain
    return _where_sure(context, indicator, plain, _with_finding(plain, indicator, bars), [parts[code] for code in sure])


def _rests_on_few(figures: Figures, indicator: Indicator, figure: Figure) -> bool:
    """Whether one record may turn a rate and its rank. A share of one large whole does not rest on few.

    It says the same as the mark in the data (`compute.reliability`), also of figures that bear another mark.
    """
    is_small = figure.records is not None and figure.records < MIN_BASE_RECORDS
    if not is_small or not figure.is_known or indicator.kind not in RATES:
        return False
    return not figures.are_shares(indicator.indicator, figure.year, figure.variant)


def _noun(context: Context, indicator: Indicator, dimension: str) -> str:
    own = context.names.of(indicator).dimension(dimension)
    if own:
        return context.language.inner(own)
    return context.language.say(DIMENSION_NOUNS.get(dimension, dimension.replace("_", " ")))


def _nouns(context: Context, indicator: Indicator, dimension: str, *, is_upper: bool) -> str:
    own = context.names.of(indicator).dimension(dimension)
    parts = context.language.say(DIMENSION_PLURALS.get("" if own else dimension, SOME_PARTS))
    return context.language.say(MAIN, parts=parts) if is_upper else parts


def _bar(names: Names, dimension: str, figure: Figure, before: Figure | None) -> Ranked:
    previous = before.value if before is not None and before.is_known else None
    name, inner = names.name(dimension, figure.code), names.in_sentence(dimension, figure.code)
    return Ranked(figure.code, name, inner, figure.value or 0.0, previous, figure.status)


def _shown(bars: list[Ranked], indicator: Indicator) -> tuple[list[Ranked], Extreme]:
    ordered = sorted(bars, key=lambda bar: (-bar.value, bar.code))
    by_weight = sorted(bars, key=lambda bar: (-abs(bar.value), bar.code))
    kept, extreme = (by_weight if indicator.kind == "contribution" else ordered)[:MOST_BARS], "largest"
    has_ties = _are_equal(kept, indicator) or (_tied(bars, indicator) >= MANY_TIES and indicator.kind in RATES)
    if has_ties and indicator.unit != SCORE:
        # Bars of one length tell nothing; where they end does.
        kept, extreme = ordered[-MOST_BARS:], "smallest"
    codes = {bar.code for bar in kept}
    rows = sorted((bar for bar in ordered if bar.code in codes), key=lambda bar: bar.is_residual)
    return rows, "smallest" if extreme == "smallest" else "largest"


def _tied(bars: list[Ranked], indicator: Indicator) -> int:
    largest = max(bars, key=lambda bar: bar.value)
    return sum(_are_equal([bar, largest], indicator) for bar in bars)


def _are_equal(bars: list[Ranked], indicator: Indicator) -> bool:
    """Whether bars cannot be told apart by the decimals that readers see."""
    values = [bar.value for bar in bars]
    return max(values) - min(values) <= 0.5 * 10.0**-indicator.decimals


def _with_finding(plain: Ranking, indicator: Indicator, bars: list[Ranked]) -> Ranking:
    finding, sign = _finding(plain, indicator)
    ordered = sorted(bars, key=lambda bar: (-sign * bar.value, bar.code))
    if finding == "low":
        ordered = [bar for bar in ordered if not bar.is_residual]
    leader, second = ordered[0], ordered[1]
    if finding == "none" or leader.is_residual or _are_equal([leader, second], indicator):
        return plain
    if finding in ("contribution", "drag") and sign * leader.value <= 0:
        return plain
    share = leader.value / plain.total if finding == "part" and plain.total else 0.0
    return Ranking(**{**vars(plain), "finding": finding, "leader": leader, "share": share})


def _is_residual(code: str) -> bool:
    return code in RESIDUALS or code.startswith("other_") or code.endswith("_X")


def _where_sure(
    context: Context, indicator: Indicator, plain: Ranking, ranking: Ranking, parts: list[Figure]
) -> Ranking:
    """The ranking, or the plain one where its highest or lowest may not be named."""
    if ranking.leader is None or ranking.finding not in EXTREMES:
        return ranking
    leader = next(part for part in parts if part.code == ranking.leader.code)
    rest = [part for part in parts if part is not leader]
    sign = -1 if ranking.finding == "rate" else 1
    # The second is a part that might be named in the leader's place.
    others = sorted(rest, key=lambda part: (_is_residual(part.code), sign * (part.value or 0.0)))
    figures, of, kind = context.figures, nature_of(indicator), context.units.get(leader.unit).change
    is_near = is_little(of, kind, leader.value or 0.0, others[0].value or 0.0)
    is_sure = leader.status != LOW_RELIABILITY and not is_near
    return ranking if is_sure and stands_out(figures, of, kind, leader, others) else plain


def _finding(plain: Ranking, indicator: Indicator) -> tuple[Finding, int]:
    match indicator.kind:
        case "sum" | "count":
            return ("part", 1) if plain.total else ("rate", 1)
        case "contribution" if plain.total:
            return ("contribution", 1) if plain.total > 0 else ("drag", -1)
        case "contribution" | "difference" | "rank":
            return "none", 1
        case "ratio" if plain.are_shares:
            return "share", 1
        case _ if plain.extreme == "smallest":
            return "low", -1
        case _:
            return "rate", 1


def lead_variant(figures: Figures, indicator: str, year: int, wanted: str = TOTAL) -> str | None:
    """The way of measuring that speaks for the indicator: the wanted or the ordinary one, or the first with a total."""
    variants = list(dict.fromkeys(variant for _, variant in figures.places(indicator, year)))
    for variant in sorted(variants, key=lambda name: (name != wanted, name != TOTAL, name.count(";"), name)):
        total = figures.total(indicator, year, variant)
        if total is not None and total.is_known:
            return variant
    with_parts = [
        variant
        for dimension, variant in figures.places(indicator, year)
        if any(part.is_known for part in figures.parts(indicator, year, dimension, variant).values())
    ]
    return with_parts[0] if with_parts else None
