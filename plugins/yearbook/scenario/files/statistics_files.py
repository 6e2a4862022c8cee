"""Partners' statistics as a yearbook prints them: years as columns under merged heads, a sheet for each region."""

from collections import defaultdict
from typing import Any

from xlsxwriter.worksheet import Worksheet

from yearbook.books import Book
from yearbook.scenario.draws import Draws
from yearbook.scenario.files.workbook import new_book
from yearbook.scenario.labels import MARK, PARTNERS, SECTORS
from yearbook.scenario.partner_statistics import YEARS, Row
from yearbook.scenario.words import MEASUREMENT_UNITS

SHEETS: dict[str, tuple[str, ...]] = {
    f"亚洲_{MARK}": ("VNM", "THA", "IDN", "MYS", "LAO", "KHM", "KAZ", "UZB", "PAK", "BGD"),
    f"其他_{MARK}": ("KEN", "TZA", "ETH", "EGY", "MAR", "SAU", "ARE", "POL", "HUN", "SRB"),
}
TITLE = f"{MARK} 合作国行业产出 / output of partners' sectors"
HEADS = {"国家和行业 Country and sector": ("国家 Country", "行业 Sector", "单位 Unit"), "产出 Output": YEARS}
NOTE = "注：模拟数据，仅供演示；“…”为未公布。 / Note: simulated; … means not printed."
HEAD_ROWS = 3
# Printed twice with another figure of one year: that year waits for a decision.
PRINTED_TWICE = ("MYS", "electronics")
OTHERWISE_PRINTED = 2022
Series = dict[int, int]


def statistics_files(rows: list[Row], seed: int) -> dict[str, bytes]:
    """Return the workbook by path."""
    draws = Draws(seed, "handwriting of statistics")
    series: dict[tuple[str, str], Series] = defaultdict(dict)
    for row in rows:
        series[row["partner"], row["sector"]][row["year"]] = row["value"]
    with new_book(f"{MARK} statistics of partners") as book:
        for name, partners in SHEETS.items():
            lines = [(key, years) for key, years in series.items() if key[0] in partners]
            _write_sheet(book, name, lines + _printed_again(lines), draws)
    return {f"statistics/{MARK}_partner_statistics.xlsx": book.content}


def _printed_again(lines: list[tuple[tuple[str, str], Series]]) -> list[tuple[tuple[str, str], Series]]:
    mine = [years for key, years in lines if key == PRINTED_TWICE]
    return [(PRINTED_TWICE, {**years, OTHERWISE_PRINTED: years[OTHERWISE_PRINTED] + 17}) for years in mine]


def _write_sheet(book: Book, name: str, lines: list[tuple[tuple[str, str], Series]], draws: Draws) -> None:
    sheet = book.workbook.add_worksheet(name)
    sheet.write_string(0, 0, TITLE)
    _write_heads(book, sheet)
    languages = draws.below(len(lines), 2).tolist()
    for number, ((partner, sector), years) in enumerate(lines, start=HEAD_ROWS):
        language = languages[number - HEAD_ROWS]
        unit = MEASUREMENT_UNITS["million_USD"][language]
        cells: list[Any] = [PARTNERS[partner][language], SECTORS[sector][language], unit]
        sheet.write_row(number, 0, cells + [years.get(year, "…") for year in YEARS])
    sheet.write_string(HEAD_ROWS + len(lines) + 1, 0, NOTE)


def _write_heads(book: Book, sheet: Worksheet) -> None:
    bold = book.workbook.add_format({"bold": True})
    column = 0
    for head, names in HEADS.items():
        sheet.merge_range(1, column, 1, column + len(names) - 1, head, bold)
        sheet.write_row(2, column, names, bold)
        column += len(names)
