"""Parquet: typed columns, back to the text that a person would have written.

A text that stands in many rows is stored once, and 87 KB may say gigabytes: texts are read as what is stored, and
measured as what would be written, before they are.
"""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yearbook.extract.readers.limits import check_cells, check_unpacked
from yearbook.extract.readers.refusing import refusing
from yearbook.extract.readers.table import CHUNK_ROWS, RawTable, unique_headers
from yearbook.model.source import Entry

WRITTEN_HERE = (pa.types.is_floating, pa.types.is_timestamp, pa.types.is_nested, pa.types.is_binary)
"""Kinds that Arrow writes otherwise than a person would."""
TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
NO_TEXT = ("DECIMAL",)
"""What is stored as bytes and is no text."""


def read_parquet(name: str, content: bytes, entry: Entry) -> RawTable:
    """Read one file; nested objects become paths (`buyer.country`), lists JSON. Raises `SourceError` if damaged."""
    with refusing("no Parquet file that can be read", name, "ask for the file again: it may be cut short"):
        stored = pq.ParquetFile(io.BytesIO(content))
        texts = _check_stored(stored.metadata, name)
        types = _flat(stored.schema_arrow.empty_table()).schema
        table = _flat(pq.ParquetFile(io.BytesIO(content), read_dictionary=texts).read())
        check_unpacked(sum(_text_bytes(chunk) for column in table.columns for chunk in column.chunks), name)
        facts: dict[str, Any] = {"types": {field.name: str(field.type) for field in types}}
        columns = [as_text(column, facts) for column in table.columns]
    if not table.num_rows:
        facts["header_only"] = True
    numbers = pa.array(range(1, table.num_rows + 1), pa.int64())
    return RawTable(name, unique_headers(table.column_names), columns, numbers, facts)


def _check_stored(stored: pq.FileMetaData, name: str) -> list[str]:
    """Refuse what is too large by its metadata; return the paths of the columns that hold texts."""
    groups = [stored.row_group(at) for at in range(stored.num_row_groups)]
    values = sum(group.column(at).num_values for group in groups for at in range(group.num_columns))
    cells = max(values, stored.num_rows * stored.num_columns)
    check_cells(cells, f"{stored.num_rows:,} rows of {stored.num_columns:,} columns", name)
    check_unpacked(sum(group.total_byte_size for group in groups), name)
    columns = [stored.schema.column(at) for at in range(stored.num_columns)]
    return [one.path for one in columns if one.physical_type == "BYTE_ARRAY" and one.logical_type.type not in NO_TEXT]


def _flat(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _text_bytes(array: pa.Array) -> int:
    """How many bytes the texts of an array take when each is written where it stands."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        if not _has_length(kind.value_type):
            return 0
        lengths = pc.binary_length(array.dictionary).cast(pa.int64())
        return int(pc.sum(lengths.take(array.indices)).as_py() or 0)
    if pa.types.is_struct(kind):
        return sum(_text_bytes(field) for field in array.flatten())
    if pa.types.is_map(kind):
        return _text_bytes(array.keys) + _text_bytes(array.items)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _text_bytes(array.flatten())
    return int(pc.sum(pc.binary_length(array)).as_py() or 0) if _has_length(kind) else 0


def _has_length(kind: pa.DataType) -> bool:
    return any(is_kind(kind) for is_kind in TEXTS)


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
        parts = [column.slice(at, CHUNK_ROWS) for at in range(0, len(column), CHUNK_ROWS)]
        return pa.chunked_array([pa.array(map(_text, part.to_pylist()), pa.string()) for part in parts], pa.string())
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
