"""Run a dataset's rules on the records of one partition.

A `check` and an `outlier` are computed in SQL, and its answer is the verdict; an `expect` is judged by Great
Expectations. Not its business: what follows from a broken rule.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from yearbook.model.dataset import Rule
from yearbook.validate.checks import RECORDS, compute_checks, compute_expected
from yearbook.validate.engine import BrokenExpectationError, failing_rows
from yearbook.validate.expectation import Expectation
from yearbook.validate.faults import Locate, rule_error
from yearbook.validate.outliers import find_outliers

LOOKS_AT_NULLS = "expect_column_values_to_not_be_null"


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
    *,
    are_tried: bool = False,
) -> list[Broken]:
    """Return the rules that records break, in the order of the dataset's file.

    `connection` holds the tables that checks name; `records` are the partition's, sorted by `_turn`; `earlier` reads
    those of the year before, for outliers. `are_tried` are rules that ran on these records before, as in
    `failing_rows`. Raises `RuleError`.
    """
    connection.register(RECORDS, records)
    checked = compute_checks(connection, [rule for rule in rules if rule.check], locate)
    unusual = find_outliers(connection, earlier, [rule for rule in rules if rule.outlier], locate)
    expectations = [_expectation(rule) for rule in rules if rule.expect and _says_something(rule, records)]
    failing = _judge(records, expectations, {rule.rule: rule for rule in rules}, locate, are_tried)
    failing |= {name: np.flatnonzero(~good.to_numpy()).tolist() for name, good in checked.items()}
    failing |= {name: sorted(outliers) for name, outliers in unusual.items()}
    return [
        _to_broken(connection, rule, failing[rule.rule], locate, unusual.get(rule.rule))
        for rule in rules
        if failing.get(rule.rule, []) != []
    ]


def _expectation(rule: Rule) -> Expectation:
    own = {"column": rule.column} if rule.column else {}
    return Expectation(rule.rule, str(rule.expect), own | dict(rule.kwargs), rule.severity)


def _says_something(rule: Rule, records: pa.Table) -> bool:
    """Whether there is anything to expect: an expectation on values passes over nulls."""
    if rule.column is None or rule.expect == LOOKS_AT_NULLS:
        return True
    column = records.column(rule.column)
    return bool(column.null_count < len(column))


def _judge(
    table: pa.Table, expectations: list[Expectation], rules: dict[str, Rule], locate: Locate, are_tried: bool
) -> dict[str, list[int] | None]:
    try:
        failing = failing_rows(table, expectations, are_tried=are_tried)
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
