"""What each kind of decision does to records, findings and accounts: tables in, the whole outcome out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench import AS_OF, Bench, make_bench
from deciding import AT, PARTIES, decide, decide_all, draft
from yearbook.errors import AccountingError
from yearbook.validate import datasets_of, settle_year, years_of_corrections
from yearbook.validate.changes import merge_names

ROWS = """
    id | day        | registered | value | seller | buyer
    A  | 2023-05-01 | 2023-06-01 | 10    | S1     | B1
    B  | 2023-05-02 | 2023-06-01 | -1    | S1     | B2
    C  | 2024-05-01 | 2024-06-01 | 5000  | S2     | S1
    D  | 2024-05-02 | 2024-06-01 | -2    | S2     | B1
"""
YEARS = (2023, 2024)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage("things", ROWS)
    return bench


def outcome(bench: Bench, *years: int) -> list[tuple[str, str, str | None]]:
    bench.validate("things", *(years or YEARS))
    return bench.dispositions("things", "id")


def found(bench: Bench) -> list[tuple[str, str, str, int | None]]:
    return [(one.record_key, one.rule, one.state, one.decision) for one in bench.findings()]


def cells(bench: Bench, key: str) -> dict[str, object]:
    for account in bench.workspace.catalogue.accountings():
        for row in bench.workspace.lake.read(account.ref).to_pylist():
            if row["id"] == key:
                return row
    raise KeyError(key)


def accounts(bench: Bench) -> list[tuple[int, int, int, int, int, int]]:
    return [
        (one.year, one.received, one.accepted, one.held, one.excluded, one.superseded)
        for one in bench.workspace.catalogue.accountings()
    ]


def test_a_correction_is_read_in_the_place_of_the_cell_which_stays_visible(bench: Bench) -> None:
    decide(bench, "correct", "B", column="value", new_value="1,000.5")
    decide(bench, "correct", "B", column="status", new_value="Active")
    assert outcome(bench) == [
        ("A", "accepted", None),
        ("B", "accepted", None),
        ("C", "accepted", None),
        ("D", "held", "value_negative"),
    ]
    row = cells(bench, "B")
    assert (str(row["value"]), row["status"]) == ("1000.500000", "active")
    assert json.loads(str(row["_corrected"])) == {"status": None, "value": "-1"}
    assert cells(bench, "A")["_corrected"] is None
    assert found(bench) == [
        ("B", "value_large", "open", None),
        ("C", "value_large", "open", None),
        ("D", "value_negative", "open", None),
    ]


def test_of_two_corrections_of_one_cell_the_later_counts(bench: Bench) -> None:
    decide(bench, "correct", "B", column="value", new_value="7")
    decide(bench, "correct", "B", column="value", new_value="8")
    outcome(bench)
    assert str(cells(bench, "B")["value"]) == "8.000000"


def test_a_cell_that_could_not_be_read_is_corrected_like_any_other(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage("things", "id | day | ?day | ?value | value\nA | | 5 May | ten | \nB | 2024-01-01 | | | 1")
    bench.validate("things", 0, 2024)
    assert outcome(bench, 0, 2024) == [("A", "held", "unread_day"), ("B", "accepted", None)]
    decide(bench, "correct", "A", column="day", new_value="2023-05-05")
    assert outcome(bench, 0, 2023, 2024) == [("A", "accepted", None), ("B", "accepted", None)]
    assert json.loads(str(cells(bench, "A")["_corrected"])) == {"day": "5 May"}
    assert json.loads(str(cells(bench, "A")["_unread"])) == {"value": "ten"}
    assert found(bench) == [("A", "unread_value", "open", None)]


def test_a_corrected_date_moves_the_record_and_the_accounts_still_add_up(bench: Bench) -> None:
    outcome(bench)
    number = decide(bench, "correct", "A", column="day", new_value="2022年5月1日")
    workspace = bench.workspace
    assert years_of_corrections(workspace) == {2022, 2023}
    assert datasets_of(workspace, 2022) == ["things"]
    bench.validate("things", 2023)
    settle_year(workspace, 2023)
    with pytest.raises(AccountingError, match="1 records are staged, and 0 were checked"):
        settle_year(workspace, 2022)
    bench.validate("things", 2022)
    assert accounts(bench) == [(2022, 1, 1, 0, 0, 0), (2023, 1, 0, 1, 0, 0), (2024, 2, 1, 1, 0, 0)]
    for year in (2022, 2023, 2024):
        settle_year(workspace, year)
    workspace.catalogue.withdraw_decision(number, "ann", AT, "mistaken")
    bench.validate("things", 2022, 2023)
    assert accounts(bench) == [(2023, 2, 1, 1, 0, 0), (2024, 2, 1, 1, 0, 0)]
    settle_year(workspace, 2022)
    settle_year(workspace, 2023)


def test_a_record_that_a_correction_moved_is_missed_where_it_is_lost(bench: Bench) -> None:
    decide(bench, "correct", "A", column="day", new_value="2024-05-01")
    outcome(bench)
    assert accounts(bench) == [(2023, 1, 0, 1, 0, 0), (2024, 3, 2, 1, 0, 0)]
    bench.stage("things", "id | day\nE | 2024-01-01")
    with pytest.raises(AccountingError, match="4 records are staged, and 3 were checked"):
        settle_year(bench.workspace, 2024)


def test_a_merge_reads_one_name_for_another_wherever_parties_stand(bench: Bench) -> None:
    decide(bench, "merge", "A", column="seller", old_value="S1", new_value="S2")
    outcome(bench)
    read = {
        key: (cells(bench, key)["seller"], cells(bench, key)["buyer"], cells(bench, key)["_corrected"]) for key in "AC"
    }
    assert read == {
        "A": ("S2", "B1", '{"seller": "S1"}'),
        "C": ("S2", "S2", '{"buyer": "S1"}'),
    }


@pytest.mark.parametrize(
    ("merges", "names"),
    [
        ([("a", "b"), ("b", "c")], [("a", "c"), ("b", "c")]),
        ([("b", "c"), ("a", "b")], [("a", "c"), ("b", "c")]),
        ([("a", "b"), ("b", "a")], [("b", "a")]),
        ([("a", "b"), ("a", "c")], [("a", "c")]),
        ([("a", "b"), ("b", "c"), ("c", "a")], [("b", "a"), ("c", "a")]),
    ],
)
def test_merges_follow_each_other_and_the_later_ends_a_circle(
    merges: list[tuple[str, str]], names: list[tuple[str, str]]
) -> None:
    assert merge_names(merges) == tuple(names)


def test_of_merged_keys_the_record_that_has_it_by_itself_counts(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, PARTIES.replace("  id: {type: text,", "  id: {type: text, party: true,"))
    bench.stage("things", "id | day | value\nA | 2024-01-01 | 1\nB | 2024-01-02 | 2\nX | 2024-01-03 | 3")
    decide(bench, "merge", "A", column="id", old_value="A", new_value="B")
    assert outcome(bench) == [("B", "superseded", "merged"), ("B", "accepted", None), ("X", "accepted", None)]


def test_a_waived_finding_holds_nothing_and_the_others_do(bench: Bench) -> None:
    outcome(bench)
    number = decide(bench, "waive", "B", rule="value_negative")
    other = decide(bench, "waive", "D", rule="value_large")
    assert outcome(bench) == [
        ("A", "accepted", None),
        ("B", "accepted", None),
        ("C", "accepted", None),
        ("D", "held", "value_negative"),
    ]
    assert other == number + 1
    assert found(bench) == [
        ("B", "value_negative", "waived", number),
        ("C", "value_large", "open", None),
        ("D", "value_negative", "open", None),
    ]


def test_held_and_excluded_records_leave_the_figures_and_their_findings_are_decided(bench: Bench) -> None:
    held = decide(bench, "hold", "B", rule="value_negative")
    excluded = decide(bench, "exclude", "C")
    assert outcome(bench) == [
        ("A", "accepted", None),
        ("B", "held", "decision"),
        ("C", "excluded", "decision"),
        ("D", "held", "value_negative"),
    ]
    assert found(bench) == [
        ("B", "value_negative", "decided", held),
        ("C", "value_large", "decided", excluded),
        ("D", "value_negative", "open", None),
    ]
    assert accounts(bench) == [(2023, 2, 1, 1, 0, 0), (2024, 2, 0, 1, 1, 0)]


@pytest.mark.parametrize(
    ("rows", "excluded", "expected"),
    [
        pytest.param(
            "id | day | value\nA | 2024-01-01 | 1\nA | 2024-01-01 | 2",
            [0],
            [("A", "excluded", "decision"), ("A", "accepted", None)],
            id="of two with one key the other counts",
        ),
        pytest.param(
            "id | day | registered | value\nA | 2024-01-01 | 2024-02-01 | 1\nA | 2024-01-01 | 2024-03-01 | 2",
            [1],
            [("A", "superseded", "newer_version"), ("A", "excluded", "decision")],
            id="an older version does not come back",
        ),
        pytest.param(
            "id | day | amends\nA | 2024-01-01 | B\nB | 2024-01-01 | A",
            [0],
            [("A", "superseded", "amended"), ("B", "accepted", None)],
            id="a circle is opened",
        ),
        pytest.param(
            "id | day | amends\nA | 2024-01-01 |\nB | 2024-01-01 | A\nC | 2024-01-02 | A",
            [1],
            [("A", "superseded", "amended"), ("B", "superseded", "amended"), ("C", "accepted", None)],
            id="of two amendments the other counts",
        ),
    ],
)
def test_excluding_settles_which_version_counts(
    tmp_path: Path, rows: str, excluded: list[int], expected: list[tuple[str, str, str | None]]
) -> None:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage("things", rows)
    keys = [line.split("|")[0].strip() for line in rows.splitlines()[1:]]
    for place in excluded:
        decide(bench, "exclude", keys[place], nth=keys[:place].count(keys[place]))
    assert outcome(bench) == expected
    assert outcome(bench) == expected
    assert [one.state for one in bench.workspace.catalogue.decisions()] == ["active"]


def test_several_at_once_with_a_waiver_of_what_is_corrected_beside_it(bench: Bench) -> None:
    drafts = [
        draft(bench, "correct", "B", column="value", new_value="9000"),
        draft(bench, "waive", "B", rule="value_large"),
        draft(bench, "exclude", "D", rule="value_negative"),
        draft(bench, "hold", "A"),
    ]
    numbers = decide_all(bench, [replace(one, batch="one") for one in reversed(drafts)])
    assert outcome(bench) == [
        ("A", "held", "decision"),
        ("B", "accepted", None),
        ("C", "accepted", None),
        ("D", "excluded", "decision"),
    ]
    assert found(bench) == [
        ("B", "value_large", "waived", numbers[2]),
        ("C", "value_large", "open", None),
        ("D", "value_negative", "decided", numbers[1]),
    ]


def test_a_finding_on_the_year_as_a_whole_is_waived_for_that_year(tmp_path: Path) -> None:
    rule = """\
  - rule: too_few
    severity: critical
    partition: true
    check: (SELECT count(*) FROM records) > 5
    message: {en: "too few", zh: "太少"}
