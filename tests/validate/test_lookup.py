"""One record with its history, its received cells and its raw row; the records of one party."""

from pathlib import Path

import pytest

from bench import make_bench
from deciding import PARTIES, decide
from tiny import make_tiny
from yearbook.checking import validate
from yearbook.extract.raw_row import read_raw_row
from yearbook.model.values import write_value
from yearbook.pipeline import collect_all
from yearbook.validate.lookup import RecordVersion, find_record, records_of_party


def said(version: RecordVersion) -> tuple[str, int, str, str | None, str]:
    return version.record_key, version.year, version.disposition, version.reason, version.origin.uri


def test_a_record_is_found_with_its_versions_and_what_decisions_changed(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage("things", "id | day | registered | ?value\nA | 2023-05-01 | 2024-06-01 | ten", uri="old.csv")
    bench.stage("things", "id | day | registered | ?value\nA | 2024-05-01 | 2024-07-01 | ten", uri="new.csv")
    bench.stage("things", "id | day | registered | value\nB | 2024-05-01 | 2024-07-01 | 3", uri="other.csv")
    decide(bench, "correct", "A", column="value", new_value="10")
    decide(bench, "correct", "A", column="seller", new_value="S1")
    assert find_record(bench.workspace, "things", "A") is None
    bench.validate("things", 2023, 2024)
    view = find_record(bench.workspace, "things", "A")
    assert view is not None
    assert [said(one) for one in view.versions] == [
        ("A", 2024, "accepted", None, "new.csv"),
        ("A", 2023, "superseded", "newer_version", "old.csv"),
    ]
    assert (view.year, view.raw, view.version) == (2024, None, view.versions[0])
    assert {name: write_value(view.received[name]) for name in ("id", "day", "value", "seller")} == {
        "id": "A",
        "day": "2024-05-01",
        "value": "",
        "seller": "",
    }
    assert {name: write_value(view.cells[name]) for name in ("value", "seller")} == {"value": "10", "seller": "S1"}
    assert (view.version.corrected, view.version.unread) == ({"value": "ten", "seller": None}, {})
    old = find_record(bench.workspace, "things", "A", record_hash=view.versions[1].record_hash)
    assert old is not None
    assert (old.version.year, old.version.unread) == (2023, {"value": "ten"})
    assert find_record(bench.workspace, "things", "nobody") is None


@pytest.mark.parametrize(("limit", "keys"), [(9, ["D", "B", "A"]), (2, ["D", "B"]), (1, ["D"])])
def test_records_of_a_party_in_any_role_the_newest_year_first(tmp_path: Path, limit: int, keys: list[str]) -> None:
    bench = make_bench(tmp_path, PARTIES)
    bench.stage(
        "things",
        """
        id | day        | seller | buyer
        A  | 2022-05-01 | S1     | B1
        B  | 2023-05-02 | S1     | S1
        C  | 2024-05-01 | S2     | B1
        D  | 2024-05-02 | S2     | S0
        """,
    )
    decide(bench, "merge", "D", old_value="S0", new_value="S1")
    bench.validate("things", 2022, 2023, 2024)
    assert [one.record_key for one in records_of_party(bench.workspace, "S1", limit)] == keys


def test_the_raw_row_of_a_record_is_read_back_from_what_was_landed(tmp_path: Path) -> None:
    workspace = make_tiny(tmp_path).workspace()
    collect_all(workspace, ["register"])
    validate(workspace, 2024)
    view = find_record(workspace, "contracts", "模拟-2024-03", read_raw=read_raw_row)
    assert view is not None
    assert view.raw == {
        "合同编号": "模拟-2024-03",
        "签订日期": "2024-03-03",
        "登记日期": "2024-04-01",
        "技术交易方式": "技术开发",
        "卖方代码": "S3",
        "买方国别": "NA",
        "合同成交额": "30.5",
        "技术领域": "光伏",
        "合同状态": "有效",
    }
    landed = workspace.lake.landed_path(view.version.origin.landed)
    Path(landed).unlink()
    gone = find_record(workspace, "contracts", "模拟-2024-03", read_raw=read_raw_row)
    assert gone is not None
    assert gone.raw is None
