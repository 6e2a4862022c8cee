"""Contracts as the register office sent them: four layouts over five years, one file a year, then one a quarter."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from yearbook.scenario.contracts import Contract
from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.contract_layouts import LAYOUTS, Hand, Layout, Names
from yearbook.scenario.labels import MARK

NAMES_PERCENT = (80, 14, 6)  # in the language of the file, in the other one, the old name
UNITS_PERCENT = (35, 60, 5)  # 元, 万元, 亿元
ODD_DATES_PER_MILLE = 12


def contract_files(delivered: list[Contract], names: Names, seed: int) -> dict[str, bytes]:
    """Return the files by path. A contract stands in the file of the day on which it was registered."""
    draws = Draws(seed, "handwriting of contracts")
    hands = _hands(len(delivered), names, draws)
    files: dict[str, list[tuple[Contract, Hand]]] = {}
    written: dict[int, Hand] = {}
    for contract, hand in zip(delivered, hands, strict=True):
        # Sent twice is the same paper twice, in one hand.
        row = (contract, written.setdefault(id(contract), hand))
        files.setdefault(_path(contract["registration_date"]), []).append(row)
    return {path: _write(_layout(path), rows) for path, rows in sorted(files.items())}


def _hands(count: int, names: Names, draws: Draws) -> list[Hand]:
    columns = (
        cells.hands(count, draws),
        draws.pick(count, NAMES_PERCENT).tolist(),
        draws.pick(count, UNITS_PERCENT).tolist(),
        draws.chance(count, ODD_DATES_PER_MILLE).tolist(),
    )
    return [Hand(*row, names) for row in zip(*columns, strict=True)]


def _path(registered: int) -> str:
    day = date.fromordinal(registered)
    if day.year == 2024:
        return f"contracts/{MARK}_contracts_2024Q{(day.month + 2) // 3}.csv"
    return f"contracts/{MARK}_{'contracts' if day.year == 2023 else '技术合同'}_{day.year}.csv"


def _layout(path: str) -> Layout:
    return next(layout for part, layout in LAYOUTS.items() if part in path)


def _write(layout: Layout, rows: Iterable[tuple[Contract, Hand]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(layout.columns)
    columns = list(layout.columns.values())
    for contract, hand in rows:
        raw = contract.get("raw")
        if raw:
            writer.writerow([raw.get(field) or write(contract, hand) for field, write in columns])
        else:
            writer.writerow([write(contract, hand) for _, write in columns])
    return text.getvalue().encode(layout.encoding)
