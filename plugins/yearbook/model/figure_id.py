"""The permanent name of a figure: the same in every edition, file and page that shows it.

`contract_value.2024` is the total of a year, `contract_value.2024.partner=KEN.direction=output` a part of it: what is a
total or does not apply is left out, dimensions come in their order, then the breakdown's pairs in alphabetical order.
In a dimension's code, `%`, `.`, `=`, `;` are written `%25`, `%2E`, `%3D`, `%3B`, and all white space (blanks, line
ends) as in an address, `%20`, `%09`, `%0A`; in a breakdown, whose `%`, `=` and `;` are written so already, only `.` and
white space: so a name is an anchor in a page, one word of a command, and can be read back. Not its business: whether
there is such a figure.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from yearbook.errors import FigureIdError
from yearbook.model.letters import unwritable
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL

BREAKDOWN = "breakdown"
SPECIAL = re.compile(r"[%.=;\s]")
SPECIAL_INSIDE = re.compile(r"[.\s]")
WRITTEN_INSIDE = re.compile(r"%2E|%20|%[01][0-9A-F]|(%[89A-F][0-9A-F])+")
YEAR = re.compile("[0-9]{4}")
MAX_LETTERS, SHOWN = 2_000, 80
"""No figure has a longer name; of what is none, an error shows no more than its beginning."""

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
    indicator, *rest = text.strip().split(".") if len(text) <= MAX_LETTERS and not unwritable(text) else [""]
    if not indicator or not rest or not YEAR.fullmatch(rest[0]) or any("=" not in pair for pair in rest[1:]):
        said = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        raise FigureIdError(f"`{said}` is no name of a figure", where="figure", fix=FIX)
    pairs = [pair.partition("=")[::2] for pair in rest[1:]]
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        said = twice if len(twice) <= SHOWN else f"{twice[:SHOWN]}…"
        raise FigureIdError(f"the name of a figure gives `{said}` twice", where="figure", fix=FIX)
    dimensions = {name: _plain(code) for name, code in pairs if name in DIMENSIONS}
    others = [f"{name}={_plain_inside(code)}" for name, code in sorted(pairs) if name not in DIMENSIONS]
    return {"indicator": indicator, "year": int(rest[0]), **dimensions, BREAKDOWN: ";".join(others) or TOTAL}


def _escape(code: str) -> str:
    return SPECIAL.sub(_write, code)


def _plain(code: str) -> str:
    return unquote(code)


def _write(found: re.Match[str]) -> str:
    return "%2E" if found[0] == "." else quote(found[0], safe="")


def _inside(pair: str) -> str:
    # A breakdown has escaped its codes' own `;`, `=` and `%` already: only what is special here is left.
    return SPECIAL_INSIDE.sub(_write, pair)


def _plain_inside(code: str) -> str:
    return WRITTEN_INSIDE.sub(lambda found: unquote(found[0]), code)
