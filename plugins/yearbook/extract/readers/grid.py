"""From a sheet's or page's grid of cells to a table: title above, header rows, notes below, merged and padded cells.

Shared by Excel, HTML and CSV. Nothing is lost on the way: what is not in the table (title, notes) is in its facts, and
rows that were left out (blank) or put together (a name that continues in the next row) are counted there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from yearbook.errors import SourceError
from yearbook.extract.readers.table import RawTable, table_from_rows, unique_headers
from yearbook.model.source import Entry

HEADER_SEARCH_ROWS = 50
WIDTH_SEARCH_ROWS = 200
NOTE = re.compile(
    r"^\s*[（(]?(注|附注|注释|备注|说明|资料来源|数据来源|来源|摘编自|数据说明|a\)|\*|notes?\b|sources?\b|data source)",
    re.I,
)
UNIT = re.compile(r"(?:计量单位|单位|\bunits?)\s*[:：]\s*([^\s)）]+)", re.I)
YEAR_LABEL = re.compile(r"^(19|20)\d\d年?$")

Row = list[str]
Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Grid:
    """Cells as text, `""` where there is none, in rows of equal length; `spans` are merged cells (first, last).

    Spans are cut to the cells that there are: a file may merge what it never filled.
    """

    rows: list[Row]
    spans: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        height, width = len(self.rows), self.width
        self.spans = [
            (first, (min(bottom, height - 1), min(right, width - 1)))
            for first, (bottom, right) in self.spans
            if first[0] < height and first[1] < width
        ]

    @property
    def width(self) -> int:
        """Columns, blank ones included."""
        return len(self.rows[0]) if self.rows else 0


@dataclass
class _Body:
    rows: list[Row]
    numbers: list[int]


def assemble(name: str, grid: Grid, entry: Entry, facts: dict[str, Any], *, padded: bool = True) -> RawTable:
    """Find header, body and notes in a grid, and return the table.

    `padded` says that the grid was laid out for the eye (Excel, HTML): the header is searched for where `skip` is not
    stated, and a name that continues in the next row is joined. Raises `SourceError` where there is no header.
    """
    header_at = _header_rows(name, grid, entry, search=padded)
    first = header_at[0] if header_at else _first_row(entry)
    headers = _headers(grid, header_at, padded)
    facts = {**facts, "header_rows": [at + 1 for at in header_at], **_above(grid.rows[:first], facts)}
    body = _body(grid, header_at[-1] + 1 if header_at else first, facts)
    _cut_notes(body, entry.until, facts)
    if padded:
        _join_continued(body, facts)
    if not body.rows:
        facts["header_only"] = True
    return _without_blank_columns(name, headers, body, facts)


def is_blank(row: Sequence[str]) -> bool:
    """Whether a row holds nothing but white space."""
    return not (row and row[0].strip()) and not "".join(row).strip()


def _first_row(entry: Entry) -> int:
    return entry.skip or 0


def _header_rows(name: str, grid: Grid, entry: Entry, *, search: bool) -> list[int]:
    if entry.header_rows == 0:
        return []
    start = _search_header(grid) if search and entry.skip is None else _first_row(entry)
    below = (at for at in range(start, len(grid.rows)) if not is_blank(grid.rows[at]))
    filled = list(islice(below, entry.header_rows))
    if len(filled) < entry.header_rows:
        raise SourceError(
            f"no header: {len(grid.rows)} rows, of which {len(filled)} after row {start} hold something",
            where=name,
            fix=f"`skip` (now {entry.skip}) and `header_rows` (now {entry.header_rows}) that the file has",
        )
    return filled


def _search_header(grid: Grid) -> int:
    """The first row that fills at least half of the table's width: titles and units stand alone in theirs."""
    counts = [_filled(grid, at) for at in range(min(len(grid.rows), WIDTH_SEARCH_ROWS))]
    widest = max(counts, default=0)
    enough = max(min(2, widest), (widest + 1) // 2)
    return next((at for at, count in enumerate(counts[:HEADER_SEARCH_ROWS]) if count and count >= enough), 0)


def _filled(grid: Grid, at: int) -> int:
    columns = {column for column, cell in enumerate(grid.rows[at]) if cell.strip()}
    if len(columns) < 2:
        return len(columns)
    for (top, left), (_, right) in grid.spans:
        if top == at and left in columns:
            columns.update(range(left, right + 1))
    return len(columns)


def _headers(grid: Grid, header_at: list[int], padded: bool) -> list[str]:
    if not header_at:
        return unique_headers([None] * grid.width)
    rows = [[" ".join(cell.split()) for cell in grid.rows[at]] for at in header_at]
    spans = [span for span in grid.spans if header_at[0] <= span[0][0] <= header_at[-1]]
    if spans:
        _fill_header_spans(rows, header_at, spans)
    elif padded:
        _fill_to_the_right(rows[:-1])
    return unique_headers([_join_different(parts) for parts in zip(*rows, strict=True)])


def _fill_header_spans(rows: list[Row], header_at: list[int], spans: list[Span]) -> None:
    for (top, left), (bottom, right) in spans:
        text = rows[header_at.index(top)][left] if top in header_at else ""
        for at in header_at:
            if top <= at <= bottom:
                rows[header_at.index(at)][left : right + 1] = [text] * (right - left + 1)


def _fill_to_the_right(rows: list[Row]) -> None:
    for row in rows:
        for column in range(1, len(row)):
            row[column] = row[column] or row[column - 1]


def _join_different(parts: Sequence[str]) -> str:
    different = [part for at, part in enumerate(parts) if part and part not in parts[:at]]
    return " ".join(different)


def _above(rows: list[Row], facts: dict[str, Any]) -> dict[str, Any]:
    lines = [facts["title"]] if facts.get("title") else []
    lines += [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows if not is_blank(row)]
    title = "\n".join(lines)
    unit = UNIT.search(title)
    return {**({"title": title} if title else {}), **({"unit": unit.group(1)} if unit else {})}


def _body(grid: Grid, start: int, facts: dict[str, Any]) -> _Body:
    rows = grid.rows[start:]
    for (top, left), (bottom, _) in grid.spans:
        if top >= start and bottom > top:
            _repeat_label(rows, top - start, bottom - start, left, facts)
    kept = [at for at, row in enumerate(rows) if not is_blank(row)]
    if len(kept) < len(rows):
        facts["blank_rows"] = len(rows) - len(kept)
        rows = [rows[at] for at in kept]
    return _Body(rows, [start + at + 1 for at in kept])


def _repeat_label(rows: list[Row], top: int, bottom: int, column: int, facts: dict[str, Any]) -> None:
    """A merged label belongs to each of its rows; a merged amount is one amount, and counts once."""
    label = rows[top][column]
    if not label.strip():
        return
    if not _is_text(label) and not YEAR_LABEL.match(label.strip()):
        facts["merged_amounts"] = facts.get("merged_amounts", 0) + 1
        return
    for at in range(top + 1, min(bottom + 1, len(rows))):
        rows[at] = [*rows[at][:column], label, *rows[at][column + 1 :]]


def _cut_notes(body: _Body, until: str | None, facts: dict[str, Any]) -> None:
    end = _end_stated(body, until) if until else _end_found(body)
    if end < len(body.rows):
        facts["notes"] = [" ".join(cell.strip() for cell in row if cell.strip()) for row in body.rows[end:]]
        del body.rows[end:], body.numbers[end:]


def _end_stated(body: _Body, until: str) -> int:
    pattern = re.compile(until)
    return next((at for at, row in enumerate(body.rows) if pattern.search(_first_cell(row))), len(body.rows))


def _end_found(body: _Body) -> int:
    """Notes are the last rows, hold one cell each, and the first of them begins as notes do."""
    end = len(body.rows)
    if not body.rows or len(body.rows[0]) < 2:
        return end
    start = end
    while start and sum(1 for cell in body.rows[start - 1] if cell.strip()) == 1:
        start -= 1
    return next((at for at in range(start, end) if NOTE.match(_first_cell(body.rows[at]))), end)


def _first_cell(row: Row) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _join_continued(body: _Body, facts: dict[str, Any]) -> None:
    """Put a name that goes on in the next row (`Hong Kong,` / `Macao & Taiwan`) together, with values of either row."""
    rows: list[Row] = []
    numbers: list[int] = []
    for row, number in zip(body.rows, body.numbers, strict=True):
        if rows and number == numbers[-1] + 1 and _continues(rows[-1], row):
            rows[-1] = [_join_cells(above, below) for above, below in zip(rows[-1], row, strict=True)]
            facts.setdefault("joined_rows", []).append(number)
        else:
            rows.append(row)
            numbers.append(number)
    body.rows, body.numbers = rows, numbers


def _continues(above: Row, row: Row) -> bool:
    if len(row) < 3 or row[0].strip():
        return False
    filled = [column for column, cell in enumerate(row) if cell.strip()]
    names = [column for column in filled if _is_text(row[column])]
    if len(names) != 1 or not _is_text(above[names[0]]):
        return False
    if len(filled) == 1:
        return True
    return all(not cell.strip() or _is_text(cell) for cell in above) and not any(
        above[column].strip() for column in filled if column != names[0]
    )


def _join_cells(above: str, below: str) -> str:
    if not below.strip():
        return above
    return f"{above.rstrip()} {below.strip()}" if above.strip() else below


def _is_text(cell: str) -> bool:
    return any(character.isalpha() for character in cell)


def _without_blank_columns(name: str, headers: list[str], body: _Body, facts: dict[str, Any]) -> RawTable:
    """Leave out columns that have neither a header nor a cell; one with cells but no header stays, and is refused."""
    unnamed = [at for at, header in enumerate(headers) if header == f"column {at + 1}"]
    blank = {at for at in unnamed if not any(row[at].strip() for row in body.rows)}
    if not blank or len(blank) == len(headers):
        return table_from_rows(name, headers, body.rows, body.numbers, facts)
    keep = [at for at in range(len(headers)) if at not in blank]
    rows = [[row[at] for at in keep] for row in body.rows]
    return table_from_rows(name, [headers[at] for at in keep], rows, body.numbers, facts)
