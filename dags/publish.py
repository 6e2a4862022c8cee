"""`<programme>.publish`: from the checked records to the published edition of one year.

Runs for each edition that `<programme>.validated` names, and does nothing while a year that it reads waits to be
checked.
"""

from airflow.sdk import DAG, task
from airflow.sdk.exceptions import AirflowSkipException

from yearbook.orchestrate import tasks
from yearbook.orchestrate.declared import programmes
from yearbook.orchestrate.defaults import TASK_DEFAULTS
from yearbook.orchestrate.partitions import EDITION_PARAMS, current_as_of, current_year, validated
from yearbook.orchestrate.timetable import YearTimetable


def publish_dag(programme: str) -> DAG:
    """The DAG of one programme: compute, then publish."""
    with DAG(
        dag_id=f"{programme}.publish",
        schedule=YearTimetable(assets=validated(programme)),
        default_args=TASK_DEFAULTS,
        params=EDITION_PARAMS,
        tags=[programme, "publish"],
        doc_md=__doc__,
    ) as dag:

        @task
        def compute() -> None:
            """Compute the figures of the year, once all the records that it reads are checked."""
            year = current_year()
            # Each year that is checked names its editions: the last one does it for good.
            if reason := tasks.reason_to_wait(programme, year):
                raise AirflowSkipException(reason)
            tasks.compute_year(programme, year, current_as_of())

        # One at a time: each writes the pages over all editions.
        @task(max_active_tis_per_dag=1)
        def publish() -> None:
            """Render the report, the tables and the site."""
            tasks.publish_year(programme, current_year(), current_as_of())

        compute() >> publish()
    return dag


for _programme in programmes():
    publish_dag(_programme)
