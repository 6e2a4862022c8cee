"""Comma-, semicolon- and tab-separated text.

A row is never cut or shifted in silence: one with more cells than the header is refused, one with fewer is counted.
"""

import csv
import io
from itertools import islice
from typing import Any

from yearbook.errors import SourceError
from yearbook.extract.readers.encoding import decode
from yearbook.extract.readers.grid import Grid, assemble, is_blank
from yearbook.extract.readers.limits import check_padded
from yearbook.extract.readers.table import RawTable
from yearbook.model.source import Entry

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 50
SAMPLE_CHARACTERS = 1 << 16
LARGEST_CELL = 2**31 - 1

csv.field_size_limit(LARGEST_CELL)


def read_delimited(name: str, content: bytes, entry: Entry) -> RawTable:
    """Read one file. Raises `SourceError` for an unreadable byte, an unclosed quote or a row that is too long."""
    text, encoding = decode(content, entry.encoding, name)
    if not text.strip():
        raise SourceError("the file is empty", where=name, fix="a header and records, or `optional: true` and no file")
    delimiter = entry.delimiter or find_delimiter(text)
    rows, lines = _parse(name, text, delimiter)
    start = _header_at(rows, entry)
    facts: dict[str, Any] = {"encoding": encoding, "delimiter": delimiter}
    check_padded(max(map(len, rows[start : start + 1]), default=0), len(rows), len(text), name)
    short = _level(name, rows, lines, start, delimiter)
    if short:
        facts["short_rows"] = short
    table = assemble(name, Grid(rows), entry, facts, padded=False)
    return _with_lines(table, lines)


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first rows into most columns, with the same number in most rows."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    widths = [len(row) for row in islice(reader, SAMPLE_ROWS) if row]
    return max((width - 1) * widths.count(width) for width in set(widths)) if widths else 0


def _parse(name: str, text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """All rows, and the line on which each begins: a quoted cell may hold line ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    ends = [0]
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        raise SourceError(
            f"not separated by {delimiter!r} as it should be: {error}",
            where=f"{name}:{ends[-1] + 1}",
            fix='close each quoted cell, and write a quote inside one twice (""); or state `delimiter`',
        ) from None
    return rows, [end + 1 for end in ends[:-1]]


def _header_at(rows: list[list[str]], entry: Entry) -> int:
    start = entry.skip or 0
    return next((at for at in range(start, len(rows)) if not is_blank(rows[at])), start)


def _level(name: str, rows: list[list[str]], lines: list[int], start: int, delimiter: str) -> int:
    """Give all rows the header's length, in place; return how many records were short."""
    width = max((len(row) for row in rows[start : start + 1]), default=0)
    if len(set(map(len, rows))) == 1:
        return 0
    short = 0
    for at, row in enumerate(rows):
        if len(row) > width:
            if at >= start and not is_blank(row[width:]):
                raise SourceError(
                    f"{len(row)} cells, where the header has {width}: {delimiter!r} stands inside a cell?",
                    where=f"{name}:{lines[at]}",
                    fix="quote the cell that holds the delimiter, or state `delimiter` and `skip`",
                )
            rows[at] = row[:width] if at >= start else [delimiter.join(row), *[""] * (width - 1)]
        elif len(row) < width:
            short += at > start and not is_blank(row)
            rows[at] = row + [""] * (width - len(row))
    return short


def _with_lines(table: RawTable, lines: list[int]) -> RawTable:
    """Turn row numbers into lines of the file."""
    if not lines or lines[-1] == len(lines):
        return table
    at = [lines[number - 1] for number in table.row_numbers.to_pylist()]
    facts = {**table.facts, "header_rows": [lines[number - 1] for number in table.facts["header_rows"]]}
    return table.numbered(at, facts)
