"""What Airflow must know of Yearbook besides its DAGs: the timetable that stands in their serialized form."""

from airflow.plugins_manager import AirflowPlugin

from yearbook.orchestrate.timetable import YearTimetable


class YearbookPlugin(AirflowPlugin):
    """Registers Yearbook with every component of Airflow."""

    name = "yearbook"
    timetables = [YearTimetable]  # noqa: RUF012 (Airflow's own form)
