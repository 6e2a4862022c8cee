"""How far the sheets of an `.xls` reach, as its records say: 5 KB may ask for 4,294,967,296 cells (`excel_package`)."""

import io
import struct
from collections.abc import Iterator

import msoffcrypto

from yearbook.extract.readers.excel_package import BROKEN, SAVE_AGAIN
from yearbook.extract.readers.limits import check_cells
from yearbook.extract.readers.refusing import refusing

STREAMS = ("Workbook", "Book")
SHEET = 0x0085
END = 0x000A
SEVERAL_NUMBERS = 0x00BD
CELLS = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, SEVERAL_NUMBERS))
"""Records that begin with the row and the column of a cell that holds something."""


def check_reach(name: str, content: bytes) -> None:
    """Raise `SourceError` where the sheets have more cells than are read."""
    with refusing(BROKEN, name, SAVE_AGAIN):
        file = msoffcrypto.OfficeFile(io.BytesIO(content)).ole
        stream = next(file.openstream(one).read() for one in STREAMS if file.exists(one))
        sheets = [struct.unpack_from("<I", stream, at)[0] for kind, at, _ in _records(stream, 0) if kind == SHEET]
        reaches = [_reach(stream, start) for start in sheets]
    if reaches:
        rows, columns = max(reaches, key=lambda reach: reach[0] * reach[1])
        check_cells(sum(r * c for r, c in reaches), f"up to row {rows:,}, column {columns:,}", name)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of the records from a place to the end of their sheet."""
    kind = -1
    while kind != END and at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _reach(stream: bytes, start: int) -> tuple[int, int]:
    rows = columns = 0
    for kind, at, length in _records(stream, start):
        if kind in CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == SEVERAL_NUMBERS:
                column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns
