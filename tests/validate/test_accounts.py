"""received = accepted + held + excluded + superseded, whatever is delivered, amended, cancelled or delivered twice."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import THINGS, Bench, make_bench
from yearbook.catalogue import Accounting
from yearbook.errors import AccountingError
from yearbook.validate import datasets_of, settle_year

NAMES = st.sampled_from(["A", "B", "C", "D", "E"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": NAMES,
            "day": st.sampled_from(["", "2023-05-01", "2024-05-01"]),
            "registered": st.sampled_from(["", "2024-06-01", "2024-07-01"]),
            "amends": st.one_of(st.just(""), NAMES),
            "status": st.sampled_from(["", "active", "cancelled"]),
            "value": st.sampled_from(["", "1", "2"]),
        }
    ),
    min_size=1,
    max_size=12,
)
YEARS = (0, 2023, 2024)


@settings(max_examples=40)
@given(first=ROWS, second=ROWS)
def test_every_record_is_in_one_place_of_the_account(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = make_bench(Path(folder), THINGS)
        bench.stage("things", first)
        bench.stage("things", second)
        bench.validate("things", *YEARS)
        workspace = bench.workspace
        accounts = workspace.catalogue.accountings()
        for year in YEARS:
            settle_year(workspace, year)
        assert all(account.balances for account in accounts)
        assert sum(account.received for account in accounts) == len(first) + len(second)
        assert len(bench.dispositions("things", "id")) == len(first) + len(second)
        _check_that_each_record_counts_once_or_waits(bench, first + second)


def _check_that_each_record_counts_once_or_waits(bench: Bench, rows: list[dict[str, Any]]) -> None:
    """No key counts twice, and where all of a key is superseded, something that hangs together with it stands."""
    standing: dict[str, list[str]] = {}
    for key, disposition, _ in bench.dispositions("things", "id"):
        standing.setdefault(key, []).append(disposition)
    assert all(places.count("accepted") <= 1 for places in standing.values())
    for group in _groups([{row["id"], row["amends"] or row["id"]} for row in rows]):
        assert {place for key in group for place in standing.get(key, [])} != {"superseded"}


def _groups(pairs: list[set[str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        joined = set().union(pair, *(group for group in groups if group & pair))
        groups = [group for group in groups if not group & pair] + [joined]
    return groups


def test_records_that_were_not_checked_are_missing_from_the_account(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    bench.stage("things", "id | day\nA | 2024-01-01\nB | 2024-01-01")
    with pytest.raises(AccountingError, match="2 records are staged, and 0 were checked"):
        settle_year(bench.workspace, 2024)
    bench.validate("things", 2024)
    assert settle_year(bench.workspace, 2024) == [2024]
    assert settle_year(bench.workspace, 2023) == [2023, 2024]


def test_an_account_that_does_not_add_up_stops_the_run(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    bench.stage("things", "id | day\nA | 2024-01-01\nB | 2024-01-01")
    lost = Accounting("things", 2024, received=2, accepted=1, held=0, excluded=0, superseded=0, ref="x.parquet")
    bench.workspace.catalogue.record_accounting(lost)
    with pytest.raises(AccountingError, match="received 2, but accepted 1"):
        settle_year(bench.workspace, 2024)


def test_the_datasets_of_a_year_are_those_with_records_or_an_account(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS)
    bench.stage("things", "id | day\nA | 2024-01-01")
    workspace = bench.workspace
    workspace.catalogue.record_accounting(Accounting("things", 2023, 1, 1, 0, 0, 0, "x.parquet"))
    assert [datasets_of(workspace, year) for year in (2022, 2023, 2024)] == [[], ["things"], ["things"]]
