"""The place of each figure in a page: an id that is its permanent name, and what a reader may ask about it there.

Every cell with a figure carries its name; the first on a page is the anchor, where a key figure or a line about it is
none. `report-figures.js` shows the rest, which the page has once: unit, definition, formula, source. Not its business:
the name itself (`model/figure_id`).
"""

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from yearbook.model.figure_id import figure_id
from yearbook.model.observation import DIMENSIONS, TOTAL
from yearbook.publish.figures import CROSS, Figure

BARE = "{}"
"""The pattern of a text that needs no unit, or says it itself."""
DIGITS = 12
"""Enough for every amount to the unit; a reader is shown no more."""


class Cell(str):
    """The text of a cell that tells of a figure; `unit` is the pattern that gives its number the unit."""

    figure: Figure
    unit: str

    @classmethod
    def of(cls, text: str, figure: Figure, unit: str = BARE) -> "Cell":
        """Bind a text to its figure."""
        cell = cls(text)
        cell.figure = figure
        cell.unit = unit
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

    def attributes(self, cell: str, unit: str = BARE) -> Markup:
        """The attributes of a cell in a table of a unit: none where it tells of no figure."""
        if not isinstance(cell, Cell):
            return Markup("")
        name = name_figure(cell.figure)
        if name in self._given:
            return self.mention(cell, unit)
        self._given.add(name)
        return _attributes("id", cell, unit)

    def mention(self, cell: str, unit: str = BARE) -> Markup:
        """The same for a place that is no anchor, because another on the page is."""
        return _attributes("data-i", cell, unit) if isinstance(cell, Cell) else Markup("")

    def unit(self, rows: Iterable[Iterable[str]]) -> str:
        """The unit that most cells of a table have: it is said once for all of them."""
        counts = Counter(cell.unit for row in rows for cell in row if isinstance(cell, Cell))
        return counts.most_common(1)[0][0] if counts else BARE


def _attributes(place: str, cell: Cell, unit: str) -> Markup:
    own = Markup("") if cell.unit == unit else Markup(' data-u="{}"').format(cell.unit)
    name, facts = name_figure(cell.figure), _facts(cell.figure)
    return Markup(' {}="{}" data-f="{}"').format(Markup(place), name, facts) + own


def _facts(figure: Figure) -> str:
    """Records, numerator, denominator and status, as short as may be: they stand in thousands of cells."""
    status = "" if figure.status == "A" else figure.status
    of_ratio = ["", ""] if figure.denominator is None else [_short(figure.numerator), _short(figure.denominator)]
    return "|".join(["" if figure.records is None else str(figure.records), *of_ratio, status]).rstrip("|")


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.{DIGITS}g}"
