"""`<programme>.validate`: check the records of one year, whichever source brought them.

Runs for each year that `<programme>.staged` names. It emits the asset `<programme>.validated` once for each edition
that rests on the year's records, and writes the review pages of the year. The records without a readable date have the
key `unknown`.
"""

from typing import Any

from airflow.sdk import DAG, task
from airflow.sdk.exceptions import AirflowSkipException

from yearbook.orchestrate import tasks
from yearbook.orchestrate.clock import LIBRARY
from yearbook.orchestrate.declared import programmes
from yearbook.orchestrate.defaults import DATASET_NAME, TASK_DEFAULTS
from yearbook.orchestrate.mail import DigestNotifier
from yearbook.orchestrate.partitions import YEAR_PARAMS, current_year, keys, staged, validated
from yearbook.orchestrate.timetable import YearTimetable


def validate_dag(programme: str) -> DAG:
    """The DAG of one programme: a task for each dataset of the year, then what needs them all."""
    asset = validated(programme)

    with DAG(
        dag_id=f"{programme}.validate",
        schedule=YearTimetable(assets=staged(programme)),
        default_args=TASK_DEFAULTS,
        params=YEAR_PARAMS,
        on_success_callback=DigestNotifier(programme, "checks"),
        on_failure_callback=DigestNotifier(programme, "failure"),
        tags=[programme, "validate"],
        doc_md=__doc__,
    ) as dag:

        @task
        def list_datasets() -> list[str]:
            """Find the datasets that hold records of the year."""
            return tasks.list_datasets(programme, current_year())

        @task(map_index_template=DATASET_NAME)
        def validate(dataset: str) -> None:
            """Check the records of one dataset."""
            tasks.validate_dataset(programme, dataset, current_year())

        # Also when the year has no records any more: the editions that counted them must learn of it.
        @task(outlets=[asset], trigger_rule="none_failed")
        def settle(outlet_events: Any = None) -> None:
            """Check that no record was lost, and name the editions that rest on the year."""
            editions = tasks.settle_year(programme, current_year())
            if not editions:
                raise AirflowSkipException("no edition rests on this year")
            outlet_events[asset].add_partitions(keys(editions))

        @task(trigger_rule="none_failed")
        def review() -> None:
            """Write the review pages of the year as files, for whoever has no Airflow at hand."""
            from yearbook.review.pages import write_review

            LIBRARY.timed(write_review)(tasks.workspace(programme), current_year())

        validate.expand(dataset=list_datasets()) >> settle() >> review()
    return dag


for _programme in programmes():
    validate_dag(_programme)
