"""What sentences share: whom they speak of, in which words a change is told, and how large it is.

Not its business: the sentences themselves (`over_time`, `leaders`).
"""

from dataclasses import dataclass
from typing import Literal

from yearbook.model.indicator import Indicator
from yearbook.publish.anchors import Cell
from yearbook.publish.figures import Figure
from yearbook.publish.words.changes import Change
from yearbook.publish.words.language import Language
from yearbook.publish.words.units import CURRENCY_CODE, ChangeKind, Written

Wording = Literal["percent", "points", "number", "length", "rank"]
"""In which words a change is told: as its kind, but for lengths of time and for places."""
TIME_UNITS = frozenset({"hours", "days", "months"})
RANK_UNIT = "rank"
NEAR = {"percent": 5.0, "points": 2.0, "number": 5.0}
"""How far from its first level a series may go meanwhile, in points or in percent of it, to be said to have stayed."""


@dataclass(frozen=True)
class Subject:
    """What a sentence speaks of. `has_prices`: of money at the prices of each year, which move it, too."""

    title: str
    year: int
    has_prices: bool = False


def has_prices(indicator: Indicator, unit: str) -> bool:
    """Whether figures are amounts of money at current prices."""
    return bool(CURRENCY_CODE.match(unit)) and indicator.prices is None


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


def amount_of(language: Language, written: Written, change: Change) -> str:
    """The size of a change without its sign: as a number its unit is in it, of per cent and points it is not."""
    amount, decimals = abs(change.amount or 0.0), change_decimals(written, change)
    return written.moved(amount, decimals) if change.kind == "number" else language.number(amount, decimals)


def change_decimals(written: Written, change: Change) -> int:
    """With how many decimals a change is written."""
    if change.kind == "percent":
        return 1
    return max(1, written.decimals) if change.kind == "points" else written.decimals


def near(kind: ChangeKind, level: float) -> float:
    """How far from a level a figure may lie, in its own unit, to be said to stand near to it."""
    return NEAR[kind] if kind == "points" else NEAR[kind] * abs(level) / 100