"""
    bench = make_bench(tmp_path, PARTIES + rule)
    bench.stage("things", "id | day | value\nA | 2023-01-01 | 1\nB | 2024-01-01 | 1")
    number = decide(bench, "waive", "", rule="too_few", year=2024)
    outcome(bench)
    assert [(one.year, one.rule, one.state, one.decision) for one in bench.findings()] == [
        (2023, "too_few", "open", None),
        (2024, "too_few", "waived", number),
    ]


def test_only_what_a_decision_bears_on_is_redone(bench: Bench) -> None:
    outcome(bench)
    assert redone(bench) == []
    decide(bench, "waive", "B", rule="value_negative")
    assert redone(bench) == [2023]
    decide(bench, "correct", "C", column="value", new_value="5")
    assert redone(bench) == [2024]
    decide(bench, "merge", "A", column="buyer", old_value="B2", new_value="B9")
    assert redone(bench) == [2023]
    decide(bench, "correct", "A", column="day", new_value="2024-02-02")
    assert redone(bench) == [2023, 2024]
    ref = bench.workspace.catalogue.accountings(2024)[0].ref
    decide(bench, "waive", "C", rule="value_large")
    assert redone(bench) == [2024]
    assert bench.workspace.catalogue.accountings(2024)[0].ref == ref


def redone(bench: Bench) -> list[int | None]:
    last = bench.workspace.catalogue.last_event()
    bench.validate("things", *YEARS)
    return [event.year for event in bench.workspace.catalogue.events(last) if event.state == "done"]


def test_records_seen_by_rules_on_others_are_the_corrected_ones_without_the_excluded(tmp_path: Path) -> None:
    rule = """\
  - rule: buyer_sold
    severity: warning
    column: buyer
    check: r.buyer IN (SELECT seller FROM things)
    message: {en: "{value}", zh: "{value}"}
