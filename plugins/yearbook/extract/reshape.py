"""From rows of a file to rows of records, still as text: years out of the columns, measures out of the rows.

Each step counts what it takes and what it gives, so that no row disappears: see `Counts`. Not its business: types and
units (`stage`), filter and derived fields (`derive`), which see typed values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.errors import AccountingError, SourceError
from yearbook.extract.field_names import Target, nearest_name
from yearbook.extract.mapping import HeaderMap, require_header
from yearbook.extract.normalize.columns import flat, missing_cells
from yearbook.extract.normalize.text import clean_text, is_missing
from yearbook.extract.readers.table import RawTable
from yearbook.model.codelist import fold
from yearbook.model.source import Entry, Pivot, Unpivot

_UNIT_MARK = "\x1funit"


@dataclass(frozen=True)
class Counts:
    """Where the rows went: `rows_read + spread - empty - merged - filtered = received`.

    `spread` are rows added because one row held several records, `empty` blank rows and empty cells of spread columns,
    `merged` rows that became part of another row's record.
    """

    rows_read: int = 0
    spread: int = 0
    empty: int = 0
    merged: int = 0
    filtered: int = 0
    received: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def to_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def check(self, where: str) -> None:
        """Raise `AccountingError` where rows were lost or made up."""
        if self.rows_read + self.spread - self.empty - self.merged - self.filtered != self.received:
            raise AccountingError(
                f"rows read and records received do not add up: {self}", where=where, fix="report this as a defect"
            )


@dataclass(frozen=True)
class Frame:
    """Columns of text by name (a header, or a field that reshaping made), where each goes, and each row's number."""

    columns: dict[str, pa.Array]
    targets: dict[str, Target]
    rows: pa.Array
    counts: Counts = field(default_factory=Counts)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)


def reshape(table: RawTable, mapped: HeaderMap, entry: Entry, where: str) -> Frame:
    """Take a raw table to one row per record. Raises `SourceError` for a measure that the entry does not know."""
    frame = _without_blank_rows(table, mapped)
    if entry.unpivot is not None:
        frame = _unpivot(frame, mapped.spread, entry.unpivot)
    if entry.pivot is not None:
        frame = _pivot(frame, entry.pivot, where)
    return frame


def _without_blank_rows(table: RawTable, mapped: HeaderMap) -> Frame:
    columns = {header: flat(column) for header, column in zip(table.headers, table.columns, strict=True)}
    blank = pa.array([True] * table.rows, pa.bool_())
    for column in columns.values():
        if not pc.any(blank).as_py():
            break
        blank = pc.and_(blank, missing_cells(column))
    kept = pc.invert(blank)
    counts = Counts(rows_read=table.rows, empty=pc.sum(blank).as_py() or 0)
    if counts.empty:
        columns = {name: column.filter(kept) for name, column in columns.items()}
    rows = table.row_numbers.filter(kept) if counts.empty else table.row_numbers
    return Frame(columns, dict(mapped.targets), rows, counts)


def _unpivot(frame: Frame, spread: Mapping[str, str], unpivot: Unpivot) -> Frame:
    stay = [name for name in frame.columns if name not in spread]
    height, width = frame.height, len(spread)
    # Row by row, not column by column: the records of one row stay together.
    order = [column * height + row for row in range(height) for column in range(width)]
    rows = [row for row in range(height) for _ in range(width)]
    cells = pa.concat_arrays([frame.columns[header] for header in spread]).take(pa.array(order, pa.int64()))
    names = pa.array([name for _ in range(height) for name in spread.values()], pa.string())
    columns = {name: frame.columns[name].take(pa.array(rows, pa.int64())) for name in stay}
    columns |= {unpivot.names_to: names, unpivot.values_to: cells}
    targets = frame.targets | {
        unpivot.names_to: Target(unpivot.names_to, "unpivot"),
        unpivot.values_to: Target(unpivot.values_to, "unpivot", unit=unpivot.unit),
    }
    empty = missing_cells(cells)
    kept = pc.invert(empty)
    added = Counts(spread=height * width - height, empty=pc.sum(empty).as_py() or 0)
    return Frame(
        {name: column.filter(kept) for name, column in columns.items()},
        targets,
        frame.rows.take(pa.array(rows, pa.int64())).filter(kept),
        frame.counts + added,
    )


def _pivot(frame: Frame, pivot: Pivot, where: str) -> Frame:
    names = list(frame.columns)
    names_from = require_header(pivot.names_from, names, "pivot", where)
    values_from = require_header(pivot.values_from, names, "pivot", where)
    unit_column = require_header(pivot.unit_column, names, "pivot", where) if pivot.unit_column else None
    used = {names_from, values_from, unit_column}
    by_record = [name for name in frame.targets if name not in used]
    measures = _read_measures(frame, names_from, pivot, where)
    record_of, first_rows = _group(frame, by_record, measures)

    columns = {name: frame.columns[name].take(first_rows) for name in frame.columns if name not in used}
    targets = {name: frame.targets[name] for name in by_record}
    for measure in pivot.measures.values():
        mine = [position for position, one in enumerate(measures) if one == measure.field]
        columns[measure.field] = _placed(frame.columns[values_from], mine, record_of, len(first_rows))
        target = Target(measure.field, "pivot", unit=measure.unit)
        if unit_column is not None and measure.unit is None:
            beside = measure.field + _UNIT_MARK
            columns[beside] = _placed(frame.columns[unit_column], mine, record_of, len(first_rows))
            target = replace(target, unit_column=beside)
        targets[measure.field] = target
    merged = Counts(merged=frame.height - len(first_rows))
    return Frame(columns, targets, frame.rows.take(first_rows), frame.counts + merged)


def _read_measures(frame: Frame, names_from: str, pivot: Pivot, where: str) -> list[str]:
    known = {fold(name): measure.field for name, measure in pivot.measures.items()}
    measures = []
    for position, text in enumerate(frame.columns[names_from].to_pylist()):
        found = known.get(fold(text or ""))
        if found is None:
            right = nearest_name(text or "", list(pivot.measures))
            raise SourceError(
                f"`{text or ''}` under `{names_from}` is no measure of the `pivot`",
                where=f"{where}, row {frame.rows[position].as_py()}",
                fix=f"did you mean `{right}`?" if right else "add it under `measures`",
            )
        measures.append(found)
    return measures


def _group(frame: Frame, by_record: list[str], measures: list[str]) -> tuple[list[int], pa.Array]:
    """Number the record of each row. A measure that a record already has begins another record: nothing is lost."""
    cells = [[_comparable(text) for text in frame.columns[name].to_pylist()] for name in by_record]
    keys = list(zip(*cells, strict=True)) if cells else [()] * frame.height
    seen: dict[tuple[object, ...], int] = {}
    records: dict[tuple[object, ...], int] = {}
    record_of: list[int] = []
    first_rows: list[int] = []
    for position, (key, measure) in enumerate(zip(keys, measures, strict=True)):
        occurrence = seen.get((key, measure), 0)
        seen[key, measure] = occurrence + 1
        record = records.setdefault((key, occurrence), len(records))
        if record == len(first_rows):
            first_rows.append(position)
        record_of.append(record)
    return record_of, pa.array(first_rows, pa.int64())


def _comparable(text: str | None) -> str:
    return "" if text is None or is_missing(text) else clean_text(text)


def _placed(column: pa.Array, positions: list[int], record_of: list[int], height: int) -> pa.Array:
    places: list[int | None] = [None] * height
    for position in positions:
        places[record_of[position]] = position
    return column.take(pa.array(places, pa.int64()))
