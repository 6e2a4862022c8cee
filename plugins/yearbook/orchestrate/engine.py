"""The DAGs of this project, run one by one in this process by `dag.test()`: Airflow without any service.

Airflow is imported only when a DAG has to run, and after its environment is set, since it reads that at its import.
Not its business: which DAGs, and in what order.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Self

from yearbook.errors import YearbookError
from yearbook.orchestrate.home import environment, scratch_database
from yearbook.settings import PROJECT

if TYPE_CHECKING:
    from yearbook.orchestrate.listener import Failure, FailureListener


class Engine:
    """Runs DAGs; a context manager, since its metadata database goes when it does. Starts when first needed.

    `programme` spares Airflow the DAGs of the others, which `dag.test()` reads and writes anew for each run. Airflow
    takes its settings once in a process, and so there is one engine in a process.
    """

    def __init__(self, programme: str | None = None) -> None:
        self._programme = programme
        self._exits = ExitStack()
        self._listener: FailureListener | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._exits.close()

    @property
    def is_started(self) -> bool:
        """Whether Airflow was needed."""
        return self._listener is not None

    def start(self) -> "FailureListener":
        """Make Airflow ready, once; return what listens to its tasks. Raises `RuntimeError` where it was imported."""
        if self._listener is None:
            if "airflow.settings" in sys.modules:
                raise RuntimeError("Airflow was imported before its settings were made; import it after Engine.start()")
            os.environ.update(environment(self._exits.enter_context(scratch_database())))
            if self._programme:
                os.environ["YEARBOOK_PROGRAMMES"] = self._programme
            with _settled_imports():
                self._listener = _listen()
        return self._listener

    def run(self, dag_id: str, **conf: Any) -> "list[Failure]":
        """Run one DAG to its end; return what failed for good. Raises `YearbookError` where there is no such DAG."""
        listener = self.start()
        dag = _find(dag_id)
        known = len(listener.failures)
        run = dag.test(run_conf=conf)
        failures = listener.failures[known:]
        if run.state != "success" and not failures:
            raise RuntimeError(f"{dag_id} ended as {run.state}")
        return failures


def _listen() -> "FailureListener":
    from airflow.sdk.listener import get_listener_manager

    from yearbook.orchestrate.listener import FailureListener

    listener = FailureListener()
    manager: Any = get_listener_manager()
    manager.add_listener(listener)
    return listener


def _find(dag_id: str) -> Any:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(PROJECT / "dags"))
    if bag.import_errors:
        path, message = next(iter(bag.import_errors.items()))
        raise YearbookError("a DAG file cannot be read", where=path, fix=message.strip().splitlines()[-1])
    if dag_id not in bag.dags:
        raise YearbookError(f"there is no DAG {dag_id}", where=str(PROJECT / "dags"), fix="see `airflow dags list`")
    return bag.dags[dag_id]


@contextmanager
def _settled_imports() -> Iterator[None]:
    """Take what is imported out of the garbage collector's sight: walking through Airflow costs a tenth of a run."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
