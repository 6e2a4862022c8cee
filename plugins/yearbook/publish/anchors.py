"""The place of each figure in a page: an id that is its permanent name, and what a reader may ask about it there.

Every cell with a figure carries its name; the first on a page is the anchor. `report-figures.js` shows the rest, which
the page has once: definition, formula, source. Not its business: the name itself (`model/figure_id`).
"""

from markupsafe import Markup

from yearbook.model.figure_id import figure_id
from yearbook.model.observation import DIMENSIONS, TOTAL
from yearbook.publish.figures import CROSS, Figure

DIGITS = 12
"""Enough for every amount to the unit; a reader is shown no more."""


class Cell(str):
    """The text of a cell that tells of a figure."""

    figure: Figure

    @classmethod
    def of(cls, text: str, figure: Figure) -> "Cell":
        """Bind a text to its figure."""
        cell = cls(text)
        cell.figure = figure
        return cell


def name_figure(figure: Figure) -> str:
    """The permanent name of a figure."""
    codes = dict(zip(figure.dimension.split(CROSS), figure.code.split(CROSS), strict=True)) if figure.dimension else {}
    pairs = [] if figure.variant == TOTAL else figure.variant.split(";")
    pairs += [f"{name}={code}" for name, code in codes.items() if name not in DIMENSIONS]
    dimensions = {name: codes.get(name, TOTAL) for name in DIMENSIONS}
    breakdown = ";".join(sorted(pairs)) or TOTAL
    return figure_id({"indicator": figure.indicator, "year": figure.year, **dimensions, "breakdown": breakdown})


class Anchors:
    """The names that one page has given out: an id stands once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def attributes(self, cell: str) -> Markup:
        """The attributes of a cell: none where it tells of no figure."""
        if not isinstance(cell, Cell):
            return Markup("")
        name = name_figure(cell.figure)
        place = "data-i" if name in self._given else "id"
        self._given.add(name)
        return Markup(' {}="{}" data-f="{}"').format(Markup(place), name, _facts(cell.figure))


def _facts(figure: Figure) -> str:
    """Records, numerator, denominator and status, as short as may be: they stand in thousands of cells."""
    status = "" if figure.status == "A" else figure.status
    of_ratio = ["", ""] if figure.denominator is None else [_short(figure.numerator), _short(figure.denominator)]
    return "|".join(["" if figure.records is None else str(figure.records), *of_ratio, status]).rstrip("|")


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.{DIGITS}g}"
