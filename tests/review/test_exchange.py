"""Decisions travel through a spreadsheet and back: nothing changes by itself, every line is checked, all or none."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import AT, copy_of, correction, finding, make_doubtful
from tiny import Tiny
from yearbook.errors import YearbookError
from yearbook.review.desk import Draft, decide
from yearbook.review.exchange import COLUMNS, export_decisions
from yearbook.review.filled_in import Imported, import_decisions
from yearbook.tables import disarm, rearm
from yearbook.workspace import Workspace

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def workspace(tiny: Tiny, tmp_path: Path) -> Workspace:
    return copy_of(tiny, tmp_path)


def read(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def write(rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def fill_in(rows: Rows, record_key: str, **cells: str) -> Rows:
    return [row | cells if rearm(row["record_key"]) == record_key and not row["number"] else row for row in rows]


def come_back(workspace: Workspace, content: bytes) -> Imported:
    return import_decisions(workspace, content, "decisions.csv", "li", AT)


def test_open_findings_stand_first_by_their_effect_then_decisions(workspace: Workspace) -> None:
    decide(workspace, [correction(workspace, "模拟-y", "unread_sign_date", "sign_date", "2024-12-01")], "li", AT)
    rows = read(export_decisions(workspace))
    assert list(rows[0]) == COLUMNS
    assert [row["record_key"] for row in rows][-1] == "模拟-y"
    effects = [abs(float(row["effect"] or 0)) for row in rows if not row["number"]]
    assert effects == sorted(effects, reverse=True)
    last = rows[-1]
    assert (last["number"], last["decision"], last["value"], last["new_value"], last["reason"]) == (
        "1", "correct", "2024-13-01", "2024-12-01", "a typo",
    )  # fmt: skip


def test_what_comes_back_as_it_went_changes_nothing(workspace: Workspace) -> None:
    hostile = Draft.of("waive", finding(workspace, "=cmd()", "unknown_code"), '=HYPERLINK(1)\n\'+1, "so"; 是')
    decide(workspace, [hostile, correction(workspace, "模拟-z", "impossible_amount", "value", "-1")], "@li", AT)
    before, content = workspace.catalogue.decisions(), export_decisions(workspace)
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    formulas = [
        cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and not cell.lstrip("-")[:1].isdigit()
    ]
    assert formulas == []

    rows = read(content)
    unchanged = Imported([], len(rows))
    assert come_back(workspace, content) == unchanged
    assert come_back(workspace, write(rows, ";")) == unchanged
    assert come_back(workspace, write(rows, "\t", "utf-16")) == unchanged
    assert come_back(workspace, write(rows, ",", "gb18030")) == unchanged
    assert workspace.catalogue.decisions() == before


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "\u200b=1", "\ufeff\u202e=1", "\0=1", "'=1", "''@x", "-1", "'-1", "'tis", " =x", "＝1", "plain", ""],
)
def test_a_cell_that_was_made_harmless_comes_back_as_it_was(cell: str) -> None:
    assert rearm(str(disarm(cell))) == cell


def test_what_was_filled_in_is_decided_once(workspace: Workspace) -> None:
    rows = read(export_decisions(workspace))
    rows = fill_in(rows, "=cmd()", decision="豁免", until="2025/12/31", reason="it is a country to them")
    rows = fill_in(rows, "模拟-y", decision="Correct", new_value="2024年12月1日", reason="a typo")
    done = come_back(workspace, write(rows))
    assert (done.numbers, done.unchanged) == ([1, 2], len(rows) - 2)
    decided = workspace.catalogue.decisions()
    assert {(one.kind, one.record_key, one.new_value, one.until) for one in decided} == {
        ("waive", "=cmd()", None, "2025-12-31"),
        ("correct", "模拟-y", "2024-12-01", None),
    }
    assert len({one.batch for one in decided}) == 1
    assert decided[0].batch
    assert come_back(workspace, write(rows)) == Imported([], len(rows))


def _withdrawn(rows: Rows) -> Rows:
    return [row | {"new_value": "2024-12-02"} if row["number"] else row for row in rows]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: fill_in(rows, "模拟-x", decision="waive"), "column reason"),
        (lambda rows: fill_in(rows, "模拟-x", reason="why not"), "column decision"),
        (lambda rows: fill_in(rows, "模拟-x", decision="=drop", reason="why not"), "`=drop` is no decision"),
        (
            lambda rows: fill_in(rows, "模拟-x", decision="correct", new_value="Atlantis", reason="?"),
            "column new_value",
        ),
        (lambda rows: fill_in(rows, "模拟-x", decision="hold", reason="?", record_hash="1E+63"), "column record_hash"),
        (lambda rows: fill_in(rows, "模拟-x", decision="hold", reason="?", year="2,024"), "column year"),
        (lambda rows: fill_in(rows, "模拟-x", decision="hold", reason="?", number="99"), "no decision of that number"),
        (_withdrawn, "decision 1 says `2024-12-01` here, and a decision is never changed"),
    ],
    ids=["no reason", "no decision", "odd decision", "odd value", "mangled", "odd year", "odd number", "changed"],
)
def test_a_wrong_line_is_named_and_nothing_is_decided(
    workspace: Workspace, change: Callable[[Rows], Rows], says: str
) -> None:
    decide(workspace, [correction(workspace, "模拟-y", "unread_sign_date", "sign_date", "2024-12-01")], "li", AT)
    rows = fill_in(read(export_decisions(workspace)), "模拟-z", decision="hold", reason="too much")
    changed = change(rows)
    (line,) = [number for number, (now, was) in enumerate(zip(changed, rows, strict=True), 2) if now != was]
    with pytest.raises(YearbookError) as caught:
        come_back(workspace, write(changed))
    assert says in str(caught.value)
    assert f"decisions.csv, line {line}, column " in str(caught.value)
    assert len(workspace.catalogue.decisions()) == 1


@pytest.mark.parametrize("hidden", ["", "\ufeff", "\u200b", "\u202e", "\0", "\u2066 "])
def test_what_nobody_sees_before_a_formula_makes_it_no_text(hidden: str) -> None:
    assert disarm(f"{hidden}=1+1") == f"'{hidden}=1+1"


def test_wrong_words_and_wrong_decisions_are_told_together(workspace: Workspace) -> None:
    rows = fill_in(read(export_decisions(workspace)), "模拟-z", decision="drop", reason="?")
    rows = fill_in(rows, "模拟-x", decision="correct", new_value="Atlantis", reason="?")
    with pytest.raises(YearbookError) as caught:
        come_back(workspace, write(rows))
    assert "`drop` is no decision" in str(caught.value)
    assert "`Atlantis` cannot be read as code" in str(caught.value)
    assert workspace.catalogue.decisions() == []


def test_all_wrong_lines_are_told_at_once(workspace: Workspace) -> None:
    rows = [row | {"decision": "waive", "reason": ""} for row in read(export_decisions(workspace))]
    with pytest.raises(YearbookError) as caught:
        come_back(workspace, write(rows))
    assert str(caught.value).count("column reason") == len(rows)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"number,decision\n1,waive\n", "column `dataset` is missing"),
        (b'number,"decision\n', "no line of CSV"),
        (b"", "column `number` is missing"),
        (b"\x00" * 100, "column `number` is missing"),
        (b"PK\x03\x04" * 100, "this is a workbook, and no CSV"),
    ],
    ids=["columns missing", "open quote", "nothing", "no text", "workbook"],
)
def test_what_is_no_such_table_is_refused(workspace: Workspace, content: bytes, says: str) -> None:
    with pytest.raises(YearbookError, match=says):
        come_back(workspace, content)


def test_more_lines_than_a_person_answers_for_are_refused(workspace: Workspace) -> None:
    rows = read(export_decisions(workspace))[:1] * 501
    with pytest.raises(YearbookError, match="501 lines are filled in, and at most 500 are decided at once"):
        come_back(workspace, write([row | {"decision": "hold", "reason": "all"} for row in rows]))
