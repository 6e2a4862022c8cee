"""How a figure compares with an earlier one, by rule: rise, fall, little change, or why nothing is said.

A rate that counts records is said to have risen or fallen only where the difference is larger than chance makes
between two samples of so many records: twice the standard error of a difference of two proportions, as offices of
statistics test them (Eurostat, Handbook on precision requirements and variance estimation for household surveys, 2013;
NIST/SEMATECH, e-Handbook of Statistical Methods, 7.3.3). Records are no sample, but one more or less is as accidental.

Not its business: the words (`sentences`).
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

from yearbook.model.observation import LEAST_RECORDS, TOTAL
from yearbook.publish.figures import ALL, Figure, Figures
from yearbook.publish.words.units import ChangeKind

Outcome = Literal[
    "rise",
    "fall",
    "little",
    "chance",
    "first",
    "small_base",
    "zero_base",
    "break",
    "missing",
    "withheld",
    "withdrawn",
]

MIN_BASE_RECORDS = LEAST_RECORDS
"""No rate of change on fewer of our own records: a single contract would make it."""
LITTLE: dict[ChangeKind, float] = {"percent": 0.5, "points": 0.15, "number": 0.0}
"""Up to this a change is called little, in its own unit: of points what is written as 0.1, or less."""


ERRORS_APART = 2.0
"""How many standard errors apart two rates are to be told apart: about 95%."""
_WHY_NONE: dict[str, Outcome] = {"small_base": "small_base", "zero_base": "zero_base"}
"""Why no growth was computed, by the reason in the data."""


@dataclass(frozen=True)
class Change:
    """`amount` is in percent, points or the figure's own unit by `kind`; None unless rise, fall, little or chance."""

    outcome: Outcome
    kind: ChangeKind
    amount: float | None = None
    previous: float | None = None
    previous_year: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is an amount to tell."""
        return self.amount is not None


def compare(now: Figure, before: Figure | None, kind: ChangeKind) -> Change:
    """Compare two observations of the same cell."""
    if now.status == "Q" or (before is not None and before.status == "Q"):
        return Change("withheld", kind)
    if not now.is_known or now.value is None:
        return Change("missing", kind)
    if now.status == "B":
        return Change("break", kind)
    if before is None or before.value is None or not before.is_known:
        return Change("first", kind)
    if _is_small(before) or _is_small(now):
        return Change("small_base", kind)
    if kind == "percent" and before.value <= 0:
        return Change("zero_base", kind)
    change = _judge(kind, _difference(now.value, before.value, kind), before.value, before.year)
    margin = chance_margin(now, before) if kind == "points" else 0.0
    is_chance = change.outcome in ("rise", "fall") and abs(change.amount or 0.0) <= margin
    return replace(change, outcome="chance") if is_chance else change


def chance_margin(now: Figure, before: Figure) -> float:
    """Up to how many points two rates differ by chance; 0 where they do not both count their records."""
    counts = [_counts(now), _counts(before)]
    if None in counts:
        return 0.0
    (part, whole), (old_part, old_whole) = (one for one in counts if one)
    share = (part + old_part) / (whole + old_whole)
    return 100 * ERRORS_APART * sqrt(share * (1 - share) * (1 / whole + 1 / old_whole))


def compare_with_last_year(figures: Figures, now: Figure, kind: ChangeKind) -> Change:
    """Compare with the year before, by the published growth of the indicator where the catalogue has one."""
    before = figures.total(now.indicator, now.year - 1, now.variant)
    if now.dimension != ALL:
        before = figures.part(now.indicator, now.year - 1, now.dimension, now.code, now.variant)
    growth = published_growth(figures, now)
    if growth is None or before is not None or kind != "percent":
        return compare(now, before, kind)
    if growth.status == "Q" or now.status == "Q":
        return Change("withheld", kind)
    if growth.value is None or not growth.is_known:
        return Change(_WHY_NONE.get(growth.reason or "", "first"), kind)
    return _judge(kind, growth.value, growth.denominator, now.year - 1)


def published_growth(figures: Figures, now: Figure) -> Figure | None:
    """The figure of a change that the catalogue has an indicator for."""
    if now.variant != TOTAL:
        return None
    code = f"{now.indicator}_growth"
    if now.dimension == ALL:
        return figures.total(code, now.year)
    return figures.part(code, now.year, now.dimension, now.code)


def _judge(kind: ChangeKind, amount: float, previous: float | None, previous_year: int) -> Change:
    if abs(amount) <= LITTLE[kind]:
        return Change("little", kind, amount, previous, previous_year)
    return Change("rise" if amount > 0 else "fall", kind, amount, previous, previous_year)


def _difference(now: float, before: float, kind: ChangeKind) -> float:
    return 100 * (now / before - 1) if kind == "percent" else now - before


def _counts(figure: Figure) -> tuple[float, float] | None:
    """Numerator and denominator of a rate of records among records, such as projects that pass among those screened."""
    part, whole = figure.numerator, figure.denominator
    if part is None or not whole or whole != figure.records or not 0 <= part <= whole or part != int(part):
        return None
    return part, whole


def _is_small(figure: Figure) -> bool:
    return figure.records is not None and figure.records < MIN_BASE_RECORDS
