"""Columns of amounts: numbers times the unit that the cell, its row, its column or its source states.

The nearest statement counts. Where two statements leave the scale or the currency open (`1,200元` in a column of 万元,
`USD 5` in a column of 元), the cell is not read. Not its business: converting one currency into another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.extract.normalize.columns import Distinct, ReadColumn, distinct, flat
from yearbook.extract.normalize.numbers import EXACT, read_amount
from yearbook.extract.normalize.units import COUNT, MONEY, PERCENT, YUAN, Unit, parse_unit
from yearbook.model.dataset import Field
from yearbook.model.types import ARROW_TYPES

_SEPARATOR = "\x1f"
_MONEY_STEP = Decimal("0.000001")
_MONEY_LIMIT = Decimal("1e32")
_INTEGER_LIMIT = 2**63
_ONE = Decimal(1)


@dataclass(frozen=True)
class AmountColumn:
    """Values as in `ReadColumn`, and the currency that each amount states by itself or by its unit (string, null)."""

    read: ReadColumn
    currency: pa.Array


@dataclass(frozen=True)
class AmountReader:
    """How the cells of one field are read.

    `currency` is the one currency of a money field; None where each record states its own.
    """

    field: Field
    currency: str | None = None
    decimal_comma: bool = False

    @cached_property
    def base(self) -> Unit:
        """The unit in which the field is kept."""
        if self.field.type == "money":
            return Unit(_ONE, MONEY, self.currency)
        if self.field.type == "share":
            return Unit(_ONE, PERCENT)
        stated = parse_unit(self.field.unit) if self.field.unit else None
        return stated if stated is not None and stated.kind not in ("", MONEY) else Unit(_ONE, COUNT)

    def accepts(self, unit: Unit) -> bool:
        """Whether amounts in `unit` can become amounts of this field."""
        if unit.kind == "":
            return self.field.type != "share"
        return unit.kind == self.base.kind and (self.base.currency is None or unit.currency == self.base.currency)

    def read(self, text: str, declared: Unit | None) -> tuple[Any, str | None]:
        """Read one cell: its value (None where unread) and the currency it states."""
        amount = read_amount(text, decimal_comma=self.decimal_comma)
        if amount is None:
            return None, None
        unit = self._settle(amount.unit, declared)
        if unit is None:
            return None, None
        factor = EXACT.divide(unit.factor, self.base.factor)
        value = self._typed(EXACT.multiply(amount.number, factor))
        return value, self._stated_currency(amount.unit, declared) if value is not None else None

    def _settle(self, own: Unit | None, declared: Unit | None) -> Unit | None:
        if own is None:
            return declared or Unit(self.base.factor, self.base.kind)
        if not self.accepts(own) or (own.kind == "" and self.field.type != "money"):
            return None
        if declared is None or own.kind == PERCENT:
            return own
        if own.factor == 1 and declared.factor != 1:
            return None
        if own.currency and declared.currency and own.currency != declared.currency:
            return None
        return Unit(own.factor, own.kind or declared.kind, own.currency or declared.currency)

    def _stated_currency(self, own: Unit | None, declared: Unit | None) -> str | None:
        if own is not None and own.currency is not None:
            return own.currency
        # A column of 万元 beside a column of currencies means 10,000 of that currency, and states none by itself.
        return declared.currency if declared is not None and declared.currency != YUAN else None

    def _typed(self, number: Decimal) -> Any:
        if self.field.type == "money":
            if abs(number) >= _MONEY_LIMIT:
                return None
            return number.quantize(_MONEY_STEP, ROUND_HALF_EVEN, EXACT)
        if self.field.type == "integer":
            return int(number) if number == number.to_integral_value() and abs(number) < _INTEGER_LIMIT else None
        return float(number)


def read_amounts(column: pa.Array | pa.ChunkedArray, reader: AmountReader, declared: Unit | None) -> AmountColumn:
    """Read a column whose amounts are all in one unit (None: the field's own)."""
    found = distinct(column)
    return _spread(found, [reader.read(text, declared) for text in found.texts], reader)


def read_amounts_by_row(
    column: pa.Array, units: pa.Array, known: dict[str, Unit], reader: AmountReader
) -> AmountColumn:
    """Read a column whose amounts are each in the unit beside them; `known` gives what the texts of `units` mean.

    An amount without a unit beside it is not read.
    """
    cells = distinct(column)
    present = pc.if_else(cells.positions.is_valid(), flat(column), pa.scalar(None, pa.string()))
    pairs = distinct(pc.binary_join_element_wise(present, pc.fill_null(flat(units), ""), _SEPARATOR))
    values = []
    for pair in pairs.texts:
        text, _, unit = pair.rpartition(_SEPARATOR)
        values.append(reader.read(text, known[unit]) if unit in known else (None, None))
    return _spread(pairs, values, reader)


def _spread(found: Distinct, values: Sequence[tuple[Any, str | None]], reader: AmountReader) -> AmountColumn:
    unread = found.spread([value is None for value, _ in values], pa.bool_())
    numbers = found.spread([value for value, _ in values], ARROW_TYPES[reader.field.type])
    currency = found.spread([currency for _, currency in values], pa.string())
    return AmountColumn(ReadColumn(numbers, pc.fill_null(unread, False)), currency)
