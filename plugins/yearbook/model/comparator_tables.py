"""Read a programme's tables of comparators, and refuse what cannot stand beside a figure, with file and line.

Not its business: what a comparator is (`comparator`).
"""

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from yearbook.errors import DefinitionError
from yearbook.model.comparator import NAMING, Comparator, ComparatorCard, make_key
from yearbook.model.definition import load_definition, nearest
from yearbook.model.indicator import Indicator
from yearbook.model.observation import DIMENSIONS, FOREIGN, NOT_APPLICABLE, TOTAL, UNKNOWN
from yearbook.model.recipe import IndicatorFolder, Recipe

COLUMNS = ("id", "indicator", "year", *DIMENSIONS, "breakdown", "value", "bound", "unit", "official", "note", "source")
OPTIONAL_COLUMNS = ("year_basis",)
BOUNDS = ("equal", "about", "above", "at_least", "below")
KINDS = ("parameter", "comparator", "target")
YEAR = re.compile(r"[12][0-9]{3}")
LONGEST_CELL = 20_000
KIND = "kind"
STATISTIC = "statistic"
STATISTICS = ("mean", "median", "lower_quartile", "upper_quartile", "maximum", "baseline", "lower_95", "upper_95")
"""The common ones; an indicator's own stands in its SQL."""
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
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        names = next(reader, [])
        _check_columns(names, f"{path}:1")
        rows = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        raise DefinitionError(
            f"cannot be read as CSV: {error}",
            where=f"{path}:{reader.line_num}",
            fix="see that each quote that opens a cell also closes it",
        ) from None
    for line, cells in rows:
        if len(cells) != len(names):
            raise DefinitionError(
                f"{len(cells)} cells under {len(names)} columns",
                where=f"{path}:{line}",
                fix="one cell for each column; put a cell that holds a comma in quotes",
            )
        if max(map(len, cells)) > LONGEST_CELL:
            raise DefinitionError(
                f"a cell is longer than {LONGEST_CELL:,} characters", where=f"{path}:{line}", fix="shorten it"
            )
    return [(line, dict(zip(names, cells, strict=True))) for line, cells in rows]


def _text(path: Path) -> str:
    # Excel begins a file of UTF-8 with a mark, which is no part of the first column's name.
    content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
        place = content.find(b"\0")
    except UnicodeDecodeError as error:
        text, place = "", error.start
    if place >= 0:
        line = content.count(b"\n", 0, place) + 1
        raise DefinitionError(
            f"byte 0x{content[place]:02x} is no text in UTF-8", where=f"{path}:{line}", fix="save the table as UTF-8"
        )
    return text


def _check_columns(names: list[str], where: str) -> None:
    missing = [f"column `{name}` is missing" for name in COLUMNS if name not in names]
    foreign = [f"unknown column `{name}`" for name in names if name not in (*COLUMNS, *OPTIONAL_COLUMNS)]
    double = [f"column `{name}` stands twice" for name in names if names.count(name) > 1]
    if wrong := [*missing, *foreign, *double]:
        raise DefinitionError(wrong[0], where=where, fix=f"columns: {', '.join(COLUMNS)}")


@dataclass(frozen=True)
class _Reader:
    recipe: Recipe
    known: set[str]
    card: ComparatorCard
    is_judged: bool
    where: str

    def read(self, row: dict[str, str]) -> Comparator:
        breakdown, kind = self._kind(row["breakdown"])
        self._refuse_names(breakdown)
        folder = self._indicator(row["indicator"], kind)
        definition = folder.definition if folder else None
        codes = {name: self._code(name, row[name], definition) for name in DIMENSIONS}
        if folder is not None and definition is not None:
            self._check_breakdown(breakdown, folder)
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
        if len(kinds) > 1:
            self._refuse(f"`{KIND}` stands twice", f"one {KIND} for a row")
        rest = ";".join(pair for pair in pairs if not pair.startswith(f"{KIND}="))
        return rest or TOTAL, self._choice(KIND, kinds[0], KINDS) if kinds else ""

    def _refuse_names(self, breakdown: str) -> None:
        names = [pair.partition("=")[0].strip().casefold() for pair in breakdown.split(";")]
        if self.recipe.programme.confidentiality == "confidential" and (naming := set(names) & {*NAMING}):
            self._refuse(
                f"a figure of one {min(naming)}, and the records of this programme are confidential",
                "leave the row out: the report would publish the name",
            )

    def _indicator(self, code: str, kind: str) -> IndicatorFolder | None:
        """Its folder, or None for a parameter, a figure of others alone, and what the programme leaves out."""
        folder = self.recipe.indicators.get(code)
        if folder is None and kind in ("", "target") and code not in self.known:
            self._refuse_choice("there is no indicator", code, self.known)
        return folder

    def _code(self, dimension: str, code: str, definition: Indicator | None) -> str:
        codelist = self.recipe.codelists[CODELISTS[dimension]]
        if code in (TOTAL, NOT_APPLICABLE):
            return code
        if definition is not None and dimension not in definition.dimensions:
            self._refuse(f"{definition.indicator} is not told by {dimension}: `{code}`", "write `_T`")
        if code not in codelist.codes and code not in (FOREIGN, UNKNOWN):
            self._refuse_choice(f"{dimension}: there is no code", code, codelist.codes)
        return code

    def _check_breakdown(self, breakdown: str, folder: IndicatorFolder) -> None:
        definition = folder.definition
        for pair in [] if breakdown == TOTAL else breakdown.split(";"):
            name, _, value = pair.partition("=")
            if name not in definition.breakdown_names:
                self._refuse_choice(f"{definition.indicator} has no breakdown", name, definition.breakdown_names)
            if not value:
                self._refuse(f"the breakdown `{name}` has no value", f"write `{name}=…`, or `{TOTAL}` for the whole")
            codelist = self.recipe.codelists.get(definition.codelists.get(name, ""))
            if codelist is not None and value not in codelist.codes:
                self._refuse_choice(f"{name}: there is no code", value, codelist.codes)
            if name == STATISTIC and codelist is None and not _is_statistic(value, folder):
                self._refuse_choice(f"{name}: there is no", value, STATISTICS)

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
        if not value.is_finite():
            self._refuse(f"`{text}` is no number", "write 1234.5")
        if not math.isfinite(float(value)) or (value and not float(value)):
            self._refuse(f"`{text}` is too great or too small to compare", "write the number that was published")
        return value

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


def _is_statistic(value: str, folder: IndicatorFolder) -> bool:
    sql = folder.query.read_text(encoding="utf-8")
    return value in STATISTICS or re.search(rf"\b{re.escape(value)}\b", sql) is not None
