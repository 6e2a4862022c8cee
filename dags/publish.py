"""`<programme>.publish`: from the checked records to the published edition of one year.

Runs for each edition that `<programme>.validated` names, and does nothing while a year that it reads waits to be
checked. Where the programme asks for signatures, it waits until the critical findings are worked off, then for each
signature, and publishes nothing without them. An edition that is embargoed is computed and signed, and waits for its
time.
"""

from airflow.sdk import DAG, PokeReturnValue, task
from airflow.sdk.exceptions import AirflowRescheduleException, AirflowSkipException

from yearbook.orchestrate import tasks
from yearbook.orchestrate.declared import programmes
from yearbook.orchestrate.defaults import FINDINGS_POLL_SECONDS, LONGEST_WAIT, SIGN_OFF, SIGNATURE_NAME, TASK_DEFAULTS
from yearbook.orchestrate.mail import DigestNotifier
from yearbook.orchestrate.partitions import (
    PUBLISH_PARAMS,
    current_as_of,
    current_run,
    current_year,
    is_alive,
    may_wait,
    validated,
)
from yearbook.orchestrate.sign_off import SignOffOperator
from yearbook.orchestrate.timetable import YearTimetable


def publish_dag(programme: str) -> DAG:
    """The DAG of one programme: compute, have it signed, then publish."""
    with DAG(
        dag_id=f"{programme}.publish",
        schedule=YearTimetable(assets=validated(programme)),
        default_args=TASK_DEFAULTS,
        params=PUBLISH_PARAMS,
        on_failure_callback=DigestNotifier(programme, "failure"),
        tags=[programme, "publish"],
        doc_md=__doc__,
    ) as dag:

        @task
        def compute() -> None:
            """Compute the figures of the year, once all the records that it reads are checked."""
            year = current_year()
            if reason := tasks.reason_to_wait(programme, year):
                # A decision that is brought in on the pages starts no run: where people sign, `ask` waits for that.
                if may_wait() and tasks.is_signed(programme):
                    return
                # Each year that is checked names its editions: the last one does it for good.
                raise AirflowSkipException(reason)
            tasks.compute_year(programme, year, current_as_of())

        @task.sensor(poke_interval=FINDINGS_POLL_SECONDS, mode="reschedule", timeout=LONGEST_WAIT.total_seconds())
        def ask() -> PokeReturnValue:
            """Wait until nothing blocks the edition, then name the signatures that it needs."""
            year, wait = current_year(), may_wait()
            if wait and tasks.is_blocked(programme, year):
                return PokeReturnValue(is_done=False)
            if reason := tasks.reason_to_wait(programme, year):
                if wait and tasks.is_signed(programme):
                    return PokeReturnValue(is_done=False)
                raise AirflowSkipException(reason)
            tasks.compute_year(programme, year, current_as_of())
            if wait and (other := tasks.who_asks_already(programme, year, current_run(), is_alive)):
                raise AirflowSkipException(f"{other} waits for the same signatures")
            return PokeReturnValue(is_done=True, xcom_value=tasks.ask_for_signatures(programme, year, wait=wait))

        # One at a time: each writes the pages over all editions.
        @task(max_active_tis_per_dag=1, trigger_rule="none_failed_min_one_success")
        def publish() -> None:
            """Render the report, the tables and the site, if the edition is signed as the programme asks."""
            year = current_year()
            if may_wait() and (moment := tasks.next_look(programme, year)):
                raise AirflowRescheduleException(moment)
            tasks.publish_year(programme, year, current_as_of())

        asked = ask()
        signed = SignOffOperator.partial(
            task_id=SIGN_OFF,
            programme=programme,
            map_index_template=SIGNATURE_NAME,
            notifiers=[DigestNotifier(programme, "request")],
            response_timeout=LONGEST_WAIT,
            retries=0,
        ).expand(signature=asked)
        compute() >> asked
        [asked, signed] >> publish()
    return dag


for _programme in programmes():
    publish_dag(_programme)
