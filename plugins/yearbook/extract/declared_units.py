"""Which unit an amount column is in: the row's, the column's, the header's, the source's, or the table's own words.

An unknown unit stops the source: a figure in an unknown unit is worse than no figure. Not its business: reading cells.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.errors import SourceError
from yearbook.extract.field_names import Target
from yearbook.extract.normalize.amounts import AmountReader
from yearbook.extract.normalize.columns import distinct, flat
from yearbook.extract.normalize.units import MONEY, Unit, nearest_units, parse_unit
from yearbook.model.source import ColumnMap, Entry

COLUMN_PREFIX = "column:"
"""Begins a `unit` that names the column of each row's unit."""


@dataclass(frozen=True)
class StatedUnits:
    """What the source's entry and the table's title say of all amounts, as text."""

    entry: str | None
    table: str | None

    def of_column(self, target: Target, reader: AmountReader, where: str) -> Unit | None:
        """Return the unit of a column, None where nothing states one. Raises `SourceError` for an unknown one."""
        if target.unit is not None:
            return _known(target.unit, reader, f"{where}, column of `{target.field}`")
        if target.header_unit is not None:
            return _known(target.header_unit, reader, f"{where}, header of `{target.field}`")
        stated = self._of_all(reader, where)
        return stated if stated is not None and _concerns(stated, reader) else None

    def _of_all(self, reader: AmountReader, where: str) -> Unit | None:
        table = parse_unit(self.table) if self.table else None
        if self.entry is None:
            return table
        entry = _parse(self.entry, f"{where}, `unit` of the entry")
        if table is not None and table != entry and _concerns(table, reader) and _concerns(entry, reader):
            raise SourceError(
                f"the source says `{self.entry}`, the table itself says `{self.table}`",
                where=where,
                fix="correct `unit`; where the table is wrong, state the unit of each column under `columns`",
            )
        return entry


def check_stated_units(entry: Entry, where: str) -> None:
    """Raise `SourceError` for a unit in an entry that no amount could be in, whether or not a column needs it."""
    stated = [("unit", entry.unit), ("unpivot", entry.unpivot.unit if entry.unpivot else None)]
    stated += [(header, said.unit) for header, said in entry.columns.items() if isinstance(said, ColumnMap)]
    stated += [(what, measure.unit) for what, measure in (entry.pivot.measures if entry.pivot else {}).items()]
    for place, unit in stated:
        if unit is not None and not unit.startswith(COLUMN_PREFIX):
            _parse(unit, f"{where}, entry `{entry.name}`, `{place}`")


def units_by_row(
    column: pa.Array, rows: pa.Array, fallback: Unit | None, reader: AmountReader, where: str
) -> tuple[pa.Array, dict[str, Unit]]:
    """Read a column of units: the texts row by row (a blank one takes `fallback`), and what each text means.

    Raises `SourceError` naming the first row with an unknown unit.
    """
    texts = flat(column)
    found = distinct(texts)
    known: dict[str, Unit] = {}
    for position, text in enumerate(found.texts):
        known[text] = _known(text, reader, _at(where, rows, found.positions, position))
    if fallback is not None:
        known[""] = fallback
    return pc.if_else(found.positions.is_valid(), texts, pa.scalar("")), known


def _at(where: str, rows: pa.Array, positions: pa.Array, position: int) -> Callable[[], str]:
    return lambda: f"{where}, row {rows[pc.index(positions, position).as_py()].as_py()}"


def _parse(text: str, where: str | Callable[[], str]) -> Unit:
    unit = parse_unit(text)
    if unit is None:
        raise SourceError(
            f"unknown unit `{text[:60]}`",
            where=where if isinstance(where, str) else where(),
            fix=f"known units nearest to it: {', '.join(nearest_units(text))}",
        )
    return unit


def _known(text: str, reader: AmountReader, where: str | Callable[[], str]) -> Unit:
    unit = _parse(text, where)
    if not reader.accepts(unit):
        kept_in = reader.currency or reader.field.unit or reader.base.kind
        raise SourceError(
            f"the unit `{text}` cannot become an amount in {kept_in} ({reader.field.type})",
            where=where if isinstance(where, str) else where(),
            fix="map the column to a field that is kept in this unit, or correct the unit",
        )
    return unit


def _concerns(unit: Unit, reader: AmountReader) -> bool:
    # A scale alone said of a whole table is about its money: contracts are not counted in 万元's wake.
    if unit.kind == "":
        return reader.base.kind == MONEY
    return reader.accepts(unit)
