"""Which version of a record counts: a table of staged records in, all their dispositions out."""

from pathlib import Path

import pytest

from bench import THINGS, Bench, make_bench

ACCEPTED = ("accepted", None)
CASES = {
    "a record delivered twice counts once, as first delivered": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        """,
        [("A", *ACCEPTED), ("A", "superseded", "duplicate")],
    ),
    "the version registered last counts, in whatever order they came": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-03-01 |        | active | 7
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        """,
        [("A", *ACCEPTED), ("A", "superseded", "newer_version")],
    ),
    "a newer version in another year supersedes": (
        """
        id | day        | registered | amends | status | value
        A  | 2023-12-31 | 2024-02-01 |        | active | 5
        A  | 2024-01-01 | 2024-03-01 |        | active | 5
        """,
        [("A", "superseded", "newer_version"), ("A", *ACCEPTED)],
    ),
    "two versions that nothing orders both wait; an older one is superseded all the same": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-01-05 |        | active | 4
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        A  | 2024-01-01 | 2024-02-01 |        | active | 7
        """,
        [("A", "superseded", "newer_version"), ("A", "held", "duplicate_key"), ("A", "held", "duplicate_key")],
    ),
    "a version without a date of registration may be the newest": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        A  | 2024-01-01 |            |        | active | 7
        """,
        [("A", "held", "duplicate_key"), ("A", "held", "duplicate_key")],
    ),
    "of a chain of amendments only the last counts": (
        """
        id | day        | registered | amends | status | value
        A  | 2023-05-01 | 2023-06-01 |        | active | 5
        B  | 2023-08-01 | 2023-09-01 | A      | active | 6
        C  | 2024-01-01 | 2024-02-01 | B      | active | 7
        """,
        [("A", "superseded", "amended"), ("B", "superseded", "amended"), ("C", *ACCEPTED)],
    ),
    "of two amendments of one record the later counts": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        B  | 2024-01-01 | 2024-04-01 | A      | active | 6
        C  | 2024-01-01 | 2024-03-01 | A      | active | 7
        """,
        [("A", "superseded", "amended"), ("B", *ACCEPTED), ("C", "superseded", "amended")],
    ),
    "two amendments that nothing orders both wait": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        B  | 2024-01-01 | 2024-03-01 | A      | active | 6
        C  | 2024-01-01 | 2024-03-01 | A      | active | 7
        """,
        [("A", "superseded", "amended"), ("B", "held", "amended_twice"), ("C", "held", "amended_twice")],
    ),
    "records that amend each other in a circle wait, with whatever hangs on them": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 | B      | active | 5
        B  | 2024-01-01 | 2024-02-01 | A      | active | 6
        C  | 2024-01-01 | 2024-02-01 | A      | active | 7
        """,
        [(thing, "held", "amendment_cycle") for thing in "ABC"],
    ),
    "a record that amends itself is a version of itself": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        A  | 2024-01-01 | 2024-03-01 | A      | active | 6
        """,
        [("A", "superseded", "newer_version"), ("A", *ACCEPTED)],
    ),
    "an amendment of what was never received is a record of its own": (
        """
        id | day        | registered | amends | status | value
        B  | 2024-01-01 | 2024-02-01 | A      | active | 5
        """,
        [("B", *ACCEPTED)],
    ),
    "an amendment sent again without saying what it amends still amends it": (
        """
        id | day        | registered | amends | status | value
        A  | 2024-01-01 | 2024-02-01 |        | active | 5
        B  | 2024-01-01 | 2024-03-01 | A      | active | 6
        B  | 2024-01-01 | 2024-04-01 |        | active | 7
        """,
        [("A", "superseded", "amended"), ("B", "superseded", "newer_version"), ("B", *ACCEPTED)],
    ),
    "a cancelled record is excluded, and so is what it replaced superseded": (
        """
        id | day        | registered | amends | status    | value
        A  | 2024-01-01 | 2024-02-01 |        | active    | 5
        A  | 2024-01-01 | 2024-03-01 |        | cancelled | 5
        B  | 2024-01-01 | 2024-03-01 |        | cancelled | 9
        """,
        [("A", "superseded", "newer_version"), ("A", "excluded", "cancelled"), ("B", "excluded", "cancelled")],
    ),
    "whether a record is cancelled or not is no guess either": (
        """
        id | day        | registered | amends | status    | value
        A  | 2024-01-01 | 2024-02-01 |        | active    | 5
        A  | 2024-01-01 | 2024-02-01 |        | cancelled | 5
        """,
        [("A", "held", "duplicate_key"), ("A", "held", "duplicate_key")],
    ),
    "records without a key are no versions of each other": (
        """
        id | day        | registered | amends | status | value
           | 2024-01-01 | 2024-02-01 |        | active | 5
           | 2024-01-01 | 2024-02-01 |        | active | 5
        """,
        [(None, "held", "missing_id"), (None, "held", "missing_id")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_row_has_its_disposition(case: str, tmp_path: Path) -> None:
    rows, expected = CASES[case]
    bench = make_bench(tmp_path, THINGS)
    bench.stage("things", rows)
    bench.validate("things", 2023, 2024)
    assert bench.dispositions("things", "id") == expected


def test_the_order_of_delivery_settles_which_of_two_equal_records_stays(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    row = "id | day | registered | amends | status | value\nA | 2024-01-01 | 2024-02-01 | | active | 5"
    bench.stage("things", row, uri="b.csv")
    bench.stage("things", row, uri="a.csv")
    bench.validate("things", 2024)
    workspace = bench.workspace
    (account,) = workspace.catalogue.accountings(2024)
    table = workspace.lake.read(account.ref, ["_uri", "disposition"])
    assert table.to_pylist() == [
        {"_uri": "a.csv", "disposition": "accepted"},
        {"_uri": "b.csv", "disposition": "superseded"},
    ]


def test_what_waits_is_found_in_both_languages(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    bench.stage("things", CASES["two amendments that nothing orders both wait"][0])
    bench.stage(
        "things",
        CASES["an amendment of what was never received is a record of its own"][0]
        .replace("B ", "D ")
        .replace("| A", "| Z"),
    )
    bench.validate("things", 2024)
    assert [(one.rule, one.severity, one.record_key, one.message_en, one.message_zh) for one in bench.findings()] == [
        ("amended_twice", "critical", thing,
         "several records amend the same one, and nothing says which is newer; settle which one counts",
         "多条记录变更同一记录，且无从判断新旧；请确定以哪条为准")
        for thing in "BC"
    ] + [
        ("amends_unknown", "warning", "D",
         "amends Z, which was never received; counted as a record of its own",
         "所变更的Z从未收到；按独立记录统计")
    ]  # fmt: skip


def test_a_retired_delivery_takes_its_account_and_findings_along(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    bench.stage(
        "things", CASES["two versions that nothing orders both wait; an older one is superseded all the same"][0]
    )
    bench.validate("things", 2024)
    bench.workspace.catalogue.retire_deliveries("source", keep=set())
    bench.validate("things", 2024)
    assert (bench.findings(), bench.workspace.catalogue.accountings()) == ([], [])


def test_a_partition_that_nothing_changed_is_kept_and_one_whose_key_came_again_is_not(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    header = "id | day | registered | amends | status | value\n"
    bench.stage("things", f"{header}A | 2023-01-01 | 2024-02-01 | | active | 5")
    bench.validate("things", 2023, 2023)
    bench.stage("things", f"{header}A | 2024-01-01 | 2024-03-01 | | active | 6")
    bench.validate("things", 2023)
    assert _states(bench) == ["started", "done", "kept", "started", "done"]
    assert bench.dispositions("things", "id") == [("A", "superseded", "newer_version")]


def _states(bench: Bench) -> list[str]:
    return [event.state for event in bench.workspace.catalogue.events()]
