"""A value of a field as a person writes it, and as it is written back: what decisions are made of.

Read is what the normalization of sources reads alike, in its plain shapes: a day, a number without a unit (in the unit
of the field), a code by its name or an alias, yes or no. Not its business: cells of sources, with their units.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from yearbook.model.codelist import Codelist, fold
from yearbook.model.dataset import Field
from yearbook.model.letters import INVISIBLE

_EXACT = Context(prec=80)
_MONEY_STEP, _MONEY_LIMIT = Decimal("0.000001"), Decimal("1e32")
_INTEGER_LIMIT = 2**63
_YEARS = range(1800, 2201)
_LONGEST = 80
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-")}
_DAY = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_YEAR = re.compile(r"([0-9]{4})年?度?")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,30}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,30})?")
_TRUE, _FALSE = frozenset(["是", "yes", "true", "1"]), frozenset(["否", "no", "false", "0"])


def parse_value(field: Field, codelists: Mapping[str, Codelist], text: str | None) -> Any:
    """Read a text as a value of the field; nothing is None. Raises `ValueError` for what cannot be read."""
    said = _clean(text or "")
    if not said:
        return None
    # NFKC is for words alone: it would read `10²` as 102.
    value = _read_code(field, codelists, said) if field.type == "code" else _READERS[field.type](field, text or "")
    if value is None:
        raise ValueError(f"`{said[:_LONGEST]}` cannot be read as {field.type}")
    return value


def write_value(value: Any) -> str:
    """Write a value so that `parse_value` reads it again: days as 2024-03-05, numbers without separators."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _clean(text: str) -> str:
    normal = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return INVISIBLE.sub("", normal).strip()


def _read_text(field: Field, text: str) -> str | None:
    clean = _clean(text)
    return clean if len(clean) <= field.max_length else None


def _read_code(field: Field, codelists: Mapping[str, Codelist], text: str) -> str | None:
    if len(text) > field.max_length:
        return None
    if field.codelist is not None:
        return codelists[field.codelist].find(text)
    names = {fold(name): code for code in field.values or [] for name in (code, *field.value_aliases.get(code, []))}
    return names.get(fold(text))


def _read_day(field: Field, text: str) -> date | None:
    match = _DAY.fullmatch(_narrow(text))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part and part.isdigit())
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def _read_year(field: Field, text: str) -> int | None:
    match = _YEAR.fullmatch(_narrow(text))
    return int(match[1]) if match and int(match[1]) in _YEARS else None


def _read_flag(field: Field, text: str) -> bool | None:
    word = fold(text)
    return True if word in _TRUE else False if word in _FALSE else None


def _read_number(field: Field, text: str) -> Decimal | None:
    plain = _narrow(text)
    if field.type == "share":
        plain = plain.removesuffix("%").rstrip()
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def _read_money(field: Field, text: str) -> Decimal | None:
    number = _read_number(field, text)
    if number is None or abs(number) >= _MONEY_LIMIT:
        return None
    return number.quantize(_MONEY_STEP, ROUND_HALF_EVEN, _EXACT)


def _read_integer(field: Field, text: str) -> int | None:
    number = _read_number(field, text)
    is_whole = number is not None and number == number.to_integral_value() and abs(number) < _INTEGER_LIMIT
    return int(number) if number is not None and is_whole else None


def _read_float(field: Field, text: str) -> float | None:
    number = _read_number(field, text)
    return None if number is None else float(number)


def _narrow(text: str) -> str:
    """Full-width digits and signs as ASCII, and nothing else."""
    return text.translate(_NARROW).strip()


_READERS: dict[str, Callable[[Field, str], Any]] = {
    "text": _read_text,
    "integer": _read_integer,
    "number": _read_float,
    "share": _read_float,
    "money": _read_money,
    "date": _read_day,
    "year": _read_year,
    "boolean": _read_flag,
}
