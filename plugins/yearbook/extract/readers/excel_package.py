"""The parts of an `.xlsx`: how large they unpack, how far each sheet reaches, and where each sheet stands.

A workbook is looked into here before Calamine opens it, as that lays a sheet out up to its last cell: 2 KB with one
cell in the last corner would ask for 17,179,869,184 cells. Not its business: what the cells hold.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from copy import copy
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from yearbook.errors import SourceError
from yearbook.extract.readers.limits import LARGEST_UNPACKED, check_cells, check_unpacked
from yearbook.extract.readers.refusing import refusing

CHUNK = 1 << 20
DIGITS = "0123456789"
FILLING = frozenset(("v", "is", "f"))
"""Elements in a cell that holds something."""
CELL = re.compile(r"([A-Z]+)([0-9]+)")
RELATION = "id"
BROKEN = "the workbook cannot be read"
SAVE_AGAIN = "open it in Excel and save it as .xlsx again, or ask for it again: it may be cut short"


@dataclass
class Sheet:
    """What one pass over a sheet's XML tells: last row and column, from 1; `marked` if it has errors or formulas."""

    last_row: int = 0
    last_column: int = 0
    marked: bool = False


@dataclass
class Package:
    """A workbook's bytes with all its sheets measured, by the lower-case name of their part."""

    name: str
    content: bytes
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def part_of(self, sheet: str) -> str:
        """The part that holds a sheet. Raises `SourceError` where it is none that was looked into."""
        with refusing(BROKEN, f"{self.name}[{sheet}]", SAVE_AGAIN), self._archive() as archive:
            part = _part(archive, sheet)
        if part is None or part.lower() not in self.sheets:
            raise SourceError("the sheet cannot be looked into", where=f"{self.name}[{sheet}]", fix=SAVE_AGAIN)
        return part

    def measured(self, sheet: str) -> Sheet:
        """What is known of a sheet."""
        return self.sheets[self.part_of(sheet).lower()]

    def open_part(self, part: str) -> IO[bytes]:
        """A part's bytes, unpacked while they are read; the caller closes it."""
        archive = self._archive()
        found = next(one for one in archive.namelist() if one.lower() == part.lower())
        return archive.open(found)

    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.content))


def open_package(name: str, content: bytes) -> Package:
    """Measure all parts of a workbook. Raises `SourceError` where it is too large, or no `.xlsx` that can be read."""
    package = Package(name, content)
    with refusing(BROKEN, name, SAVE_AGAIN), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_parts(name, archive)
        total = 0
        for info in archive.infolist():
            size, sheet = _measure(archive, info, total, name)
            total += size
            if sheet is not None:
                package.sheets[info.filename.lower()] = sheet
    cells = {part: sheet.last_row * sheet.last_column for part, sheet in package.sheets.items()}
    if cells:
        widest = package.sheets[max(cells, key=lambda part: cells[part])]
        check_cells(sum(cells.values()), f"up to row {widest.last_row:,}, column {widest.last_column:,}", name)
    return package


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = [info.filename.lower() for info in archive.infolist()]
    check_unpacked(sum(info.file_size for info in archive.infolist()), name)
    if len(set(parts)) < len(parts):
        raise SourceError("the workbook holds a part twice", where=name, fix=SAVE_AGAIN)
    if "xl/workbook.xml" not in parts:
        raise SourceError("a zip file, but no .xlsx workbook", where=name, fix="save it as .xlsx, or unpack it first")


def _measure(archive: zipfile.ZipFile, info: zipfile.ZipInfo, before: int, name: str) -> tuple[int, Sheet | None]:
    # The stated size is not believed: with a larger one the part is read to its true end.
    unbelieved = copy(info)
    unbelieved.file_size = LARGEST_UNPACKED + 1
    scan = _Scan(name)
    size = 0
    with archive.open(unbelieved) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            check_unpacked(before + size, name)
            scan.feed(chunk)
    return size, scan.finished()


class _Scan:
    """Reads XML as it comes, and gives up where it is no worksheet. Called for every cell: no step too many."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sheet = Sheet()
        self._row = self._column = 0
        self._reference: str | None = None
        self._columns: dict[str, int] = {}
        self._alive = True
        self._has_doctype = False
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        if self._alive:
            try:
                self._parser.Parse(chunk, last)
            except ExpatError:
                self._alive = False

    def finished(self) -> Sheet | None:
        self.feed(b"", last=True)
        self._sheet.last_column = max([self._sheet.last_column, *self._columns.values()])
        return self._sheet if self._alive else None

    def _doctype(self, *_: Any) -> None:
        self._has_doctype = True

    def _root(self, element: str, _: dict[str, str]) -> None:
        self._alive = _local(element) == "worksheet"
        if self._alive and self._has_doctype:
            raise SourceError("a sheet has a DOCTYPE, in which text can hide", where=self._name, fix=SAVE_AGAIN)
        self._parser.StartElementHandler = self._start if self._alive else None

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if ":" in element:
            element = _local(element)
        if element == "c":
            self._reference = attributes.get("r")
            if self._reference is None:
                self._column += 1
            if attributes.get("t") == "e":
                self._sheet.marked = True
        elif element in FILLING:
            # Only a cell that holds something is laid out: styles alone may reach to the last row.
            self._fill()
            if element == "f":
                self._sheet.marked = True
        elif element == "row":
            stated = attributes.get("r", "")
            self._row = int(stated) if stated.isdecimal() else self._row + 1
            self._column = 0

    def _fill(self) -> None:
        row, reference = self._row, self._reference
        if reference is None:
            self._sheet.last_column = max(self._sheet.last_column, self._column)
        else:
            letters = reference.rstrip(DIGITS)
            if letters not in self._columns:
                self._columns[letters] = column_number(letters)
            self._column = self._columns[letters]
            row = int(reference[len(letters) :] or 0)
        if row > self._sheet.last_row:
            self._sheet.last_row = row


def column_number(letters: str) -> int:
    """The number of a column, from 1: `A` is 1, `AA` 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = {part.lower(): part for part in archive.namelist()}
    workbook = safe_xml(archive.read(names["xl/workbook.xml"]))
    relations = safe_xml(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    for element in workbook.iter("{*}sheet"):
        ids = [value for key, value in element.attrib.items() if etree.QName(key).localname == RELATION]
        target = next((targets[one] for one in ids if one in targets), None)
        if element.get("name") == sheet and target:
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return names.get(path.lower())
    return None


def safe_xml(content: bytes) -> etree._Element:
    """Read XML without following what it refers to."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def cells_of(package: Package, part: str) -> Iterator[etree._Element]:
    """The cells of a sheet's part, one after the other; each is emptied when the next is asked for."""
    with closing(package.open_part(part)) as file:
        for _, cell in etree.iterparse(
            file, tag="{*}c", huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
        ):
            yield cell
            cell.clear()
            while (before := cell.getprevious()) is not None and (parent := cell.getparent()) is not None:
                parent.remove(before)
