"""Up to how much two figures differ by chance, where their data bear a test; and where there is none.

Records are no sample, but one more or less is as accidental as in one. Three tests, each of two standard errors of the
difference (about 95%), the first that the data bear:

- an interval published beside the figure (`statistic=lower_95`, `statistic=upper_95`);
- quartiles published beside a median: its standard error is 1.2533·IQR/(1.349·√n) (McGill, Tukey & Larsen, Variations
  of Box Plots, The American Statistician 32, 1978);
- counts, where the indicator says that its ratio is one of counts (`ratio: [count, count]`): a whole number of things
  out of a whole number, as offices of statistics test proportions (Eurostat, Handbook on precision requirements and
  variance estimation for household surveys, 2013; NIST/SEMATECH, e-Handbook of Statistical Methods, 7.3.3). Where
  things come in groups (the persons of a course), chance makes more than that: the margin is then a lower bound.

Means, medians, ratios (of sums of money, quantities or time), indexes and estimates that bear none of them have no
margin over few records: no direction is told of them, and none leads (`is_over_few`). Over more, the formula for a
median stands in with an assumption: a middle half as wide as the figure itself, or, of a percentage up to 100, as the
smaller of it and what it lacks of 100. Quartiles of a ratio in single records say nothing of the ratio of sums.

Sums, numbers, ranks and growth are not tested, nor are shares that divide one sum, such as that of a sector in the
value of all contracts, nor ratios of one whole to another or to a plan (`tested_for_chance: false`): they are no
samples of anything.

Not its business: what follows for a sentence (`changes`, `rankings`).
"""

from collections.abc import Sequence
from math import hypot, sqrt
from statistics import NormalDist
from typing import Literal

from yearbook.model.indicator import Indicator, Kind
from yearbook.publish.figures import Figure, Figures
from yearbook.publish.words.units import ChangeKind

Nature = Kind | Literal["rate", "whole"]
"""What a figure is to chance: its kind, but that a ratio of counts is a rate, and one that is not tested a whole."""
COUNTED = frozenset({"count", "persons"})
ERRORS_APART = 2.0
"""How many standard errors of their difference apart two figures are to be told apart: about 95%."""
TAIL = 0.025
"""What chance makes beyond that on one side."""
ERRORS_IN_95 = 1.96
ERROR_OF_MEDIAN = 1.2533 / 1.349
"""Of a median, in interquartile ranges over the root of the number of values."""
FEW_VALUES = 400
"""Below this a figure that bears no test is not said to move. With a middle half as wide as the figure itself, two
standard errors of the difference of two years of 400 records are 13%, about as much as most changes of a year."""
ALL_OF_IT = 100.0
MIDDLES = frozenset({"mean", "median"})
TESTED = MIDDLES | {"ratio", "rate", "index", "estimate"}
"""What differs by chance, whether or not it bears a test."""
STATISTIC = "statistic="
WAY_GLUE = ";"


def nature_of(indicator: Indicator) -> Nature:
    """What the figures of an indicator are to chance."""
    if not indicator.tested_for_chance:
        return "whole"
    is_rate = indicator.kind == "ratio" and indicator.ratio is not None and COUNTED.issuperset(indicator.ratio)
    return "rate" if is_rate else indicator.kind


def chance_margin(figures: Figures, of: Nature, kind: ChangeKind, now: Figure, before: Figure) -> float | None:
    """Up to how much two figures of one cell differ by chance, in their own unit: as published, counted or assumed.

    None of what is not tested, and where no test is borne over so few records that nothing is assumed.
    """
    published = _margin_of_errors(_error(figures, of, now), _error(figures, of, before))
    if published is not None:
        return published
    one, other = _counts(of, kind, now), _counts(of, kind, before)
    if one and other:
        return _margin_of_counts(one, other)
    if not _is_tested(figures, of, now):
        return None
    return _margin_of_errors(_assumed_error(kind, now), _assumed_error(kind, before))


def is_over_few(figures: Figures, of: Nature, one: Figure, other: Figure) -> bool:
    """Whether two figures that have no margin would be tested, but that one is over few records."""
    return _is_tested(figures, of, one) and any(
        figure.records is not None and figure.records < FEW_VALUES for figure in (one, other)
    )


