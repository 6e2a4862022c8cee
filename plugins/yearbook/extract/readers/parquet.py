"""Parquet: typed columns, back to the text that a person would have written."""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yearbook.errors import SourceError
from yearbook.extract.readers.table import RawTable, unique_headers
from yearbook.model.source import Entry

WRITTEN_HERE = (pa.types.is_floating, pa.types.is_timestamp, pa.types.is_nested, pa.types.is_binary)
"""Kinds that Arrow writes otherwise than a person would."""


def read_parquet(name: str, content: bytes, entry: Entry) -> RawTable:
    """Read one file; nested objects become paths (`buyer.country`), lists JSON. Raises `SourceError` if damaged."""
    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            f"no Parquet file that can be read: {str(error).splitlines()[0]}",
            where=name,
            fix="ask for the file again: it may be cut short",
        ) from None
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    facts: dict[str, Any] = {"types": {field.name: str(field.type) for field in table.schema}}
    columns = [as_text(column, facts) for column in table.columns]
    if not table.num_rows:
        facts["header_only"] = True
    numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
    return RawTable(name, unique_headers(table.column_names), columns, numbers, facts)


def as_text(column: pa.ChunkedArray, facts: dict[str, Any]) -> pa.ChunkedArray:
    """Write a typed column as text: dates as ISO, floats as the shortest that reads back, NaN as null and counted."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.cast(kind.value_type), facts)
    if pa.types.is_floating(kind):
        missing = pc.is_nan(column)
        count = pc.sum(missing).as_py() or 0
        if count:
            facts["nan_cells"] = facts.get("nan_cells", 0) + count
        column = pc.if_else(missing, pa.scalar(None, kind), column)
    if any(is_kind(kind) for is_kind in WRITTEN_HERE):
        return pa.chunked_array([pa.array([_text(value) for value in column.to_pylist()], pa.string())])
    return column.cast(pa.string())


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: date | Decimal | object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
