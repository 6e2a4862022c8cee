from collections.abc import Callable
from pathlib import Path

import pytest

from tiny import HEADER, ROWS, Tiny, make_tiny
from yearbook.catalogue.records import StepRecord
from yearbook.errors import SourceError
from yearbook.extract.collect import collect_delivery, list_deliveries, settle_source

ID = "contracts|{data}/contracts.csv"
BOTH = [2023, 2024]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def collected(tiny: Tiny) -> list[int]:
    """Collect everything, and say which years are to be validated."""
    workspace = tiny.workspace()
    for delivery in list_deliveries(workspace, "register"):
        collect_delivery(workspace, "register", delivery)
    return settle_source(workspace, "register")


def validated(tiny: Tiny, *years: int) -> None:
    """Do as if contracts of these years had been validated now."""
    catalogue = tiny.catalogue()
    for year in years:
        catalogue.record_step(StepRecord("validate", "contracts", year, "", {}, 0, 0.0))
        catalogue.log("run", "done", "validate", subject="contracts", year=year)


def kept(tiny: Tiny) -> list[str]:
    return [event.state for event in tiny.catalogue().events() if event.step == "collect"]


def write(tiny: Tiny, name: str, *rows: str) -> None:
    tiny.records.with_name(name).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def row(key: str, signed: str, registered: str = "2024-06-01", amount: int = 1) -> str:
    return f"{key},{signed},{registered},技术开发,S1,中国,{amount},光伏,有效"


def test_a_delivery_is_landed_staged_and_recorded(tiny: Tiny) -> None:
    assert collected(tiny) == [2023, 2024]
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
    collected(tiny)
    before = tiny.catalogue().deliveries()
    validated(tiny, 2023, 2024)
    assert collected(tiny) == []
    assert kept(tiny) == ["started", "done", "kept"]
    assert tiny.catalogue().deliveries() == before


@pytest.mark.parametrize(
    ("change", "years"),
    [
        (lambda tiny: write(tiny, "contracts.csv", ROWS[0].replace("有效", "撤销"), *ROWS[1:]), BOTH),
        (lambda tiny: write(tiny, "contracts.csv", *ROWS[:20]), BOTH),
        (lambda tiny: write(tiny, "more.csv", row("new", "2019-01-01")), [2019]),
        (lambda tiny: write(tiny, "more.csv", row("new", "no date")), [0]),
        (lambda tiny: write(tiny, "more.csv", row("模拟-2023-01", "2024-01-01")), BOTH),
        (lambda tiny: tiny.edit(tiny.source, lambda text: text.replace("万元", "亿元")), BOTH),
    ],
    ids=["changed row", "rows removed", "late year", "no date", "same key in another year", "another unit"],
)
def test_years_that_a_change_touches_are_settled(tiny: Tiny, change: Callable[[Tiny], None], years: list[int]) -> None:
    collected(tiny)
    validated(tiny, 2023, 2024)
    change(tiny)
    assert collected(tiny) == years


def test_a_year_is_named_until_it_was_validated(tiny: Tiny) -> None:
    assert collected(tiny) == [2023, 2024]
    validated(tiny, 2024)
    assert collected(tiny) == [2023]
    write(tiny, "more.csv", row("new", "2019-01-01"))
    assert collected(tiny) == [2019, 2023]
    validated(tiny, 2019, 2023)
    assert collected(tiny) == []


def test_a_delivery_that_vanished_counts_no_more_and_may_come_back(tiny: Tiny) -> None:
    write(tiny, "more.csv", row("new", "2019-01-01"))
    collected(tiny)
    validated(tiny, 2019, 2023, 2024)
    content = tiny.records.with_name("more.csv").read_bytes()
    tiny.records.with_name("more.csv").unlink()
    assert collected(tiny) == [2019]
    assert [one.id for one in tiny.catalogue().deliveries()] == [ID]
    tiny.records.with_name("more.csv").write_bytes(content)
    validated(tiny, 2019)
    assert collected(tiny) == [2019]
    assert len(tiny.catalogue().deliveries()) == 2


def test_amendments_are_followed_to_the_end_of_their_chain(tiny: Tiny) -> None:
    head = HEADER + ",原合同编号\n"
    chain = [("old", 2019, "模拟-2023-01"), ("older", 2017, "old"), ("oldest", 2015, "older")]
    rows = [f"{row(key, f'{year}-01-01')},{amends}" for key, year, amends in chain]
    tiny.records.with_name("chain.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    collected(tiny)
    validated(tiny, 2015, 2017, 2019, 2023, 2024)
    write(tiny, "contracts.csv", *ROWS[:19])
    assert collected(tiny) == [2015, 2017, 2019, 2023, 2024]


def test_another_machine_gives_the_same_references(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    homes = [make_tiny(tmp_path / name) for name in ("here", "there")]
    for tiny in homes:
        collected(tiny)
    first, second = ([one.partitions for one in tiny.catalogue().deliveries()] for tiny in homes)
    assert first == second


def test_a_refused_delivery_leaves_the_earlier_one(tiny: Tiny) -> None:
    collected(tiny)
    before = tiny.catalogue().deliveries()
    tiny.edit(tiny.records, lambda text: text.replace("合同状态", "合同状太"))
    with pytest.raises(SourceError, match="合同状太"):
        collected(tiny)
    assert tiny.catalogue().deliveries() == before


def test_an_unknown_source_names_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(SourceError, match="did you mean `register`"):
        list_deliveries(tiny.workspace(), "registre")
