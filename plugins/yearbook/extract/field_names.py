"""What a dataset's fields are called, in both languages, and which of them a header means.

Not its business: what a source's entry says of its columns (`mapping`).
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from yearbook.errors import SourceError
from yearbook.extract.normalize.units import parse_unit
from yearbook.extract.shown import shown
from yearbook.model.codelist import fold
from yearbook.model.dataset import Dataset

Way = Literal["entry", "name", "title", "alias", "unpivot", "pivot", "constant"]

_UNIT_BEHIND = re.compile(r"^(?P<name>.+?)[(\[【/](?P<unit>[^()\[\]【】]+)[)\]】]?$")
_NEAREST_CUTOFF = 0.4
"""Lower than for YAML keys: a Chinese header has few characters, and one wrong of two is a likeness of 0.5."""


@dataclass(frozen=True)
class Target:
    """Where a column goes, by which way it was found, and what its cells need to be read.

    `unit` is the declared unit; `header_unit` the one in brackets behind the header.
    """

    field: str
    way: Way
    unit: str | None = None
    header_unit: str | None = None
    unit_column: str | None = None
    day_first: bool = True
    decimal_comma: bool = False


class FieldNames:
    """A dataset's fields by what they are called, folded: names before titles before aliases."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._ways: tuple[tuple[Way, dict[str, list[str]]], ...] = (
            ("name", _by_fold((name, [name]) for name in dataset.fields)),
            ("title", _by_fold((name, [one.title.en, one.title.zh]) for name, one in dataset.fields.items())),
            ("alias", _by_fold((name, one.aliases) for name, one in dataset.fields.items())),
        )

    def find(self, header: str, where: str) -> Target | None:
        """Return the field that a header names, with a unit in brackets behind it or without."""
        found = self._find(header, where)
        if found is not None:
            return found
        match = _UNIT_BEHIND.match(unicodedata.normalize("NFKC", header).strip())
        if match is None or parse_unit(match["unit"]) is None:
            return None
        found = self._find(match["name"], where)
        return replace(found, header_unit=match["unit"]) if found is not None else None

    def _find(self, header: str, where: str) -> Target | None:
        for way, names in self._ways:
            fields = names.get(fold(header), [])
            if len(fields) > 1:
                raise SourceError(
                    f"the header `{shown(header)}` names {len(fields)} fields: {', '.join(fields)}",
                    where=where,
                    fix=f"say which under `columns`: `{shown(header)}: {fields[0]}`",
                )
            if fields:
                return Target(fields[0], way)
        return None

    def nearest(self, header: str) -> str | None:
        """Return the field whose name, title or alias is most like a header."""
        names = {name: fields[0] for _, by_fold in reversed(self._ways) for name, fields in by_fold.items()}
        found = nearest_name(fold(header), list(names))
        return names[found] if found is not None else None


def _by_fold(names: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, spellings in names:
        for spelling in dict.fromkeys(map(fold, spellings)):
            found.setdefault(spelling, []).append(name)
    return found


def nearest_name(word: str, choices: list[str]) -> str | None:
    """Return the header, field or measure that a word most likely meant, or None."""
    found = difflib.get_close_matches(word, choices, n=1, cutoff=_NEAREST_CUTOFF)
    return found[0] if found else None
