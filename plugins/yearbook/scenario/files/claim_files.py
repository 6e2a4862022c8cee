"""Insurance claims as the insurer sends them: a workbook with two header rows, in 万元, a sheet for some years."""

from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from yearbook.books import Book
from yearbook.scenario.claims import Row
from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.files.workbook import new_book
from yearbook.scenario.labels import CURRENCIES, MARK, PARTNERS, SECTORS
from yearbook.scenario.words import INSURANCE_CAUSES

WAN = 10_000
REPEATED_PER_MILLE = 12
HEAD_ROWS = 3
TITLE = f"{MARK} 海外投资与技术保险赔案 / insurance claims"
NOTE = "注：模拟数据，仅供演示；金额以万元计。 / Note: simulated; amounts in ten thousand yuan."
SHEETS: dict[str, range] = {f"赔案2020-2022_{MARK}": range(2020, 2023), f"赔案2023-2024_{MARK}": range(2023, 2025)}
HEADS: dict[str, dict[str, str]] = {
    "案件": {"赔案编号": "claim_id", "投保项目编号": "project_id", "出险国家": "partner", "所属领域": "sector"},
    "损失": {"出险原因": "cause", "出险日期": "loss_date", "核损金额": "loss"},
    "赔付": {"赔款金额": "compensation", "最高赔付比例": "cover_ratio", "币种": "currency"},
}
FIELDS = [field for columns in HEADS.values() for field in columns.values()]
WORDS = {"partner": PARTNERS, "sector": SECTORS, "cause": INSURANCE_CAUSES, "currency": CURRENCIES}
# Paid more than was lost (waits for a decision); a ceiling written as a fraction (is shown).
FAULTS: tuple[Row, ...] = (
    {"claim_id": "SIM-I-2024-9001", "project_id": None, "partner": "DEU", "sector": "robotics", "cause": "technical",
     "loss_date": date(2024, 3, 7).toordinal(), "loss": 3_000_000, "compensation": 8_000_000, "cover_ratio": 50,
     "currency": "CNY"},
    {"claim_id": "SIM-I-2023-9002", "project_id": None, "partner": "JPN", "sector": "materials", "cause": "commercial",
     "loss_date": date(2023, 8, 21).toordinal(), "loss": 2_000_000, "compensation": 0, "cover_ratio": "0.6",
     "currency": "CNY"},
)  # fmt: skip


def claim_files(claims: list[Row], seed: int) -> dict[str, bytes]:
    """Return the workbook by path."""
    delivered = with_repeats([*claims, *FAULTS], REPEATED_PER_MILLE, Draws(seed, "handwriting of claims"))
    with new_book(f"{MARK} insurance claims") as book:
        for name, years in SHEETS.items():
            _write_sheet(book, name, [one for one in delivered if date.fromordinal(one["loss_date"]).year in years])
    return {f"insurance/{MARK}_赔案.xlsx": book.content}


def _write_sheet(book: Book, name: str, claims: list[Row]) -> None:
    sheet = book.workbook.add_worksheet(name)
    sheet.write_string(0, 0, TITLE)
    _write_heads(book, sheet)
    for number, claim in enumerate(claims, start=HEAD_ROWS):
        sheet.write_row(number, 0, [_cell(field, claim[field]) for field in FIELDS])
    sheet.write_string(HEAD_ROWS + len(claims) + 1, 0, NOTE)


def _write_heads(book: Book, sheet: Worksheet) -> None:
    bold = book.workbook.add_format({"bold": True})
    column = 0
    for head, columns in HEADS.items():
        sheet.merge_range(1, column, 1, column + len(columns) - 1, head, bold)
        sheet.write_row(2, column, columns, bold)
        column += len(columns)


def _cell(field: str, value: Any) -> Any:
    if value is None:
        return ""
    if field in WORDS:
        return WORDS[field][value][0]
    if field == "loss_date":
        return cells.slashed(value)
    return value // WAN if field in ("loss", "compensation") else value
