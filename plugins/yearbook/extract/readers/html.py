"""Tables in web pages, among them the ones that statistical offices save as `.xls`.

Which tables: the one that `table` names (its place, from 1, or its id), or every one of at least two columns. What
stands in the page before a table is its title: the unit is often in a table of its own.
"""

from collections.abc import Iterator
from typing import Any, cast

from lxml import etree
from lxml import html as lxml_html

from yearbook.errors import SourceError
from yearbook.extract.readers.encoding import decode
from yearbook.extract.readers.grid import Grid, Span, assemble
from yearbook.extract.readers.limits import LARGEST_PAGE, check_page
from yearbook.extract.readers.refusing import refusing
from yearbook.extract.readers.table import RawTable
from yearbook.model.source import Entry

SNIFF_BYTES = 4096
TITLE_CHARACTERS = 1_000
MARKUP = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<body")
LONGEST_SPAN = 1_000


def looks_like_html(content: bytes) -> bool:
    """Whether bytes are a web page, whatever the file is called."""
    start = content[:SNIFF_BYTES].replace(b"\0", b"").lower()
    return any(mark in start for mark in MARKUP) and not start.startswith(b"pk\x03\x04")


def read_html(name: str, content: bytes, entry: Entry) -> Iterator[RawTable]:
    """Read the tables of a page. Raises `SourceError` where there is none, or not the named one."""
    text, encoding = decode(content, entry.encoding, name)
    tables = _tables(text, name)
    if not tables:
        raise SourceError("the page holds no table", where=name, fix="another `format`, or ask for the file again")
    for position, element, grid in _choose(name, tables, entry.table):
        facts: dict[str, Any] = {"format": "html", "encoding": encoding, "table": position}
        title = _text_before(element)
        if title:
            facts["title"] = title
        yield assemble(f"{name}[table {position}]", grid, entry, facts)


def _tables(text: str, name: str) -> list[tuple[int, etree._Element, Grid]]:
    # lxml refuses text that still states an encoding of its bytes.
    text = text[text.index("?>") + 2 :] if text.lstrip().startswith("<?xml") and "?>" in text else text
    if "<" not in text:
        return []
    with refusing("the page cannot be read", name, "open it in a browser and save it again, or ask for it again"):
        parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True)
        root = lxml_html.document_fromstring(text, parser=parser)
    for line_end in root.iter("br"):
        line_end.tail = f"\n{line_end.tail or ''}"
    tables = []
    laid_out = 0
    for position, table in enumerate(root.iter("table"), start=1):
        grid, cells = _grid(table, LARGEST_PAGE - laid_out, name)
        laid_out += cells
        tables.append((position, table, grid))
    return tables


def _choose(
    name: str, tables: list[tuple[int, etree._Element, Grid]], wanted: int | str | None
) -> list[tuple[int, etree._Element, Grid]]:
    if wanted is None:
        filled = [one for one in tables if one[2].rows]
        return [one for one in filled if one[2].width > 1] or filled or tables[:1]
    found = [one for one in tables if wanted in (one[0], one[1].get("id"))]
    if not found:
        ids = [str(one[1].get("id") or one[0]) for one in tables]
        raise SourceError(f"no table `{wanted}`", where=name, fix=f"table: one of {', '.join(ids)}")
    return found


def _text_before(table: etree._Element) -> str:
    nodes = cast(list[str], table.xpath("preceding::text()[ancestor::body][not(ancestor::script or ancestor::style)]"))
    lines = [" ".join(node.split()) for node in nodes]
    return "\n".join(line for line in lines if line)[-TITLE_CHARACTERS:]


def _grid(table: etree._Element, room: int, name: str) -> tuple[Grid, int]:
    """Lay out the cells of a table's own rows; a cell over several is a span, its text in the first.

    Returns the grid and how many cells it has. Raises `SourceError` for more than `room`.
    """
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    laid: list[list[str | None]] = [[] for _ in own]
    spans: list[Span] = []
    covered = 0
    for at, row in enumerate(own):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column < len(laid[at]) and laid[at][column] is not None:
                column += 1
            last = min(at + _span(cell, "rowspan"), len(own)) - 1, column + _span(cell, "colspan") - 1
            # A cell that is pushed far to the right makes all cells before it.
            covered += sum(max(0, last[1] + 1 - len(one)) for one in laid[at : last[0] + 1])
            check_page(LARGEST_PAGE - room + covered, name)
            _cover(laid[at : last[0] + 1], column, last[1] + 1)
            laid[at][column] = "".join(str(text) for text in cell.itertext())
            if last != (at, column):
                spans.append(((at, column), last))
            column = last[1] + 1
    width = max(map(len, laid), default=0)
    check_page(LARGEST_PAGE - room + width * len(laid), name)
    rows = [[cell or "" for cell in row] + [""] * (width - len(row)) for row in laid if width]
    return Grid(rows, spans), width * len(laid)


def _cover(rows: list[list[str | None]], start: int, stop: int) -> None:
    for row in rows:
        row.extend([None] * (start - len(row)))
        row[start:stop] = [""] * (stop - start)


def _span(cell: etree._Element, name: str) -> int:
    stated = (cell.get(name) or "1").strip()
    return min(max(int(stated), 1), LONGEST_SPAN) if stated.isdecimal() else 1
