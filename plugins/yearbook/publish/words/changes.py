"""How a figure compares with an earlier one, by rule: rise, fall, little change, or why nothing is said.

Not its business: the words (`sentences`).
"""

from dataclasses import dataclass
from typing import Literal

from yearbook.model.observation import LEAST_RECORDS, TOTAL
from yearbook.publish.figures import ALL, Figure, Figures
from yearbook.publish.words.units import ChangeKind

Outcome = Literal["rise", "fall", "little", "first", "small_base", "break", "missing", "withheld"]

MIN_BASE_RECORDS = LEAST_RECORDS
"""No rate of change on fewer of our own records: a single contract would make it."""
LITTLE: dict[ChangeKind, float] = {"percent": 0.5, "points": 0.15, "number": 0.0}
"""Below this a change is called little, in its own unit: of points what is written as 0.1, or less."""


@dataclass(frozen=True)
class Change:
    """`amount` is in percent, points or the figure's own unit by `kind`; None unless rise, fall or little."""

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
    if _is_small(before) or _is_small(now) or (kind == "percent" and before.value <= 0):
        return Change("small_base", kind)
    return _judge(kind, _difference(now.value, before.value, kind), before.value, before.year)


def compare_with_last_year(figures: Figures, now: Figure, kind: ChangeKind) -> Change:
    """Compare with the year before, by the published growth of the indicator where the catalogue has one."""
    before = figures.total(now.indicator, now.year - 1, now.variant)
    if now.dimension != ALL:
        before = figures.part(now.indicator, now.year - 1, now.dimension, now.code, now.variant)
    growth = _published_growth(figures, now)
    if growth is None or before is not None or kind != "percent":
        return compare(now, before, kind)
    if growth.status == "Q" or now.status == "Q":
        return Change("withheld", kind)
    if growth.value is None or not growth.is_known:
        return Change("small_base" if growth.reason == "small_base" else "first", kind)
    return _judge(kind, growth.value, growth.denominator, now.year - 1)


def _published_growth(figures: Figures, now: Figure) -> Figure | None:
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


def _is_small(figure: Figure) -> bool:
    return figure.records is not None and figure.records < MIN_BASE_RECORDS
