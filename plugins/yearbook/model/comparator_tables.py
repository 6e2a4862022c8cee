"""Read a programme's tables of comparators, and refuse what cannot stand beside a figure, with file and line.

Not its business: what a comparator is (`comparator`).
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from yearbook.errors import DefinitionError
from yearbook.model.comparator import Comparator, ComparatorCard, make_key
from yearbook.model.definition import load_definition, nearest
from yearbook.model.indicator import Indicator
from yearbook.model.observation import DIMENSIONS, FOREIGN, NOT_APPLICABLE, TOTAL, UNKNOWN
from yearbook.model.recipe import Recipe

COLUMNS = ("id", "indicator", "year", *DIMENSIONS, "breakdown", "value", "bound", "unit", "official", "note", "source")
OPTIONAL_COLUMNS = ("year_basis",)
BOUNDS = ("equal", "about", "above", "at_least", "below")
KINDS = ("parameter", "comparator", "target")
YEAR = re.compile(r"[12][0-9]{3}")
KIND = "kind"
CODELISTS = {
    "partner": "partners",
    "sector": "sectors",
    "channel": "channels",
    "institution_type": "institution_types",
    "platform": "platforms",
    "delivery_model": "delivery_models",
    "province": "areas",
}


def load_comparators(recipe: Recipe) -> list[Comparator]:
    """Read and check the tables that the programme names. Raises `DefinitionError` with file and line."""
    known = _known_indicators(recipe)
    comparators: list[Comparator] = []
    lines: dict[str, str] = {}
    for name, path in recipe.comparators.items():
        card = load_definition(path.with_suffix(".yml"), ComparatorCard)
        is_judged = recipe.programme.comparators[name] == "judged"
        for line, row in _rows(path):
            where = f"{path}:{line}"
            comparators.append(_Reader(recipe, known, card, is_judged, where).read(row))
            if row["id"] in lines:
                raise DefinitionError(f"`{row['id']}` stands twice", where=where, fix=f"also at {lines[row['id']]}")
            lines[row["id"]] = where
    return comparators


def _known_indicators(recipe: Recipe) -> set[str]:
    # A programme may leave indicators out; that makes a figure of them unavailable, and not misspelt.
    common = recipe.root.parents[1] / "sql/indicators"
    return {*recipe.indicators, *(path.parent.name for path in common.glob("*/indicator.yml"))}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        names = list(reader.fieldnames or [])
        missing = [name for name in COLUMNS if name not in names]
        foreign = [name for name in names if name not in (*COLUMNS, *OPTIONAL_COLUMNS)]
        if missing or foreign:
            what = f"column `{missing[0]}` is missing" if missing else f"unknown column `{foreign[0]}`"
            raise DefinitionError(what, where=f"{path}:1", fix=f"columns: {', '.join(COLUMNS)}")
        return [(reader.line_num, row) for row in reader]


@dataclass(frozen=True)
class _Reader:
    recipe: Recipe
    known: set[str]
    card: ComparatorCard
    is_judged: bool
    where: str

    def read(self, row: dict[str, str]) -> Comparator:
        breakdown, kind = self._kind(row["breakdown"])
        definition = self._indicator(row["indicator"], kind)
        codes = {name: self._code(name, row[name], definition) for name in DIMENSIONS}
        if definition is not None:
            self._check_breakdown(breakdown, definition)
            self._check_unit(row["unit"], breakdown, definition)
        document, _, passage = row["source"].partition(" ")
        return Comparator(
            id=row["id"] or self._refuse("the id is empty", "a name of its own, which the report shows"),
            key=make_key(row["indicator"], self._year(row["year"]), codes, breakdown),
            kind=kind,
            value=self._value(row["value"]),
            bound=self._choice("bound", row["bound"], BOUNDS),
            unit=row["unit"] or self._refuse("the unit is empty", "the unit of the value"),
            is_official=self._choice("official", row["official"], ("true", "")) == "true",
            is_judged=self.is_judged,
            note=row["note"],
            document=self.card.documents[self._choice("source", document, tuple(self.card.documents))],
            passage=passage,
            name=self.card.names.get(row["indicator"]),
        )

    def _kind(self, written: str) -> tuple[str, str]:
        pairs = [] if written == TOTAL else written.split(";")
        kinds = [pair.partition("=")[2] for pair in pairs if pair.startswith(f"{KIND}=")]
        rest = ";".join(pair for pair in pairs if not pair.startswith(f"{KIND}="))
        return rest or TOTAL, self._choice(KIND, kinds[0], KINDS) if kinds else ""

    def _indicator(self, code: str, kind: str) -> Indicator | None:
        """The definition, or None for a parameter, a figure of others alone, and what the programme leaves out."""
        folder = self.recipe.indicators.get(code)
        if folder is None and kind in ("", "target") and code not in self.known:
            self._refuse_choice("there is no indicator", code, self.known)
        return folder.definition if folder else None

    def _code(self, dimension: str, code: str, definition: Indicator | None) -> str:
        codelist = self.recipe.codelists[CODELISTS[dimension]]
        if code in (TOTAL, NOT_APPLICABLE):
            return code
        if definition is not None and dimension not in definition.dimensions:
            self._refuse(f"{definition.indicator} is not told by {dimension}: `{code}`", "write `_T`")
        if code not in codelist.codes and code not in (FOREIGN, UNKNOWN):
            self._refuse_choice(f"{dimension}: there is no code", code, codelist.codes)
        return code

    def _check_breakdown(self, breakdown: str, definition: Indicator) -> None:
        for pair in [] if breakdown == TOTAL else breakdown.split(";"):
            name, _, value = pair.partition("=")
            if name not in definition.breakdown_names:
                self._refuse_choice(f"{definition.indicator} has no breakdown", name, definition.breakdown_names)
            codelist = self.recipe.codelists.get(definition.codelists.get(name, ""))
            if codelist is not None and value not in codelist.codes:
                self._refuse_choice(f"{name}: there is no code", value, codelist.codes)

    def _check_unit(self, unit: str, breakdown: str, definition: Indicator) -> None:
        own = dict(pair.split("=", 1) for pair in breakdown.split(";") if "=" in pair).get("unit", definition.unit)
        if unit != own:
            self._refuse(f"unit `{unit}` for {definition.indicator}", f"its unit is `{own}`: convert the value")

    def _year(self, text: str) -> int:
        return int(text) if YEAR.fullmatch(text) else self._refuse(f"`{text}` is no year", "write 2024")

    def _value(self, text: str) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("nan")
        return value if value.is_finite() else self._refuse(f"`{text}` is no number", "write 1234.5")

    def _choice(self, column: str, text: str, choices: tuple[str, ...]) -> str:
        if text not in choices:
            self._refuse_choice(f"{column}: there is no", text, [choice for choice in choices if choice])
        return text

    def _refuse_choice(self, what: str, text: str, choices: Iterable[str]) -> None:
        known = sorted(choices)
        right = nearest(text, known)
        self._refuse(f"{what} `{text}`", f"did you mean `{right}`?" if right else f"one of {', '.join(known)}")

    def _refuse(self, what: str, fix: str) -> Any:
        raise DefinitionError(what, where=self.where, fix=fix)
