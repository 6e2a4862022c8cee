"""The main job in its order, without Airflow: collect, validate, compute, publish.

The command line runs it as it stands; the DAGs call the same steps one by one. Not its business: what a step does.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from yearbook.checking import validate, years_with_records
from yearbook.compute import compute_year
from yearbook.errors import EmbargoError, SeveralErrors, SignOffError, YearbookError
from yearbook.extract.collect import collect_delivery, list_deliveries, settle_source
from yearbook.extract.deliveries import find_source
from yearbook.model.programme import Programme
from yearbook.publish import publish_site, publish_year
from yearbook.publish.folders import put_back
from yearbook.publish.kept import require_all_said
from yearbook.publish.prerelease import write_prereleases
from yearbook.publish.release import ahead_of_its_day, require_release_time
from yearbook.publish.standing import is_standing, require_earlier_released
from yearbook.signoff import imprint_of, published_day
from yearbook.workspace import Workspace

log = logging.getLogger(__name__)

YEAR = re.compile(r"[12][0-9]{3}")


def read_years(text: str) -> list[int]:
    """Read `2024`, `2021,2024` or `2023-2024`. Raises `YearbookError` for what is no year."""
    years: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        ends = [first, last] if dash else [first, first]
        if not all(YEAR.fullmatch(end) for end in ends) or ends[0] > ends[1]:
            raise YearbookError(f"`{part}` is no year", where="years", fix="write 2024, 2021,2024 or 2023-2024")
        years.update(range(int(ends[0]), int(ends[1]) + 1))
    return sorted(years)


def parse_years(text: str | None, programme: Programme) -> list[int]:
    """Read years, or nothing (all), into edition years of the programme.

    Raises `YearbookError` for what is no year, or no edition of the programme.
    """
    years = read_years(text) if text else list(programme.years)
    foreign = sorted(set(years) - set(programme.years))
    if foreign:
        raise YearbookError(
            f"{', '.join(map(str, foreign))}: no edition of {programme.programme}",
            where="years",
            fix=f"its editions: {programme.years[0]}-{programme.years[-1]}",
        )
    return years


def prepare_records(workspace: Workspace) -> None:
    """Write the demonstration records of a simulated programme, unless they are there or others were given."""
    simulation = workspace.recipe.programme.simulation
    if simulation and workspace.settings.data is None:
        from yearbook.scenario import write_records

        write_records(Path(workspace.data), seed=simulation.seed, scale=simulation.scale)


@contextmanager
def serve_api(workspace: Workspace, source: str) -> Iterator[Workspace]:
    """Serve a demonstration's records for the block, where the source asks their API; give the workspace to use in it.

    The records are files of this machine: to ask their API is to ask no network.
    """
    is_asked = any(entry.is_simulated_api for entry in find_source(workspace, source).entries)
    if not (is_asked and workspace.recipe.programme.simulation):
        yield workspace
        return
    from yearbook.scenario.server import serving

    with serving(Path(workspace.data)) as address:
        yield replace(workspace, api=address)


def collect(workspace: Workspace, source: str) -> None:
    """Land, read and stage one source."""
    with workspace.telling("list", source):
        deliveries = list_deliveries(workspace, source)
    with serve_api(workspace, source) as served:
        for delivery in deliveries:
            collect_delivery(served, source, delivery)
    settle_source(workspace, source)


def collect_all(workspace: Workspace, sources: list[str]) -> None:
    """Collect sources, each on its own: a user learns of all wrong ones at once. Raises the error, or all together."""
    errors = []
    for source in sources:
        try:
            collect(workspace, source)
        except YearbookError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)


def publish_edition(workspace: Workspace, year: int, as_of: date | None, at: datetime | None) -> None:
    """Render one edition's report and tables, if it may go out at `at`; the one way to the site, for everybody.

    The log is told of one whose own day of release is still to come. Raises `YearbookError` where its figures are not
    computed, not signed as the programme asks, or embargoed.
    """
    programme = workspace.recipe.programme
    require_release_time(programme, year, at, is_out=is_standing(workspace, year))
    require_earlier_released(programme, year, at)
    require_computed(workspace, year)
    day = published_day(workspace, year, as_of)
    publish_year(workspace, year, day, partial(imprint_of, workspace, year, day))
    if at is not None and (told := ahead_of_its_day(programme, year, day, at)):
        log.warning("%s, %s", workspace.recipe.root / "programme.yml", told)


def require_computed(workspace: Workspace, year: int) -> None:
    """Raise `YearbookError` where an edition has no figures yet."""
    if year not in {edition.year for edition in workspace.catalogue.editions()}:
        raise YearbookError(
            f"the figures of {year} are not computed", where=workspace.programme, fix="run `yearbook compute`"
        )


def write_site(workspace: Workspace) -> str:
    """Write the site's pages over all editions, those among them that a killed run lost; return the index's address."""
    put_back(f"{workspace.settings.site}/{workspace.programme}")
    return str(publish_site(workspace))


@dataclass(frozen=True)
class Job:
    """A run of the main job over some years, as of a day; `at` is the time, before which nothing embargoed goes out."""

    workspace: Workspace
    years: list[int]
    as_of: date | None = None
    at: datetime | None = None

    def run(self) -> str:
        """Collect all sources, validate all years that hold records, compute and publish the editions asked for.

        Returns the address of the site's index page.
        """
        prepare_records(self.workspace)
        collect_all(self.workspace, list(self.workspace.recipe.sources))
        for year in years_with_records(self.workspace):
            validate(self.workspace, year)
        return self.release(compute_first=True)

    def release(self, *, compute_first: bool = False) -> str:
        """Publish the editions asked for, and the site over all; return the address of its index page.

        Raises `SignOffError` or `EmbargoError` where editions wait for a signature or their time, after all others are
        published.
        """
        waiting: list[YearbookError] = []
        for year in self.years:
            if compute_first:
                self.compute(year)
            try:
                self.publish(year)
            except (SignOffError, EmbargoError) as error:
                waiting.append(error)
        index = write_site(self.workspace)
        if waiting:
            raise waiting[0] if len(waiting) == 1 else SeveralErrors(waiting)
        return index

    def compute(self, year: int) -> None:
        """Compute one edition's figures. Raises `SourceError` where a source is not there as a whole."""
        self.workspace.require_settled_sources()
        compute_year(self.workspace, year, self._as_of(year))

    def publish(self, year: int) -> None:
        """Render one edition's report and tables.

        Raises `YearbookError` where its figures are not computed, not signed as the programme asks, or embargoed.
        """
        publish_edition(self.workspace, year, self.as_of, self.at)

    def prerelease(self, year: int) -> list[str]:
        """Write the copies of an embargoed edition for those who read it earlier; return their folders."""
        require_computed(self.workspace, year)
        require_all_said(self.workspace)
        day = published_day(self.workspace, year, self.as_of)
        release = partial(imprint_of, self.workspace, year, day)
        return write_prereleases(self.workspace, year, day, release, self.at)

    def _as_of(self, year: int) -> date:
        return self.workspace.recipe.programme.release_date(year, self.as_of)
