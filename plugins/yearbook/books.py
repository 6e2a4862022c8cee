"""Make workbooks for people's spreadsheets: the same bytes each time, and no text in them is ever a formula or a link.

Nothing is compressed (zlib versions differ); no clock, no user name. Not its business: what stands in the sheets.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yearbook.tables import disarm

EPOCH = (1980, 1, 1, 0, 0, 0)
OWNER_MAY_READ_AND_WRITE = 0o600 << 16
GUARD = {"quote_prefix": True}
"""A format's part that says: this is a text. Without it a spreadsheet takes `=1+1` for a formula once it is edited."""


class Book:
    """A workbook in the making; `content` holds its bytes once it is closed."""

    def __init__(self, **options: bool) -> None:
        self._buffer = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._buffer, {"in_memory": True, "strings_to_urls": False, **options})
        self.content = b""

    def close(self) -> None:
        """Finish the workbook and repack it."""
        self.workbook.close()
        self.content = _stored(self._buffer)


@contextmanager
def new_book(title: str, created: datetime, **options: bool) -> Iterator[Book]:
    """Make a workbook with a title and a day in its properties; its `content` is there after the block.

    `options` are the library's own.
    """
    book = Book(**options)
    book.workbook.set_properties({"title": title, "created": created})
    yield book
    book.close()


def write_text(page: Worksheet, row: int, column: int, text: str, guarded: Format, plain: Format | None = None) -> None:
    """Write a text as a text: one that looks like a formula in the format `guarded`, which has the `GUARD`."""
    page.write_string(row, column, text, guarded if disarm(text) != text else plain)


def _stored(source: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = OWNER_MAY_READ_AND_WRITE
            entry.create_system = 0
            stored.writestr(entry, packed.read(name))
    return target.getvalue()
