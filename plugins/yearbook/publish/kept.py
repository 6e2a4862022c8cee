"""What an edition said of itself in public is not unsaid: its errata, and that it was withdrawn.

The site's own manifest remembers it; `programme.yml` is held against that before an edition is made again. Not its
business: what a withdrawal or an erratum looks like (`release`).
"""

from typing import Any

from yearbook.errors import DefinitionError
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import Programme
from yearbook.publish.door import computed_years
from yearbook.publish.folders import read_manifest
from yearbook.publish.standing import edition_folder
from yearbook.workspace import Workspace

ERRATUM_FIX = (
    "put it back, with its day and its English words; where it was wrong itself, write another erratum that says so"
)
WITHDRAWAL_FIX = (
    "put `withdrawn` back with its day; where it was a mistake, write an erratum that says so, and move the block there"
    " under `lifts`"
)


def require_all_said(workspace: Workspace, year: int) -> None:
    """Raise `DefinitionError` where `programme.yml` no longer says what the site says of an edition or an earlier one.

    Earlier ones too: whether they are withdrawn decides which changes an edition tells.
    """
    for one in computed_years(workspace):
        manifest = read_manifest(edition_folder(workspace, one)) if one <= year else None
        if manifest is not None:
            where = f"{workspace.recipe.root / 'programme.yml'}, editions: {one}"
            _require_said(workspace.recipe.programme, one, manifest.get("release") or {}, where)


def _require_said(programme: Programme, year: int, published: dict[str, Any], where: str) -> None:
    plan = programme.editions.get(year, EditionPlan())
    said = {(erratum.date.isoformat(), erratum.text.en) for erratum in plan.erratum}
    for erratum in published.get("errata") or []:
        if (erratum["date"], erratum["text"]["en"]) not in said:
            raise DefinitionError(
                f"the edition of {year} was published with the erratum of {erratum['date']}, “{erratum['text']['en']}”,"
                " which `programme.yml` does not hold any more: readers would find it gone from the pages and the feed,"
                " and the version of the SDMX files would fall back",
                where=where,
                fix=ERRATUM_FIX,
            )
    gone = published.get("withdrawn")
    days = {erratum.lifts.date for erratum in plan.erratum if erratum.lifts}
    if plan.withdrawn:
        days.add(plan.withdrawn.date)
    if gone and gone["date"] not in {day.isoformat() for day in days}:
        raise DefinitionError(
            f"the edition of {year} stands on the site as withdrawn on {gone['date']}, which `programme.yml` does not"
            " hold any more: the mark would go without a word to those who read it",
            where=where,
            fix=WITHDRAWAL_FIX,
        )
