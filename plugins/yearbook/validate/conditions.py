"""SQL that holds for every row which breaks an expectation; it may hold for others.

Written only for expectations that judge rows one by one (or by their double), with arguments and column types that both
engines take alike. Not its business: asking it (`screen.py`), and the verdict (`engine.py`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from yearbook.model.sql import quote
from yearbook.validate.expectation import Expectation, Kwargs

ROWS = "_rows"
"""The table of the rows in the engine."""
LOOSER_IN_SQL = re.compile(r"\(\?|\[\^[^\]]*\\|\\[A-Zabpux0-9]")
"""What a regular expression may not hold: what the SQL engine could take for a match and Python not."""

PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "number": (int, float, Decimal),
    "text": (str,),
    "flag": (bool,),
    "day": (date,),
}


@dataclass(frozen=True)
class Column:
    """A column as both engines take it: numbers as doubles, which is what a frame makes of money and of gaps."""

    sql: str
    kind: str

    def holds(self, values: Iterable[Any]) -> bool:
        """Whether values are of the column's kind; a boolean is no number here."""
        types = PYTHON_TYPES[self.kind]
        return all(isinstance(one, types) and (self.kind == "flag" or not isinstance(one, bool)) for one in values)


@dataclass(frozen=True)
class Condition:
    """SQL over a row, and the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


def condition_of(expectation: Expectation, schema: pa.Schema) -> Condition | None:
    """Return the condition, None where the expectation has to see all rows."""
    known = SCREENS.get(expectation.type)
    if known is None:
        return None
    takes, write = known
    return write(expectation.kwargs, schema) if takes >= expectation.kwargs.keys() else None


def _between(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column = _column(schema, kwargs.get("column"), "number", "day")
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    outside = [
        ("<=" if kwargs.get("strict_min") else "<", low),
        (">=" if kwargs.get("strict_max") else ">", high),
    ]
    given = [(sign, limit) for sign, limit in outside if limit is not None]
    if column is None or not given or not column.holds(limit for _, limit in given):
        return None
    return Condition(" OR ".join(f"{column.sql} {sign} ?" for sign, _ in given), tuple(limit for _, limit in given))


def _in_set(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column, values = _column(schema, kwargs.get("column"), "number", "text", "flag"), kwargs.get("value_set")
    if column is None or not isinstance(values, list) or not values or not column.holds(values):
        return None
    return Condition(f"{column.sql} NOT IN ({', '.join('?' * len(values))})", tuple(values))


def _not_null(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column = _column(schema, kwargs.get("column"), "number", "text", "flag", "day")
    if column is None:
        return None
    nothing = f"{column.sql} IS NULL"
    return Condition(f"{nothing} OR isnan({column.sql})" if column.kind == "number" else nothing)


def _lengths(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column = _column(schema, kwargs.get("column"), "text")
    given = [(sign, kwargs[name]) for sign, name in (("<", "min_value"), (">", "max_value")) if name in kwargs]
    if column is None or not given or not all(isinstance(limit, int) for _, limit in given):
        return None
    outside = " OR ".join(f"length({column.sql}) {sign} ?" for sign, _ in given)
    return Condition(outside, tuple(limit for _, limit in given))


def _matches(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column, pattern = _column(schema, kwargs.get("column"), "text"), kwargs.get("regex")
    if column is None or not isinstance(pattern, str) or LOOSER_IN_SQL.search(pattern):
        return None
    return Condition(f"NOT regexp_matches({column.sql}, ?)", (pattern,))


def _unique(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    column = _column(schema, kwargs.get("column"), "number", "text", "flag", "day")
    if column is None:
        return None
    several = f"SELECT {column.sql} FROM {ROWS} GROUP BY 1 HAVING count(*) > 1"
    return Condition(f"{column.sql} IN ({several})")


def _a_exceeds_b(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    sign = ">=" if kwargs.get("or_equal") else ">"
    return _pair(kwargs, schema, sign)


def _a_equals_b(kwargs: Kwargs, schema: pa.Schema) -> Condition | None:
    return _pair(kwargs, schema, "=")


def _pair(kwargs: Kwargs, schema: pa.Schema, sign: str) -> Condition | None:
    one, other = (_column(schema, kwargs.get(name), "number", "text", "day") for name in ("column_A", "column_B"))
    if one is None or other is None or one.kind != other.kind:
        return None
    there = {
        "both_values_are_missing": f"({one.sql} IS NOT NULL OR {other.sql} IS NOT NULL) AND ",
        "either_value_is_missing": f"{one.sql} IS NOT NULL AND {other.sql} IS NOT NULL AND ",
    }.get(kwargs.get("ignore_row_if", "both_values_are_missing"), "")
    return Condition(f"{there}NOT coalesce({one.sql} {sign} {other.sql}, false)")


def _column(schema: pa.Schema, name: Any, *kinds: str) -> Column | None:
    """The column, where there is one of that name and of one of the kinds."""
    position = schema.get_field_index(name) if isinstance(name, str) else -1
    kind = _kind(schema.field(position).type) if position >= 0 else None
    if kind is None or kind not in kinds:
        return None
    return Column(f"CAST({quote(name)} AS DOUBLE)" if kind == "number" else quote(name), kind)


def _kind(type_: pa.DataType) -> str | None:
    if pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return "number"
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return "text"
    if pa.types.is_date(type_):
        return "day"
    return "flag" if pa.types.is_boolean(type_) else None


SCREENS: dict[str, tuple[frozenset[str], Callable[[Kwargs, pa.Schema], Condition | None]]] = {
    "expect_column_values_to_be_between": (
        frozenset({"column", "min_value", "max_value", "strict_min", "strict_max"}),
        _between,
    ),
    "expect_column_values_to_be_in_set": (frozenset({"column", "value_set"}), _in_set),
    "expect_column_values_to_not_be_null": (frozenset({"column"}), _not_null),
    "expect_column_value_lengths_to_be_between": (frozenset({"column", "min_value", "max_value"}), _lengths),
    "expect_column_values_to_match_regex": (frozenset({"column", "regex"}), _matches),
    "expect_column_values_to_be_unique": (frozenset({"column"}), _unique),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        frozenset({"column_A", "column_B", "or_equal", "ignore_row_if"}),
        _a_exceeds_b,
    ),
    "expect_column_pair_values_to_be_equal": (frozenset({"column_A", "column_B", "ignore_row_if"}), _a_equals_b),
}
"""By expectation: the arguments it may have here (`mostly`, a share, is none: it needs all rows), and its condition."""
