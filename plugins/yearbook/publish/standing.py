"""Which figures readers may see beside an edition: none of one that is unsigned or embargoed and was never published.

Not its business: whether an edition itself may be published (`signoff`, `release`).
"""

from datetime import datetime

import pyarrow as pa

from yearbook.errors import EmbargoError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import Programme
from yearbook.publish.door import computed_years, earlier_observations
from yearbook.publish.folders import read_manifest
from yearbook.publish.release import embargo_ahead
from yearbook.publish.vintages import last_published
from yearbook.workspace import Workspace


def edition_folder(workspace: Workspace, year: int) -> str:
    """Where an edition stands on the site."""
    return f"{workspace.settings.site}/{workspace.programme}/{year}"


def is_standing(workspace: Workspace, year: int) -> bool:
    """Whether an edition is on the site."""
    return read_manifest(edition_folder(workspace, year)) is not None


def readable_years(workspace: Workspace, year: int) -> list[int]:
    """The years that the edition of a year may tell of: its own, and those before it that may be read."""
    newest = {one.year: one.observations_ref for one in workspace.catalogue.editions()}
    years = [one for one in computed_years(workspace) if one <= year]
    return [one for one in years if one == year or _may_be_read(workspace, one, newest[one])]


def standing_observations(workspace: Workspace, years: list[int]) -> list[pa.Table]:
    """The public observations of editions that stand on the site: those with which each was published the last time.

    What was computed since, and waits for its signature, its time or its run, is not among them.
    """
    references = [reference for year in sorted(years) if (reference := _standing(workspace, year))]
    found = [earlier_observations(workspace, reference) for reference in references]
    return [table for table in found if table is not None]


def embargo_of_any(programme: Programme, year: int, at: datetime | None) -> datetime | None:
    """The time before which an edition waits: for its own embargo, or that of an earlier year, which it reads too."""
    ahead = [embargo_ahead(programme, one, at) for one in programme.editions if one <= year]
    return max((until for until in ahead if until), default=None)


def require_earlier_released(
    programme: Programme, year: int, at: datetime | None, readers: list[Text] | None = None
) -> None:
    """Raise `EmbargoError` where an edition would give away an earlier one that is embargoed.

    A year's growth and series tell the figures of the years before. Of `readers`, for whom a copy before the release is
    made, each may read what the earlier edition grants them too.
    """
    for earlier in sorted(one for one in programme.editions if one < year):
        until = embargo_ahead(programme, earlier, at)
        granted = programme.editions.get(earlier, EditionPlan()).pre_release
        if until is None or (readers is not None and all(one in granted for one in readers)):
            continue
        raise EmbargoError(
            f"the edition of {year} tells figures of {earlier}, which is embargoed until"
            f" {until.isoformat(timespec='minutes')}",
            where=f"{programme.programme}, editions: {earlier}",
            fix=f"publish it then, or name its readers under `pre_release` of {earlier} too"
            if readers is not None
            else f"publish it then, or take the embargo from {earlier}",
        )


def _may_be_read(workspace: Workspace, year: int, newest: str) -> bool:
    """Where people sign, or there is an embargo, only what stands on the site with the figures that it has now.

    A signature under a later year covers these figures too: what nobody released comes out by no other year's report.
    """
    programme = workspace.recipe.programme
    is_free = programme.editions.get(year, EditionPlan()).embargoed_until is None
    return (is_free and programme.required_sign_off is None) or _standing(workspace, year) == newest


def _standing(workspace: Workspace, year: int) -> str | None:
    """The figures that an edition was last published with; None of one that is not on the site."""
    return last_published(workspace, year) if is_standing(workspace, year) else None
