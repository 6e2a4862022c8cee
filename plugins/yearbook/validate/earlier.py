"""The records of another year that count, for rules that compare with it."""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from yearbook.validate.dispositions import rows_standing
from yearbook.validate.named import named_in
from yearbook.validate.received import Received


def read_standing(received: Received, year: int, columns: Iterable[str]) -> pa.Table:
    """Read `columns` and `_turn` of a year's records that count."""
    dataset = received.dataset
    rows = received.read_year(sorted({*columns, *named_in(dataset.fields, dataset.cancelled_when or "")}), year)
    with duckdb.connect() as connection:
        return rows_standing(connection, received, rows)
