import datetime
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from files import cells, read
from yearbook.errors import SourceError

COLUMNS: dict[str, Any] = {
    "i": pa.array([1, None]),
    "f": pa.array([3.0, float("nan")]),
    "m": pa.array([Decimal("1.50"), None]),
    "d": pa.array([datetime.date(2024, 3, 5), None]),
    "t": pa.array([datetime.datetime.fromisoformat(at) for at in ("2024-03-05", "2024-03-05T12:00")]),
    "b": pa.array([True, False]),
    "s": pa.array([{"c": "CN"}, {"c": None}]),
    "l": pa.array([[1, 2], None]),
    "k": pa.array(["NA", ""]).dictionary_encode(),
}


def _file(columns: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def test_typed_columns_become_text() -> None:
    table = read(_file(COLUMNS), "parquet")
    assert cells(table) == [
        ["i", "f", "m", "d", "t", "b", "s.c", "l", "k"],
        ["1", "3", "1.50", "2024-03-05", "2024-03-05", "true", "CN", "[1, 2]", "NA"],
        [None, None, None, None, "2024-03-05T12:00:00", "false", None, None, ""],
    ]
    assert table.facts["nan_cells"] == 1


def test_no_rows() -> None:
    table = read(_file({"a": pa.array([], pa.string())}), "parquet")
    assert (table.rows, table.headers, table.facts["header_only"]) == (0, ["a"], True)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_cut_short(share: float) -> None:
    content = _file(COLUMNS)
    with pytest.raises(SourceError, match="no Parquet file that can be read"):
        read(content[: int(len(content) * share)], "parquet")
