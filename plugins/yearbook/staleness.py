"""What a run would redo, found out by asking each step.

A step says by its fingerprint whether it is current. A preview workspace stops at the first step that is not. Not its
business: doing anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import NoReturn

from yearbook.errors import YearbookError
from yearbook.extract.collect import collect_delivery, list_deliveries
from yearbook.lake import Lake
from yearbook.model.recipe import year_label
from yearbook.model.source import Entry
from yearbook.pipeline import Job, serve_api, validate, years_with_records
from yearbook.validate import Ledger, datasets_of, settle_year, validate_dataset
from yearbook.workspace import RUN, Step, Workspace


class _Stale(Exception):
    """A step would have to be redone."""


@dataclass(frozen=True)
class Preview(Workspace):
    """A workspace in which a step that is current is passed, and the first that is not ends the question.

    `is_told` writes what is passed to the run log as kept: a run that starts nothing says so, a mere question does not.
    `asked` is the workspace that the question is about, whose lake it reads.
    """

    is_told: bool = True
    asked: Workspace | None = None

    @classmethod
    def of(cls, workspace: Workspace, *, is_told: bool = True) -> "Preview":
        """The same programme, for asking only."""
        return cls(workspace.settings, workspace.recipe, workspace.catalogue, workspace.api, is_told, workspace)

    @cached_property
    def lake(self) -> Lake:
        """The lake of the workspace that is asked about."""
        return self.asked.lake if self.asked else Lake(self.settings.programme_home(self.programme))

    @contextmanager
    def step(self, step: str, *, subject: str = "", year: int | None = None) -> Iterator[Step]:
        """Pass a current step as kept. Raises for any other."""
        known = self.catalogue.find_step(step, subject, year)
        yield Step(known, self._are_intact, start=_end_the_question)
        if self.is_told:
            rows = known.rows if known else 0
            self.catalogue.log(RUN, "kept", step, subject=subject, year=year, rows=rows, seconds=0.0)


def _end_the_question() -> NoReturn:
    raise _Stale


def is_current(question: Callable[[], object]) -> bool:
    """Whether all steps that `question` goes through are current. An error is not: the run itself must tell it."""
    try:
        question()
    except (_Stale, YearbookError):
        return False
    return True


def stale_sources(workspace: Workspace) -> list[str]:
    """Sources that deliver something new, or no longer deliver something; and any behind a network, to ask it once."""
    preview = Preview.of(workspace)
    unsettled = workspace.unsettled_sources()

    def ask(source: str) -> None:
        delivered = list_deliveries(preview, source)
        if set(delivered) != {delivery.id for delivery in workspace.catalogue.deliveries(source)}:
            raise _Stale
        with serve_api(preview, source) as served:
            for delivery in delivered:
                collect_delivery(served, source, delivery)

    return [
        name
        for name, source in workspace.recipe.sources.items()
        if name in unsettled or any(map(_is_remote, source.entries)) or not is_current(partial(ask, name))
    ]


def stale_years(workspace: Workspace, *, until: int | None = None, is_told: bool = False) -> list[int]:
    """Years whose records have to be checked: they changed, or something that their rules look at did."""
    preview = Preview.of(workspace, is_told=is_told)
    years = [year for year in years_with_records(workspace) if until is None or year <= until]
    ledger = Ledger(preview, workspace.recipe.programme.last_release_date)
    return [year for year in years if not is_current(partial(validate, preview, year, ledger))]


def stale_partitions(workspace: Workspace) -> dict[int, list[str]]:
    """The datasets to check of each year that `stale_years` gives; of a year that only has to be settled none."""
    preview, as_of = Preview.of(workspace, is_told=False), workspace.recipe.programme.last_release_date
    ledger = Ledger(preview, as_of)
    stale: dict[int, list[str]] = {}
    for year in years_with_records(workspace):
        questions = {
            name: partial(validate_dataset, preview, name, year, as_of, ledger) for name in datasets_of(workspace, year)
        }
        names = [name for name, question in questions.items() if not is_current(question)]
        if names or not is_current(partial(settle_year, preview, year, ledger)):
            stale[year] = names
    return stale


def stale_editions(workspace: Workspace, years: list[int], as_of: date | None = None) -> list[int]:
    """Editions among `years` that have to be computed or published again."""
    job = Job(Preview.of(workspace), years, as_of)

    def ask(year: int) -> None:
        job.compute(year)
        job.publish(year)

    return [year for year in years if not is_current(partial(ask, year))]


def require_checked(workspace: Workspace, edition: int) -> None:
    """Raise `YearbookError` where an edition would rest on records that are not all there, or not all checked."""
    workspace.require_settled_sources()
    if waiting := [year_label(year) for year in stale_years(workspace, until=edition)]:
        raise YearbookError(
            f"the records of {', '.join(waiting)} wait to be checked",
            where=f"{workspace.programme}, edition {edition}",
            fix=f"run `yearbook validate --programme {workspace.programme}` first",
        )


def _is_remote(entry: Entry) -> bool:
    if entry.format == "api":
        return not entry.is_simulated_api
    return entry.format == "sql" and not str(entry.url).startswith("sqlite")
