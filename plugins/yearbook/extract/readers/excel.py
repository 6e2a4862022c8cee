"""Excel workbooks, `.xlsx` and `.xls`, also encrypted ones and web pages that only carry the name.

Which sheets: the one that `sheet` names, or every visible one that holds a table. Not its business: finding the table
in the sheet (`grid`).
"""

import fnmatch
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from yearbook.errors import SourceError
from yearbook.extract.readers.excel_97 import check_reach
from yearbook.extract.readers.excel_marks import unreadable_cells
from yearbook.extract.readers.excel_package import BROKEN, SAVE_AGAIN, Package, open_package
from yearbook.extract.readers.grid import Grid, Span, assemble
from yearbook.extract.readers.html import looks_like_html, read_html
from yearbook.extract.readers.kinds import OLE, ZIP
from yearbook.extract.readers.refusing import refusing
from yearbook.extract.readers.table import RawTable
from yearbook.extract.secrets import Secrets
from yearbook.model.definition import nearest
from yearbook.model.source import Entry

EXCELS_OWN_PASSWORD = "VelvetSweatshop"
"""Excel opens a workbook that is encrypted with this one without asking."""
EXACT_INTEGER = 2**53

Cell = int | float | str | bool | date | datetime | time | timedelta


def read_excel(name: str, content: bytes, entry: Entry) -> Iterator[RawTable]:
    """Read the tables of a workbook, one a sheet. Raises `SourceError` where it is damaged or the sheet is missing."""
    if looks_like_html(content):
        yield from read_html(name, content, entry)
        return
    secrets = Secrets.named_in([entry.password or ""], name)
    content, encrypted = _decrypt(name, content, secrets.put_into(entry.password or ""))
    package = open_package(name, content) if content.startswith(ZIP) else None
    if package is None:
        check_reach(name, content)
    with refusing(BROKEN, name, SAVE_AGAIN):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    wanted = _sheets(name, workbook, package, entry.sheet)
    for sheet in wanted:
        facts: dict[str, Any] = {"sheet": sheet.name}
        if encrypted:
            facts["encrypted"] = True
        left_out = [other for other in workbook.sheet_names if other not in [one.name for one in wanted]]
        if left_out:
            facts["sheets_left_out"] = left_out
        yield assemble(f"{name}[{sheet.name}]", _grid(name, sheet, package, facts), entry, facts)


def cell_text(cell: Cell) -> str:
    """A cell as the shortest text that reads back: `3`, `0.1`, `2024-03-05`, `2024-03-05T12:30:00`, `true`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT_INTEGER else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def _decrypt(name: str, content: bytes, password: str) -> tuple[bytes, bool]:
    if not content.startswith(OLE):
        return content, False
    # The decryption does not check what it reads, and raises anything at all on bytes that make no sense.
    with refusing(BROKEN, name, SAVE_AGAIN):
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content, False
        try:
            office.load_key(password=password or EXCELS_OWN_PASSWORD)
            plain = io.BytesIO()
            office.decrypt(plain)
        except (InvalidKeyError, DecryptionError):
            raise SourceError(
                "the workbook is encrypted, and " + ("its password differs" if password else "no password is stated"),
                where=name,
                fix="state `password:` in the entry",
            ) from None
        return plain.getvalue(), True


def _sheets(name: str, workbook: CalamineWorkbook, package: Package | None, wanted: str | None) -> list[CalamineSheet]:
    names = workbook.sheet_names
    if wanted is not None:
        found = [wanted] if wanted in names else fnmatch.filter(names, wanted)
        if not found:
            raise SourceError(
                f"no sheet `{wanted}`", where=name, fix=f"sheet: {nearest(wanted, names) or ', '.join(names)}"
            )
        return [_sheet(name, workbook, package, one) for one in found]
    visible = [
        meta.name
        for meta in workbook.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]
    sheets = [_sheet(name, workbook, package, one) for one in visible]
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise SourceError("all sheets are empty", where=name, fix="a header and records, or name a hidden `sheet`")
    return [sheet for sheet in filled if sheet.width > 1] or filled


def _sheet(name: str, workbook: CalamineWorkbook, package: Package | None, sheet: str) -> CalamineSheet:
    if package is not None:
        package.part_of(sheet)
    with refusing(BROKEN, f"{name}[{sheet}]", SAVE_AGAIN):
        return workbook.get_sheet_by_name(sheet)


def _grid(name: str, sheet: CalamineSheet, package: Package | None, facts: dict[str, Any]) -> Grid:
    with refusing(BROKEN, f"{name}[{sheet.name}]", SAVE_AGAIN):
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        spans: list[Span] = list(sheet.merged_cell_ranges or [])
    marks = unreadable_cells(package, sheet.name) if package is not None else {}
    facts["excel_errors"] = len(marks) if package is not None else "not looked for"
    for (row, column), text in marks.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return Grid(rows, spans)
