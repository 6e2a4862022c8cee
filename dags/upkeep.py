"""`upkeep`: once a day, for all programmes: tell whom it concerns which editions should have come out by now.

A deadline of Airflow's own hangs on a run that exists; an edition is late above all when nothing runs.
"""

from airflow.sdk import DAG, CronTriggerTimetable, task

from yearbook.orchestrate import tasks
from yearbook.orchestrate.declared import programmes
from yearbook.orchestrate.defaults import PROGRAMME_NAME, TASK_DEFAULTS

with DAG(
    dag_id="upkeep",
    schedule=CronTriggerTimetable("0 6 * * *", timezone="UTC"),
    catchup=False,
    default_args=TASK_DEFAULTS,
    max_active_runs=1,
    tags=["upkeep"],
    doc_md=__doc__,
):

    @task(map_index_template=PROGRAMME_NAME)
    def tell_what_is_late(programme: str) -> None:
        """Tell which editions of a programme are late, once a week while they are."""
        tasks.tell_what_is_late(programme)

    tell_what_is_late.expand(programme=programmes())
