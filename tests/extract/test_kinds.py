"""A file of another kind than its entry states says what it is, whatever its name says."""

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from files import entry, rows_of, xls, xlsx
from yearbook.errors import SourceError
from yearbook.extract.readers import read_bytes

ROWS = [["a", "b"], [1, 2]]


def parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), file)
    return file.getvalue()


FILES = {
    "an Excel workbook": xlsx({"S": ROWS}),
    "an Excel workbook of 1997": xls(ROWS),
    "a Parquet file": parquet(),
    "a web page": b"<html><table><tr><td>a<td>b</table>",
    "text": b"a,b\n1,2\n",
    "compressed": gzip.compress(b"a,b\n1,2\n"),
}


@pytest.mark.parametrize(
    ("format", "file", "fix"),
    [
        ("csv", "an Excel workbook", "format: excel"),
        ("csv", "an Excel workbook of 1997", "format: excel"),
        ("csv", "a Parquet file", "format: parquet"),
        ("csv", "compressed", "unpack it first"),
        ("json", "an Excel workbook", "format: excel"),
        ("jsonl", "a Parquet file", "format: parquet"),
        ("html", "an Excel workbook", "format: excel"),
        ("excel", "text", "format: csv, json or jsonl, as its text shows"),
        ("excel", "a Parquet file", "format: parquet"),
        ("parquet", "text", "format: csv, json or jsonl, as its text shows"),
        ("parquet", "an Excel workbook", "format: excel"),
        ("parquet", "a web page", "format: html"),
    ],
)
def test_the_right_format_is_named(format: str, file: str, fix: str) -> None:
    with pytest.raises(SourceError) as raised:
        list(read_bytes("/records/register.csv", FILES[file], entry(format)))
    assert raised.value.what.startswith(f"the file is {file.removesuffix(' of 1997')}")
    assert f"format: {format}" in raised.value.what
    assert (raised.value.where, raised.value.fix) == ("/records/register.csv", fix)


def test_markup_in_a_cell_is_text() -> None:
    (table,) = read_bytes("a.csv", b"a,b\n<body>,2\n", entry("csv"))
    assert rows_of(table) == [{"a": "<body>", "b": "2"}]
