"""Dates and years in the shapes that sources write.

Dates: `2024-03-05` (with a time or not), `2024/3/5`, `2024.3.5`, `20240305`, `2024年3月5日`, `05/03/2024` in the order
that the source states, `5 March 2024`, `March 5, 2024`, and Excel's serial days. A month or a year alone is no date,
and no order is guessed: `03/25/2024` in a day-first column is not read.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from yearbook.extract.normalize.text import narrow

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = (10_000, 80_000)
_YEARS = (1800, 2200)
_LONGEST = 40

_TIME = r"(?:(?:T|\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})" + _TIME)
_CHINESE = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]" + _TIME)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})" + _TIME)
_DAY_NAMED_MONTH = re.compile(r"([0-9]{1,2})[\s\-]*([A-Za-z]{3,9})\.?[\s\-,]*([0-9]{4})")
_NAMED_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s*([0-9]{1,2})\s*,?\s+([0-9]{4})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_YEAR = re.compile(r"([0-9]{4})\s*(?:\.0+|年度?)?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def read_date(text: str, *, day_first: bool = True) -> date | None:
    """Read a date, or None. `day_first` settles `05/03/2024`."""
    if len(text) > _LONGEST:
        return None
    plain = narrow(text).strip()
    if not plain.isprintable():
        return None
    for pattern, to_date in _SHAPES:
        if match := pattern.fullmatch(plain):
            return to_date(match, day_first)
    return None


def read_year(text: str) -> int | None:
    """Read a year: `2024`, `2024年`, `2024年度`, `2024.0`; or None."""
    match = _YEAR.fullmatch(narrow(text).strip()) if len(text) <= _LONGEST else None
    year = int(match[1]) if match else 0
    return year if _YEARS[0] <= year <= _YEARS[1] else None


def _calendar(year: str, month: str | int, day: str) -> date | None:
    if not _YEARS[0] <= int(year) <= _YEARS[1]:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _year_last(match: re.Match[str], day_first: bool) -> date | None:
    first, second, year = match[1], match[3], match[4]
    return _calendar(year, second, first) if day_first else _calendar(year, first, second)


def _named(day: str, month: str, year: str) -> date | None:
    name = month.lower()
    numbers = [number for number, full in enumerate(_MONTHS, 1) if name in (full, full[:3], full[:4])]
    return _calendar(year, numbers[0], day) if numbers else None


def _serial(match: re.Match[str], day_first: bool) -> date | None:
    days = int(match[1])
    return _EXCEL_DAY_ZERO + timedelta(days=days) if _EXCEL_DAYS[0] <= days <= _EXCEL_DAYS[1] else None


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], bool], date | None]], ...] = (
    (_YEAR_FIRST, lambda match, _: _calendar(match[1], match[3], match[4])),
    (_CHINESE, lambda match, _: _calendar(match[1], match[2], match[3])),
    (_COMPACT, lambda match, _: _calendar(match[1], match[2], match[3])),
    (_YEAR_LAST, _year_last),
    (_DAY_NAMED_MONTH, lambda match, _: _named(match[1], match[2], match[3])),
    (_NAMED_MONTH_DAY, lambda match, _: _named(match[2], match[1], match[3])),
    (_SERIAL, _serial),
)
