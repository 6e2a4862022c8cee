"""Snapshots are named by content, written once, and never half."""

import io
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest

from yearbook.errors import LakeError
from yearbook.lake import Lake, fingerprint, write_bytes

TABLE = pa.table({"contract_id": ["模拟-1", "模拟-2"], "value": pa.array(["1.10", None])})


@pytest.mark.parametrize("root", ["{tmp}", "memory://yearbook-test"])
def test_the_same_rows_are_one_snapshot(tmp_path: Path, root: str) -> None:
    lake = Lake(root.format(tmp=tmp_path))
    first, second = lake.write("contracts", 2023, TABLE), lake.write("contracts", 2023, TABLE.combine_chunks())
    assert first == second
    assert first.startswith("contracts/year=2023/")
    assert lake.is_intact(first)
    assert lake.read(first).equals(TABLE)
    assert lake.read(first, columns=["value"]).column_names == ["value"]


def test_a_record_without_a_date_has_a_partition_of_its_own(tmp_path: Path) -> None:
    assert Lake(str(tmp_path)).write("contracts", 0, TABLE).startswith("contracts/year=unknown/")


def test_received_bytes_land_once(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    landed = [lake.land(io.BytesIO("金额".encode("gb18030"))) for _ in range(2)]
    assert landed[0] == landed[1]
    assert lake.open_landed(landed[0].sha256).read().decode("gb18030") == "金额"
    assert len(list((tmp_path / "landing").rglob("*"))) == 2  # one folder, one file


def test_what_was_damaged_is_written_again(tmp_path: Path) -> None:
    reference = Lake(str(tmp_path)).write("contracts", 2023, TABLE)
    Path(Lake(str(tmp_path)).path(reference)).write_bytes(b"PAR1")
    landed = Lake(str(tmp_path)).land(io.BytesIO(b"whole"))
    Path(Lake(str(tmp_path)).landed_path(landed.sha256)).write_bytes(b"who")

    lake = Lake(str(tmp_path))
    assert not lake.is_intact(reference)
    with pytest.raises(LakeError, match="a snapshot is damaged"):
        lake.read(reference)
    assert lake.write("contracts", 2023, TABLE) == reference
    assert lake.read(reference).equals(TABLE)
    assert lake.land(io.BytesIO(b"whole")) == landed
    assert lake.open_landed(landed.sha256).read() == b"whole"


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "series.csv"
    write_bytes(str(target), b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_bytes(str(target), b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("series.csv", b"old")]


def test_an_object_store_is_written_whole() -> None:
    write_bytes("memory://yearbook-test/site/index.html", b"<html>")
    assert fsspec.filesystem("memory").cat("/yearbook-test/site/index.html") == b"<html>"


def test_a_fingerprint_ignores_the_order_of_keys_and_nothing_else() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint({"a": [1, 2]}) != fingerprint({"a": [2, 1]})
    assert fingerprint("1") != fingerprint(1)
