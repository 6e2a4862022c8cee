"""Check one partition: the records of one dataset and year, as decisions leave them.

In this order: which versions count, which records are cancelled, which cells cannot be read or are missing, then the
dataset's rules, and what decisions say of all that. A critical problem that is open holds the record; nothing is
dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Accounting, Finding
from yearbook.model.dataset import Rule
from yearbook.validate.cells import find_impossible_amounts, find_missing, find_unread, unread_cells
from yearbook.validate.checks import RECORDS, compute_checks
from yearbook.validate.dispositions import count_dispositions, rows_gone, with_dispositions
from yearbook.validate.earlier import read_standing
from yearbook.validate.effect import effects_of
from yearbook.validate.faults import Locate, locator
from yearbook.validate.findings import check_messages, write_findings
from yearbook.validate.inputs import fingerprint_of_delivery, fingerprint_of_inputs, fingerprint_of_trial, rules_to_run
from yearbook.validate.lapses import find_lapsed
from yearbook.validate.outliers import columns_of
from yearbook.validate.problem import Problem
from yearbook.validate.received import Ledger, Received
from yearbook.validate.relations import show_relations, sql_of_rules
from yearbook.validate.rules import run_rules
from yearbook.validate.staged import TURN, is_one_of, positions_of
from yearbook.validate.standing import find_unsettled
from yearbook.validate.verdicts import dispositions_of, weigh_problems
from yearbook.validate.whole import find_partition_problems
from yearbook.workspace import Workspace

STEP = "validate"
DELIVERED = "delivered"
"""Under what name the step keeps which records and rules it saw."""
TRIED = "tried"
"""Under what name the step keeps which rules it has run, on what."""
LINEAGE = ("_source", "_entry", "_uri", "_landed", "_row", "_record_hash", "_unread")


@dataclass(frozen=True)
class Checked:
    """A partition's rows with `disposition`, `reason` and `_corrected`, and what was found in them."""

    rows: pa.Table
    findings: list[Finding]


def validate_dataset(workspace: Workspace, dataset: str, year: int, as_of: date, ledger: Ledger | None = None) -> None:
    """Check a partition and keep its rows with their dispositions, its findings and its account.

    `as_of` is the day after which nothing in the records can have happened. Decisions that no longer apply lapse.
    `ledger` is for who only asks whether partitions are current, many of them at once: what is written must be read
    under the step's lease.
    Raises `RuleError` where a rule fails to run, `DecisionError` for a correction that cannot be, and then leaves what
    there was.
    """
    definition = workspace.recipe.datasets[dataset]
    with workspace.step(STEP, subject=dataset, year=year) as step:
        ledger = ledger or Ledger(workspace, as_of)
        judged = ledger.of(dataset).judged
        judged.require_sound(year)
        if judged.lapses:
            # Written before anything else: a run that is killed here only finds them lapsed.
            step.start()
            workspace.catalogue.lapse_decisions(judged.lapses)
        if step.is_current(fingerprint_of_inputs(ledger, definition, year)):
            return
        trial = fingerprint_of_trial(ledger.of(dataset), year)
        checked = check_records(ledger, dataset, year, are_tried=step.outputs.get(TRIED) == trial)
        delivered = fingerprint_of_delivery(ledger.of(dataset), year)
        is_same = step.outputs.get(DELIVERED) == delivered
        workspace.catalogue.replace_findings(dataset, year, checked.findings, same_records=is_same)
        ref = keep_records(workspace, dataset, year, checked.rows)
        left = {"validated": ref, DELIVERED: delivered, TRIED: trial} if ref else {}
        step.finish(outputs=left, rows=checked.rows.num_rows)


def keep_records(workspace: Workspace, dataset: str, year: int, rows: pa.Table) -> str | None:
    """Keep checked rows and their account; return their reference, None where there are no rows to account for."""
    if not rows.num_rows:
        workspace.catalogue.remove_accounting(dataset, year)
        return None
    ref = workspace.lake.write(f"validated/{dataset}", year, rows)
    account = Accounting(dataset, year, rows.num_rows, **count_dispositions(rows), ref=ref)
    workspace.catalogue.record_accounting(account)
    return ref


def check_records(ledger: Ledger, dataset: str, year: int, *, are_tried: bool = False) -> Checked:
    """Check the records of one dataset and year. Writes nothing.

    `are_tried` says that its rules ran on these records before, and need not show again that they can.
    """
    received = ledger.of(dataset)
    definition, judged = received.dataset, received.judged
    rows = received.read_year([*definition.fields, *LINEAGE], year, with_old_texts=True)
    if not rows.num_rows:
        return Checked(rows, [])
    with duckdb.connect() as connection:
        decided = rows_gone(connection, definition, rows, received.settled)
        records = rows.filter(pc.invert(is_one_of(rows.column(TURN), decided, pa.int64())))
        turns = records.column(TURN).to_pylist()
        found = [
            *find_unsettled(definition, turns, received.settled),
            *find_lapsed(turns, judged.reminders, definition),
            *find_unread(definition, records),
            *find_missing(definition, records),
            *find_impossible_amounts(definition, records),
            *_find_broken(connection, ledger, received, records, year, are_tried),
        ]
        problems = weigh_problems(found, turns, judged, year)
        taken = dispositions_of(problems, turns, judged.taken_out)
        held = set(positions_of(turns, taken).values())
        effects = effects_of(connection, definition, records, held)
    findings = write_findings(definition, ledger.workspace.recipe.codelists, year, records, problems, effects)
    return Checked(with_dispositions(rows, decided | taken), findings)


def _find_broken(
    connection: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    received: Received,
    records: pa.Table,
    year: int,
    are_tried: bool,
) -> Iterator[Problem]:
    """Yield what breaks rules; a cell that could not be read is a problem already, and is passed over."""
    dataset, workspace = received.dataset, ledger.workspace
    locate = locator(workspace.settings, workspace.recipe, dataset.dataset)
    check_messages(dataset, locate)
    rules = rules_to_run(received)
    unread = unread_cells(records)
    _try_sql(ledger, [rule for rule in dataset.rules if rule not in rules], records.slice(0, 0), locate)
    effect = [dataset.effect.sql] if dataset.effect else []
    show_relations(connection, ledger, "\n".join([sql_of_rules(rules), *effect]))
    before = partial(read_standing, received, year - 1, columns_of(rules))
    on_records = [rule for rule in rules if not rule.partition]
    for broken in run_rules(connection, records, on_records, locate, before, are_tried=are_tried):
        if broken.positions is None:
            yield Problem.of_rule(broken.rule, None)
        for position in broken.positions or []:
            if broken.rule.column not in unread.get(position, ()):
                yield Problem.of_rule(broken.rule, position, broken.expected.get(position))
    counting = records.filter(pc.invert(is_one_of(records.column(TURN), received.excluded, pa.int64())))
    yield from find_partition_problems(connection, ledger, dataset, counting, year)


def _try_sql(ledger: Ledger, rules: list[Rule], records: pa.Table, locate: Locate) -> None:
    """Raise `RuleError` for a rule that could not run if its column were delivered: it would break some later year."""
    checks = [rule for rule in rules if rule.check and not rule.partition]
    if checks:
        with duckdb.connect() as connection:
            connection.register(RECORDS, records)
            show_relations(connection, ledger, sql_of_rules(checks), with_records=False)
            compute_checks(connection, checks, locate)
