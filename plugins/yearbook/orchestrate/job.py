"""`make yearbook`: the main job through the DAGs of this project, in one process and without a service.

Does what a scheduler would do, in order: collect what the sources deliver, validate the years that this changed,
publish the editions that rest on them. What is current is not started at all. Not its business: what a task does, and
what the screen shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yearbook.model.recipe import year_label
from yearbook.orchestrate.clock import LIBRARY
from yearbook.orchestrate.engine import Engine
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.orchestrate.listener import Failure


class TasksFailedError(Exception):
    """Tasks failed for good. Their errors are to be told, not traced."""

    def __init__(self, failures: "list[Failure]") -> None:
        super().__init__(failures)
        self.failures = failures


@dataclass(frozen=True)
class LocalRun:
    """One run over a programme's sources, and the editions asked for."""

    workspace: Workspace
    years: list[int]
    engine: Engine

    def run(self) -> str:
        """Redo what is not current; return the address of the site's index page. Raises `TasksFailedError`."""
        from yearbook import checking, staleness
        from yearbook.pipeline import prepare_records, write_site

        with LIBRARY.running():
            prepare_records(self.workspace)
            sources = staleness.stale_sources(self.workspace)
        self._run_dags((f"collect.{source}", {}) for source in sources)
        with LIBRARY.running():
            years = checking.stale_years(self.workspace, is_told=True)
        self._run_dags(("validate", {"year": year_label(year)}) for year in years)
        with LIBRARY.running():
            editions = staleness.stale_editions(self.workspace, self.years)
        self._run_dags(("publish", {"year": year_label(year), "wait": False}) for year in editions)
        with LIBRARY.running():
            return write_site(self.workspace)

    def _run_dags(self, runs: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Run all DAGs of one kind, and stop behind them if one failed: a user learns of all wrong sources at once."""
        failures = [
            failure for name, conf in runs for failure in self.engine.run(f"{self.workspace.programme}.{name}", **conf)
        ]
        if failures:
            raise TasksFailedError(failures)
