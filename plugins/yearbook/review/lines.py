"""The lines of a CSV that comes back from a spreadsheet, by the columns of its header.

Not its business: what the lines decide (`filled_in`).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yearbook.errors import DecisionError
from yearbook.extract.readers.delimited import find_delimiter
from yearbook.extract.readers.encoding import decode
from yearbook.review.exchange import FILLED_IN, SEEN
from yearbook.tables import rearm

LARGEST_FILE = 256 << 20
WORKBOOK = b"PK\x03\x04"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""One line with its end: a whole file split at once would take many times its size."""


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    name: str
    number: int
    cells: Mapping[str, str]

    def error(self, column: str, what: str, fix: str) -> DecisionError:
        """What is wrong with one of its cells."""
        return DecisionError(what, where=f"{self.name}, line {self.number}, column {column}", fix=fix)

    @property
    def is_filled_in(self) -> bool:
        """Whether a person wrote something into it."""
        return any(self.cells[name] for name in FILLED_IN)


def read_lines(content: bytes, name: str) -> Iterator[Line]:
    """Read the file's lines. Raises `YearbookError` for a file that is no table, or lacks a column."""
    if len(content) > LARGEST_FILE:
        raise DecisionError(f"the file is larger than {LARGEST_FILE:,} bytes", where=name, fix="export a year alone")
    if content.startswith(WORKBOOK):
        raise DecisionError("this is a workbook, and no CSV", where=name, fix="save it as `CSV UTF-8`, and give that")
    text, _ = decode(content, "auto", name)
    split = (match.group() for match in LINE.finditer(text))
    reader = csv.reader(split, delimiter=find_delimiter(text), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _require_columns(header, name)
        end = reader.line_num
        for row in reader:
            begin, end = end + 1, reader.line_num
            if any(cell.strip() for cell in row):
                yield _to_line(name, begin, header, row)
    except csv.Error as error:
        where = f"{name}, line {reader.line_num}"
        raise DecisionError(f"this is no line of CSV: {error}", where=where, fix="save it as CSV again") from None


def _require_columns(header: list[str], name: str) -> None:
    for column in ("number", *SEEN, *FILLED_IN):
        if header.count(column) != 1:
            found = "is missing" if column not in header else "stands there twice"
            fix = "fill in a file that `yearbook decisions export` wrote, with all its columns"
            raise DecisionError(f"column `{column}` {found}", where=f"{name}, line 1", fix=fix)


def _to_line(name: str, number: int, header: list[str], row: list[str]) -> Line:
    if len(row) > len(header) and any(row[len(header) :]):
        what = f"{len(row)} cells, where the header has {len(header)}"
        raise DecisionError(what, where=f"{name}, line {number}", fix="quote a cell that holds the separator")
    cells = dict.fromkeys(header, "") | dict(zip(header, row, strict=False))
    return Line(name, number, {column: rearm(cell).strip() for column, cell in cells.items()})
