"""Numbers and amounts in the shapes that people write, as exact decimals.

Read: full-width digits, blanks inside (`4 0,408.32`), thousands separators, a decimal comma where the source says so,
brackets for minus, exponents, a unit before or behind (`¥1,200`, `120万元`, `USD 3 million`, `12.5%`). Anything else is
not a number: `约120`, `12-15`, `10²`, `1,50`, `Inf`. Binary floating point never touches an amount.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from yearbook.extract.normalize.text import narrow
from yearbook.extract.normalize.units import Unit, parse_unit

EXACT = Context(prec=80)
_LONGEST = 80
_LARGEST_EXPONENT = 40

_PLAIN = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_SWAP = str.maketrans(",.", ".,")
_CELL = re.compile(
    r"(?P<sign>[-+]?)(?P<before>[^0-9.,()+\-]*)"
    r"(?P<number>\([0-9.,]+\)|[-+]?[0-9.,]+(?:[eE][-+]?[0-9]{1,3})?)"
    r"(?P<after>[^0-9]*)"
)
_DIGITS = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+")


@dataclass(frozen=True)
class Amount:
    """A number, with the unit that the cell itself states."""

    number: Decimal
    unit: Unit | None = None


def read_amount(text: str, *, decimal_comma: bool = False) -> Amount | None:
    """Read a number with the unit it carries, if any; None where any part of the text is not understood."""
    if not decimal_comma and _PLAIN.fullmatch(text):
        return Amount(Decimal(text))
    bare = _without_blanks(text)
    if bare is None:
        return None
    negative = bare.startswith("(") and bare.endswith(")") and "(" not in bare[1:]
    match = _CELL.fullmatch(bare[1:-1] if negative else bare)
    number = _read_signed(match, negative, decimal_comma) if match else None
    if match is None or number is None:
        return None
    words = match["before"] + match["after"]
    unit = parse_unit(words) if words else None
    return Amount(number, unit) if unit is not None or not words else None


def _without_blanks(text: str) -> str | None:
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or any(mark in bare for mark in "\n\r\t"):
        return None
    return "".join(narrow(bare).replace("'", "").replace("’", "").split())


def _read_signed(match: re.Match[str], negative: bool, decimal_comma: bool) -> Decimal | None:
    written = match["number"]
    bracketed = written.startswith("(")
    signs = [match["sign"], "-" if bracketed else written[0] if written[0] in "+-" else "", "-" if negative else ""]
    if sum(map(bool, signs)) > 1:
        return None
    number = _read_digits(written.strip("()").lstrip("+-"), decimal_comma)
    return -number if number is not None and "-" in signs else number


def _read_digits(written: str, decimal_comma: bool) -> Decimal | None:
    digits, _, exponent = written.lower().partition("e")
    if decimal_comma:
        digits = digits.translate(_SWAP)
    if not _DIGITS.fullmatch(digits) or abs(int(exponent or 0)) > _LARGEST_EXPONENT:
        return None
    return Decimal(digits.replace(",", "")).scaleb(int(exponent or 0), EXACT)
