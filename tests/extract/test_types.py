"""What Arrow keeps and what DuckDB makes of it are one type, for every type of field."""

from typing import get_args

import duckdb
import pyarrow as pa
import pytest

from yearbook.model.dataset import FieldType
from yearbook.model.types import ARROW_TYPES, SQL_TYPES


@pytest.mark.parametrize("type_", get_args(FieldType))
def test_the_engines_agree(type_: FieldType) -> None:
    with duckdb.connect() as connection:
        connection.register("kept", pa.table({"kept": pa.nulls(1, ARROW_TYPES[type_])}))
        (row,) = connection.sql(f"SELECT typeof(kept), typeof(CAST(NULL AS {SQL_TYPES[type_]})) FROM kept").fetchall()
    assert row[0] == row[1]