def stands_out(figures: Figures, of: Nature, kind: ChangeKind, leader: Figure, others: Sequence[Figure]) -> bool:
    """Whether chance alone does not make the leader of a ranking of rates. `others` are in order, the second first.

    A rate of counts is held against that of all others together (their numerators over their denominators), which
    asks whether the part is unlike the rest at all: the second often rests on as few records, and against it alone
    hardly any leader would stand out. As one of many parts always leads, the limit is wider the more there are: the 5%
    are shared among the comparisons (Bonferroni). All else that is tested is held against the second, as the medians
    of several parts do not add up to one; over few records it does not stand out. What is not tested does, but for
    ratios of wholes: their parts and their total may have bases that do not compare, such as the GDP of a partner and
    that of home.
    """
    if of == "whole":
        return False
    rest = _together(of, kind, others)
    own = _counts(of, kind, leader)
    if own is not None and rest is not None:
        limit = _margin_of_counts(own, rest, _errors_apart(len(others)))
        return 100 * abs(own[0] / own[1] - rest[0] / rest[1]) > limit
    margin = chance_margin(figures, of, kind, leader, others[0])
    if margin is None:
        return not is_over_few(figures, of, leader, others[0])
    return abs((leader.value or 0.0) - (others[0].value or 0.0)) > margin


def _errors_apart(comparisons: int) -> float:
    return max(ERRORS_APART, NormalDist().inv_cdf(1 - TAIL / comparisons))


def _margin_of_errors(error: float | None, other: float | None) -> float | None:
    return None if error is None or other is None else ERRORS_APART * hypot(error, other)


def _margin_of_counts(one: tuple[float, float], other: tuple[float, float], apart: float = ERRORS_APART) -> float:
    (part, whole), (other_part, other_whole) = one, other
    share = (part + other_part) / (whole + other_whole)
    return 100 * apart * sqrt(share * (1 - share) * (1 / whole + 1 / other_whole))


def _counts(of: Nature, kind: ChangeKind, figure: Figure) -> tuple[float, float] | None:
    """Numerator and denominator of a rate of counts, such as projects that pass among those screened."""
    part, whole = figure.numerator, figure.denominator
    if of != "rate" or kind != "points" or _is_middle(of, figure) or part is None or not whole:
        return None
    return (part, whole) if 0 <= part <= whole and part == int(part) and whole == int(whole) else None


def _together(of: Nature, kind: ChangeKind, figures: Sequence[Figure]) -> tuple[float, float] | None:
    found = [counts for figure in figures if (counts := _counts(of, kind, figure))]
    return (sum(part for part, _ in found), sum(whole for _, whole in found)) if len(found) == len(figures) else None


def _error(figures: Figures, of: Nature, figure: Figure) -> float | None:
    """The standard error of a figure by what is published beside it."""
    low, high = _beside(figures, figure, "lower_95"), _beside(figures, figure, "upper_95")
    if low is not None and high is not None:
        return (high - low) / (2 * ERRORS_IN_95)
    if not _is_middle(of, figure) or (of == "mean" and not _statistic(figure)):
        return None
    low, high = _beside(figures, figure, "lower_quartile"), _beside(figures, figure, "upper_quartile")
    if low is None or high is None or not figure.records:
        return None
    return ERROR_OF_MEDIAN * (high - low) / sqrt(figure.records)


def _assumed_error(kind: ChangeKind, figure: Figure) -> float | None:
    """The standard error of a figure of whose spread nothing is known; None over few records."""
    if figure.value is None or figure.records is None or figure.records < FEW_VALUES:
        return None
    is_part = kind == "points" and figure.value <= ALL_OF_IT
    width = min(figure.value, ALL_OF_IT - figure.value) if is_part else figure.value
    return ERROR_OF_MEDIAN * abs(width) / sqrt(figure.records)


def _is_tested(figures: Figures, of: Nature, figure: Figure) -> bool:
    """Whether chance is asked of a figure at all."""
    return _is_middle(of, figure) or (
        of in TESTED and not figures.are_shares(figure.indicator, figure.year, figure.variant)
    )


def _beside(figures: Figures, figure: Figure, statistic: str) -> float | None:
    ways = [way for way in figure.variant.split(WAY_GLUE) if "=" in way and not way.startswith(STATISTIC)]
    variant = WAY_GLUE.join(sorted([*ways, f"{STATISTIC}{statistic}"]))
    found = figures.parts(figure.indicator, figure.year, figure.dimension, variant).get(figure.code)
    return found.value if found is not None and found.is_known else None


def _is_middle(of: Nature, figure: Figure) -> bool:
    """Whether a figure is a mean or a median: by its own way of measuring, or as its indicator is."""
    statistic = _statistic(figure)
    return statistic == "median" if statistic else of in MIDDLES


def _statistic(figure: Figure) -> str:
    ways = figure.variant.split(WAY_GLUE)
    return next((way.removeprefix(STATISTIC) for way in ways if way.startswith(STATISTIC)), "")
