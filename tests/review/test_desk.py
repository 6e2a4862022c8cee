"""Decisions are made on what was seen and is still so, all of a batch or none."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk import AT, bring_up, copy_of, correction, finding, make_doubtful
from tiny import Tiny
from yearbook.errors import DecisionError, SeveralErrors, YearbookError
from yearbook.review.bulk import lay_out
from yearbook.review.desk import MOST_AT_ONCE, Draft, decide, judge, withdraw
from yearbook.workspace import Workspace

X, Y, Z = "模拟-x", "模拟-y", "模拟-z"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_doubtful(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def workspace(made: Tiny, tmp_path: Path) -> Workspace:
    return copy_of(made, tmp_path)


def waiver(workspace: Workspace, until: str | None = "2025-12-31") -> Draft:
    return Draft.of("waive", finding(workspace, X, "unknown_code"), "it is a country to them", until=until)


def test_a_decision_is_kept_with_what_was_seen(workspace: Workspace) -> None:
    seen = finding(workspace, X, "unknown_code")
    drafts = [waiver(workspace), correction(workspace, Y, "unread_sign_date", "sign_date", "2024年12月1日")]
    first, second = decide(workspace, drafts, " li ", AT, batch="b1")

    waived, corrected = workspace.catalogue.decisions(state="active")
    assert (waived.id, waived.kind, waived.rule, waived.rule_version, waived.until) == (
        first, "waive", "unknown_code", seen.rule_version, "2025-12-31",
    )  # fmt: skip
    assert (waived.record_key, waived.record_hash, waived.year) == (X, seen.record_hash, 2024)
    assert (waived.decided_by, waived.decided_at, waived.batch) == ("li", AT, "b1")
    # What a cell should say rests on no rule: a correction does not lapse with one.
    assert (corrected.id, corrected.old_value, corrected.new_value, corrected.rule) == (
        second, "2024-13-01", "2024-12-01", "",
    )  # fmt: skip
    (told,) = [event for event in workspace.catalogue.events() if event.step == "decide"]
    assert (told.subject, told.rows, told.message) == ("b1", 2, f"li: correct, waive (decisions {first} to {second})")


@pytest.mark.parametrize(
    ("changed", "part", "says"),
    [
        ({"reason": "  "}, "reason", "a decision needs a reason"),
        ({"reason": "x" * 10_000_000}, "reason", "at most 2,000 characters"),
        ({"kind": "forget"}, "kind", "`forget` is no decision"),
        ({"dataset": "../contracts"}, "dataset", "there is no dataset `../contracts`"),
        ({"record_hash": "0" * 64}, "record_hash", "it has changed, or is gone"),
        ({"record_key": "模拟-2024-01"}, "record_key", "that record is 模拟-y"),
        ({"record_key": "1.1E+13", "rule": ""}, "record_key", "that record is 模拟-y"),
        ({"record_hash": "1.2E+10"}, "record_hash", "a spreadsheet may have made a number of it"),
        ({"year": 888888888, "rule": ""}, "year", "that record is of unknown, and not of 888888888"),
        ({"rule": "missing_value"}, "rule", "`missing_value` finds nothing here"),
        ({"rule_version": 7}, "rule_version", "version 7 of rule unread_sign_date was seen, and it is version 1 now"),
        ({"column": "colour"}, "column", "`colour` is no field of contracts"),
        ({"column": "sectr"}, "column", "did you mean `sector`?"),
        ({"column": "sector", "new_value": "ict services"}, "new_value", "the list is include/codelists/sectors.csv"),
        ({"new_value": "2024-13-01"}, "new_value", "a day such as 2024-03-05"),
        ({"new_value": "<script>" + "x" * 10_000_000}, "new_value", "cannot be read as date"),
        ({"column": "value", "new_value": "20000"}, "new_value", "value says 20000 already"),
        ({"column": "value", "new_value": "2万"}, "new_value", "an amount in CNY of at most"),
        ({"column": "value", "new_value": "1,200"}, "new_value", "write it in plain digits"),
        ({"column": "contract_id", "new_value": None}, "new_value", "contract_id may not be empty"),
        ({"until": "2025-12-31"}, "until", "only a waiver has an end"),
        ({"kind": "merge", "column": "channel", "new_value": "consulting"}, "column", "channel names no party"),
        ({"kind": "merge", "column": "seller_id", "new_value": "S1"}, "new_value", "`S1` cannot become `S1`"),
        ({"kind": "hold"}, "new_value", "`correct` changes a value"),
        ({"kind": "waive", "new_value": None, "rule": ""}, "rule", "a waiver is of one rule"),
        ({"kind": "waive", "new_value": None, "until": "tomorrow"}, "until", "write it as 2025-12-31"),
        ({"kind": "waive", "new_value": None, "until": "2025-06-29"}, "until", "records are checked as of 2025-06-30"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused(made: Tiny, changed: dict[str, object], part: str, says: str) -> None:
    workspace = made.workspace()
    draft = replace(correction(workspace, Y, "unread_sign_date", "sign_date", "2024-12-01"), **changed)
    (refused,) = judge(workspace, [draft], "li", AT)
    assert isinstance(refused, DecisionError)
    assert (refused.part, says in str(refused)) == (part, True), str(refused)[:500]
    assert len(str(refused)) < 1_000


def test_all_of_a_batch_are_decided_or_none(workspace: Workspace) -> None:
    good = waiver(workspace)
    with pytest.raises(SeveralErrors, match="needs a reason"):
        decide(workspace, [good, replace(good, kind="hold", reason=""), replace(good, record_hash="")], "li", AT)
    with pytest.raises(DecisionError, match=f"at most {MOST_AT_ONCE} are made at once"):
        decide(workspace, [good] * (MOST_AT_ONCE + 1), "li", AT)
    with pytest.raises(DecisionError, match="somebody"):
        decide(workspace, [good], " ", AT)
    assert workspace.catalogue.decisions() == []


def test_no_decision_is_kept_without_its_line_in_the_log(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("yearbook.catalogue.decisions.to_row", die)
        with pytest.raises(KeyboardInterrupt):
            decide(workspace, [waiver(workspace)], "li", AT)
    assert workspace.catalogue.decisions() == []
    assert decide(workspace, [waiver(workspace)], "li", AT) == [1]


def test_of_two_versions_that_stand_against_each_other_one_counts(tmp_path: Path) -> None:
    tiny = make_doubtful(tmp_path)
    line = "模拟-v,2024-05-01,2024-06-01,技术开发,S1,中国,{},光伏,有效"
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), line.format(7), line.format(8), ""]))
    workspace = tiny.workspace()
    bring_up(workspace)
    first, second = workspace.catalogue.findings(rule="duplicate_key")
    assert [one.what for one in lay_out(workspace, [first, second], "waive", "both").refused] == [
        "one of several versions counts"
    ] * 2
    decide(workspace, [Draft.of("waive", first, "the office says so")], "li", AT)
    with pytest.raises(DecisionError, match="another version of 模拟-v counts already, by decision 1"):
        decide(workspace, [Draft.of("waive", second, "this one too")], "li", AT)


def test_what_stands_is_not_decided_again_nor_against(workspace: Workspace) -> None:
    first = correction(workspace, Y, "unread_sign_date", "sign_date", "2024-12-01")
    decide(workspace, [first], "li", AT)
    for draft, says in [
        (replace(first, new_value="2024.12.01"), "decision 1 says the same"),
        (replace(first, new_value="2024-12-02"), "decision 1 stands: correct sign_date"),
    ]:
        with pytest.raises(DecisionError, match=says):
            decide(workspace, [draft], "wang", AT)
    held = replace(first, kind="hold", new_value=None)
    with pytest.raises(DecisionError, match="decision 0 stands: hold"):
        decide(workspace, [held, replace(held, kind="exclude")], "wang", AT)
    decide(workspace, [replace(first, column="sector", new_value="ict"), held], "wang", AT)
    assert [one.kind for one in workspace.catalogue.decisions(state="active")] == ["correct", "correct", "hold"]


def test_two_names_of_a_party_do_not_read_each_other(workspace: Workspace) -> None:
    merge = replace(
        correction(workspace, Y, "unread_sign_date", "seller_id", "S2"), kind="merge", rule="", rule_version=0
    )
    decide(workspace, [merge], "li", AT)
    bring_up(workspace)
    record = finding(workspace, "模拟-x", "unknown_code")
    back = replace(merge, record_key=X, record_hash=record.record_hash, year=2024, new_value="S1")
    with pytest.raises(DecisionError, match="`S1` reads `S2` already"):
        decide(workspace, [back], "li", AT)
    # What S1 reads now is merged further on.
    decide(workspace, [replace(back, new_value="S3")], "li", AT)
    assert [(one.old_value, one.new_value) for one in workspace.catalogue.decisions()] == [("S1", "S2"), ("S2", "S3")]


def test_a_record_that_changed_meanwhile_is_not_decided_on(tmp_path: Path) -> None:
    tiny = make_doubtful(tmp_path)
    workspace = tiny.workspace()
    draft = correction(workspace, Z, "impossible_amount", "value", "990000")
    tiny.edit(tiny.records, lambda text: text.replace("99999999999", "99"))
    bring_up(workspace)
    with pytest.raises(DecisionError, match="it has changed, or is gone"):
        decide(workspace, [draft], "li", AT)
    with pytest.raises(DecisionError, match="it has changed, or is gone"):
        decide(workspace, [replace(draft, rule="", rule_version=0)], "li", AT)


def test_a_decision_is_taken_back_once_and_with_a_reason(workspace: Workspace) -> None:
    (number,) = decide(workspace, [waiver(workspace, until=None)], "li", AT)
    with pytest.raises(DecisionError, match="needs a reason"):
        withdraw(workspace, number, "wang", AT, " ")
    withdraw(workspace, number, "wang", AT, "the wrong record")
    with pytest.raises(YearbookError, match=f"no active decision {number}"):
        withdraw(workspace, number, "wang", AT, "again")
    (one,) = workspace.catalogue.decisions()
    assert (one.state, one.withdrawn_by, one.withdrawn_at, one.withdrawn_reason) == (
        "withdrawn", "wang", AT, "the wrong record",
    )  # fmt: skip
    decide(workspace, [waiver(workspace, until=None)], "li", AT)
