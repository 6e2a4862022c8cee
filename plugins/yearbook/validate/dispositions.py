"""What becomes of each staged row: accepted, held, excluded or superseded, with the reason in a few words."""

from collections import Counter
from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.errors import RuleError
from yearbook.model.dataset import Dataset
from yearbook.validate.amendments import Settled
from yearbook.validate.received import Received
from yearbook.validate.staged import TURN, is_one_of

ACCEPTED, HELD, EXCLUDED, SUPERSEDED = DISPOSITIONS = ("accepted", "held", "excluded", "superseded")
CANCELLED = "cancelled"

Decided = dict[int, tuple[str, str]]
"""Disposition and reason, by turn."""


def rows_gone(connection: duckdb.DuckDBPyConnection, dataset: Dataset, rows: pa.Table, settled: Settled) -> Decided:
    """Return what is out before any rule: superseded versions and cancelled records.

    A row whose standing is not settled is not out, even if it is cancelled: perhaps it is not the one that counts.
    Raises `RuleError` where `cancelled_when` fails to run.
    """
    cancelled = _cancelled(connection, dataset, rows) - settled.verdicts.keys()
    superseded = {turn: (SUPERSEDED, verdict.reason) for turn, verdict in settled.verdicts.items() if not verdict.held}
    return dict.fromkeys(cancelled, (EXCLUDED, CANCELLED)) | superseded


def rows_standing(connection: duckdb.DuckDBPyConnection, received: Received, rows: pa.Table) -> pa.Table:
    """Return the rows that rules on other records see: not superseded, not cancelled, not excluded by a decision."""
    gone = rows_gone(connection, received.dataset, rows, received.settled).keys() | received.excluded
    return rows.filter(pc.invert(is_one_of(rows.column(TURN), gone, pa.int64())))


def with_dispositions(rows: pa.Table, decided: Mapping[int, tuple[str, str]]) -> pa.Table:
    """Return staged rows with `disposition` and `reason` in the place of `_turn`; what is not decided is accepted."""
    is_decided = is_one_of(rows.column(TURN), decided, pa.int64()).combine_chunks()
    found = [decided[turn] for turn in rows.column(TURN).filter(is_decided).to_pylist()]
    table = rows.drop_columns([TURN])
    for name, usual, values in (
        ("disposition", ACCEPTED, [disposition for disposition, _ in found]),
        ("reason", None, [reason for _, reason in found]),
    ):
        column = pa.repeat(pa.scalar(usual, pa.string()), rows.num_rows)
        table = table.append_column(name, pc.replace_with_mask(column, is_decided, pa.array(values, pa.string())))
    return table


def count_dispositions(validated: pa.Table) -> dict[str, int]:
    """Count the rows of each disposition."""
    counts = Counter(validated.column("disposition").to_pylist())
    return {disposition: counts[disposition] for disposition in DISPOSITIONS}


def _cancelled(connection: duckdb.DuckDBPyConnection, dataset: Dataset, rows: pa.Table) -> set[int]:
    if dataset.cancelled_when is None:
        return set()
    connection.register("_received", rows)
    try:
        found = connection.execute(f"SELECT {TURN} FROM _received AS r WHERE ({dataset.cancelled_when}\n)").fetchall()
    except duckdb.Error as error:
        raise RuleError(
            f"`cancelled_when` fails to run; it is at fault, not the data: {error}",
            where=f"dataset {dataset.dataset}",
            fix="correct the condition, then run again",
        ) from None
    return {turn for (turn,) in found}
