"""The tiny programme through its DAGs: what each run leaves, which years it names, and what it refuses."""

import csv
from collections.abc import Callable

import pytest

from tiny import HEADER, ROWS, Tiny
from yearbook.errors import SourceError, YearbookError
from yearbook.orchestrate import tasks
from yearbook.orchestrate.engine import Engine
from yearbook.pipeline import Job
from yearbook.workspace import Workspace

UNDATED = "模拟-无期-01,,2024-04-01,技术开发,S1,越南,10.5,光伏,有效"
Emitted = Callable[[], list[tuple[str, str | None]]]


@pytest.fixture
def emitted(engine: Engine) -> Emitted:
    """A function that returns asset and partition key of the events emitted since it was last called, sorted."""
    engine.start()
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.session import create_session
    from sqlalchemy import delete, select

    def take() -> list[tuple[str, str | None]]:
        with create_session() as session:
            query = select(AssetModel.name, AssetEvent.partition_key).join(
                AssetModel, AssetModel.id == AssetEvent.asset_id
            )
            found = sorted((name, key) for name, key in session.execute(query))
            session.execute(delete(AssetEvent))
        return found

    take()
    return take


def write_records(tiny: Tiny, *rows: str, file: str = "contracts.csv") -> None:
    tiny.records.with_name(file).write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def test_from_records_to_the_report(tiny: Tiny, engine: Engine, emitted: Emitted) -> None:
    write_records(tiny, *ROWS, UNDATED)

    assert engine.run("tiny.collect.register") == []
    assert emitted() == [("tiny.staged", "2023"), ("tiny.staged", "2024"), ("tiny.staged", "unknown")]

    assert engine.run("tiny.validate", year="unknown") == []
    assert engine.run("tiny.validate", year=2023) == []
    assert emitted() == [("tiny.validated", year) for year in ("2023", "2023", "2024", "2024")]
    assert engine.run("tiny.validate", year="2024") == []
    assert emitted() == [("tiny.validated", "2024")]
    assert {(one.year, one.received, one.accepted, one.held) for one in tiny.catalogue().accountings()} == {
        (0, 1, 0, 1),
        (2023, 20, 20, 0),
        (2024, 20, 20, 0),
    }

    pages = {path.name for path in (tiny.home / "tiny/internal/unknown/review").iterdir()}
    assert pages == {"en.html", "zh-Hans.html", "findings.en.html", "findings.zh-Hans.html"}

    assert engine.run("tiny.publish", year=2024) == []
    assert emitted() == []
    edition = tiny.home / "site/tiny/2024"
    with (edition / "observations.csv").open(encoding="utf-8", newline="") as lines:
        totals = {
            row["indicator"]: row["value"]
            for row in csv.DictReader(lines)
            if {row[name] for name in ("partner", "sector", "channel", "institution_type", "breakdown")} == {"_T"}
        }
    assert totals["contract_count"] == "20"
    assert {path.name for path in edition.iterdir()} >= {"en.html", "zh-Hans.html", "observations.csv"}
    assert (tiny.home / "site/index.html").exists()


@pytest.fixture
def two_files(tiny: Tiny, engine: Engine, emitted: Emitted) -> Tiny:
    """The tiny programme with a file for each year, collected and validated."""
    write_records(tiny, *ROWS[:20])
    write_records(tiny, *ROWS[20:], file="later.csv")
    assert engine.run("tiny.collect.register") == []
    for year in (2023, 2024):
        assert engine.run("tiny.validate", year=year) == []
    emitted()
    return tiny


def test_what_did_not_change_names_no_year(two_files: Tiny, engine: Engine, emitted: Emitted) -> None:
    assert engine.run("tiny.collect.register") == []
    assert emitted() == []


def test_a_changed_file_names_its_years(two_files: Tiny, engine: Engine, emitted: Emitted) -> None:
    write_records(two_files, ROWS[20].replace("10.5", "11.5"), *ROWS[21:], file="later.csv")
    assert engine.run("tiny.collect.register") == []
    assert emitted() == [("tiny.staged", "2024")]


def test_a_file_that_vanished_names_its_years(two_files: Tiny, engine: Engine, emitted: Emitted) -> None:
    two_files.records.with_name("later.csv").unlink()
    assert engine.run("tiny.collect.register") == []
    assert emitted() == [("tiny.staged", "2024")]
    assert engine.run("tiny.validate", year=2024) == []
    assert emitted() == [("tiny.validated", "2024")]
    assert {(one.year, one.received) for one in two_files.catalogue().accountings()} == {(2023, 20)}


def test_an_edition_waits_for_the_checks_of_all_years_that_it_reads(tiny: Tiny, engine: Engine) -> None:
    def published() -> set[str]:
        return {path.parent.name for path in (tiny.home / "site").glob("*/*/en.html")}

    assert engine.run("tiny.collect.register") == []
    assert engine.run("tiny.validate", year=2024) == []
    assert engine.run("tiny.publish", year=2024) == []
    assert published() == set()

    assert engine.run("tiny.validate", year=2023) == []
    assert engine.run("tiny.publish", year=2024) == []
    assert published() == {"2024"}


@pytest.mark.parametrize("dag_id", ["tiny.validate", "tiny.publish"])
def test_a_run_without_a_year_is_refused(dag_id: str, tiny: Tiny, engine: Engine) -> None:
    [failure] = engine.run(dag_id)
    assert isinstance(failure.error, YearbookError)
    assert (failure.error.what, failure.error.fix) == (
        "the run has no year",
        "trigger it with a partition key such as 2024, or with the parameter `year`",
    )
    assert tiny.catalogue().events() == []


@pytest.mark.parametrize(
    ("year", "what"), [("unknown", "tiny has no edition unknown"), (2020, "tiny has no edition 2020")]
)
def test_a_year_without_an_edition_is_not_published(year: object, what: str, tiny: Tiny, engine: Engine) -> None:
    [failure] = engine.run("tiny.publish", year=year)
    assert isinstance(failure.error, YearbookError)
    assert failure.error.what == what
    assert "2023-2024" in failure.error.fix


@pytest.mark.parametrize(
    "publish",
    [
        lambda work: tasks.publish_year("tiny", 2024, None),
        lambda work: Job(work, [2024]).publish(2024),
    ],
    ids=["the task", "the command line"],
)
def test_an_edition_that_is_not_computed_is_published_by_nobody(
    publish: Callable[[Workspace], None], two_files: Tiny
) -> None:
    with pytest.raises(YearbookError) as refused:
        publish(two_files.workspace())
    assert (refused.value.what, refused.value.fix) == ("the figures of 2024 are not computed", "run `yearbook compute`")
    assert not (two_files.home / "site").exists()


def test_bad_data_is_told_as_it_is_and_never_tried_again(tiny: Tiny, engine: Engine, emitted: Emitted) -> None:
    tiny.records.write_text("合同编号,无人认识的列\n1,2\n", encoding="utf-8")
    [failure] = engine.run("tiny.collect.register")
    assert failure.task == "tiny.collect.register, collect contracts contracts.csv"
    assert isinstance(failure.error, SourceError)
    assert "无人认识的列" in str(failure.error)
    assert [event.state for event in tiny.catalogue().events() if event.step == "collect"] == ["started", "failed"]
    assert emitted() == []
