"""Rules that judge the records of a year as a whole: how many there are, what they lack, what they add up to.

They see `records`, those of the year before as `earlier`, and what every rule sees. A problem of theirs names no record
and holds none. Not its business: rules on single records (`rules.py`), and what a critical one stops (sign-off).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from yearbook.model.dataset import EARLIER, Dataset, Rule
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.validate.earlier import read_standing
from yearbook.validate.faults import Locate, locator, rule_error
from yearbook.validate.inputs import rules_to_run
from yearbook.validate.named import named_in
from yearbook.validate.problem import Problem
from yearbook.validate.received import Ledger
from yearbook.validate.relations import show_relations
from yearbook.validate.stability import offer_stability_index

THESE = "records"
"""What rules on a partition call its records."""


def find_partition_problems(
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    dataset: Dataset,
    records: pa.Table,
    year: int,
) -> Iterator[Problem]:
    """Yield what rules on the partition find. Raises `RuleError` for a rule that fails to run.

    `connection` shows the tables that the rules name; `records` are those of the year that count. Records of an
    unknown year are no year's, and are not judged as one.
    """
    received, workspace = ledger.of(dataset.dataset), ledger.workspace
    rules = [rule for rule in rules_to_run(received) if rule.partition]
    locate = locator(workspace.settings, workspace.recipe, dataset.dataset)
    _try([rule for rule in dataset.rules if rule.partition and rule not in rules], ledger, records, locate)
    if not rules or year == UNKNOWN_YEAR:
        return
    connection.register(THESE, records)
    offer_stability_index(connection)
    looking_back = [rule for rule in rules if rule.looks_back]
    if looking_back:
        columns = named_in(dataset.fields, _sql(looking_back)) or dataset.key
        connection.register(EARLIER, read_standing(received, year - 1, columns))
    for rule in rules:
        is_good, found, expected = _judge(connection, rule, year, locate)
        if is_good is False:
            yield replace(Problem.of_rule(rule, None, expected), found=found)


def _sql(rules: list[Rule]) -> str:
    return "\n".join(rule.sql for rule in rules)


def _try(rules: list[Rule], ledger: Ledger, records: pa.Table, locate: Locate) -> None:
    """Raise `RuleError` for a rule that could not run if its column were delivered: it would break some later year."""
    if rules:
        with duckdb.connect() as connection:
            for name in (THESE, EARLIER):
                connection.register(name, records.slice(0, 0))
            offer_stability_index(connection)
            show_relations(connection, ledger, _sql(rules), with_records=False)
            for rule in rules:
                _judge(connection, rule, ledger.as_of.year, locate)


def _judge(
    connection: duckdb.DuckDBPyConnection, rule: Rule, year: int, locate: Locate
) -> tuple[bool | None, Any, Any]:
    """Whether the partition is good, what was found, and what would be right; null counts as good."""
    given = f'(SELECT *, {year} AS "year" FROM parameters) AS parameters'
    said = f"(SELECT *, ({rule.found or 'NULL'}\n) AS found, ({rule.expected or 'NULL'}\n) AS expected FROM {given})"
    query = f"SELECT ({rule.check}\n), found, expected FROM {said} AS parameters"
    try:
        answer = connection.execute(query)
        kind, [row] = str(answer.description[0][1]), answer.fetchall()
    except duckdb.Error as error:
        raise rule_error(rule, locate, str(error).partition("\n\nStack Trace")[0]) from None
    if kind != "BOOLEAN":
        raise rule_error(rule, locate, "its `check` is no condition", fix="write what is true of a good partition")
    return row[0], row[1], row[2]
