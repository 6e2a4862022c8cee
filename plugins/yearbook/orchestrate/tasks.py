"""What the tasks of the DAGs do: find the programme, and hand over to the library.

Arguments and results are ids and years, never records. The library is imported when a task runs, since Airflow parses
the DAG files all the time. Not its business: Airflow's graph (`dags/`), and what a step does.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from yearbook.errors import SignOffError, YearbookError
from yearbook.model.recipe import year_label
from yearbook.orchestrate.clock import LIBRARY
from yearbook.settings import Settings

if TYPE_CHECKING:
    from yearbook.statement import Statement
    from yearbook.workspace import Workspace

log = logging.getLogger(__name__)


def workspace(programme: str) -> "Workspace":
    """The programme where the settings say. Raises `DefinitionError` where a definition is wrong."""
    # Which DAGs Airflow reads is no matter of the programme's, and would open it anew.
    return _open(programme, replace(Settings.from_environment(), programmes=None))


@cache
def _open(programme: str, settings: Settings) -> "Workspace":
    # One process, one recipe: a task has a process of its own, and a local run must not change its mind halfway.
    from yearbook.workspace import open_workspace

    return open_workspace(programme, settings)


@LIBRARY.timed
def list_deliveries(programme: str, source: str) -> list[str]:
    """Ids of what the source delivers now; the records of a demonstration are made first."""
    from yearbook.extract.collect import list_deliveries
    from yearbook.pipeline import prepare_records

    work = workspace(programme)
    prepare_records(work)
    with work.telling("list", source):
        return list_deliveries(work, source)


@LIBRARY.timed
def collect_delivery(programme: str, source: str, delivery: str) -> None:
    """Land, read, normalize and stage one delivery."""
    from yearbook.extract.collect import collect_delivery
    from yearbook.pipeline import serve_api

    with serve_api(workspace(programme), source) as served:
        collect_delivery(served, source, delivery)


@LIBRARY.timed
def settle_source(programme: str, source: str) -> list[int]:
    """Retire what is no longer delivered; return the years that have to be checked now, whatever changed them."""
    from yearbook.checking import stale_years
    from yearbook.extract.collect import settle_source

    settle_source(workspace(programme), source)
    return stale_years(workspace(programme))


@LIBRARY.timed
def list_datasets(programme: str, year: int) -> list[str]:
    """Datasets that hold records of the year."""
    from yearbook.validate import datasets_of

    return datasets_of(workspace(programme), year)


@LIBRARY.timed
def validate_dataset(programme: str, dataset: str, year: int) -> None:
    """Check the records of one dataset and year."""
    from yearbook.validate import validate_dataset

    work = workspace(programme)
    validate_dataset(work, dataset, year, work.recipe.programme.last_release_date)


@LIBRARY.timed
def settle_year(programme: str, year: int) -> list[int]:
    """Check that no record of the year was lost; return the editions that rest on it."""
    from yearbook.validate import settle_year

    return settle_year(workspace(programme), year)


@LIBRARY.timed
def reason_to_wait(programme: str, year: int) -> str | None:
    """Why an edition cannot be computed yet, although what it rests on is on its way; None where nothing is."""
    from yearbook.checking import require_checked

    work = _edition(programme, year)
    try:
        require_checked(work, year)
    except YearbookError as reason:
        return reason.what
    return None


@LIBRARY.timed
def compute_year(programme: str, year: int, as_of: date | None) -> None:
    """Compute the figures of one edition."""
    from yearbook.compute import compute_year

    work = _edition(programme, year)
    compute_year(work, year, work.recipe.programme.release_date(year, as_of))


@LIBRARY.timed
def who_asks_already(programme: str, year: int, run: str, is_alive: Callable[[str], bool]) -> str | None:
    """The run that waits already for signatures under just these figures; None where `run` is now the one that asks."""
    from yearbook.catalogue import StepRecord
    from yearbook.signed import digest_of
    from yearbook.signoff import missing_signatures
    from yearbook.workspace import LEASE_WAIT_SECONDS

    work = _edition(programme, year)
    if not missing_signatures(work, year):
        return None
    digest = digest_of(work, year).digest
    with work.catalogue.lease(f"ask {year}", wait_seconds=LEASE_WAIT_SECONDS) as lease:
        known = work.catalogue.find_step("ask", year=year)
        if known and known.fingerprint == digest and known.outputs["run"] != run and is_alive(known.outputs["run"]):
            return str(known.outputs["run"])
        work.catalogue.record_step(StepRecord("ask", "", year, digest, {"run": run}, rows=0, seconds=0.0), lease)
    return None


@LIBRARY.timed
def is_signed(programme: str) -> bool:
    """Whether a programme's editions are signed by people."""
    return workspace(programme).recipe.programme.required_sign_off is not None


