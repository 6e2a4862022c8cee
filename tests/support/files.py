"""Files made in a test, and the entries that read them."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlwt

from yearbook.extract.readers import RawTable, read_bytes
from yearbook.model.source import Entry

Rows = Sequence[Sequence[Any]]


def entry(format: str, **stated: Any) -> Entry:
    """An entry of one layout, with what a test states of it."""
    if format not in ("api", "sql"):
        stated.setdefault("path", "{data}/*")
    return Entry(name="records", dataset="contracts", format=format, **stated)


def xlsx(sheets: dict[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """A workbook; `merged` are ranges of its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    return _saved(book)


def xls(rows: Rows) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    return _saved(book)


def read(content: bytes | str, format: str, name: str = "file", **stated: Any) -> RawTable:
    """Read the only table of a file."""
    content = content.encode() if isinstance(content, str) else content
    (table,) = read_bytes(name, content, entry(format, **stated))
    return table


def cells(table: RawTable) -> list[list[str | None]]:
    """Header and rows, as a list a row."""
    return [list(table.headers), *(list(row.values()) for row in rows_of(table))]


def rows_of(table: RawTable) -> list[dict[str, str | None]]:
    """The records of a table, by header."""
    columns = [column.to_pylist() for column in table.columns]
    return [dict(zip(table.headers, row, strict=True)) for row in zip(*columns, strict=True)]


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
