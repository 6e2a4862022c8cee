"""Contracts as the register office sent them: one file a year, in four layouts, then one a quarter.

A contract stands in the file of the day on which it was registered; what was registered late in two years came in a
workbook of its own (`contract_workbook.py`). Not its business: how a cell is written.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from yearbook.scenario.columns import Rows, joined, size_of, take
from yearbook.scenario.contracts import Bounds
from yearbook.scenario.draws import Integers
from yearbook.scenario.files.contract_cells import Page, lines, quoted
from yearbook.scenario.files.contract_layouts import LAYOUTS
from yearbook.scenario.files.contract_workbook import WORKBOOK, WORKBOOK_YEARS, late_workbook
from yearbook.scenario.labels import MARK
from yearbook.scenario.parties import Parties

FOLDER = "contracts"
PAGE_ROWS = 50_000
QUARTERLY = 2024
ENCODINGS = {"utf-8-sig": "utf-8"}  # The mark stands once, before the headers.


class ContractFiles:
    """The contract files of a folder, written year by year; what is registered later waits for its year."""

    def __init__(self, folder: Path, parties: Parties) -> None:
        self._folder, self._parties = folder, parties
        self._waiting: list[Rows] = []
        self._late: dict[int, Rows] = {}
        (folder / FOLDER).mkdir(parents=True)

    def add(self, year: int, papers: Rows) -> int:
        """Write what was registered in a year, of these papers and those that waited; return how many they are."""
        rows = joined([*self._waiting, papers | {"year": np.full(size_of(papers), year, dtype=np.int32)}])
        is_due = rows["registration_date"] <= Bounds.of(year).last
        self._waiting = [take(rows, ~is_due)]
        due = take(rows, is_due)
        due = take(due, _order(due))
        if year in WORKBOOK_YEARS:
            is_late = due["year"] < year
            self._late[year], written = take(due, is_late), take(due, ~is_late)
        else:
            written = due
        for name, positions in _files(year, written["registration_date"]):
            self._write(self._folder / FOLDER / name, year, written, positions)
        return size_of(due)

    def close(self) -> None:
        """Write the workbook of what was registered late."""
        (self._folder / FOLDER / WORKBOOK).write_bytes(late_workbook(self._late, self._parties))

    def _write(self, path: Path, year: int, rows: Rows, positions: slice) -> None:
        layout = LAYOUTS[year]
        encoding = ENCODINGS.get(layout.encoding, layout.encoding)
        with open(path, "wb") as file:
            file.write((",".join(quoted(header) for header in layout.columns) + "\r\n").encode(layout.encoding))
            for start in range(positions.start, positions.stop, PAGE_ROWS):
                some = slice(start, min(start + PAGE_ROWS, positions.stop))
                page = Page({name: column[some] for name, column in rows.items()}, self._parties, encoding)
                file.write(lines([write(page) for write in layout.columns.values()]))


def _order(rows: Rows) -> Integers:
    """By the day of registration, then by number; a total order."""
    keys = ("value", "status", "is_amendment", "number", "letter", "year", "registration_date")
    return np.lexsort([rows[key] for key in keys]).astype(np.int64)


def _files(year: int, registered: Integers) -> Iterator[tuple[str, slice]]:
    """Yield the name of each file of a year, with the part of the ordered rows that goes into it."""
    if year != QUARTERLY:
        yield f"{MARK}_{'contracts' if year == 2023 else '技术合同'}_{year}.csv", slice(0, len(registered))
        return
    begins = [date(year, month, 1).toordinal() for month in (1, 4, 7, 10)] + [date(year + 1, 1, 1).toordinal()]
    edges = np.searchsorted(registered, begins).tolist()
    for quarter in range(4):
        yield f"{MARK}_contracts_{year}Q{quarter + 1}.csv", slice(edges[quarter], edges[quarter + 1])
