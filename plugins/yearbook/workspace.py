"""A programme at work: its recipe, its lake, its catalogue, and the steps that remember what they did."""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from yearbook.catalogue import Catalogue, StepRecord
from yearbook.errors import YearbookError
from yearbook.lake import Lake
from yearbook.model.recipe import Recipe, load_recipe, year_label
from yearbook.settings import Settings

RUN = os.environ.get("YEARBOOK_RUN") or uuid.uuid4().hex[:12]
LEASE_WAIT_SECONDS = 900


@dataclass
class Step:
    """One step under way. `kept` is true where nothing changed since it was last done: return at once."""

    kept: bool
    outputs: dict[str, Any] = field(default_factory=dict)
    rows: int = 0

    def finish(self, outputs: dict[str, Any], rows: int) -> None:
        """Say what the step leaves (references in the lake, as JSON) and how many rows it handled."""
        self.outputs, self.rows = outputs, rows


@dataclass(frozen=True)
class Workspace:
    """Everything that a step needs to find its work."""

    settings: Settings
    recipe: Recipe
    catalogue: Catalogue

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
        return (
            self.settings.data
            or self.recipe.programme.data
            or f"{self.settings.programme_home(self.programme)}/records"
        )

    @contextmanager
    def step(self, step: str, *, subject: str = "", year: int | None = None, fingerprint: str) -> Iterator[Step]:
        """Run a step under its lease, remember it when it ends well, and write the run log.

        `fingerprint` covers all that the result depends on. The memory is written after the outputs, so that a kill
        between the two only redoes the step. Raises what the block raises, and `RuntimeError` if it did not finish.
        """
        scope = "/".join(part for part in (step, subject, "" if year is None else year_label(year)) if part)
        with self.catalogue.lease(scope, wait_seconds=LEASE_WAIT_SECONDS):
            yield from self._run(step, subject, year, fingerprint)

    def _run(self, step: str, subject: str, year: int | None, fingerprint: str) -> Iterator[Step]:
        def log(state: str, **values: Any) -> None:
            self.catalogue.log(RUN, state, step, subject=subject, year=year, **values)

        known = self.catalogue.find_step(step, subject, year)
        if known and known.fingerprint == fingerprint and self._outputs_exist(known.outputs):
            yield Step(kept=True, outputs=known.outputs, rows=known.rows)
            log("kept", rows=known.rows, seconds=0.0)
            return
        log("started")
        began = time.perf_counter()
        work = Step(kept=False)
        try:
            yield work
            self.catalogue.record_step(
                StepRecord(step, subject, year, fingerprint, work.outputs, work.rows, time.perf_counter() - began)
            )
        except BaseException as error:
            message = str(error) if isinstance(error, YearbookError) else f"{type(error).__name__}: {error}"
            log("failed", seconds=time.perf_counter() - began, message=message)
            raise
        log("done", rows=work.rows, seconds=time.perf_counter() - began)

    def _outputs_exist(self, outputs: Any) -> bool:
        if isinstance(outputs, dict):
            return all(self._outputs_exist(value) for value in outputs.values())
        if isinstance(outputs, list):
            return all(self._outputs_exist(value) for value in outputs)
        return not (isinstance(outputs, str) and outputs.endswith(".parquet")) or self.lake.exists(outputs)


def open_workspace(programme: str, settings: Settings | None = None) -> Workspace:
    """Load a programme's recipe and open its stores. Raises `DefinitionError` where a definition is wrong."""
    settings = settings or Settings.from_environment()
    recipe = load_recipe(programme, settings.include)
    return Workspace(settings, recipe, Catalogue(settings.catalogue_url, programme))
