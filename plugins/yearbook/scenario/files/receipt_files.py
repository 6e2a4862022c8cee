"""Receipts as the universities' and institutes' finance offices report them: one CSV a year, amounts in 万.

A few rows stand twice; a few are on contracts that nobody knows, and of these some amounts cannot be read. Not its
business: what was received.
"""

from pathlib import Path

import numpy as np

from yearbook.scenario.columns import Rows, joined, size_of, take
from yearbook.scenario.draws import Draws
from yearbook.scenario.faults import LETTERS, RAW
from yearbook.scenario.files.contract_cells import Page, Write, code, identifier, lines, money, number
from yearbook.scenario.labels import CURRENCIES, MARK
from yearbook.scenario.parties import Parties

FOLDER, ENCODING = "receipts", "gb18030"
WAN, PAGE_ROWS = 10_000, 100_000
TWICE_PER_TEN_THOUSAND, UNKNOWN_PER_TEN_THOUSAND, UNREAD_PER_MILLE = 12, 6, 500
SMALL_STEP, SMALL_STEPS = 10_000, 60
NOBODYS = LETTERS.index("N")

COLUMNS: dict[str, Write] = {
    "合同编号": identifier("C"),
    "到账年度": number("received"),
    "到账金额": money("value", WAN),
    "币种": code("currency", [chinese for chinese, _ in CURRENCIES.values()]),
}


class ReceiptFiles:
    """The receipt files of a folder; what is received in a later year waits for it."""

    def __init__(self, folder: Path, parties: Parties, seed: int) -> None:
        self._folder, self._parties, self._seed = folder / FOLDER, parties, seed
        self._waiting: dict[int, list[Rows]] = {}
        self._folder.mkdir(parents=True)

    def add(self, year: int, receipts: Rows) -> None:
        """Take receipts of a year."""
        self._waiting.setdefault(year, []).append(receipts)

    def write(self, year: int) -> int:
        """Write what was received in a year; return how many rows that is."""
        rows = joined(self._waiting.pop(year))
        rows = _with_faults(rows, Draws(self._seed, f"faults of receipts {year}"))
        rows = take(rows, np.lexsort([rows[key] for key in ("value", "letter", "is_amendment", "number", "year")]))
        with open(self._folder / f"{MARK}_到账_{year}.csv", "wb") as file:
            file.write((",".join(COLUMNS) + "\r\n").encode(ENCODING))
            for start in range(0, size_of(rows), PAGE_ROWS):
                some = {name: column[start : start + PAGE_ROWS] for name, column in rows.items()}
                page = Page(some, self._parties, ENCODING)
                file.write(lines([write(page) for write in COLUMNS.values()]))
        return size_of(rows)


def _with_faults(rows: Rows, draws: Draws) -> Rows:
    count = size_of(rows)
    sound = rows | {"raw_value": np.zeros(count, dtype=np.int64)}
    twice = take(sound, draws.below(count, 10_000) < TWICE_PER_TEN_THOUSAND)
    number = max(2, count * UNKNOWN_PER_TEN_THOUSAND // 10_000)
    nobodys = take(sound, draws.below(number, count)) | {
        "number": np.arange(1, number + 1),
        "letter": np.full(number, NOBODYS, dtype=np.int32),
        "is_amendment": np.zeros(number, dtype=bool),
        "value": SMALL_STEP * draws.between(number, 1, SMALL_STEPS),
        "raw_value": np.where(draws.chance(number, UNREAD_PER_MILLE), 1 + draws.below(number, len(RAW["value"])), 0),
    }
    return joined([sound, twice, nobodys])
