"""An edition as a workbook for Excel, one for each language: a cover, notes, one table a sheet; the same bytes again.

No text is ever a formula or a link, whatever it begins with. Not its business: what the tables hold (`sheets`).
"""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yearbook.books import GUARD, write_text
from yearbook.publish.context import Context
from yearbook.publish.formats.imprinting import release_facts
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.sheets import COVER, NOTES, Cell, Sheet, make_sheets
from yearbook.publish.report.about import make_flags
from yearbook.publish.report.citation import work_title
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import COMMON_CODES

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LATIN_FONT, CHINESE_FONT = "Calibri", "Microsoft YaHei"
WIDTHS = (22, 18, 34, 26, 16, 18)
NUMBER_WIDTH, MARKS_WIDTH, TEXT_WIDTH = 15, 24, 100
HEAD_WIDTH, NAME_WIDTH, CODE_WIDTH = 24, 36, 32
ONE_TABLE = N_("This sheet holds one table.")
HOW_TO_READ = (
    N_("Each sheet after this one holds one table: an indicator with its parts, and its years side by side."),
    N_("Values are unrounded numbers in the unit that their line names. An empty cell: there is no such figure."),
    N_("A mark in square brackets stands where a value is missing; the last column has the marks of all years."),
    N_("Parts are summed within one level only; groups overlap and are never added."),
    N_(
        "Not every figure stands here: of parts in two or more dimensions at once (a sector in a country) only those"
        " that the report shows. The file observations.csv of each edition holds all."
    ),
)


class Formats:
    """How cells look."""

    def __init__(self, workbook: Workbook, language: str) -> None:
        font = {"font_name": CHINESE_FONT if language.startswith("zh") else LATIN_FONT, "valign": "top"}
        self._workbook, self._font = workbook, font
        self.title = workbook.add_format({**font, "bold": True, "font_size": 14})
        self.head = workbook.add_format({**font, "bold": True, "text_wrap": True, "bottom": 1})
        self.text = workbook.add_format({**font, "text_wrap": True})
        self.code = workbook.add_format(font)
        self.guarded = workbook.add_format({**font, **GUARD})
        self.link = workbook.add_format({**font, "font_color": "#0b57a4", "underline": 1})
        self.count = workbook.add_format({**font, "num_format": "#,##0"})
        self.mark = workbook.add_format({**font, "align": "right"})
        self._numbers: dict[int, Format] = {}

    def number(self, decimals: int) -> Format:
        """Numbers with these decimals; the cell holds all of them."""
        if decimals not in self._numbers:
            shown = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._workbook.add_format({**self._font, "num_format": shown})
        return self._numbers[decimals]


def make_workbooks(ingredients: Ingredients) -> dict[str, bytes]:
    """A workbook in each language."""
    return {f"{tag}.xlsx": write_workbook(context) for tag, context in ingredients.contexts.items()}


def write_workbook(context: Context) -> bytes:
    """All sheets in one file."""
    buffer = io.BytesIO()
    sheets = make_sheets(context)
    with Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(_properties(context))
        formats = Formats(workbook, context.language.tag)
        _write_cover(workbook.add_worksheet(context.language.say(COVER)), context, sheets, formats)
        _write_notes(workbook.add_worksheet(context.language.say(NOTES)), context, formats)
        for number, sheet in enumerate(sheets, start=1):
            _write_sheet(workbook.add_worksheet(sheet.name), context, sheet, formats, f"table_{number}")
    return buffer.getvalue()


def _properties(context: Context) -> dict[str, Any]:
    programme, tag = context.material.recipe.programme, context.language.tag
    return {
        "title": work_title(context),
        "author": programme.publisher.get(tag),
        "created": datetime.combine(context.material.release.released, time()),
    }


def _write_cover(page: Worksheet, context: Context, sheets: list[Sheet], formats: Formats) -> None:
    say = context.language.say
    page.set_column(0, 0, NAME_WIDTH)
    page.set_column(1, 1, TEXT_WIDTH)
    page.set_column(2, 2, CODE_WIDTH)
    page.write_string(0, 0, work_title(context), formats.title)
    row = _write_facts(page, 1, release_facts(context), formats)
    page.write_string(row + 1, 0, say("Sheet"), formats.head)
    page.write_string(row + 1, 1, say("Indicator"), formats.head)
    page.write_string(row + 1, 2, say("Code"), formats.head)
    for at, sheet in enumerate(sheets, start=row + 2):
        quoted = sheet.name.replace("'", "''")
        page.write_url(at, 0, f"internal:'{quoted}'!A1", formats.link, sheet.name)
        _write_text(page, at, 1, sheet.title, formats)
        _write_text(page, at, 2, sheet.code, formats)


def _write_notes(page: Worksheet, context: Context, formats: Formats) -> None:
    say, tag = context.language.say, context.language.tag
    page.set_column(0, 0, HEAD_WIDTH)
    page.set_column(1, 1, TEXT_WIDTH)
    page.write_string(0, 0, say("Notes"), formats.title)
    notes = [
        *map(say, HOW_TO_READ),
        *(context.language.prose(one.get(tag)) for one in context.material.recipe.programme.notes),
    ]
    facts = [
        *((say("Notes") if at == 0 else "", note) for at, note in enumerate(notes)),
        *make_flags(context),
        *((code, say(meaning)) for code, meaning in COMMON_CODES.items()),
    ]
    _write_facts(page, 1, facts, formats)


def _write_facts(page: Worksheet, row: int, facts: Sequence[tuple[str, str]], formats: Formats) -> int:
    """Write heads and what they say, one a line; return the row after them."""
    for at, (head, text) in enumerate(facts, start=row):
        _write_text(page, at, 0, head, formats)
        _write_text(page, at, 1, text, formats, formats.text)
    return row + len(facts)


def _write_sheet(page: Worksheet, context: Context, sheet: Sheet, formats: Formats, table: str) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.set_column(sheet.first_number, len(sheet.columns) - 2, NUMBER_WIDTH)
    page.set_column(len(sheet.columns) - 1, len(sheet.columns) - 1, MARKS_WIDTH)
    page.write_string(0, 0, sheet.title, formats.title)
    above = [*_mark(context), ("", context.language.say(ONE_TABLE)), *sheet.facts]
    for at, (head, text) in enumerate(above, start=1):
        _write_text(page, at, 0, head, formats)
        _write_text(page, at, 1, text, formats)
    top = len(above) + 2
    last = (top + len(sheet.rows), len(sheet.columns) - 1)
    columns = [{"header": head, "header_format": formats.head} for head in sheet.columns]
    page.add_table(top, 0, *last, {"columns": columns, "name": table, "style": "Table Style Light 1"})
    page.freeze_panes(top + 1, 0)
    for at, row in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(row):
            _write_cell(page, at, column, cell, sheet, formats)


def _mark(context: Context) -> list[tuple[str, str]]:
    return [fact for fact in release_facts(context) if fact[0] == ""]


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, sheet: Sheet, formats: Formats) -> None:
    is_value = sheet.first_number <= column < len(sheet.columns) - 2
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        _write_text(page, row, column, cell, formats, formats.mark if is_value else None)
    else:
        page.write_number(row, column, cell, formats.number(sheet.decimals) if is_value else formats.count)


def _write_text(page: Worksheet, row: int, column: int, text: str, formats: Formats, own: Format | None = None) -> None:
    write_text(page, row, column, text, formats.guarded, own or formats.code)
