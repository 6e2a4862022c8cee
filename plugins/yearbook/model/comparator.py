"""Comparators: figures that others have published, or targets, to stand beside the computed ones and never in them.

A table of them is `reference/comparators/<name>.csv` with its source card `<name>.yml`; a programme names those that
concern it. Not its business: reading the tables (`comparator_tables`), comparing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pydantic import Field as field

from yearbook.model.definition import Definition, Text
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL

Key = tuple[str, int, tuple[str, ...], str]
"""Indicator, year, codes of the dimensions, breakdown."""

NAMING = ("institution", "technology")
"""Breakdowns that name one party: of confidential records, figures of theirs are not published."""


class ComparatorCard(Definition):
    """Where a table's figures come from; `documents` are what its rows name as their `source`.

    `names` are the names of what is no indicator: parameters, and figures of others alone.
    """

    title: Text
    producer: Text
    licence: Text
    retrieved: Text
    note: Text
    documents: dict[str, Text] = field(min_length=1)
    names: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparator:
    """One figure of others. `kind` is empty for what an indicator is to give back.

    `document` is named in the table's card, `passage` says where it stands there. `is_judged`: a miss counts.
    """

    id: str
    key: Key
    kind: str
    value: Decimal
    bound: str
    unit: str
    is_official: bool
    is_judged: bool
    note: str
    document: Text
    passage: str
    name: Text | None = None

    @property
    def indicator(self) -> str:
        """The code of the indicator, or the name of the parameter."""
        return self.key[0]

    @property
    def year(self) -> int:
        """The year that the figure is of."""
        return self.key[1]

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes of the dimensions along which the figure is a part."""
        return {name: code for name, code in zip(DIMENSIONS, self.key[2], strict=True) if code != TOTAL}


def make_key(indicator: str, year: int, codes: Mapping[str, str], breakdown: str) -> Key:
    """The cell that a figure stands in: a dimension that does not apply is like the whole of it."""
    written = (codes[name] for name in DIMENSIONS)
    return indicator, year, tuple(TOTAL if code == NOT_APPLICABLE else code for code in written), breakdown
