"""What a run would redo, found out by asking each step, so that no DAG is started for what did not change.

A step says by its fingerprint whether it is current. A preview workspace stops at the first step that is not.
Not its business: doing anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from yearbook.errors import YearbookError
from yearbook.model.source import Entry
from yearbook.workspace import RUN, Step, Workspace


class _Stale(Exception):
    """A step would have to be redone."""


class Preview(Workspace):
    """A workspace in which a step that is current is passed, and the first that is not ends the question."""

    @classmethod
    def of(cls, workspace: Workspace) -> "Preview":
        """The same programme, for asking only."""
        return cls(workspace.settings, workspace.recipe, workspace.catalogue)

    @contextmanager
    def step(self, step: str, *, subject: str = "", year: int | None = None, fingerprint: str) -> Iterator[Step]:
        """Pass a current step as kept. Raises for any other."""
        known = self.catalogue.find_step(step, subject, year)
        if known is None or known.fingerprint != fingerprint or not self._outputs_exist(known.outputs):
            raise _Stale
        yield Step(kept=True, outputs=known.outputs, rows=known.rows)
        self.catalogue.log(RUN, "kept", step, subject=subject, year=year, rows=known.rows, seconds=0.0)


def is_current(question: Callable[[], object]) -> bool:
    """Whether all steps that `question` goes through are current. An error is not: the run itself must tell it."""
    try:
        question()
    except (_Stale, YearbookError):
        return False
    return True


def stale_sources(workspace: Workspace) -> list[str]:
    """Sources that deliver something new, or no longer deliver something; and any behind a network, to ask it once."""
    from yearbook.extract.collect import collect_delivery, list_deliveries

    preview = Preview.of(workspace)

    def ask(source: str) -> None:
        delivered = list_deliveries(preview, source)
        if set(delivered) != {delivery.id for delivery in workspace.catalogue.deliveries(source)}:
            raise _Stale
        for delivery in delivered:
            collect_delivery(preview, source, delivery)

    return [
        name
        for name, source in workspace.recipe.sources.items()
        if any(_is_remote(entry) for entry in source.entries) or not is_current(partial(ask, name))
    ]


def stale_years(workspace: Workspace) -> list[int]:
    """Years whose records have to be checked again."""
    from yearbook.pipeline import validate, years_with_records

    preview = Preview.of(workspace)
    return [year for year in years_with_records(workspace) if not is_current(partial(validate, preview, year))]


def stale_editions(workspace: Workspace, years: list[int]) -> list[int]:
    """Editions among `years` that have to be computed or published again."""
    from yearbook.pipeline import Job

    job = Job(Preview.of(workspace), years)

    def ask(year: int) -> None:
        job.compute(year)
        job.publish(year)

    return [year for year in years if not is_current(partial(ask, year))]


def _is_remote(entry: Entry) -> bool:
    return entry.format == "api" or (entry.format == "sql" and not str(entry.url).startswith("sqlite"))