@LIBRARY.timed
def is_blocked(programme: str, year: int) -> bool:
    """Whether an edition that has to be signed waits for people to work off critical findings."""
    from yearbook.signoff import blocking

    return is_signed(programme) and bool(blocking(_edition(programme, year), year))


@LIBRARY.timed
def ask_for_signatures(programme: str, year: int, *, wait: bool) -> list[str]:
    """Which signatures an edition waits for: `1/2`, `2/2`. Raises `SignOffError` for any where there is no waiting."""
    from yearbook.signoff import missing_signatures, require_signed

    work = _edition(programme, year)
    rule = work.recipe.programme.required_sign_off
    if rule is None:
        return []
    if not wait:
        require_signed(work, year)
    missing = missing_signatures(work, year)
    return [f"{number}/{rule.signers}" for number in range(rule.signers - missing + 1, rule.signers + 1)]


@LIBRARY.timed
def statement(programme: str, year: int) -> "Statement":
    """What a signer is shown."""
    from yearbook.statement import make_statement

    return make_statement(_edition(programme, year), year)


@LIBRARY.timed
def sign_year(
    programme: str,
    year: int,
    *,
    run: str,
    index: int,
    by: str | None,
    at: datetime | None,
    given: Mapping[str, object],
) -> None:
    """Sign an edition for the person who answered. Raises `SignOffError` where the answer may not sign it."""
    from yearbook.orchestrate.answers import forget, require_remembered
    from yearbook.signoff import sign

    work = _edition(programme, year)
    if by is None or at is None:
        raise SignOffError(
            "nobody answered", where=f"{programme}.publish, {run}", fix="trigger the edition again, and answer"
        )
    digest = str(given.get("digest", ""))
    require_remembered(work, year, run, index, by, digest)
    sign(work, year, digest, by, at, str(given.get("statement") or ""))
    forget(work, year, run, index, by)


@LIBRARY.timed
def next_look(programme: str, year: int) -> datetime | None:
    """When to look again at an edition that is embargoed: at its time, or earlier; None where it may go out."""
    from yearbook.orchestrate.defaults import EMBARGO_NAP
    from yearbook.publish.standing import embargo_of_any

    now = datetime.now(UTC)
    until = embargo_of_any(_edition(programme, year).recipe.programme, year, now)
    if until is None:
        return None
    log.info("the edition of %s is embargoed until %s", year, until.isoformat(timespec="minutes"))
    return min(until, now + EMBARGO_NAP)


@LIBRARY.timed
def publish_year(programme: str, year: int, as_of: date | None) -> None:
    """Render the report and tables of one edition, and the site's pages over all editions.

    Raises `YearbookError` where it is not computed, not signed as its programme asks, or embargoed.
    """
    from yearbook.pipeline import publish_edition, write_site

    work = _edition(programme, year)
    publish_edition(work, year, as_of, datetime.now(UTC))
    write_site(work)


@LIBRARY.timed
def tell_what_is_late(programme: str) -> None:
    """Tell which editions should have come out by now."""
    from yearbook.orchestrate.lateness import tell

    tell(workspace(programme), datetime.now(UTC).date())


def _edition(programme: str, year: int) -> "Workspace":
    work = workspace(programme)
    years = work.recipe.programme.years
    if year not in years:
        raise YearbookError(
            f"{programme} has no edition {year_label(year)}",
            where=str(work.recipe.root / "programme.yml"),
            fix=f"its `years` are {years[0]}-{years[-1]}; add the year there to publish it",
        )
    return work
