"""How much of a file is read: what one process can hold, and what only a broken or hostile file asks for.

Sizes are measured before the library that would unpack them sees the file: an allocation that fails ends the process
without a word.
"""

from yearbook.errors import SourceError

LARGEST_FILE = 2 << 30
"""Bytes of one file as delivered; it is read as a whole."""
LARGEST_UNPACKED = 1 << 30
"""Bytes that a compressed file (workbook, Parquet) unpacks to."""
LARGEST_TABLE = 50_000_000
"""Cells of a workbook (blank ones up to the last row and column included) or a Parquet file."""
LARGEST_PAGE = 5_000_000
"""Cells of a web page's tables, merged cells laid out."""


def check_file_size(size: int, where: str) -> None:
    """Raise `SourceError` for a file of more than `LARGEST_FILE` bytes."""
    if size > LARGEST_FILE:
        raise SourceError(
            f"the file is larger than {LARGEST_FILE:,} bytes",
            where=where,
            fix="split it by year into files of the same layout; a `path` with a pattern reads them all",
        )


def check_unpacked(size: int, where: str) -> None:
    """Raise `SourceError` for content of more than `LARGEST_UNPACKED` bytes."""
    if size > LARGEST_UNPACKED:
        raise SourceError(
            f"the file unpacks to more than {LARGEST_UNPACKED:,} bytes",
            where=where,
            fix="split it by year into files of the same layout, or save it as CSV, which is not unpacked",
        )


def check_cells(cells: int, reach: str, where: str) -> None:
    """Raise `SourceError` for a table of more than `LARGEST_TABLE` cells; `reach` says how far it goes."""
    if cells > LARGEST_TABLE:
        raise SourceError(
            f"{cells:,} cells ({reach}), where at most {LARGEST_TABLE:,} are read",
            where=where,
            fix="clear what stands far below or beside the table, or split it by year into files of the same layout",
        )


def check_padded(columns: int, rows: int, characters: int, where: str) -> None:
    """Raise `SourceError` for a text whose short rows would be filled up to far more cells than it has characters."""
    if columns * rows > characters:
        check_cells(columns * rows, f"{rows:,} rows of {columns:,} columns, mostly blank", where)


def check_page(cells: int, where: str) -> None:
    """Raise `SourceError` for a page whose tables have more than `LARGEST_PAGE` cells."""
    if cells > LARGEST_PAGE:
        raise SourceError(
            f"the page's tables lay out to more than {LARGEST_PAGE:,} cells",
            where=where,
            fix="correct `rowspan` and `colspan`, or split the page's tables into files of the same layout",
        )
