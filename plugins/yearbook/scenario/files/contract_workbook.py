"""What was registered in a later year than it was signed, as the office sent it apart: a workbook, a sheet a year.

Two header rows (the names below the parties repeat), real dates, numbers in 万元. Few rows at any scale: one contract
in a hundred is late. Not its business: which contracts are late (`contract_files.py`).
"""

from collections.abc import Callable
from typing import Any

from yearbook.books import Book
from yearbook.scenario.columns import NOTHING, Rows, size_of
from yearbook.scenario.files import cells
from yearbook.scenario.files.contract_cells import Page, identifier
from yearbook.scenario.files.workbook import new_book
from yearbook.scenario.labels import (
    CHANNELS,
    CURRENCIES,
    MARK,
    PARTNERS,
    PLATFORMS,
    PRICING,
    PROVINCES,
    SECTORS,
    STATUSES,
    Label,
)
from yearbook.scenario.parties import Parties

WORKBOOK = f"{MARK}_补登记_2020-2021.xlsx"
WORKBOOK_YEARS = (2020, 2021)
WAN = 10_000
HEAD_ROWS = 3
NOTE = "注：模拟数据，仅供演示。本表为跨年补登记合同。 / Note: simulated records; contracts registered in a later year."

Column = Callable[[Page], list[Any]]


def _words(field: str, labels: dict[str, Label]) -> Column:
    words = [label[0] for label in labels.values()]
    return lambda page: [words[at] for at in page.rows[field].tolist()]


def _texts(write: Callable[[Page], Any]) -> Column:
    return lambda page: [text.decode() for text in write(page).to_pylist()]


def _days(field: str) -> Column:
    return lambda page: (page.rows[field] - cells.EXCEL_DAY_ZERO).tolist()


def _wan(field: str) -> Column:
    return lambda page: ["" if value == NOTHING else value / WAN for value in page.rows[field].tolist()]


def _party(role: str) -> dict[str, Column]:
    countries, provinces = [label[0] for label in PARTNERS.values()], [*PROVINCES, ""]
    return {
        "代码": lambda page: [page.parties.ids[at] for at in page.rows[role].tolist()],
        "名称": lambda page: [page.parties.names[0][at] for at in page.rows[role].tolist()],
        "国别": lambda page: [countries[at] for at in page.parties.countries[page.rows[role]].tolist()],
        "省份": lambda page: [provinces[at] for at in page.parties.provinces[page.rows[role]].tolist()],
    }


HEADS: dict[str, dict[str, Column]] = {
    "合同": {
        "编号": _texts(identifier("C")),
        "登记编号": _texts(identifier("R")),
        "类别": _words("channel", CHANNELS),
        "技术领域": _words("sector", SECTORS),
        "状态": _words("status", STATUSES),
        "变更前编号": _texts(identifier("C", amended=True)),
    },
    "日期": {"签订": _days("sign_date"), "登记": _days("registration_date")},
    "输出方": _party("seller"),
    "吸纳方": _party("buyer"),
    "金额（万）": {
        "成交额": _wan("value"),
        "技术交易额": _wan("technology_value"),
        "作价入股": _wan("equity_value"),
        "币种": _words("currency", CURRENCIES),
    },
    "其他": {"平台": _words("platform", PLATFORMS), "定价方式": _words("pricing_mechanism", PRICING)},
}
DAYS = ("日期",)


def late_workbook(late: dict[int, Rows], parties: Parties) -> bytes:
    """Return the workbook; `late` holds the rows of each year of registration."""
    with new_book(f"{MARK} contracts registered late") as book:
        for year, rows in late.items():
            _write_sheet(book, f"补登记{year}_{MARK}", Page(rows, parties, "utf-8"))
    return book.content


def _write_sheet(book: Book, name: str, page: Page) -> None:
    sheet = book.workbook.add_worksheet(name)
    bold, day = book.workbook.add_format({"bold": True}), book.workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, f"{MARK} 跨年补登记技术合同")
    column = 0
    for head, columns in HEADS.items():
        sheet.merge_range(1, column, 1, column + len(columns) - 1, head, bold)
        for sub, write in columns.items():
            sheet.write_string(2, column, sub, bold)
            sheet.write_column(HEAD_ROWS, column, write(page), day if head in DAYS else None)
            column += 1
    sheet.write_string(HEAD_ROWS + size_of(page.rows) + 1, 0, NOTE)
