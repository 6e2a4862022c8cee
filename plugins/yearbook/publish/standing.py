"""Which figures readers may see beside an edition: where people sign, none of an edition that was never published.

Not its business: whether an edition may be published (`signoff`).
"""

import pyarrow as pa

from yearbook.publish.door import earlier_observations, published_observations, published_years
from yearbook.publish.folders import read_manifest
from yearbook.publish.vintages import last_published
from yearbook.workspace import Workspace


def edition_folder(workspace: Workspace, year: int) -> str:
    """Where an edition stands on the site."""
    return f"{workspace.settings.site}/{workspace.programme}/{year}"


def readable_years(workspace: Workspace, year: int) -> list[int]:
    """The years that the edition of a year may tell of: its own, and those before it.

    Where people sign, an earlier year is among them only while it stands on the site with the figures that it has now,
    which the signature covers too: what nobody released comes out by no other year's report.
    """
    years = [one for one in published_years(workspace) if one <= year]
    if workspace.recipe.programme.required_sign_off is None:
        return years
    newest = {one.year: one.observations_ref for one in workspace.catalogue.editions()}
    return [one for one in years if one == year or _standing(workspace, one) == newest[one]]


def standing_observations(workspace: Workspace, years: list[int]) -> list[pa.Table]:
    """The public observations of editions that stand on the site.

    Where people sign they are those with which each was published, and not those that wait for a signature since.
    """
    if workspace.recipe.programme.required_sign_off is None:
        return [published_observations(workspace, year) for year in published_years(workspace) if year in years]
    references = [reference for year in sorted(years) if (reference := _standing(workspace, year))]
    found = [earlier_observations(workspace, reference) for reference in references]
    return [table for table in found if table is not None]


def _standing(workspace: Workspace, year: int) -> str | None:
    """The figures that an edition was last published with; None of one that is not on the site."""
    is_there = read_manifest(edition_folder(workspace, year)) is not None
    return last_published(workspace, year) if is_there else None
