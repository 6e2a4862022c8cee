"""From columns of text to typed columns of a dataset's fields, with what could not be read kept beside them.

Not its business: filter and derived fields (`derive`), lineage and hashes (`lineage`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.extract.declared_units import StatedUnits, units_by_row
from yearbook.extract.field_names import Target
from yearbook.extract.normalize.amounts import AmountColumn, AmountReader, read_amounts, read_amounts_by_row
from yearbook.extract.normalize.cells import AMOUNT_TYPES, reader_of
from yearbook.extract.normalize.columns import flat, missing_cells, read_column
from yearbook.extract.normalize.units import MONEY, YUAN, parse_unit
from yearbook.extract.reshape import Frame
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset, Field
from yearbook.model.types import ARROW_TYPES

CURRENCY = "currency"


@dataclass(frozen=True)
class Records:
    """Typed columns by field; for the fields that were read from text also the `raw` text and the `unread` mask.

    `received` holds the columns as they came, by name, for filter and derived fields; `rows` the row numbers.
    """

    values: dict[str, pa.Array]
    raw: dict[str, pa.Array]
    unread: dict[str, pa.Array]
    received: dict[str, pa.Array]
    rows: pa.Array

    @property
    def height(self) -> int:
        """How many records there are."""
        return len(self.rows)

    def only(self, mask: pa.Array) -> "Records":
        """The records for which `mask` is true, in order."""
        values, raw, unread, received = (
            {name: column.filter(mask) for name, column in columns.items()}
            for columns in (self.values, self.raw, self.unread, self.received)
        )
        return Records(values, raw, unread, received, self.rows.filter(mask))


def read_records(
    frame: Frame, dataset: Dataset, codelists: Mapping[str, Codelist], stated: StatedUnits, where: str
) -> Records:
    """Read every mapped column of a frame by the type of its field.

    Raises `SourceError` for an unknown unit, or one that its field cannot take.
    """
    values: dict[str, pa.Array] = {}
    raw: dict[str, pa.Array] = {}
    unread: dict[str, pa.Array] = {}
    currencies: dict[str, pa.Array] = {}
    for name, target in frame.targets.items():
        field = dataset.fields[target.field]
        column = flat(frame.columns[name])
        if field.type in AMOUNT_TYPES:
            amounts = _read_amounts(column, frame, target, dataset, stated, where)
            read = amounts.read
            if field.type == MONEY and _own_currency(field, dataset) is None:
                currencies[target.field] = amounts.currency
        else:
            reader = reader_of(field, codelists, day_first=target.day_first)
            read = read_column(column, reader, ARROW_TYPES[field.type])
        values[target.field], raw[target.field], unread[target.field] = read.values, column, read.unread
    records = Records(values, raw, unread, frame.columns, frame.rows)
    return _settle_currencies(records, currencies)


def _read_amounts(
    column: pa.Array, frame: Frame, target: Target, dataset: Dataset, stated: StatedUnits, where: str
) -> AmountColumn:
    field = dataset.fields[target.field]
    reader = AmountReader(field, _own_currency(field, dataset), target.decimal_comma)
    declared = stated.of_column(target, reader, where)
    if target.unit_column is None:
        return read_amounts(column, reader, declared)
    beside = frame.columns[target.unit_column]
    # A unit beside an empty cell says nothing: in a merged measure it may even be another measure's.
    beside = pc.if_else(missing_cells(column), pa.scalar(None, pa.string()), flat(beside))
    units, known = units_by_row(beside, frame.rows, declared, reader, f"{where}, unit of `{target.field}`")
    return read_amounts_by_row(column, units, known, reader)


def _own_currency(field: Field, dataset: Dataset) -> str | None:
    """The currency of a money field, None where the record's `currency` says it: then CNY is only what empty means."""
    if field.type != MONEY:
        return None
    stated = parse_unit(field.unit) if field.unit else None
    currency = stated.currency if stated is not None and stated.currency else YUAN
    return None if CURRENCY in dataset.fields and currency == YUAN else currency


def _settle_currencies(records: Records, stated: dict[str, pa.Array]) -> Records:
    """Let an amount that states its currency fill an empty `currency`; where the two differ, the amount is unread."""
    stated = {name: one for name, one in stated.items() if one.null_count < len(one)}
    if not stated:
        return records
    nothing = pa.scalar(None, pa.string())
    currency = records.values.get(CURRENCY, pa.nulls(records.height, pa.string()))
    unreadable = records.unread.get(CURRENCY, pa.array([False] * records.height, pa.bool_()))
    # Empty means CNY, so that an amount in 元 has nothing to fill in.
    foreign = [pc.if_else(pc.equal(one, YUAN), nothing, one) for one in stated.values()]
    filled = pc.if_else(unreadable, currency, pc.coalesce(currency, *foreign))
    values, unread = dict(records.values) | {CURRENCY: filled}, dict(records.unread)
    for name, one in stated.items():
        differs = pc.fill_null(pc.not_equal(one, pc.fill_null(filled, YUAN)), False)
        values[name] = pc.if_else(differs, pa.scalar(None, values[name].type), values[name])
        unread[name] = pc.or_(unread[name], differs)
    return replace(records, values=values, unread=unread)


def unread_counts(records: Records) -> dict[str, int]:
    """How many cells of each field could not be read, without the fields where all could."""
    counts = {name: pc.sum(mask).as_py() or 0 for name, mask in records.unread.items()}
    return {name: count for name, count in counts.items() if count}
