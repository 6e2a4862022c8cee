"""Projects as the programme office collects them: workbooks with two header rows, merged heads and notes below.

The older workbook writes days as text and money in 万元; the newer one has a sheet per year, days as real dates, yuan.
"""

from collections.abc import Callable
from datetime import date
from itertools import cycle
from typing import Any

from xlsxwriter.worksheet import Worksheet

from yearbook.books import Book
from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.project_layouts import CODES, DATES, MONEY, NEW, OLD, Layout
from yearbook.scenario.files.workbook import new_book
from yearbook.scenario.labels import MARK
from yearbook.scenario.projects import Project

OLD_YEARS, NEW_YEARS = range(2016, 2023), range(2023, 2025)
HEAD_ROWS = 3
SENT_TWICE_PER_MILLE, FAULT_PER_MILLE, SERIAL_PER_MILLE = 4, 3, 12
BAD_DATES = ("不详", "2024-13-01", "待定")
NOTES = (
    "注：模拟数据，仅供演示；空白为尚未发生或未报告。",
    "Note: simulated records; blank means not yet or not reported.",
)


def project_files(projects: list[Project], seed: int) -> dict[str, bytes]:
    """Return the two workbooks by path."""
    draws = Draws(seed, "handwriting of projects")
    delivered = _delivered(projects, draws)
    return {
        f"projects/{MARK}_项目_2016-2022.xlsx": _workbook(OLD, {f"项目_{MARK}": OLD_YEARS}, delivered),
        f"projects/{MARK}_projects_2023-2024.xlsx": _workbook(
            NEW, {f"{MARK}_{year}": range(year, year + 1) for year in NEW_YEARS}, delivered
        ),
    }


def _delivered(projects: list[Project], draws: Draws) -> list[Project]:
    """Some projects are sent twice; beside others stands one with a fault, which waits for a decision."""
    delivered: list[Project] = []
    faults = cycle(FAULTS)
    fates = draws.below(len(projects), 1_000).tolist()
    serials = draws.chance(len(projects), SERIAL_PER_MILLE).tolist()
    for project, fate, is_serial in zip(projects, fates, serials, strict=True):
        written = {**project, "is_serial": is_serial}
        delivered += [written] * (2 if fate < SENT_TWICE_PER_MILLE else 1)
        if fate >= 1_000 - FAULT_PER_MILLE and project["group"] == "background":
            new_number = {**written, "project_id": f"{project['project_id']}-X"}
            delivered += [{**new_number, **version} for version in next(faults)(project)]
    return delivered


def _unreadable(project: Project) -> list[Project]:
    text = BAD_DATES[project["screened_date"] % len(BAD_DATES)]
    return [{"raw": {"start_date": text, "screened_date": text}}]


def _beyond_the_scale(project: Project) -> list[Project]:
    return [{"trl_start": 12}]


def _part_exceeds_whole(project: Project) -> list[Project]:
    return [{"parameters_compatible": project["parameters_total"] + 9}]


def _two_titles(project: Project) -> list[Project]:
    return [{}, {"title": f"{project['title']}（二期）"}]


FAULTS: tuple[Callable[[Project], list[Project]], ...] = (
    _unreadable,
    _beyond_the_scale,
    _part_exceeds_whole,
    _two_titles,
)


def _workbook(layout: Layout, sheets: dict[str, range], projects: list[Project]) -> bytes:
    with new_book(f"{MARK} projects") as book:
        for name, years in sheets.items():
            _write_sheet(book, name, layout, [one for one in projects if one["year"] in years])
    return book.content


def _write_sheet(book: Book, name: str, layout: Layout, projects: list[Project]) -> None:
    sheet = book.workbook.add_worksheet(name)
    sheet.write_string(0, 0, f"{MARK} 成果转化与合作项目 / commercialization and cooperation projects")
    _write_heads(book, sheet, layout)
    day = book.workbook.add_format({"num_format": "yyyy-mm-dd"})
    for number, project in enumerate(projects, start=HEAD_ROWS):
        for column, field in enumerate(layout.fields):
            value = _cell(project, field, layout)
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, date):
                sheet.write_number(number, column, value.toordinal() - cells.EXCEL_DAY_ZERO, day)
            elif value is not None:
                sheet.write_number(number, column, value)
    for number, note in enumerate(NOTES, start=HEAD_ROWS + len(projects) + 1):
        sheet.write_string(number, 0, note)


def _write_heads(book: Book, sheet: Worksheet, layout: Layout) -> None:
    bold = book.workbook.add_format({"bold": True})
    column = 0
    for head, columns in layout.heads:
        sheet.merge_range(1, column, 1, column + len(columns) - 1, head, bold)
        sheet.write_row(2, column, columns, bold)
        column += len(columns)


def _cell(project: Project, field: str, layout: Layout) -> Any:
    raw = project.get("raw", {}).get(field)
    value = project.get(field)
    if raw is not None or value is None:
        return raw
    if field in DATES:
        return value - cells.EXCEL_DAY_ZERO if project["is_serial"] else layout.day(value)
    if field in CODES:
        return layout.word(CODES[field], value)
    return value // layout.per if field in MONEY else value
