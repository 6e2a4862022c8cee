"""The error workbook: what is to be mended in the records of a source, for whoever delivered them.

Three sheets (summary, by rule, rows), each in both languages, with room for an answer beside each row. A cell that we
corrected is a row as well: its source is still to be mended. The same findings give the same bytes; no cell is ever a
formula. Not its business: reading answers, which come as records.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yearbook.books import GUARD, new_book, write_text
from yearbook.catalogue import Decision, Finding
from yearbook.errors import YearbookError
from yearbook.model.dataset import SEVERITY_NAMES
from yearbook.model.definition import Text
from yearbook.model.recipe import year_label
from yearbook.publish.words.language import SOURCE_LANGUAGE, load_language
from yearbook.publish.words.marks import kind_marks
from yearbook.publish.words.rule_titles import load_rule_titles
from yearbook.review.corrected import Corrected, followed_from
from yearbook.validate.keys import cut
from yearbook.workspace import Workspace

MOST_ROWS, LONGEST_SAID = 1_000_000, 80
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
LANGUAGES = (SOURCE_LANGUAGE, "zh-Hans")
DATA = "{data}/"
CORRECTED = "corrected by us 我方已更正"
MEND = Text(
    en="We read “{old}” as “{new}”; please mend it in your register",
    zh="“{old}”我方已按“{new}”处理；请在贵方登记中更正",
)
FOLLOWS = Text(
    en="{said}. This may follow from our reading of {field}, “{old}”, as “{new}”: mend that first",
    zh="{said}。此项可能源于我方将{field}“{old}”按“{new}”处理：请先更正该项",
)
NOTHING = Text(en="nothing", zh="空")
Cells = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns with their widths, its rows."""

    name: str
    columns: dict[str, int]
    rows: Iterable[Cells]


def error_workbook(
    workspace: Workspace,
    found: list[Finding],
    source: str | None = None,
    year: int | None = None,
    *,
    corrected: Sequence[Corrected] = (),
) -> bytes:
    """Write findings as a workbook; `source` and `year` say which they are, where they are of one.

    A finding that may follow from one of the `corrected` cells says so. Raises `YearbookError` for more than a sheet
    takes.
    """
    if len(found) + len(corrected) > MOST_ROWS:
        what = f"{len(found) + len(corrected):,} rows, and a sheet holds {MOST_ROWS:,}"
        raise YearbookError(what, where=workspace.programme, fix="write a workbook for each source and year")
    sheets = [
        Sheet("summary 概要", SUMMARY_COLUMNS, _summary(workspace, found, corrected, source, year)),
        Sheet("by rule 按规则", RULE_COLUMNS, _by_rule(workspace, found)),
        Sheet("rows 逐行", ROW_COLUMNS, _rows(workspace, found, corrected)),
    ]
    programme = workspace.recipe.programme
    languages = [load_language(tag, workspace.settings.reports) for tag in LANGUAGES]
    mark = " · ".join(mark for one in languages for mark in kind_marks(programme, one))
    title = f"{programme.programme} {source or ''} {year or ''}".strip()
    # Checked as of this day, whenever that is done: the same findings are the same file.
    with new_book(title, datetime.combine(programme.last_release_date, time()), strings_to_formulas=False) as book:
        looks = _Looks(
            head=book.workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
            warn=book.workbook.add_format({"bold": True, "font_color": "#9C0006"}),
            guarded=book.workbook.add_format(GUARD),
        )
        for sheet in sheets:
            _write(book.workbook.add_worksheet(sheet.name), sheet, mark, looks)
    return book.content


@dataclass(frozen=True)
class _Looks:
    """How cells look."""

    head: Format
    warn: Format
    guarded: Format


def _write(page: Worksheet, sheet: Sheet, mark: str, looks: _Looks) -> None:
    page.write_string(0, 0, mark, looks.warn)
    for at, (column, width) in enumerate(sheet.columns.items()):
        page.set_column(at, at, width)
        page.write_string(1, at, column, looks.head)
    last = 1
    for last, cells in enumerate(sheet.rows, start=2):
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(last, at, cell)
            elif cell is not None:
                write_text(page, last, at, str(cell), looks.guarded)
    page.freeze_panes(2, 0)
    if last > 1:
        page.autofilter(1, 0, last, len(sheet.columns) - 1)


