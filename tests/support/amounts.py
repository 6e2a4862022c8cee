"""A plain number read from a cell, as tests compare it."""

from decimal import Decimal

from yearbook.extract.normalize.numbers import read_amount


def read_number(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Read a number that carries no unit, or None."""
    amount = read_amount(text, decimal_comma=decimal_comma)
    return amount.number if amount is not None and amount.unit is None else None
