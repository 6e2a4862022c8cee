"""The catalogue keeps what it is told, on SQLite and on PostgreSQL alike."""

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from yearbook.catalogue import (
    Accounting,
    Catalogue,
    Delivery,
    Edition,
    Finding,
    FindingCount,
    StagedPartition,
    StepRecord,
)
from yearbook.catalogue.tables import Base
from yearbook.errors import LeaseError

PART = StagedPartition("contracts", 2023, "contracts/year=2023/a.parquet", 10, "c" * 64)
LATE = StagedPartition("contracts", 2022, "contracts/year=2022/b.parquet", 1, "d" * 64)
DELIVERY = Delivery(
    "register", "2023", "contracts.csv", "a" * 64, 100, "gb18030", 12, 11, 1, 0, [PART, LATE], {"header": 2}
)
FINDING = Finding(
    "contracts",
    2023,
    "value_positive",
    1,
    "critical",
    "模拟-1",
    "e" * 64,
    "value",
    "-1",
    "-1",
    "register",
    "row 2",
    "-1 is negative",
    "-1为负数",
    "… is negative",
    "…为负数",
)


def test_the_migrations_make_the_tables_of_the_models(catalogue: Catalogue) -> None:
    with catalogue.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_delivery_replaces_its_earlier_version_and_can_be_retired(catalogue: Catalogue) -> None:
    catalogue.record_delivery(DELIVERY)
    newer = replace(DELIVERY, sha256="b" * 64, partitions=[PART])
    catalogue.record_delivery(newer)
    assert catalogue.deliveries("register") == [newer]
    assert catalogue.staged("contracts") == [PART]
    assert catalogue.staged("contracts", 2022) == []
    assert catalogue.retire_deliveries("register", keep=set()) == [newer]
    assert catalogue.deliveries() == []


def test_findings_and_accounts_are_replaced_per_dataset_and_year(catalogue: Catalogue) -> None:
    catalogue.replace_findings("contracts", 2023, [FINDING, replace(FINDING, record_key="模拟-0")])
    catalogue.replace_findings("contracts", 2022, [replace(FINDING, year=2022)])
    catalogue.replace_findings("contracts", 2022, [])
    assert [finding.record_key for finding in catalogue.findings()] == ["模拟-0", "模拟-1"]
    assert catalogue.finding_counts(2023) == [
        FindingCount("contracts", 2023, "value_positive", "critical", 2, "… is negative", "…为负数")
    ]
    account = Accounting("contracts", 2023, 10, 6, 2, 1, 1, PART.ref)
    catalogue.record_accounting(account)
    assert catalogue.accountings(2023) == [account]
    assert account.balances
    assert not replace(account, held=1).balances


def test_editions_and_steps_are_remembered_by_year(catalogue: Catalogue) -> None:
    edition = Edition(2023, "2024-06-30", "a" * 64, "observations/year=2023/x.parquet", "b" * 64)
    catalogue.record_edition(edition)
    step = StepRecord("collect", "register", None, "f" * 64, {"ref": "x"}, 3, 0.5)
    with catalogue.lease("2023") as lease:
        catalogue.record_step(step, lease)
        catalogue.record_step(replace(step, step="publish", subject="", year=2023), lease)
    assert catalogue.editions() == [edition]
    assert catalogue.find_step("collect", "register") == step
    assert catalogue.find_step("collect", "register", 2023) is None
    assert [record.year for record in catalogue.all_outputs("publish")] == [2023]


def test_two_programmes_do_not_see_each_other(catalogue: Catalogue, url: str) -> None:
    catalogue.record_delivery(DELIVERY)
    catalogue.log("run", "done", "collect")
    other = Catalogue(url, "other")
    assert other.deliveries() == []
    assert other.events() == []
    other.engine.dispose()


def test_a_lease_keeps_a_second_run_out_and_ends_with_the_first(catalogue: Catalogue, url: str) -> None:
    second = Catalogue(url, "demo")
    with catalogue.lease("2023"):
        with pytest.raises(LeaseError, match="another run is at work on demo, 2023"), second.lease("2023"):
            pass
        with second.lease("2024"):
            pass
    with second.lease("2023"):
        pass
    second.engine.dispose()


def test_who_lost_the_lease_records_nothing(catalogue: Catalogue) -> None:
    with catalogue.lease("2023") as lease, catalogue.lease("2023") as again:
        assert again == lease
        with pytest.raises(LeaseError, match="was lost before the work was done"):
            catalogue.record_step(StepRecord("compute", "", 2023, "f" * 64, {}, 0, 0.0), replace(lease, owner="other"))
    assert catalogue.all_outputs("compute") == []


def hold_forever(url: str, ready: str) -> None:
    with Catalogue(url, "demo").lease("2023"):
        Path(ready).touch()
        time.sleep(600)


def test_a_lease_of_a_killed_run_is_taken_over(catalogue: Catalogue, url: str, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = multiprocessing.get_context("spawn").Process(target=hold_forever, args=(url, str(ready)))
    process.start()
    while not ready.exists():
        assert process.is_alive()
        time.sleep(0.05)
    with pytest.raises(LeaseError), catalogue.lease("2023"):
        pass
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with catalogue.lease("2023"):
        pass
