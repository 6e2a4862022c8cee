"""`<programme>.collect.<source>`: land, read, normalize and stage what one source delivers.

One DAG for each declared source. It emits the asset `<programme>.staged` once for each year that it touched.
"""

from typing import Any

from airflow.sdk import DAG, PartitionedAtRuntime, task
from airflow.sdk.exceptions import AirflowSkipException

from yearbook.orchestrate import tasks
from yearbook.orchestrate.declared import sources
from yearbook.orchestrate.defaults import DELIVERY_NAME, TASK_DEFAULTS
from yearbook.orchestrate.mail import DigestNotifier
from yearbook.orchestrate.partitions import keys, staged


def collect_dag(programme: str, source: str) -> DAG:
    """The DAG of one source: a task for each delivery, then one that settles the years."""
    asset = staged(programme)

    with DAG(
        dag_id=f"{programme}.collect.{source}",
        schedule=PartitionedAtRuntime(),
        default_args=TASK_DEFAULTS,
        max_active_runs=1,
        on_failure_callback=DigestNotifier(programme, "failure"),
        tags=[programme, "collect"],
        doc_md=__doc__,
    ) as dag:

        @task
        def list_deliveries() -> list[str]:
            """Find what the source delivers now."""
            return tasks.list_deliveries(programme, source)

        @task(map_index_template=DELIVERY_NAME)
        def collect(delivery: str) -> None:
            """Land, read, normalize and stage one delivery."""
            tasks.collect_delivery(programme, source, delivery)

        # Also when there is no delivery any more: what vanished must leave the figures.
        @task(outlets=[asset], trigger_rule="none_failed")
        def settle(outlet_events: Any = None) -> None:
            """Retire what vanished, and name the years that changed."""
            years = tasks.settle_source(programme, source)
            if not years:
                raise AirflowSkipException("no year changed")
            outlet_events[asset].add_partitions(keys(years))

        collect.expand(delivery=list_deliveries()) >> settle()
    return dag


for _programme, _source in sources():
    collect_dag(_programme, _source)
