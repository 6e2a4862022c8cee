"""Decisions that no longer apply: why, what comes back, and those that stop the year."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import Bench, make_bench
from deciding import AT, PARTIES, decide, decide_all, draft
from yearbook.catalogue import Catalogue
from yearbook.errors import DecisionError
from yearbook.lake import Lake
from yearbook.model.recipe import load_recipe
from yearbook.validate import validate_dataset
from yearbook.workspace import Workspace

TOO_FEW = """\
  - rule: too_few
    severity: critical
    partition: true
    check: (SELECT count(*) FROM records) > 5
    message: {en: "too few", zh: "太少"}
"""
ROWS = """
    id | day        | registered | value | seller
    A  | 2024-05-01 | 2024-06-01 | 10    | S1
    B  | 2024-05-02 | 2024-06-01 | -1    | S1
"""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage("things", ROWS, uri="first.csv")
    return bench


def redeliver(change: Callable[[str], str]) -> Callable[[Bench], None]:
    return lambda bench: bench.stage("things", change(ROWS), uri="first.csv")


def amend(bench: Bench) -> None:
    bench.stage("things", "id | day | registered | value\nB | 2024-05-02 | 2024-07-01 | -3", uri="second.csv")


def redefine(old: str, new: str) -> Callable[[Bench], None]:
    def change(bench: Bench) -> None:
        bench.dataset_file.write_text(PARTIES.replace(old, new), encoding="utf-8")
        workspace = bench.workspace
        bench.workspace = Workspace(
            workspace.settings, load_recipe("bench", workspace.settings.include), workspace.catalogue
        )

    return change


def pass_time(bench: Bench) -> None:
    """Nothing changes but the day."""


CHANGED = redeliver(lambda rows: rows.replace("-1    | S1", "-1    | S9"))
GONE = redeliver(lambda rows: "\n".join(line for line in rows.splitlines() if " B " not in line))
NEW_VERSION = redefine("check: r.value >= 0\n", "check: r.value >= 0\n    version: 2\n")
NO_RULE = redefine("rule: value_negative", "rule: value_below_zero")
BELOW = ("B", "value_negative", "open")
RENAMED = ("B", "value_below_zero", "open")


@pytest.mark.parametrize(
    ("values", "happens", "reason", "left"),
    [
        pytest.param({}, CHANGED, "the record has changed since", [BELOW], id="changed"),
        pytest.param({}, amend, "a newer version of the record has come since", [BELOW], id="amended"),
        pytest.param({}, GONE, "the record is no longer there", [], id="gone"),
        pytest.param({}, NEW_VERSION, "the rule has changed since", [BELOW], id="rule changed"),
        pytest.param({}, NO_RULE, "the rule is no longer there", [RENAMED], id="rule gone"),
        pytest.param({"until": "2025-06-29"}, pass_time, "its last day has passed", [BELOW], id="passed"),
    ],
)
def test_a_waiver_lapses_and_the_finding_is_open_again(
    bench: Bench,
    values: dict[str, Any],
    happens: Callable[[Bench], None],
    reason: str,
    left: list[tuple[str, str, str]],
) -> None:
    bench.validate("things", 2024)
    number = decide(bench, "waive", "B", rule="value_negative", **values)
    happens(bench)
    bench.validate("things", 2024)
    decision = bench.workspace.catalogue.decisions()[0]
    assert (decision.id, decision.state, decision.state_reason) == (number, "lapsed", reason)
    assert [(one.record_key, one.rule, one.state) for one in bench.findings()] == left
    assert {one.decision for one in bench.findings()} == ({None} if left == [RENAMED] else {number} if left else set())
    last = bench.workspace.catalogue.last_event()
    bench.validate("things", 2024)
    assert [event.state for event in bench.workspace.catalogue.events(last)] == ["kept"]


def test_what_is_waived_anew_says_nothing_of_the_waiver_that_lapsed(bench: Bench) -> None:
    decide(bench, "waive", "B", rule="value_negative", until="2025-06-29")
    bench.validate("things", 2024)
    again = decide(bench, "waive", "B", rule="value_negative")
    bench.validate("things", 2024)
    assert [(one.state, one.decision) for one in bench.findings()] == [("waived", again)]
    bench.workspace.catalogue.withdraw_decision(again, "ann", AT, "mistaken")
    bench.validate("things", 2024)
    assert [(one.state, one.decision) for one in bench.findings()] == [("open", again - 1)]


def test_a_waiver_of_the_year_as_a_whole_lapses_by_its_number(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, PARTIES + TOO_FEW)
    bench.stage("things", ROWS.replace("-1", "1"))
    number = decide(bench, "waive", "", rule="too_few", until="2025-06-29")
    bench.validate("things", 2024)
    assert [(one.rule, one.state, one.decision) for one in bench.findings()] == [("too_few", "open", number)]


@pytest.mark.parametrize(
    ("kind", "severity", "disposition"),
    [("hold", "critical", "held"), ("exclude", "critical", "held"), ("correct", "warning", "accepted")],
)
def test_what_lapsed_comes_back_as_a_finding_until_somebody_decides_again(
    bench: Bench, kind: str, severity: str, disposition: str
) -> None:
    values = {"column": "value", "new_value": "7"} if kind == "correct" else {}
    number = decide(bench, kind, "A", **values)
    bench.validate("things", 2024)
    redeliver(lambda rows: rows.replace("10    | S1", "10    | S9"))(bench)
    bench.validate("things", 2024)
    finding = next(one for one in bench.findings() if one.record_key == "A")
    assert (finding.rule, finding.severity, finding.state, finding.decision) == (
        "decision_lapsed",
        severity,
        "open",
        number,
    )
    assert "no longer applies (the record has changed since); decide again" in finding.message_en
    assert "已失效（该记录此后已变更）" in finding.message_zh
    assert bench.dispositions("things", "id")[0][:2] == ("A", disposition)
    decide(bench, "waive", "A", rule="decision_lapsed")
    bench.validate("things", 2024)
    assert bench.dispositions("things", "id")[0] == ("A", "accepted", None)
    decide(bench, "hold", "A")
    bench.validate("things", 2024)
    assert [one.rule for one in bench.findings() if one.record_key == "A"] == []


@pytest.mark.parametrize("is_after", [True, False], ids=["corrected since", "correction withdrawn since"])
def test_a_waiver_lapses_where_the_record_is_corrected_otherwise(bench: Bench, is_after: bool) -> None:
    correction = draft(bench, "correct", "B", column="value", new_value="-7")
    waiver = draft(bench, "waive", "B", rule="value_negative")
    numbers = decide_all(bench, [waiver] if is_after else [correction, waiver])
    bench.validate("things", 2024)
    assert {one.state for one in bench.findings()} == {"waived"}
    if is_after:
        decide_all(bench, [correction])
    else:
        later = replace(waiver, decided_at=AT).decided_at.replace(hour=23)
        bench.workspace.catalogue.withdraw_decision(numbers[0], "ann", later, "mistaken")
    bench.validate("things", 2024)
    assert {one.state for one in bench.findings()} == {"open"}
    lapsed = [one.state_reason for one in bench.workspace.catalogue.decisions(state="lapsed")]
    assert lapsed == ["the record is corrected otherwise than it was then"]


@pytest.mark.parametrize(
    ("happens", "year", "message"),
    [
        pytest.param(GONE, 2024, "to `5`: there is no such record", id="gone"),
        pytest.param(
            redeliver(lambda rows: rows.replace("-1 ", "5 ")), 2024, "to `5`: .* source was mended", id="mended"
        ),
        pytest.param(
            redeliver(lambda rows: rows.replace("2024-05-02 | 2024-06-01 | -1", "2023-05-02 | 2024-06-01 | 5")),
            2023,
            "source was mended",
            id="mended, and in another year",
        ),
        pytest.param(
            redefine("  value: {type: money", "  value: {type: boolean"),
            2024,
            "cannot be read as boolean",
            id="retyped",
        ),
    ],
)
def test_a_correction_that_cannot_be_stops_the_year(
    bench: Bench, happens: Callable[[Bench], None], year: int, message: str
) -> None:
    bench.validate("things", 2024)
    number = decide(bench, "correct", "B", column="value", new_value="5")
    bench.validate("things", 2024)
    before = bench.workspace.catalogue.accountings()
    happens(bench)
    with pytest.raises(DecisionError, match=message) as caught:
        bench.validate("things", year)
    assert f'`yearbook decisions withdraw {number} --reason "…" --programme bench`' in str(caught.value)
    assert bench.workspace.catalogue.accountings() == before
    bench.workspace.catalogue.withdraw_decision(number, "ann", AT, "mended")


def test_a_run_that_is_killed_leaves_what_the_next_one_needs(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.validate("things", 2024)
    decide(bench, "waive", "B", rule="value_negative")
    bench.validate("things", 2024)
    before = bench.dispositions("things", "id")
    CHANGED(bench)
    for owner, name in ((Lake, "write"), (Catalogue, "record_accounting"), (Catalogue, "record_step")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, _die)
            with pytest.raises(KeyboardInterrupt):
                bench.validate("things", 2024)
        step = bench.workspace.catalogue.find_step("validate", "things", 2024)
        assert step is not None
        if name == "write":
            assert bench.dispositions("things", "id") == before
            assert bench.workspace.catalogue.decisions()[0].state == "lapsed"
    bench.validate("things", 2024)
    assert bench.dispositions("things", "id") == [("A", "accepted", None), ("B", "held", "value_negative")]
    assert bench.workspace.catalogue.find_step("validate", "things", 2024) != step


def _die(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_asking_what_is_stale_lets_nothing_lapse(bench: Bench) -> None:
    from yearbook.asking import Preview, is_current

    bench.validate("things", 2024)
    decide(bench, "waive", "B", rule="value_negative")
    bench.validate("things", 2024)
    CHANGED(bench)
    preview = Preview.of(bench.workspace)
    assert not is_current(lambda: validate_dataset(preview, "things", 2024, AT.date()))
    assert bench.workspace.catalogue.decisions()[0].state == "active"
