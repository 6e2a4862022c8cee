"""Run a dataset's rules on the records of one partition.

A `check` and an `outlier` are computed in SQL as helper columns, true for a good record; Great Expectations then judges
them beside the `expect` rules. What is true throughout is not handed on: there is nothing left to find in it. Not its
business: what follows from a broken rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.dataset import Rule
from yearbook.validate.checks import RECORDS, compute_checks, compute_expected
from yearbook.validate.engine import BrokenExpectationError, failing_rows
from yearbook.validate.expectation import Expectation
from yearbook.validate.faults import Locate, rule_error
from yearbook.validate.outliers import find_outliers

LOOKS_AT_NULLS = "expect_column_values_to_not_be_null"
TRUE_OF_ALL = "expect_column_values_to_be_in_set"


@dataclass(frozen=True)
class Broken:
    """A rule with the positions of the records that break it, None where it judges the partition as a whole.

    `expected` has, by position, what would be right.
    """

    rule: Rule
    positions: list[int] | None
    expected: dict[int, Any] = field(default_factory=dict)


def run_rules(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    rules: list[Rule],
    locate: Locate,
    earlier: Callable[[], pa.Table],
) -> list[Broken]:
    """Return the rules that records break, in the order of the dataset's file.

    `connection` holds the tables that checks name; `records` are the partition's, sorted by `_turn`; `earlier` reads
    those of the year before, for outliers. Raises `RuleError`.
    """
    connection.register(RECORDS, records)
    checked = compute_checks(connection, [rule for rule in rules if rule.check], locate)
    unusual = find_outliers(connection, earlier, [rule for rule in rules if rule.outlier], locate)
    checked |= {name: _good_but(outliers, records.num_rows) for name, outliers in unusual.items()}
    failing_checks = {name: good for name, good in checked.items() if not pc.all(good).as_py()}
    table = records
    for name, good in failing_checks.items():
        table = table.append_column(_helper(name), good)
    expectations = [
        _expectation(rule, records)
        for rule in rules
        if rule.rule in failing_checks or (rule.expect and _says_something(rule, records))
    ]
    failing = _judge(table, expectations, {rule.rule: rule for rule in rules}, locate)
    return [
        _to_broken(connection, rule, failing[rule.rule], locate, unusual.get(rule.rule))
        for rule in rules
        if rule.rule in failing
    ]


def _good_but(outliers: Iterable[int], count: int) -> pa.ChunkedArray:
    good = np.ones(count, dtype=bool)
    good[list(outliers)] = False
    return pa.chunked_array([pa.array(good)])


def _helper(rule: str) -> str:
    return f"_good_{rule}"


def _expectation(rule: Rule, records: pa.Table) -> Expectation:
    if rule.expect is None:
        return Expectation(rule.rule, TRUE_OF_ALL, {"column": _helper(rule.rule), "value_set": [True]}, rule.severity)
    own = {"column": rule.column} if rule.column else {}
    return Expectation(rule.rule, rule.expect, own | dict(rule.kwargs), rule.severity)


def _says_something(rule: Rule, records: pa.Table) -> bool:
    """Whether there is anything to expect: an expectation on values passes over nulls."""
    if rule.column is None or rule.expect == LOOKS_AT_NULLS:
        return True
    column = records.column(rule.column)
    return bool(column.null_count < len(column))


def _judge(
    table: pa.Table, expectations: list[Expectation], rules: dict[str, Rule], locate: Locate
) -> dict[str, list[int] | None]:
    try:
        failing = failing_rows(table, expectations)
    except BrokenExpectationError as error:
        raise rule_error(rules[error.name], locate, error.message) from None
    for name, positions in failing.items():
        if positions is None and rules[name].severity == "critical":
            raise rule_error(
                rules[name], locate, "it names no record, so it cannot hold any", fix="make it a warning, or a `check`"
            )
    return failing


def _to_broken(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    positions: list[int] | None,
    locate: Locate,
    usual: dict[int, float] | None,
) -> Broken:
    if usual is not None:
        return Broken(rule, positions, dict(usual))
    return Broken(rule, positions, compute_expected(connection, rule, positions or [], locate) if positions else {})
