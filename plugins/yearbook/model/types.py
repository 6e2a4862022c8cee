"""The types of fields as the engines know them, in one place: Arrow keeps the records, DuckDB asks them.

Not its business: how a cell's text becomes a value (`extract.normalize`).
"""

import pyarrow as pa

from yearbook.model.dataset import FieldType

ARROW_TYPES: dict[FieldType, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "integer": pa.int64(),
    "year": pa.int64(),
    "number": pa.float64(),
    "share": pa.float64(),
    "money": pa.decimal128(38, 6),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}

SQL_TYPES: dict[FieldType, str] = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "BIGINT",
    "year": "BIGINT",
    "number": "DOUBLE",
    "share": "DOUBLE",
    "money": "DECIMAL(38, 6)",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
