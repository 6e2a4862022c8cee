"""Which rows may break an expectation: asked of the SQL engine, so that Great Expectations judges those alone.

Not its business: what is asked (`conditions.py`), and the verdict (`engine.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.validate.conditions import ROWS, Condition, condition_of
from yearbook.validate.expectation import Expectation

POSITION = "_position"


@dataclass(frozen=True)
class Screened:
    """The expectations (by name) that need judge no other rows than those at `positions`, in order."""

    names: frozenset[str]
    positions: npt.NDArray[np.int64]


def screen(table: pa.Table, expectations: Iterable[Expectation], *, with_samples: bool = True) -> Screened:
    """Find the rows that may break expectations, and one that says something in each column, to try the rule on."""
    conditions = {one.name: found for one in expectations if (found := condition_of(one, table.schema)) is not None}
    if not conditions:
        return Screened(frozenset(), np.empty(0, np.int64))
    try:
        suspicious = _rows_where(table, list(conditions.values()))
    except duckdb.Error:
        # Great Expectations tells better what is wrong with a rule, and judges what only SQL cannot take.
        return Screened(frozenset(), np.empty(0, np.int64))
    positions = np.union1d(suspicious, _samples(table)) if with_samples else np.sort(suspicious)
    return Screened(frozenset(conditions), positions)


def _samples(table: pa.Table) -> npt.NDArray[np.int64]:
    """The first row, and the first that says something in each column."""
    spoken = [pc.index(column.is_valid(), True).as_py() for column in table.columns]
    return np.unique(np.maximum(np.array(spoken, dtype=np.int64), 0)) if table.num_rows else np.empty(0, np.int64)


def _rows_where(table: pa.Table, conditions: list[Condition]) -> npt.NDArray[np.int64]:
    either = " OR ".join(f"({condition.sql})" for condition in conditions)
    values = [value for condition in conditions for value in condition.values]
    with duckdb.connect() as connection:
        connection.register(ROWS, table.append_column(POSITION, pa.array(np.arange(table.num_rows))))
        query = f"SELECT {POSITION} FROM {ROWS} WHERE {either}"
        return np.asarray(connection.execute(query, values).fetchnumpy()[POSITION], dtype=np.int64)
