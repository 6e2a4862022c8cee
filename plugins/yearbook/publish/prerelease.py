"""Copies of an edition for those who read it before its release, each marked with the name of its reader.

They stand with the programme's internal files, never on the site. Not its business: who such readers are
(`editions` of `programme.yml`), and how they get their copy.
"""

from collections.abc import Callable
from datetime import date

from yearbook.errors import EmbargoError
from yearbook.model.editions import EditionPlan
from yearbook.model.recipe import year_label
from yearbook.publish.context import slug
from yearbook.publish.edition import build_edition
from yearbook.publish.folders import replace_folder
from yearbook.publish.imprint import Imprint
from yearbook.workspace import LEASE_WAIT_SECONDS, Workspace


def write_prereleases(workspace: Workspace, year: int, as_of: date, release: Callable[[], Imprint]) -> list[str]:
    """Write a copy for each reader that the programme names; return their folders, in that order.

    `release` says what the edition says of its signatures, or raises what keeps anybody from reading it. Raises
    `EmbargoError` where the programme names no reader, or no time before which others may not read the edition.
    """
    plan = workspace.recipe.programme.editions.get(year, EditionPlan())
    if not plan.pre_release or plan.embargoed_until is None:
        raise EmbargoError(
            f"nobody reads the edition of {year} before its release",
            where=f"{workspace.recipe.root / 'programme.yml'}, editions: {year}",
            fix="write there `embargoed_until` and the readers under `pre_release`",
        )
    home = f"{workspace.settings.programme_home(workspace.programme)}/internal/{year}/prerelease"
    folders = []
    with workspace.catalogue.lease(year_label(year), wait_seconds=LEASE_WAIT_SECONDS):
        imprint = release()
        for number, recipient in enumerate(plan.pre_release, start=1):
            folder = f"{home}/{slug(str(number), recipient.en)}"
            replace_folder(folder, build_edition(workspace, year, as_of, imprint, recipient))
            folders.append(folder)
    return folders
