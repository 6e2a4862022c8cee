"""The schedule of a DAG that works on one year: run when an asset has a new partition, and allow backfills by year.

Airflow's own `PartitionedAssetTimetable` refuses `airflow backfill`, and takes any text for a key, so that a run of a
misspelt year would start. Not its business: which asset it is, and what the run does.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from airflow.exceptions import InvalidPartitionKeyError
from airflow.timetables.base import DagRunInfo
from airflow.timetables.simple import PartitionedAssetTimetable
from pendulum import DateTime
from pendulum import instance as moment

from yearbook.errors import YearbookError
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.orchestrate.partitions import keys, read_key


class YearTimetable(PartitionedAssetTimetable):
    """Runs once for each year that its asset names; a backfill runs the years that begin within its dates."""

    description = "Whenever the asset has a new year"
    periodic = True

    @property
    def summary(self) -> str:
        """What Airflow's pages show as the schedule."""
        return "By year"

    def iter_partition_dagrun_infos(self, *, earliest: datetime, latest: datetime) -> Iterable[DagRunInfo]:
        """Yield the years whose first day lies within `[earliest, latest]`, in order."""
        for year in range(earliest.year, latest.year + 1):
            first = _first_moment(year)
            if earliest <= first <= latest:
                yield DagRunInfo(
                    run_after=first, data_interval=None, partition_date=first, partition_key=keys([year])[0]
                )

    def _decode_partition_date(self, partition_key: str) -> datetime | None:
        try:
            year = read_key(partition_key)
        except YearbookError as error:
            raise InvalidPartitionKeyError(str(error)) from None
        return None if year == UNKNOWN_YEAR else _first_moment(year)


def _first_moment(year: int) -> DateTime:
    return moment(datetime(year, 1, 1, tzinfo=UTC))
