"""Check one partition: the records of one dataset and year.

In this order: which versions count, which records are cancelled, which cells cannot be read or are missing, then the
dataset's rules. A critical problem holds the record; nothing is dropped. Not its business: what a decision changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb
import pyarrow as pa

from yearbook.catalogue import Accounting, Finding, StagedPartition
from yearbook.model.dataset import Dataset, Rule
from yearbook.validate.cells import find_impossible_amounts, find_missing, find_unread, unread_cells
from yearbook.validate.checks import RECORDS, compute_checks
from yearbook.validate.dispositions import HELD, count_dispositions, rows_gone, with_dispositions
from yearbook.validate.earlier import read_standing
from yearbook.validate.faults import Locate, locator
from yearbook.validate.findings import check_messages, write_findings
from yearbook.validate.history import settle_history
from yearbook.validate.inputs import fingerprint_of_inputs, rules_to_run
from yearbook.validate.outliers import columns_of
from yearbook.validate.problem import Problem
from yearbook.validate.relations import show_relations, sql_of_rules
from yearbook.validate.rules import run_rules
from yearbook.validate.staged import TURN, read_staged
from yearbook.validate.standing import find_unsettled
from yearbook.workspace import Workspace

STEP = "validate"
LINEAGE = ("_source", "_entry", "_uri", "_landed", "_row", "_record_hash", "_unread")


@dataclass(frozen=True)
class Checked:
    """A partition's rows with `disposition` and `reason`, and what was found in them."""

    rows: pa.Table
    findings: list[Finding]


def datasets_of(workspace: Workspace, year: int) -> list[str]:
    """Return the datasets with staged records of a year, or with an account of records that are gone; sorted."""
    parts = [part for delivery in workspace.catalogue.deliveries() for part in delivery.partitions]
    staged = {part.dataset for part in parts if part.year == year}
    return sorted(staged | {account.dataset for account in workspace.catalogue.accountings(year)})


def validate_dataset(workspace: Workspace, dataset: str, year: int, as_of: date) -> None:
    """Check a partition and keep its rows with their dispositions, its findings and its account.

    `as_of` is the day after which nothing in the records can have happened. Raises `RuleError` where a rule fails to
    run, and then leaves what there was.
    """
    definition = workspace.recipe.datasets[dataset]
    with workspace.step(STEP, subject=dataset, year=year) as step:
        parts = workspace.catalogue.staged(dataset)
        if step.is_current(fingerprint_of_inputs(workspace, definition, parts, year, as_of)):
            return
        rows = read_staged(workspace.lake, parts, [*definition.fields, *LINEAGE], year)
        if not rows.num_rows:
            workspace.catalogue.replace_findings(dataset, year, [])
            workspace.catalogue.remove_accounting(dataset, year)
            step.finish(outputs={}, rows=0)
            return
        checked = check_records(workspace, definition, parts, rows, year, as_of)
        ref = workspace.lake.write(f"validated/{dataset}", year, checked.rows)
        workspace.catalogue.replace_findings(dataset, year, checked.findings)
        counts = count_dispositions(checked.rows)
        workspace.catalogue.record_accounting(Accounting(dataset, year, rows.num_rows, **counts, ref=ref))
        step.finish(outputs={"validated": ref}, rows=rows.num_rows)


def check_records(
    workspace: Workspace, dataset: Dataset, parts: list[StagedPartition], rows: pa.Table, year: int, as_of: date
) -> Checked:
    """Check the staged `rows` of one year; `parts` are the dataset's over all years. Writes nothing."""
    settled = settle_history(workspace.lake, parts, dataset)
    turns = rows.column(TURN).to_pylist()
    with duckdb.connect() as connection:
        decided = rows_gone(connection, dataset, rows, settled)
        records = rows.take(pa.array([at for at, turn in enumerate(turns) if turn not in decided], pa.int64()))
        remaining = records.column(TURN).to_pylist()
        problems = [
            *find_unsettled(dataset, remaining, settled),
            *find_unread(dataset, records),
            *find_missing(dataset, records),
            *find_impossible_amounts(dataset, records),
            *_find_broken(connection, workspace, dataset, parts, records, year, as_of),
        ]
    decided |= {remaining[at]: (HELD, reason) for at, reason in _reasons_to_hold(problems).items()}
    findings = write_findings(dataset, workspace.recipe.codelists, year, records, problems)
    return Checked(with_dispositions(rows, decided), findings)


def _find_broken(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    dataset: Dataset,
    parts: list[StagedPartition],
    records: pa.Table,
    year: int,
    as_of: date,
) -> Iterator[Problem]:
    """Yield what breaks rules; a cell that could not be read is a problem already, and is passed over."""
    locate = locator(workspace.settings, workspace.recipe, dataset.dataset)
    check_messages(dataset, locate)
    rules = rules_to_run(workspace.lake, dataset, parts)
    unread = unread_cells(records)
    _try_sql(workspace, [rule for rule in dataset.rules if rule not in rules], records.slice(0, 0), as_of, locate)
    show_relations(connection, workspace, sql_of_rules(rules), as_of)
    before = partial(read_standing, workspace.lake, dataset, parts, year - 1, columns_of(rules))
    for broken in run_rules(connection, records, rules, locate, before):
        if broken.positions is None:
            yield Problem.of_rule(broken.rule, None)
        for position in broken.positions or []:
            if broken.rule.column not in unread[position]:
                yield Problem.of_rule(broken.rule, position, broken.expected.get(position))


def _try_sql(workspace: Workspace, rules: list[Rule], records: pa.Table, as_of: date, locate: Locate) -> None:
    """Raise `RuleError` for a rule that could not run if its column were delivered: it would break some later year."""
    checks = [rule for rule in rules if rule.check]
    if checks:
        with duckdb.connect() as connection:
            connection.register(RECORDS, records)
            show_relations(connection, workspace, sql_of_rules(checks), as_of, with_records=False)
            compute_checks(connection, checks, locate)


def _reasons_to_hold(problems: list[Problem]) -> dict[int, str]:
    held: dict[int, set[str]] = {}
    for problem in problems:
        if problem.severity == "critical" and problem.position is not None:
            held.setdefault(problem.position, set()).add(problem.rule)
    return {position: ";".join(sorted(rules)) for position, rules in held.items()}
