"""Copies of an edition for those who read it before its release, each marked with the name of its reader.

They stand with the programme's internal files, never on the site. Not its business: who such readers are
(`editions` of `programme.yml`), and how they get their copy.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from yearbook.errors import EmbargoError
from yearbook.model.editions import EditionPlan
from yearbook.model.recipe import year_label
from yearbook.publish.context import slug
from yearbook.publish.edition import build_edition, require_same
from yearbook.publish.folders import replace_folder
from yearbook.publish.imprint import Imprint
from yearbook.publish.release import embargo_ahead
from yearbook.publish.standing import require_earlier_released
from yearbook.workspace import LEASE_WAIT_SECONDS, Workspace

LONGEST_NAME = 60
"""A folder's name is cut there: file systems take some 250 bytes."""


def write_prereleases(
    workspace: Workspace, year: int, as_of: date, release: Callable[[], Imprint], at: datetime | None = None
) -> list[str]:
    """Write a copy for each reader that the programme names, in the place of all before; return their folders in order.

    `release` says what the edition says of its signatures, or raises what keeps anybody from reading it. Raises
    `EmbargoError` where the programme names no reader, or no time before which others may not read the edition, where
    that time is over as of `at`, or where an earlier year is embargoed for these readers.
    """
    plan = workspace.recipe.programme.editions.get(year, EditionPlan())
    if not plan.pre_release or plan.embargoed_until is None:
        raise EmbargoError(
            f"nobody reads the edition of {year} before its release",
            where=f"{workspace.recipe.root / 'programme.yml'}, editions: {year}",
            fix="write there `embargoed_until` and the readers under `pre_release`",
        )
    if embargo_ahead(workspace.recipe.programme, year, at) is None:
        raise EmbargoError(
            f"the embargo of the edition of {year} is over",
            where=f"{workspace.recipe.root / 'programme.yml'}, editions: {year}",
            fix="publish it: everybody may read it",
        )
    require_earlier_released(workspace.recipe.programme, year, at, plan.pre_release)
    home = f"{workspace.settings.programme_home(workspace.programme)}/internal/{year}/prerelease"
    names = [
        slug(str(number), recipient.en)[:LONGEST_NAME].rstrip("-")
        for number, recipient in enumerate(plan.pre_release, start=1)
    ]
    files: dict[str, bytes] = {}
    catalogue = workspace.catalogue
    with catalogue.lease(year_label(year), wait_seconds=LEASE_WAIT_SECONDS) as lease:
        imprint = release()
        for name, recipient in zip(names, plan.pre_release, strict=True):
            made = build_edition(workspace, year, as_of, imprint, recipient)
            files |= {f"{name}/{file}": content for file, content in made.items()}
        require_same(workspace, year, imprint, release())
        replace_folder(home, files, partial(catalogue.require_held, lease))
    return [f"{home}/{name}" for name in names]
