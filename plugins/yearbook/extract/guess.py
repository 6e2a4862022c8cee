"""What a table's headers say of the dataset that it belongs to, and of each column: guesses for a draft, no more."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from yearbook.errors import SourceError
from yearbook.extract.field_names import FieldNames, Target
from yearbook.extract.normalize.units import MONEY, parse_unit
from yearbook.extract.readers.table import RawTable
from yearbook.model.dataset import Dataset

YEAR_HEADER = re.compile(r"(19|20)[0-9]{2}年?")
DAY_OR_MONTH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$")
LAST_MONTH = 12
MEASURES = ("money", "integer", "number", "share")
SAMPLE_ROWS = 1_000
YUAN_IN_CHINESE = "元"


@dataclass(frozen=True)
class ColumnGuess:
    """Where a header probably goes. `way` says how it was found; `question` what a person must settle."""

    header: str
    field: str | None = None
    way: str | None = None
    unit: str | None = None
    nearest: str | None = None
    question: str | None = None
    taken: bool = False


@dataclass(frozen=True)
class Layout:
    """All guesses on one table. `known` counts the headers that the dataset has a name for, years among them."""

    columns: list[ColumnGuess]
    year_headers: list[str] = field(default_factory=list)
    names_to: str | None = None
    values_to: str | None = None
    unit: str | None = None

    @property
    def known(self) -> int:
        """Headers that need no decision."""
        return len(self.year_headers) + sum(1 for column in self.columns if column.field)

    @property
    def fields(self) -> set[str]:
        """Fields that would be filled."""
        return {name for name in (self.names_to, self.values_to, *(one.field for one in self.columns)) if name}


def guess_dataset(table: RawTable, datasets: Mapping[str, Dataset]) -> Dataset:
    """The dataset that knows most headers and, of those, needs the fewest fields that are not there."""

    def score(name: str) -> tuple[int, int, str]:
        found = guess_layout(table, datasets[name])
        missing = sum(1 for key, one in datasets[name].fields.items() if one.required and key not in found.fields)
        return -found.known, missing, name

    if not datasets:
        raise SourceError("there is no dataset to map to", where=table.name, fix="include/datasets/<dataset>.yml")
    return datasets[min(datasets, key=score)]


def guess_layout(table: RawTable, dataset: Dataset) -> Layout:
    """Guess the fields of all columns, and the reshaping where years stand as columns."""
    years = _year_headers(table, dataset)
    unit = _unit(table)
    names_to = _year_field(dataset) if years else None
    values_to = _values_field(dataset, unit) if years else None
    taken = {name for name in (names_to, values_to) if name}
    names = FieldNames(dataset)
    columns = [_guess_column(table, header, names, taken) for header in table.headers if header not in years]
    return Layout(columns, years, names_to, values_to, unit)


def missing_unit(table: RawTable, dataset: Dataset, found: Layout) -> str | None:
    """The unit to begin with where an amount of money has none: not of its own, in its header or its cells."""
    filled = {column.field: column.header for column in found.columns if column.field and not column.unit}
    filled |= {found.values_to: found.year_headers[0]} if found.values_to else {}
    for name, header in filled.items():
        if name in dataset.fields and dataset.fields[name].type == MONEY and not _states_units(table, header):
            return dataset.fields[name].unit or YUAN_IN_CHINESE
    return None


def _states_units(table: RawTable, header: str) -> bool:
    cells = [cell for cell in table.column(header).slice(0, SAMPLE_ROWS).to_pylist() if cell and cell.strip()]
    return bool(cells) and all(any(character.isalpha() for character in cell) for cell in cells)


def _guess_column(table: RawTable, header: str, names: FieldNames, taken: set[str]) -> ColumnGuess:
    target = _find(names, header, table.name)
    if target is None:
        return ColumnGuess(header, nearest=names.nearest(header))
    if target.field in taken:
        return ColumnGuess(header, target.field, target.way, taken=True)
    taken.add(target.field)
    question = _question(table, header, names.dataset.fields[target.field].type)
    return ColumnGuess(header, target.field, target.way, target.header_unit, question=question)


def _find(names: FieldNames, header: str, where: str) -> Target | None:
    try:
        return names.find(header, where)
    except SourceError:
        # A header that names two fields is a decision like any other here.
        return None


def _question(table: RawTable, header: str, kind: str) -> str | None:
    if kind != "date":
        return None
    found = [DAY_OR_MONTH.match(cell.strip()) for cell in table.column(header).to_pylist()[:SAMPLE_ROWS] if cell]
    dates = [(int(match[1]), int(match[2])) for match in found if match]
    if not dates:
        return None
    if any(second > LAST_MONTH for _, second in dates):
        return "the month stands first: {field: …, day_first: false}"
    if any(first > LAST_MONTH for first, _ in dates):
        return None
    return "day or month first? `day_first` is true unless stated"


def _year_headers(table: RawTable, dataset: Dataset) -> list[str]:
    found = [header for header in table.headers if YEAR_HEADER.fullmatch(header)]
    return found if _year_field(dataset) and _values_field(dataset, _unit(table)) else []


def _year_field(dataset: Dataset) -> str | None:
    years = (name for name, one in dataset.fields.items() if one.type == "year" and name in dataset.reference_date)
    return next(years, None)


def _values_field(dataset: Dataset, unit: str | None) -> str | None:
    """The first measure of the unit's kind: years as columns make sense only where a dataset has such measures."""
    parsed = parse_unit(unit) if unit else None
    kinds = MEASURES if parsed is None else ("money",) if parsed.kind == MONEY else MEASURES[1:]
    return next((name for name, one in dataset.fields.items() if one.type in kinds), None)


def _unit(table: RawTable) -> str | None:
    unit = table.facts.get("unit")
    return str(unit) if unit and parse_unit(str(unit)) else None
