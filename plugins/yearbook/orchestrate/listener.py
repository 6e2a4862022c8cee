"""What went wrong in the tasks of a local run: Airflow's log gets a traceback, but its listeners the error itself."""

from dataclasses import dataclass
from typing import Any

from airflow.listeners import hookimpl


@dataclass(frozen=True)
class Failure:
    """A task that failed for good, and why."""

    task: str
    error: BaseException


class FailureListener:
    """Remembers the last error of every task that has not succeeded since. Airflow calls the methods by their names."""

    def __init__(self) -> None:
        self._errors: dict[tuple[str, str, str, int], Failure] = {}

    @property
    def failures(self) -> list[Failure]:
        """What failed for good, in order."""
        return list(self._errors.values())

    @hookimpl
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:
        """Remember the error; a later try may mend it. Ctrl-C, which Airflow takes for one, goes on to the driver."""
        if isinstance(error, KeyboardInterrupt):
            raise error
        name = task_instance.rendered_map_index or ""
        problem = error if isinstance(error, BaseException) else RuntimeError(str(error))
        self._errors[_key(task_instance)] = Failure(
            f"{task_instance.dag_id}, {task_instance.task_id} {name}".strip(), problem
        )

    @hookimpl
    def on_task_instance_success(self, previous_state: Any, task_instance: Any) -> None:
        """Forget what an earlier try of the task said."""
        self._errors.pop(_key(task_instance), None)


def _key(task_instance: Any) -> tuple[str, str, str, int]:
    return task_instance.dag_id, task_instance.run_id, task_instance.task_id, task_instance.map_index
