"""The permanent name of a figure: the same in every edition, file and page that shows it.

`contract_value.2024` is the total of a year, `contract_value.2024.partner=KEN.direction=output` a part of it: what is a
total or does not apply is left out, dimensions come in their order, then the breakdown's pairs in alphabetical order.
Dots, equals signs and percent signs of a code are written `%2E`, `%3D`, `%25`: so it is an anchor in a page, and can
be read back. Not its business: whether there is such a figure.
"""

from collections.abc import Mapping
from typing import Any

from yearbook.errors import FigureIdError
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL

BREAKDOWN = "breakdown"
ESCAPES = {"%": "%25", ".": "%2E", "=": "%3D", ";": "%3B", " ": "%20"}
ESCAPED = str.maketrans(ESCAPES)

FIX = "write it as a report shows it: `contract_value.2024.partner=KEN`"


def figure_id(row: Mapping[str, Any]) -> str:
    """Name the figure of an observation, given by its key columns."""
    pairs = [(name, str(row[name])) for name in DIMENSIONS if row[name] not in (TOTAL, NOT_APPLICABLE)]
    coded = [f"{name}={_escape(code)}" for name, code in pairs]
    breakdown = [] if row[BREAKDOWN] == TOTAL else [_inside(pair) for pair in str(row[BREAKDOWN]).split(";")]
    return ".".join([str(row["indicator"]), str(row["year"]), *coded, *breakdown])


def read_figure_id(text: str) -> dict[str, Any]:
    """Return the key columns that a name gives: `indicator`, `year`, the dimensions that are no total, `breakdown`.

    Raises `FigureIdError` where the text is no name.
    """
    indicator, *rest = text.strip().split(".")
    if not indicator or not rest or not rest[0].isdecimal() or any("=" not in pair for pair in rest[1:]):
        raise FigureIdError(f"`{text}` is no name of a figure", where="figure", fix=FIX)
    pairs = [pair.partition("=")[::2] for pair in rest[1:]]
    dimensions = {name: _plain(code) for name, code in pairs if name in DIMENSIONS}
    others = [f"{name}={_plain_inside(code)}" for name, code in sorted(pairs) if name not in DIMENSIONS]
    return {"indicator": indicator, "year": int(rest[0]), **dimensions, BREAKDOWN: ";".join(others) or TOTAL}


def _escape(code: str) -> str:
    return code.translate(ESCAPED)


def _plain(code: str) -> str:
    for letter, written in reversed(ESCAPES.items()):
        code = code.replace(written, letter)
    return code


def _inside(pair: str) -> str:
    # A breakdown has escaped its codes' own `;`, `=` and `%` already: only what is special here is left.
    return pair.replace(".", "%2E").replace(" ", "%20")


def _plain_inside(code: str) -> str:
    return code.replace("%20", " ").replace("%2E", ".")