"""
    bench = make_bench(tmp_path, PARTIES + rule)
    bench.stage("things", "id | day | seller | buyer\nA | 2023-01-01 | S1 |\nB | 2024-01-01 | S2 | S1")
    outcome(bench)
    assert found(bench) == []
    decide(bench, "exclude", "A")
    outcome(bench)
    assert found(bench) == [("B", "buyer_sold", "open", None)]
    decide(bench, "correct", "B", column="seller", new_value="S1")
    outcome(bench)
    assert found(bench) == []


def test_a_waiver_runs_until_its_day_as_of_which_records_are_checked(bench: Bench) -> None:
    decide(bench, "waive", "B", rule="value_negative", until=AS_OF.isoformat())
    outcome(bench)
    assert ("B", "value_negative", "waived", 1) in found(bench)


def test_what_is_new_stays_new_until_the_records_change(bench: Bench) -> None:
    def new() -> list[tuple[str, str, bool]]:
        bench.validate("things", *YEARS)
        return [(one.record_key, one.state, one.is_new) for one in bench.findings()]

    assert new() == [("B", "open", True), ("C", "open", True), ("D", "open", True)]
    decide(bench, "waive", "D", rule="value_negative")
    assert new() == [("B", "open", True), ("C", "open", True), ("D", "waived", True)]
    bench.stage("things", "id | day | value\nE | 2024-06-01 | -5")
    assert new() == [("B", "open", True), ("C", "open", False), ("D", "waived", False), ("E", "open", True)]
