"""A programme at work: its recipe, its lake, its catalogue, and the steps that remember what they did."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yearbook.catalogue import Catalogue, Lease, StepRecord
from yearbook.errors import SourceError, YearbookError
from yearbook.lake import Lake, is_reference
from yearbook.model.comparator_tables import load_comparators
from yearbook.model.recipe import Recipe, load_recipe, year_label
from yearbook.settings import Settings

RUN = uuid.uuid4().hex[:12]
LEASE_WAIT_SECONDS = 900
SETTLE = "settle"
"""The step that ends the collection of a source: without it, the source is not there as a whole."""


@dataclass
class Step:
    """One step under way, under its lease. Ask `is_current` first, and return at once if it is; else `finish`."""

    known: StepRecord | None
    are_intact: Callable[[Any], bool]
    start: Callable[[], None]
    fingerprint: str | None = None
    is_kept: bool = False
    result: dict[str, Any] | None = None
    rows: int = 0

    def is_current(self, fingerprint: str, *, is_there: bool = True) -> bool:
        """Whether nothing changed since the step was last done. `fingerprint` covers all that the result depends on.

        `is_there` says whether what the step left outside the lake still stands as it was left.

        What it covers must be read in the step, under its lease: what was read before may be old by now.
        """
        self.fingerprint = fingerprint
        known = self.known
        is_same = known is not None and known.fingerprint == fingerprint
        self.is_kept = is_there and is_same and self.are_intact(self.outputs)
        if not self.is_kept:
            self.start()
        return self.is_kept

    @property
    def outputs(self) -> dict[str, Any]:
        """What the step left when it was last done."""
        return self.known.outputs if self.known else {}

    def finish(self, outputs: dict[str, Any], rows: int) -> None:
        """Say what the step leaves (references in the lake, as JSON) and how many rows it handled."""
        self.result, self.rows = outputs, rows


@dataclass(frozen=True)
class Workspace:
    """Everything that a step needs to find its work; `api` is what `{api}` means in the addresses of sources."""

    settings: Settings
    recipe: Recipe
    catalogue: Catalogue
    api: str | None = None

    @property
    def programme(self) -> str:
        """The programme's name."""
        return self.recipe.programme.programme

    @cached_property
    def lake(self) -> Lake:
        """The programme's lake."""
        return Lake(self.settings.programme_home(self.programme))

    @property
    def data(self) -> str:
        """The folder of records that `{data}` means in the paths of sources."""
        home = self.settings.programme_home(self.programme)
        return self.settings.data or self.recipe.programme.data or f"{home}/records"

    @contextmanager
    def step(self, step: str, *, subject: str = "", year: int | None = None) -> Iterator[Step]:
        """Run a step under the lease of its year (or of its subject, where it has none), remember and log it.

        The memory is written after the outputs, so that a kill between the two only redoes the step, and only while
        the lease is still ours. Raises what the block raises, `LeaseError` where another run is at work or took over,
        and `RuntimeError` for a block that neither is current nor finishes.
        """
        scope = f"{step} {subject}" if year is None else year_label(year)
        with self.catalogue.lease(scope, wait_seconds=LEASE_WAIT_SECONDS) as lease:
            yield from self._run(step, subject, year, lease)

    def _run(self, step: str, subject: str, year: int | None, lease: Lease) -> Iterator[Step]:
        def log(state: str, **values: Any) -> None:
            self.catalogue.log(RUN, state, step, subject=subject, year=year, **values)

        began = time.perf_counter()
        known = self.catalogue.find_step(step, subject, year)
        work = Step(known, self._are_intact, start=lambda: log("started"))
        try:
            yield work
            if work.is_kept:
                log("kept", rows=known.rows if known else 0, seconds=0.0)
                return
            if work.result is None or work.fingerprint is None:
                raise RuntimeError(f"the step {step} ended without saying what it leaves")
            seconds = time.perf_counter() - began
            record = StepRecord(step, subject, year, work.fingerprint, work.result, work.rows, seconds)
            self.catalogue.record_step(record, lease)
        except BaseException as error:
            message = str(error) if isinstance(error, YearbookError) else f"{type(error).__name__}: {error}"
            log("failed", seconds=time.perf_counter() - began, message=message)
            raise
        log("done", rows=work.rows, seconds=time.perf_counter() - began)

    @contextmanager
    def telling(self, step: str, subject: str) -> Iterator[None]:
        """Write to the run log what fails in the block, which is no step with a memory."""
        try:
            yield
        except YearbookError as error:
            self.catalogue.log(RUN, "failed", step, subject=subject, message=str(error))
            raise

    def note(self, step: str, year: int, message: str) -> None:
        """Write to the run log what somebody should know of a step that was done."""
        self.catalogue.log(RUN, "note", step, year=year, message=message)

    def unsettled_sources(self) -> list[str]:
        """Sources that were never collected, or whose last collection did not come to its end; sorted."""
        settled = {record.subject for record in self.catalogue.all_outputs(SETTLE)}
        return sorted(set(self.recipe.sources) - settled)

    def require_settled_sources(self) -> None:
        """Raise `SourceError` where a source is not there as a whole: no figure may rest on half of one."""
        if unsettled := self.unsettled_sources():
            raise SourceError(
                f"not collected as a whole: {', '.join(unsettled)}",
                where=self.programme,
                fix=f"mend what `yearbook extract --programme {self.programme}` says of it",
            )

    def _are_intact(self, outputs: Any) -> bool:
        if isinstance(outputs, dict):
            return all(self._are_intact(value) for value in outputs.values())
        if isinstance(outputs, list):
            return all(self._are_intact(value) for value in outputs)
        return not (isinstance(outputs, str) and is_reference(outputs)) or self.lake.is_intact(outputs)


def open_workspace(programme: str, settings: Settings | None = None) -> Workspace:
    """Load a programme's recipe and open its stores. Raises `DefinitionError` where a definition is wrong."""
    settings = settings or Settings.from_environment()
    recipe = load_recipe(programme, settings.include)
    # Whatever is wrong in a definition is told before any work, and not when the report comes to it.
    load_comparators(recipe)
    return Workspace(settings, recipe, Catalogue(settings.catalogue_url, programme))
