"""The error workbook that goes back to whoever delivered: what it says, the same each time, and it runs nothing."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desk import AT, copy_of, correction, finding, make_doubtful
from tiny import Tiny
from yearbook.review.corrected import find_corrected
from yearbook.review.desk import Draft, decide
from yearbook.review.figures import redo
from yearbook.review.workbook import error_workbook
from yearbook.workspace import Workspace


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def write(workspace: Workspace, year: int | None = None) -> bytes:
    found = [one for one in workspace.catalogue.findings(year=year) if one.state == "open"]
    return error_workbook(workspace, found, "register", year)


def test_a_workbook_says_in_both_languages_what_to_mend_where(tiny: Tiny) -> None:
    content = sheets(write(tiny.workspace()))
    assert list(content) == ["summary 概要", "by rule 按规则", "rows 逐行"]
    summary = {row[0]: row[1] for row in content["summary 概要"] if row[0]}
    assert (summary["corrected by us 我方已更正"], summary["records concerned 涉及记录"]) == (0, 4)
    assert (summary["source 来源"], summary["to mend 待改"], summary["critical 严重"]) == ("Register 登记", 5, 2)
    rules = {row[1]: row[2:] for row in content["by rule 按规则"][2:]}
    assert rules["unknown_code"][0] == "warning 警告"
    assert rules["unknown_code"][-1] == 2
    rows = {row[4]: row for row in content["rows 逐行"][2:]}
    assert rows["模拟-y"] == (
        "contracts.csv", 43, "Technology contracts 技术合同", "unknown", "模拟-y", "Date of signature 签订日期",
        "2024-13-01", "critical 严重",
        "Date of signature: cannot read “2024-13-01”; a date such as 2024-03-05 expected",
        "签订日期：无法识别“2024-13-01”；应为日期，如2024-03-05",
        None, None,
    )  # fmt: skip


def test_no_cell_is_a_formula_and_the_bytes_are_the_same(tiny: Tiny) -> None:
    content = write(tiny.workspace(), 2024)
    assert write(tiny.workspace(), 2024) == content
    assert "=cmd()" in {row[4] for row in sheets(content)["rows 逐行"]}
    cells = [one for row in openpyxl.load_workbook(io.BytesIO(content))["rows 逐行"].iter_rows() for one in row]
    guarded = {one.value for one in cells if one.quotePrefix}
    assert guarded == {"=cmd()"}, "what stays a text when somebody edits the cell"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


def test_a_corrected_cell_is_still_to_be_mended_where_it_came_from(tiny: Tiny, tmp_path: Path) -> None:
    workspace = copy_of(tiny, tmp_path)
    decide(workspace, [correction(workspace, "模拟-z", "impossible_amount", "value", "-5")], "li", AT)
    redo(workspace)
    found = [one for one in workspace.catalogue.findings() if (one.record_key, one.state) == ("模拟-z", "open")]
    corrected = find_corrected(workspace, source="register")
    rows = sheets(error_workbook(workspace, found, corrected=corrected))["rows 逐行"][2:]
    said = "Contract value, “999999999990000”, as “-5”"
    follows = "This may follow from our reading"
    assert [(row[:2], row[5:10]) for row in rows] == [
        (
            ("contracts.csv", 44),
            (
                "Contract value 合同金额",
                "999999999990000",
                "corrected by us 我方已更正",
                "We read “999999999990000” as “-5”; please mend it in your register",
                "“999999999990000”我方已按“-5”处理；请在贵方登记中更正",
            ),
        ),
        (
            ("contracts.csv", 44),
            (
                "Contract value 合同金额",
                "-5",
                "critical 严重",
                f"contract value -5; zero or more expected. {follows} of {said}: mend that first",
                "合同金额为-5，应不小于零。此项可能源于我方将合同金额“999999999990000”按“-5”处理：请先更正该项",
            ),
        ),
    ]
    assert find_corrected(workspace, source="another") == []
    assert find_corrected(workspace, year=2023) == []


def test_what_was_waived_is_not_sent_back(tiny: Tiny, tmp_path: Path) -> None:
    workspace = copy_of(tiny, tmp_path)
    decide(workspace, [Draft.of("waive", finding(workspace, "=cmd()", "unknown_code"), "as it is")], "li", AT)
    redo(workspace)
    assert "=cmd()" not in {row[4] for row in sheets(write(workspace))["rows 逐行"]}
