"""The error workbook: what is to be mended in the records of a source, for whoever delivered them.

Three sheets (summary, by rule, rows), each in both languages, with room for an answer beside each row. The same
findings give the same bytes; no cell is ever a formula. Not its business: reading answers, which come as records.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yearbook.catalogue import Finding
from yearbook.errors import YearbookError
from yearbook.model.dataset import SEVERITY_NAMES
from yearbook.model.definition import Text
from yearbook.model.recipe import year_label
from yearbook.publish.formats.csv_files import MARKS
from yearbook.publish.words.rule_titles import load_rule_titles
from yearbook.scenario.files.workbook import new_book
from yearbook.workspace import Workspace

MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576."""
SEVERITIES = {code: f"{name.en} {name.zh}" for code, name in SEVERITY_NAMES.items()}
ROW_COLUMNS = {
    "file 文件": 34, "row 行": 8, "dataset 数据集": 24, "year 年份": 9, "record 编号": 24, "field 字段": 30,
    "received 收到的值": 22, "severity 严重程度": 16, "what to mend": 60, "应如何更正": 50,
    "right value 正确值": 22, "remark 说明": 30,
}  # fmt: skip
RULE_COLUMNS = {
    "dataset 数据集": 24,
    "rule 规则": 34,
    "severity 严重程度": 16,
    "what it says": 60,
    "含义": 50,
    "rows 行数": 10,
}
HOW_TO_ANSWER = (
    "Send the records again, mended; or write the right value, or why it is right, beside the row."
    " 请更正后重新报送；或在各行填写正确值，或说明原值无误的理由。"
)
SUMMARY_COLUMNS = {"": 40, " ": 60}
Cells = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns with their widths, its rows."""

    name: str
    columns: dict[str, int]
    rows: Iterable[Cells]


def error_workbook(
    workspace: Workspace, found: list[Finding], source: str | None = None, year: int | None = None
) -> bytes:
    """Write findings as a workbook; `source` and `year` say which they are, where they are of one.

    Raises `YearbookError` for more of them than a sheet takes.
    """
    if len(found) > MOST_ROWS:
        what = f"{len(found):,} findings, and a sheet holds {MOST_ROWS:,}"
        raise YearbookError(what, where=workspace.programme, fix="write a workbook for each source and year")
    sheets = [
        Sheet("summary 概要", SUMMARY_COLUMNS, _summary(workspace, found, source, year)),
        Sheet("by rule 按规则", RULE_COLUMNS, _by_rule(workspace, found)),
        Sheet("rows 逐行", ROW_COLUMNS, map(_Row(workspace).cells, sorted(found, key=_by_place))),
    ]
    programme = workspace.recipe.programme
    mark = MARKS.get(programme.confidentiality, "")
    with new_book(f"{programme.programme} {source or ''} {year or ''}".strip(), strings_to_formulas=False) as book:
        head = book.workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        warn = book.workbook.add_format({"bold": True, "font_color": "#9C0006"})
        for sheet in sheets:
            _write(book.workbook.add_worksheet(sheet.name), sheet, mark, head, warn)
    return book.content


def _write(page: Any, sheet: Sheet, mark: str, head: Any, warn: Any) -> None:
    page.write_string(0, 0, mark, warn)
    for at, (column, width) in enumerate(sheet.columns.items()):
        page.set_column(at, at, width)
        page.write_string(1, at, column, head)
    last = 1
    for last, cells in enumerate(sheet.rows, start=2):
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(last, at, cell)
            elif cell is not None:
                page.write_string(last, at, str(cell))
    page.freeze_panes(2, 0)
    if last > 1:
        page.autofilter(1, 0, last, len(sheet.columns) - 1)


def _summary(workspace: Workspace, found: list[Finding], source: str | None, year: int | None) -> Iterator[Cells]:
    programme = workspace.recipe.programme
    yield "programme 统计", _both(programme.title)
    if source is not None:
        yield "source 来源", _both(workspace.recipe.sources[source].card.title)
    yield "year 年份", "all 全部" if year is None else year_label(year)
    yield "to mend 待改", len(found)
    yield "records concerned 涉及记录", len({(one.dataset, one.record_key, one.record_hash) for one in found})
    counts = Counter(one.severity for one in found)
    for severity, name in SEVERITIES.items():
        yield name, counts[severity]
    yield "how to answer 如何回复", HOW_TO_ANSWER


def _by_rule(workspace: Workspace, found: list[Finding]) -> list[Cells]:
    titles = load_rule_titles(workspace.settings.reports)
    says = {one.rule: Text(en=one.rule_en, zh=one.rule_zh) for one in reversed(found)}
    counts = Counter((one.dataset, one.rule, one.severity) for one in found)
    return [
        (_dataset(workspace, dataset), rule, SEVERITIES[severity], title.en, title.zh, count)
        for (dataset, rule, severity), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        for title in [titles.get(rule, says[rule])]
    ]


@dataclass(frozen=True)
class _Row:
    workspace: Workspace

    def cells(self, finding: Finding) -> Cells:
        """The cells of one finding, up to those that are left for an answer."""
        file, row = _place(finding)
        field = self.workspace.recipe.datasets[finding.dataset].fields.get(finding.column or "")
        return (
            file,
            row,
            _dataset(self.workspace, finding.dataset),
            year_label(finding.year),
            finding.record_key,
            _both(field.title) if field else finding.column,
            finding.value if finding.raw is None else finding.raw,
            SEVERITIES[finding.severity],
            finding.message_en,
            finding.message_zh,
        )


def _by_place(finding: Finding) -> tuple[str, int, str, str, int]:
    file, row = _place(finding)
    return file, row or 0, finding.rule, finding.dataset, finding.year


def _place(finding: Finding) -> tuple[str, int | None]:
    """File and row; a finding of a year as a whole has neither."""
    file, _, row = finding.location.rpartition(", row ")
    return (file.removeprefix("{data}/"), int(row)) if row.isdecimal() else (finding.location, None)


def _dataset(workspace: Workspace, name: str) -> str:
    return _both(workspace.recipe.datasets[name].title)


def _both(text: Text) -> str:
    return text.en if text.en == text.zh else f"{text.en} {text.zh}"
