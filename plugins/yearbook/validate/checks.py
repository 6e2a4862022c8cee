"""The `check` and `expected` of rules: SQL over the records of one partition, which it sees as `r`."""

from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.errors import RuleError
from yearbook.model.dataset import Rule
from yearbook.validate.faults import Locate, rule_error
from yearbook.validate.staged import TURN

RECORDS = "_records"
"""The table of the partition's records in the engine, sorted by `_turn`."""


def compute_checks(
    connection: duckdb.DuckDBPyConnection, checks: list[Rule], locate: Locate
) -> dict[str, pa.ChunkedArray]:
    """Return, by rule, whether each record is good; null counts as good. Raises `RuleError` for SQL that fails."""
    if not checks:
        return {}
    columns = ", ".join(f"({rule.check}\n) AS c{position}" for position, rule in enumerate(checks))
    try:
        found = _select(connection, columns)
    except duckdb.Error as error:
        raise _blame(connection, checks, error, locate) from None
    for position, rule in enumerate(checks):
        if found.schema.field(f"c{position}").type != pa.bool_():
            raise rule_error(rule, locate, "its `check` is no condition", fix="write what is true of a good record")
    return {rule.rule: pc.fill_null(found.column(f"c{position}"), True) for position, rule in enumerate(checks)}


def compute_expected(
    connection: duckdb.DuckDBPyConnection, rule: Rule, positions: list[int], locate: Locate
) -> dict[int, Any]:
    """Return, by position, what would be right for the records at `positions`."""
    if rule.expected is None:
        return {}
    try:
        values = _select(connection, f"({rule.expected}\n) AS expected").column("expected")
    except duckdb.Error as error:
        raise rule_error(rule, locate, f"its `expected`: {_short(error)}") from None
    return {position: values[position].as_py() for position in positions}


def _select(connection: duckdb.DuckDBPyConnection, columns: str) -> pa.Table:
    query = f"SELECT {columns} FROM {RECORDS} AS r CROSS JOIN parameters ORDER BY r.{TURN}"
    return connection.sql(query).to_arrow_table()


def _blame(connection: duckdb.DuckDBPyConnection, checks: list[Rule], error: duckdb.Error, locate: Locate) -> RuleError:
    """Find the rule at fault by running them one by one."""
    for rule in checks:
        try:
            _select(connection, f"({rule.check}\n)")
        except duckdb.Error as own:
            return rule_error(rule, locate, _short(own))
    return rule_error(checks[0], locate, f"one of the rules from here on: {_short(error)}")


def _short(error: duckdb.Error) -> str:
    """The engine's message without its stack trace."""
    return str(error).partition("\n\nStack Trace")[0]
