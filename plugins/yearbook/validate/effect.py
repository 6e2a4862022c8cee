"""What the headline of a dataset changes by if a record were out: in per cent of a sum, in points of a ratio.

Signs are as they are: a record that lowers a ratio has a positive effect. What is held is not in the headline; its
effect is that of its going out again, had it alone come back. Not its business: ranking, and what a decision does to
all the figures (they are computed).
"""

from collections.abc import Set

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yearbook.errors import RuleError
from yearbook.model.dataset import Dataset
from yearbook.validate.staged import TURN

JUDGED = "_judged"
"""The table of the records in the engine."""

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def effects_of(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, records: pa.Table, held: Set[int] = frozenset()
) -> list[float | None]:
    """Return the effect of each of a year's `records`; None where there is no headline to change, as where all are out.

    `connection` shows the tables that `dataset.effect.sql` names; `held` are the positions of records that are out.
    Raises `RuleError` where that SQL fails.
    """
    effect = dataset.effect
    stays = np.ones(records.num_rows, dtype=bool)
    stays[list(held)] = False
    if effect is None or not stays.any():
        return [None] * records.num_rows
    connection.register(JUDGED, records)
    added = _weigh(connection, dataset, effect.numerator)
    if effect.denominator:
        changes = _changes_of_ratio(added, _weigh(connection, dataset, effect.denominator), stays, effect.years)
    elif effect.total:
        changes = _shares(added, _ask(connection, dataset, effect.total))
    else:
        changes = _changes_of_sum(added, stays, effect.years)
    return [float(change) if np.isfinite(change) else None for change in changes]


def _weigh(connection: duckdb.DuckDBPyConnection, dataset: Dataset, sql: str) -> Numbers:
    """What each record adds, in their order; what is null is no number.

    The engine sums nothing: its threads would add doubles in another order each time.
    """
    return _ask(connection, dataset, sql, f"ORDER BY r.{TURN}")


def _ask(connection: duckdb.DuckDBPyConnection, dataset: Dataset, sql: str, order: str = "") -> Numbers:
    query = f"SELECT CAST(({sql}\n) AS DOUBLE) AS weight FROM {JUDGED} AS r CROSS JOIN parameters {order}"
    try:
        weights = connection.execute(query).fetchnumpy()["weight"]
    except duckdb.Error as error:
        message = str(error).partition("\n\nStack Trace")[0]
        raise RuleError(
            f"`effect` fails to run; it is at fault, not the data: {message}",
            where=f"dataset {dataset.dataset}",
            fix="correct its SQL, then run again",
        ) from None
    return np.ma.filled(np.ma.asarray(weights, dtype=float), np.nan)


def _shares(added: Numbers, total: Numbers) -> Numbers:
    """Per cent of a stated total: −100·n/N."""
    return _divide(-100 * np.nan_to_num(added), np.full(len(added), total[0]))


def _changes_of_sum(added: Numbers, stays: Flags, years: int) -> Numbers:
    """Per cent: −100·n/N; where the record is held, N with it."""
    n = np.nan_to_num(added)
    return _divide(-100 * n, years * n[stays].sum() + np.where(stays, 0, n))


def _changes_of_ratio(added: Numbers, base: Numbers, stays: Flags, years: int) -> Numbers:
    """Percentage points: the ratio without the record less the ratio with it. Without one part it is in neither sum."""
    is_in = ~(np.isnan(added) | np.isnan(base))
    n, d = np.where(is_in, added, 0), np.where(is_in, base, 0)
    rest_n = years * n[stays].sum() - np.where(stays, n, 0)
    rest_d = years * d[stays].sum() - np.where(stays, d, 0)
    return 100 * (_divide(rest_n, rest_d) - _divide(rest_n + n, rest_d + d))


def _divide(numerators: Numbers, denominators: Numbers) -> Numbers:
    """Divide; what has no denominator is no number. A zero has no sign."""
    quotients = np.full(len(numerators), np.nan)
    np.divide(numerators, denominators, out=quotients, where=denominators != 0)
    return quotients + 0.0
