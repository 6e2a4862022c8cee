"""The demonstration's workbooks: all of one day."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from yearbook import books

CREATED = datetime(2025, 3, 1, tzinfo=UTC)


def new_book(title: str) -> AbstractContextManager[books.Book]:
    """Make a workbook of the demonstration."""
    return books.new_book(title, CREATED)
