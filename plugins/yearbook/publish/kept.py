"""What an edition said of itself in public is not unsaid: its errata, and that it was withdrawn.

The site's own manifest remembers it; `programme.yml` is held against that before an edition is made again. Not its
business: what a withdrawal or an erratum looks like (`release`).
"""

import re
from collections.abc import Iterator
from typing import Any

from yearbook.errors import DefinitionError
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import Programme
from yearbook.publish.folders import list_folders, read_manifest
from yearbook.workspace import Workspace

WHITE = re.compile(r"[ \t\r\n]+")
ERRATUM_FIX = (
    "put it back, with its day and its English words; where it was wrong itself, write another erratum that says so"
)
WITHDRAWAL_FIX = (
    "put `withdrawn` back with its day; where it was a mistake, write an erratum that says so, and move the block there"
    " under `lifts`"
)
YEAR_FIX = "; and the year back into `years`, which `editions` needs"


def same_words(text: str) -> str:
    """A text with its white space folded: how YAML breaks it into lines is no part of what it says."""
    return WHITE.sub(" ", text).strip(" ")


def require_all_said(workspace: Workspace) -> None:
    """Raise `DefinitionError` where `programme.yml` no longer says what the site says of any edition that stands there.

    Of any: whether one is withdrawn decides which changes others tell, and what the site's own pages and series hold.
    """
    for year, manifest in _standing(workspace):
        where = f"{workspace.recipe.root / 'programme.yml'}, editions: {year}"
        _require_said(workspace.recipe.programme, year, manifest.get("release") or {}, where)


def _standing(workspace: Workspace) -> Iterator[tuple[int, dict[str, Any]]]:
    """The years on the site with their manifests, those too of which nothing is computed any more."""
    folder = f"{workspace.settings.site}/{workspace.programme}"
    for name in list_folders(folder):
        manifest = read_manifest(f"{folder}/{name}")
        if manifest is not None:
            yield int(manifest["year"]), manifest


def _require_said(programme: Programme, year: int, published: dict[str, Any], where: str) -> None:
    plan = programme.editions.get(year, EditionPlan())
    year_fix = "" if year in programme.years else YEAR_FIX
    said = {(erratum.date.isoformat(), same_words(erratum.text.en)) for erratum in plan.erratum}
    for erratum in published.get("errata") or []:
        if (erratum["date"], same_words(erratum["text"]["en"])) not in said:
            raise DefinitionError(
                f"the edition of {year} was published with the erratum of {erratum['date']},"
                f" “{same_words(erratum['text']['en'])}”,"
                " which `programme.yml` does not hold any more: readers would find it gone from the pages and the feed,"
                " and the version of the SDMX files would fall back",
                where=where,
                fix=ERRATUM_FIX + year_fix,
            )
    days = {erratum.lifts.date for erratum in plan.erratum if erratum.lifts}
    if plan.withdrawn:
        days.add(plan.withdrawn.date)
    for gone in [published.get("withdrawn"), *(one.get("lifts") for one in published.get("errata") or [])]:
        if gone and gone["date"] not in {day.isoformat() for day in days}:
            raise DefinitionError(
                f"the edition of {year} stands on the site as withdrawn on {gone['date']}, which `programme.yml` does"
                " not hold any more: the mark would go without a word to those who read it",
                where=where,
                fix=WITHDRAWAL_FIX + year_fix,
            )
