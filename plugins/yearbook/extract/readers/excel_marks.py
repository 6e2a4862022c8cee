"""Cells of an `.xlsx` that hold an error (`#DIV/0!`) or a formula that was never computed.

Calamine gives both as empty, so that a figure would vanish without a word; here they come back as the text that stands
in the file, which nothing downstream can read as a value, and so become findings. Not covered: `.xls`.
"""

from lxml import etree

from yearbook.extract.readers.excel_package import BROKEN, CELL, SAVE_AGAIN, Package, cells_of, column_number
from yearbook.extract.readers.refusing import refusing

Position = tuple[int, int]


def unreadable_cells(package: Package, sheet: str) -> dict[Position, str]:
    """Map 0-based (row, column) to the error's name, or to the formula, of a sheet in a workbook.

    Raises `SourceError` where the sheet cannot be looked into.
    """
    if not package.measured(sheet).marked:
        return {}
    found = {}
    with refusing(BROKEN, f"{package.name}[{sheet}]", SAVE_AGAIN):
        for cell in cells_of(package, package.part_of(sheet)):
            text = _unreadable_text(cell)
            if text is not None:
                found[_position(cell.get("r"))] = text
    return found


def _unreadable_text(cell: etree._Element) -> str | None:
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "e":
        return value or "#ERROR!"
    formula = cell.find("{*}f")
    # A formula whose result is an empty text is typed `str`; one without any result was saved uncomputed.
    if formula is not None and not value and cell.get("t") != "str":
        return f"={formula.text or ''}"
    return None


def _position(reference: str | None) -> Position:
    match = CELL.fullmatch((reference or "").upper())
    if match is None:
        raise ValueError(f"a cell that holds an error has no place, but {reference!r}")
    return int(match[2]) - 1, column_number(match[1]) - 1
