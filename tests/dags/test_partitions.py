"""The year as a key: what is one and what is not, which years a backfill runs, what is tried again."""

from datetime import UTC, datetime
from typing import Any

import pytest

from yearbook.errors import AccountingError, LeaseError, RuleError, SourceError, SourceUnavailableError, YearbookError
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.orchestrate.engine import Engine


@pytest.fixture(autouse=True)
def _airflow(engine: Engine) -> None:
    engine.start()


def timetable() -> Any:
    from yearbook.orchestrate.partitions import staged
    from yearbook.orchestrate.timetable import YearTimetable

    return YearTimetable(assets=staged("tiny"))


@pytest.mark.parametrize(("key", "year"), [("2024", 2024), (2024, 2024), (" 2024 ", 2024), ("unknown", UNKNOWN_YEAR)])
def test_keys_that_are_years(key: object, year: int) -> None:
    from yearbook.orchestrate.partitions import read_key

    assert read_key(key) == year


@pytest.mark.parametrize("key", ["", "24", "20x4", "2024-01", "２０２４", "0", "Unknown", "20240"])
def test_keys_that_are_not(key: str) -> None:
    from airflow.exceptions import InvalidPartitionKeyError

    from yearbook.orchestrate.partitions import read_key

    with pytest.raises(YearbookError, match="is no year"):
        read_key(key)
    with pytest.raises(InvalidPartitionKeyError, match="is no year"):
        timetable().resolve_partition_date(key)


def test_years_are_written_as_they_are_read() -> None:
    from yearbook.orchestrate.partitions import keys, read_key

    assert keys([2024, UNKNOWN_YEAR, 2021]) == ["unknown", "2021", "2024"]
    assert [read_key(key) for key in keys([2024, UNKNOWN_YEAR])] == [UNKNOWN_YEAR, 2024]


@pytest.mark.parametrize(
    ("earliest", "latest", "years"),
    [
        ("2021-01-01", "2023-12-31", ["2021", "2022", "2023"]),
        ("2021-01-01", "2021-01-01", ["2021"]),
        ("2021-01-02", "2022-06-01", ["2022"]),
        ("2021-03-01", "2021-12-31", []),
    ],
)
def test_a_backfill_runs_the_years_that_begin_within_its_dates(earliest: str, latest: str, years: list[str]) -> None:
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (earliest, latest))
    runs = list(timetable().iter_partition_dagrun_infos(earliest=first, latest=last))
    assert [run.partition_key for run in runs] == years
    assert [run.partition_date for run in runs] == [datetime(int(year), 1, 1, tzinfo=UTC) for year in years]


def test_a_timetable_survives_serialization() -> None:
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable

    copy = decode_timetable(encode_timetable(timetable()))
    assert type(copy) is type(timetable())
    assert [key.name for key, _ in copy.asset_condition.iter_assets()] == ["tiny.staged"]
    assert copy.resolve_partition_date("2024") == datetime(2024, 1, 1, tzinfo=UTC)
    assert copy.resolve_partition_date("unknown") is None


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (SourceUnavailableError("no answer"), "retry"),
        (LeaseError("at work"), "retry"),
        (ConnectionResetError(), "retry"),
        (TimeoutError(), "retry"),
        (SourceError("bad"), "fail"),
        (RuleError("broken"), "fail"),
        (AccountingError("lost"), "fail"),
        (YearbookError("no year"), "fail"),
        (ZeroDivisionError(), "fail"),
        (FileNotFoundError(), "fail"),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, action: str) -> None:
    from yearbook.orchestrate.defaults import TRY_AGAIN

    assert TRY_AGAIN.evaluate(error, try_number=1, max_tries=3).action.value == action
