"""How a figure compares with an earlier one, by rule: rise, fall, little change, or why no direction is told.

No direction is told of a figure of low reliability, of a difference that chance makes (`chance`), and of what bears no
test over few records (`is_over_few`). What is not told in words still has its amount, for tables.

Not its business: the words (`sentences`), and how the rules are told to readers (`against`).
"""

from dataclasses import dataclass, replace
from typing import Literal

from yearbook.model.observation import LEAST_RECORDS, TOTAL
from yearbook.publish.figures import ALL, Figure, Figures
from yearbook.publish.words.chance import Nature, chance_margin, is_over_few
from yearbook.publish.words.units import ChangeKind

Outcome = Literal[
    "rise",
    "fall",
    "little",
    "chance",
    "few",
    "unsure",
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
LITTLE: dict[ChangeKind, float] = {"percent": 0.5, "points": 0.15, "number": 0.5}
"""Up to this a change is called little: of points what is written as 0.1, or less; else in percent of the earlier."""
NO_DIRECTION = frozenset({"chance", "few", "unsure"})
RANK = "rank"
"""The kind of indicator of which every step counts."""
LOW_RELIABILITY = "U"
_WHY_NONE: dict[str, Outcome] = {"small_base": "small_base", "zero_base": "zero_base"}
"""Why no growth was computed, by the reason in the data."""


@dataclass(frozen=True)
class Change:
    """`amount` is in percent, points or the figure's own unit by `kind`; None where the two cannot be compared.

    `chance`, `few` (over few records), `unsure` (low reliability) have one, and no direction.
    `before` is the earlier figure itself; None where it is known by the published growth alone.
    """

    outcome: Outcome
    kind: ChangeKind
    amount: float | None = None
    previous: float | None = None
    previous_year: int | None = None
    before: Figure | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is an amount to tell."""
        return self.amount is not None

    @property
    def has_no_direction(self) -> bool:
        """Whether there is an amount that is not told as a rise or a fall."""
        return self.outcome in NO_DIRECTION


def compare(figures: Figures, of: Nature, now: Figure, before: Figure | None, kind: ChangeKind) -> Change:
    """Compare two observations of the same cell of an indicator of the nature `of`; `figures` hold their quartiles."""
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
    change = _judge(of, kind, _difference(now.value, before.value, kind), before.value, before.year)
    change = replace(change, before=before)
    if LOW_RELIABILITY in (now.status, before.status):
        return replace(change, outcome="unsure")
    if change.outcome == "little":
        return change
    margin = chance_margin(figures, of, kind, now, before)
    if margin is None:
        return replace(change, outcome="few") if is_over_few(figures, of, now, before) else change
    return replace(change, outcome="chance") if abs(now.value - before.value) <= margin else change


def is_little(of: Nature, kind: ChangeKind, now: float, before: float) -> bool:
    """Whether two values are about the same."""
    if kind == "percent":
        return abs(now - before) <= LITTLE[kind] * abs(before) / 100
    return abs(now - before) <= _little(of, kind, before)


def compare_with_last_year(figures: Figures, of: Nature, now: Figure, kind: ChangeKind) -> Change:
    """Compare with the year before, by the published growth of the indicator where the catalogue has one."""
    before = figures.total(now.indicator, now.year - 1, now.variant)
    if now.dimension != ALL:
        before = figures.part(now.indicator, now.year - 1, now.dimension, now.code, now.variant)
    growth = published_growth(figures, now)
    if growth is None or before is not None or kind != "percent":
        return compare(figures, of, now, before, kind)
    if growth.status == "Q" or now.status == "Q":
        return Change("withheld", kind)
    if growth.value is None or not growth.is_known:
        return Change(_WHY_NONE.get(growth.reason or "", "first"), kind)
    change = _judge(of, kind, growth.value, growth.denominator, now.year - 1)
    return replace(change, outcome="unsure") if LOW_RELIABILITY in (growth.status, now.status) else change


def published_growth(figures: Figures, now: Figure) -> Figure | None:
    """The figure of a change that the catalogue has an indicator for."""
    if now.variant != TOTAL:
        return None
    code = f"{now.indicator}_growth"
    if now.dimension == ALL:
        return figures.total(code, now.year)
    return figures.part(code, now.year, now.dimension, now.code)


def _judge(of: Nature, kind: ChangeKind, amount: float, previous: float | None, previous_year: int) -> Change:
    if abs(amount) <= _little(of, kind, previous):
        return Change("little", kind, amount, previous, previous_year)
    return Change("rise" if amount > 0 else "fall", kind, amount, previous, previous_year)


def _little(of: Nature, kind: ChangeKind, previous: float | None) -> float:
    if kind != "number":
        return LITTLE[kind]
    return 0.0 if of == RANK else LITTLE[kind] * abs(previous or 0.0) / 100


def _difference(now: float, before: float, kind: ChangeKind) -> float:
    return 100 * (now / before - 1) if kind == "percent" else now - before


def _is_small(figure: Figure) -> bool:
    return figure.records is not None and figure.records < MIN_BASE_RECORDS
