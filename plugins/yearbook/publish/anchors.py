"""The place of each figure in a page: an id that is its permanent name, and what a reader may ask about it there.

Every cell with a figure carries its name; the first on a page is the anchor, where a key figure or a sentence about it
is none. `report-figures.js` shows the rest, which the page has once: unit, definition, formula, source. Not its
business: the name itself (`model/figure_id`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from markupsafe import Markup, escape

from yearbook.model.figure_id import figure_id
from yearbook.model.observation import DIMENSIONS, TOTAL
from yearbook.publish.figures import Figure, split_code
from yearbook.publish.words.units import Written
from yearbook.publish.words.vocabulary import FLAGS

BARE = "{}"
"""The pattern of a text that needs no unit, or says it itself."""
UNSURE = frozenset("EIPU")
"""Statuses whose mark goes with a figure into every sentence and every key figure."""
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


class Before(Cell):
    """Last year's figure, right after this year's of the same part: its name is that one's, a year earlier.

    So it needs none of its own, which would make a page of thousands of them a sixth longer.
    """


class Head(str):
    """The head of a column whose cells follow from figures: `of_what` is a key of `DERIVATIONS`, or records."""

    of_what: str

    @classmethod
    def of(cls, of_what: str, text: str) -> "Head":
        """Bind a head to what its column holds."""
        head = cls(text)
        head.of_what = of_what
        return head


class Sentence(str):
    """A sentence that tells of figures: `cells` as they are written in it, those that are no plain counts marked."""

    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, text: str, *cells: Cell) -> "Sentence":
        """Bind a sentence to its figures, and mark those that are less sure than others.

        A figure is found where its text stands once; figures that are written alike and marked alike, where it stands
        for each of them.
        """
        marked = []
        for cell in dict.fromkeys(cells):
            alike = [other.figure for other in cells if other == cell]
            pieces = _split(text, cell)
            if len(pieces) == 1 + len(alike) and len({mark_of(figure) for figure in alike}) == 1:
                text = flagged(cell, cell.figure).join(pieces)
                marked.append(Cell.of(flagged(cell, cell.figure), cell.figure, cell.unit))
        sentence = cls(text)
        sentence.cells = tuple(marked)
        return sentence

    def spelled(self, meanings: Mapping[str, str]) -> str:
        """The sentence as it is read elsewhere, where nothing explains a mark: `meanings` by status stand for it."""
        text = str(self)
        for cell in self.cells:
            mark = mark_of(cell.figure)
            if mark:
                text = text.replace(cell, cell.removesuffix(f" {mark}") + meanings[cell.figure.status])
        return text


def mark_of(figure: Figure) -> str:
    """The mark of a figure that is less sure than others; empty of any other."""
    return f"[{FLAGS[figure.status]}]" if figure.status in UNSURE else ""


def flagged(text: str, figure: Figure) -> str:
    """The text of a figure with its mark."""
    mark = mark_of(figure)
    return f"{text} {mark}" if mark else str(text)


def _split(text: str, cell: str) -> list[str]:
    return re.split(rf"(?<![0-9.,]){re.escape(cell)}(?![0-9.,]*[0-9])", text)


def name_figure(figure: Figure) -> str:
    """The permanent name of a figure."""
    codes = split_code(figure.dimension, figure.code)
    pairs = [] if figure.variant == TOTAL else figure.variant.split(";")
    pairs += [f"{name}={code}" for name, code in codes.items() if name not in DIMENSIONS]
    dimensions = {name: codes.get(name, TOTAL) for name in DIMENSIONS}
    breakdown = ";".join(sorted(pairs)) or TOTAL
    return figure_id({"indicator": figure.indicator, "year": figure.year, **dimensions, "breakdown": breakdown})


class Anchors:
    """The names that one page has given out: an id stands once. Those `elsewhere` have theirs in another page."""

    def __init__(self, elsewhere: Collection[str] = ()) -> None:
        self._elsewhere = elsewhere
        self._given: set[str] = set()

    @property
    def given(self) -> Collection[str]:
        """The names whose anchor is in this page."""
        return self._given

    def attributes(self, cell: str, unit: str = BARE) -> Markup:
        """The attributes of a cell in a table of a unit: none where it tells of no figure."""
        if not isinstance(cell, Cell):
            return Markup("")
        if isinstance(cell, Before):
            return _written(_told(cell, unit))
        name = name_figure(cell.figure)
        if name in self._given or name in self._elsewhere:
            return self.mention(cell, unit)
        self._given.add(name)
        return _written({"id": name} | _told(cell, unit))

    def mention(self, cell: str, unit: str = BARE) -> Markup:
        """The same for a place that is no anchor, because another on the page is."""
        return _written(asked_of(cell, unit)) if isinstance(cell, Cell) else Markup("")

    def head(self, head: str) -> Markup:
        """The attributes of the head of a column: how its cells follow from figures, where they do."""
        return _written({"data-of": head.of_what}) if isinstance(head, Head) else Markup("")

    def within(self, sentence: str) -> Markup:
        """A sentence with each of its figures marked, where its text stands once: no other number is taken for it."""
        marked = escape(sentence)
        for cell in sentence.cells if isinstance(sentence, Sentence) else ():
            pieces = _split(marked, escape(cell))
            if len(pieces) == 2:
                marked = Markup("<span{}>{}</span>").format(self.mention(cell), cell).join(map(Markup, pieces))
        return marked

    def unit(self, rows: Iterable[Iterable[str]]) -> str:
        """The unit that most cells of a table have: it is said once for all of them."""
        counts = Counter(cell.unit for row in rows for cell in row if isinstance(cell, Cell))
        return counts.most_common(1)[0][0] if counts else BARE


def asked_of(cell: Cell, unit: str = BARE) -> dict[str, str]:
    """The attributes by which a reader asks of a figure where it has no anchor."""
    return {"data-i": name_figure(cell.figure)} | _told(cell, unit)


def asked_at_mark(figure: Figure, written: Written) -> dict[str, str]:
    """The same for the label at a mark of a chart, whose short text says the unit itself or leaves it to the title."""
    return asked_of(Cell.of("", figure, written.pattern if written.scale.short == BARE else BARE))


def _told(cell: Cell, unit: str) -> dict[str, str]:
    own = {} if cell.unit == unit else {"data-u": cell.unit}
    return {"data-f": _facts(cell.figure)} | own


def _written(attributes: Mapping[str, str]) -> Markup:
    return Markup("".join(f' {name}="{escape(text)}"' for name, text in attributes.items()))


def _facts(figure: Figure) -> str:
    """Records, numerator, denominator and status, as short as may be: they stand in thousands of cells."""
    status = "" if figure.status == "A" else figure.status
    of_ratio = ["", ""] if figure.denominator is None else [_short(figure.numerator), _short(figure.denominator)]
    return "|".join(["" if figure.records is None else str(figure.records), *of_ratio, status]).rstrip("|")


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:.{DIGITS}g}"
