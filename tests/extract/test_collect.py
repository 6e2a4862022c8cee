from pathlib import Path

import pytest

from tiny import HEADER, Tiny, make_tiny
from yearbook.errors import SourceError
from yearbook.extract.collect import collect_delivery, list_deliveries, settle_source

ID = "contracts|{data}/contracts.csv"


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def collect(tiny: Tiny) -> None:
    workspace = tiny.workspace()
    for delivery in list_deliveries(workspace, "register"):
        collect_delivery(workspace, "register", delivery)
    settle_source(workspace, "register")


def kept(tiny: Tiny) -> list[str]:
    return [event.state for event in tiny.catalogue().events() if event.step == "collect"]


def write(tiny: Tiny, name: str, *rows: str) -> None:
    tiny.records.with_name(name).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def row(key: str, signed: str, registered: str = "2024-06-01", amount: int = 1) -> str:
    return f"{key},{signed},{registered},技术开发,S1,中国,{amount},光伏,有效"


def test_a_delivery_is_landed_staged_and_recorded(tiny: Tiny) -> None:
    collect(tiny)
    workspace = tiny.workspace()
    (delivery,) = workspace.catalogue.deliveries()
    assert delivery.id == ID
    assert (delivery.rows_read, delivery.received, delivery.filtered, delivery.empty) == (40, 40, 0, 0)
    assert [(one.dataset, one.year, one.rows) for one in delivery.partitions] == [
        ("contracts", 2023, 20),
        ("contracts", 2024, 20),
    ]
    assert workspace.lake.has_landed(delivery.sha256)
    records = [record for one in delivery.partitions for record in workspace.lake.read(one.ref).to_pylist()]
    assert [record["_row"] for record in records] == list(range(2, 42))
    assert {record["_uri"] for record in records} == {"{data}/contracts.csv"}
    assert [record["buyer_country"] for record in records][:3] == ["CHN", "VNM", "NAM"]


def test_what_did_not_change_is_kept(tiny: Tiny) -> None:
    collect(tiny)
    before = tiny.catalogue().deliveries()
    collect(tiny)
    assert kept(tiny) == ["started", "done", "kept"]
    assert tiny.catalogue().deliveries() == before


def test_a_delivery_that_vanished_counts_no_more_and_may_come_back(tiny: Tiny) -> None:
    write(tiny, "more.csv", row("new", "2019-01-01"))
    collect(tiny)
    content = tiny.records.with_name("more.csv").read_bytes()
    tiny.records.with_name("more.csv").unlink()
    collect(tiny)
    assert [one.id for one in tiny.catalogue().deliveries()] == [ID]
    tiny.records.with_name("more.csv").write_bytes(content)
    collect(tiny)
    assert len(tiny.catalogue().deliveries()) == 2


def test_another_machine_gives_the_same_references(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    homes = [make_tiny(tmp_path / name) for name in ("here", "there")]
    for tiny in homes:
        collect(tiny)
    first, second = ([one.partitions for one in tiny.catalogue().deliveries()] for tiny in homes)
    assert first == second


def test_a_refused_delivery_leaves_the_earlier_one(tiny: Tiny) -> None:
    collect(tiny)
    before = tiny.catalogue().deliveries()
    tiny.edit(tiny.records, lambda text: text.replace("合同状态", "合同状太"))
    with pytest.raises(SourceError, match="合同状太"):
        collect(tiny)
    assert tiny.catalogue().deliveries() == before
    assert tiny.workspace().unsettled_sources() == ["register"]


def test_an_unknown_source_names_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(SourceError, match="did you mean `register`"):
        list_deliveries(tiny.workspace(), "registre")
