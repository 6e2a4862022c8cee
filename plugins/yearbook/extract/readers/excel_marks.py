"""Cells of an `.xlsx` that hold an error (`#DIV/0!`) or a formula that was never computed.

Calamine gives both as empty, so that a figure would vanish without a word; here they come back as the text that stands
in the file, which nothing downstream can read as a value, and so become findings. Not covered: `.xls`.
"""

import io
import re
import zipfile
import zlib
from posixpath import join, normpath

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(r"([A-Z]+)(\d+)")

Position = tuple[int, int]


def unreadable_cells(content: bytes, sheet: str) -> dict[Position, str] | None:
    """Map 0-based (row, column) to the error's name, or to the formula, of a sheet in a workbook's bytes.

    None where the workbook is of another kind (`.xls`, `.xlsb`), and so was not looked into.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = _sheet_xml(archive, sheet)
        return None if xml is None else _marks(xml)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, LookupError, OSError, RuntimeError, ValueError):
        return None


def _marks(xml: bytes) -> dict[Position, str]:
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    found = {}
    for _, cell in etree.iterparse(io.BytesIO(xml), tag=f"{MAIN}c", huge_tree=True):
        text = _unreadable_text(cell)
        position = _position(cell.get("r"))
        if text is not None and position is not None:
            found[position] = text
        cell.clear()
    return found


def _sheet_xml(archive: zipfile.ZipFile, sheet: str) -> bytes | None:
    workbook = etree.fromstring(archive.read("xl/workbook.xml"))
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    for element in workbook.iter(f"{MAIN}sheet"):
        target = targets.get(element.get(RELATION))
        if element.get("name") == sheet and target:
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return archive.read(path) if path in archive.namelist() else None
    return None


def _unreadable_text(cell: etree._Element) -> str | None:
    value = cell.findtext(f"{MAIN}v") or ""
    if cell.get("t") == "e":
        return value or "#ERROR!"
    formula = cell.find(f"{MAIN}f")
    # A formula whose result is an empty text is typed `str`; one without any result was saved uncomputed.
    if formula is not None and not value and cell.get("t") != "str":
        return f"={formula.text or ''}"
    return None


def _position(reference: str | None) -> Position | None:
    match = CELL.fullmatch(reference or "")
    if not match:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1
