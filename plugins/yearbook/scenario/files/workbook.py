"""Workbooks with the same bytes on every machine: nothing compressed (zlib versions differ), no clock, no user name."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import xlsxwriter

EPOCH = (1980, 1, 1, 0, 0, 0)
CREATED = datetime(2025, 3, 1, tzinfo=UTC)
OWNER_MAY_READ_AND_WRITE = 0o600 << 16


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
def new_book(title: str, **options: bool) -> Iterator[Book]:
    """Make a workbook with a title in its properties; its `content` is there after the block.

    `options` are the library's own.
    """
    book = Book(**options)
    book.workbook.set_properties({"title": title, "created": CREATED})
    yield book
    book.close()


def _stored(source: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = OWNER_MAY_READ_AND_WRITE
            entry.create_system = 0
            stored.writestr(entry, packed.read(name))
    return target.getvalue()