def _summary(
    workspace: Workspace, found: list[Finding], corrected: Sequence[Corrected], source: str | None, year: int | None
) -> Iterator[Cells]:
    programme = workspace.recipe.programme
    yield "programme 统计", _both(programme.title)
    if source is not None:
        yield "source 来源", _both(workspace.recipe.sources[source].card.title)
    yield "year 年份", "all 全部" if year is None else year_label(year)
    yield "to mend 待改", len(found)
    yield CORRECTED, len(corrected)
    concerned: list[Finding | Decision] = [*found, *(one.decision for one in corrected)]
    yield "records concerned 涉及记录", len({(one.dataset, one.record_key, one.record_hash) for one in concerned})
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


def _rows(workspace: Workspace, found: list[Finding], corrected: Sequence[Corrected]) -> Iterator[Cells]:
    """A row for each finding and each corrected cell, in the order of delivery."""
    rows = _Rows(workspace, corrected)
    placed = [((one.uri.removeprefix(DATA), one.row), rows.of_corrected(one)) for one in corrected]
    for one in sorted(found, key=lambda one: (one.rule, one.dataset, one.year)):
        file, row = _place(one)
        placed.append(((file, row or 0), rows.of_finding(one)))
    yield from (cells for _, cells in sorted(placed, key=lambda one: one[0]))


@dataclass(frozen=True)
class _Rows:
    workspace: Workspace
    corrected: Sequence[Corrected]

    def of_finding(self, finding: Finding) -> Cells:
        """The cells of one finding, up to those that are left for an answer."""
        file, row = _place(finding)
        said = {"en": finding.message_en, "zh": finding.message_zh}
        for one in followed_from(self.workspace.recipe, finding, self.corrected):
            field = self._field(one.dataset, one.column)
            said = {tag: _fill(FOLLOWS, tag, one, said=said[tag], field=field.get(tag)) for tag in said}
        return (
            file,
            row,
            _dataset(self.workspace, finding.dataset),
            year_label(finding.year),
            finding.record_key,
            _both(self._field(finding.dataset, finding.column or "")) if finding.column else None,
            finding.value if finding.raw is None else finding.raw,
            SEVERITIES[finding.severity],
            *said.values(),
        )

    def of_corrected(self, one: Corrected) -> Cells:
        """The cells of one correction: what was received, and as what we read it."""
        decision = one.decision
        return (
            one.uri.removeprefix(DATA),
            one.row,
            _dataset(self.workspace, decision.dataset),
            year_label(decision.year),
            decision.record_key,
            _both(self._field(decision.dataset, decision.column)),
            decision.old_value,
            CORRECTED,
            *(_fill(MEND, tag, decision) for tag in ("en", "zh")),
        )

    def _field(self, dataset: str, name: str) -> Text:
        field = self.workspace.recipe.datasets[dataset].fields.get(name)
        return field.title if field else Text(en=name, zh=name)


def _fill(template: Text, tag: str, correction: Decision, **more: str) -> str:
    """A sentence about a correction in one language. What a record says goes into a text as it is, and is no `Text`."""
    old, new = (
        cut(text, LONGEST_SAID) if text else NOTHING.get(tag) for text in (correction.old_value, correction.new_value)
    )
    return template.get(tag).format(old=old, new=new, **more)


def _place(finding: Finding) -> tuple[str, int | None]:
    """File and row; a finding of a year as a whole has neither."""
    file, _, row = finding.location.rpartition(", row ")
    return (file.removeprefix(DATA), int(row)) if row.isdecimal() else (finding.location, None)


def _dataset(workspace: Workspace, name: str) -> str:
    return _both(workspace.recipe.datasets[name].title)


def _both(text: Text) -> str:
    return text.en if text.en == text.zh else f"{text.en} {text.zh}"
