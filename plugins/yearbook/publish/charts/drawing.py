"""What a chart shows, before anyone draws it: labels and values in one language.

Labels are wrapped here by counted widths, so that no chart depends on the fonts of the machine that drew it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

LABEL_EMS = 12.6
"""Room for a label left of a bar."""
LABEL_LINES = 2
WIDTHS = ((0.3, " .,:;'|!iljtfI()[]-"), (1.0, "“”"), (0.88, "mwMW@%—"), (0.7, "ABCDEFGHJKLNOPQRSTUVXYZ&+−"))
MEDIUM = 0.56


@dataclass(frozen=True)
class Bar:
    """One bar of a ranking: `text` stands beside it, `previous` is last year's value, `target` one to be reached.

    `asked`, of these and the other marks: attributes of the text, by which a reader asks of the figure it tells.
    """

    label: str
    value: float
    text: str
    previous: float | None = None
    is_residual: bool = False
    target: float | None = None
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """One year of a series: `text` stands above it, `label` below."""

    year: int
    label: str
    value: float
    text: str
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bars:
    """Horizontal bars in the order given."""

    title: str
    description: str
    bars: list[Bar]


@dataclass(frozen=True)
class Columns:
    """Years as columns, for few years; all start at zero. A `target` is a line across them."""

    title: str
    description: str
    points: list[Point]
    target: float | None = None


@dataclass(frozen=True)
class Line:
    """Years as a line, for many years; it breaks where a year is missing. A `target` is a line across it."""

    title: str
    description: str
    points: list[Point]
    axis: list[tuple[float, str]]
    target: float | None = None


@dataclass(frozen=True)
class Tile:
    """One place of a grid, from the upper left; `step` is 1 (smallest values) to 4, or 0 where there is no figure."""

    row: int
    column: int
    label: str
    text: str
    step: int
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tiles:
    """Regions as squares near to where they lie, without any border or distance."""

    title: str
    description: str
    tiles: list[Tile]


@dataclass(frozen=True)
class Panel:
    """One part of a whole over the years."""

    label: str
    points: list[Point]


@dataclass(frozen=True)
class Multiples:
    """Small columns side by side, all on one scale."""

    title: str
    description: str
    panels: list[Panel]


Drawing = Bars | Columns | Line | Tiles | Multiples


def width(text: str) -> float:
    """The width of a text in ems, counted by the classes of characters of a common sans serif."""
    return sum(_width(character) for character in text)


def _width(character: str) -> float:
    if _is_wide(character):
        return 1.0
    return next((width for width, characters in WIDTHS if character in characters), MEDIUM)


def wrap(text: str, room: float = LABEL_EMS, most: int = LABEL_LINES) -> list[str]:
    """Break a label into at most two lines, or as many as given; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for piece in _pieces(text):
        if width(lines[-1] + piece.rstrip()) <= room or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [_cut(line.strip(), room) for line in lines]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        starts_anew = not pieces or pieces[-1].endswith((" ", "-", "–", "—")) or _is_wide(character)
        if starts_anew and not (pieces and character in "）”，、。"):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _cut(line: str, room: float) -> str:
    if width(line) <= room:
        return line
    while line and width(line) > room:
        line = line[:-1]
    return line.rstrip() + "…"
