"""What an edition said of itself in public is not unsaid: its errata, and that it was withdrawn.

The site's own manifest remembers it; `programme.yml` is held against that before an edition is made again. Not its
business: what a withdrawal or an erratum looks like (`release`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.errors import DefinitionError, YearbookError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import Programme
from yearbook.publish.folders import MANIFEST, is_damaged, list_folders, read_manifest
from yearbook.workspace import Workspace

WHITE = re.compile(r"[ \t\r\n]+")
ERRATUM_FIX = (
    "put it back, with its day and its words in every language; where it was wrong itself, write another erratum that"
    " says so"
)
WITHDRAWAL_FIX = (
    "put `withdrawn` back with its day and its reason in every language; where it was a mistake, write an erratum that"
    " says so, and move the block there under `lifts`"
)
YEAR_FIX = "; and the year back into `years`, which `editions` needs"
DAMAGED_FIX = (
    "put the file back from a copy of the site; or, where `programme.yml` still says all that was said of the edition"
    " (its errata, that it was withdrawn), take its folder away and publish it again"
)


@dataclass(frozen=True)
class Said:
    """A text with its day, as the site shows it: its words by language."""

    day: str
    english: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, day: str, words: Mapping[str, str]) -> "Said":
        """Fold the words, since no reader sees how they were broken into lines: in Chinese such a break is no space."""
        folded = {tag: same_words(text) for tag, text in words.items()}
        return cls(
            day, folded["en"], {tag: text.replace(" ", "") if tag == "zh" else text for tag, text in folded.items()}
        )

    def is_in(self, others: list["Said"]) -> bool:
        """Whether one of the others is of the same day and says the same in all these languages, if in more."""
        return any(one.day == self.day and self.words.items() <= one.words.items() for one in others)


def same_words(text: str) -> str:
    """A text with its white space folded: how YAML breaks it into lines is no part of what it says."""
    return WHITE.sub(" ", text).strip(" ")


def require_all_said(workspace: Workspace) -> None:
    """Raise `DefinitionError` where `programme.yml` no longer says what the site says of any edition that stands there.

    Of any: whether one is withdrawn decides which changes others tell, and what the site's own pages and series hold.
    Raises `YearbookError` where what the site says of one cannot be read: then nobody knows.
    """
    for year, errata, withdrawals in _standing(workspace):
        where = f"{workspace.recipe.root / 'programme.yml'}, editions: {year}"
        _require_said(workspace.recipe.programme, year, errata, withdrawals, where)


def _standing(workspace: Workspace) -> Iterator[tuple[int, list[Said], list[Said]]]:
    """The years on the site with their errata and withdrawals, those too of which nothing is computed any more.

    A folder without a manifest is none of an edition: a run that was killed left it, or nothing was published there.
    """
    site = f"{workspace.settings.site}/{workspace.programme}"
    for folder in (f"{site}/{name}" for name in list_folders(site)):
        manifest = read_manifest(folder)
        if manifest is None and not is_damaged(folder):
            continue
        try:
            yield _read(manifest or {})
        except (AttributeError, KeyError, TypeError, ValueError):
            raise YearbookError(
                "the file in which the site remembers what was said of an edition cannot be read: whether the edition"
                " has errata, or was withdrawn, is not known; nothing was written",
                where=f"{folder}/{MANIFEST}",
                fix=DAMAGED_FIX,
            ) from None


def _read(manifest: dict[str, Any]) -> tuple[int, list[Said], list[Said]]:
    published = manifest.get("release") or {}
    errata = published.get("errata") or []
    gone = [published.get("withdrawn"), *(one.get("lifts") for one in errata)]
    return (
        int(manifest["year"]),
        [Said.of(one["date"], one["text"]) for one in errata],
        [Said.of(one["date"], one["reason"]) for one in gone if one],
    )


def _require_said(programme: Programme, year: int, errata: list[Said], withdrawals: list[Said], where: str) -> None:
    plan = programme.editions.get(year, EditionPlan())
    year_fix = "" if year in programme.years else YEAR_FIX
    told = [Said.of(one.date.isoformat(), _words(one.text)) for one in plan.erratum]
    for erratum in errata:
        if not erratum.is_in(told):
            raise DefinitionError(
                f"the edition of {year} was published with the erratum of {erratum.day}, “{erratum.english}”,"
                f" which `programme.yml` does not hold any more{_elsewise(erratum, told)}: readers would find it gone"
                " from the pages and the feed, and the version of the SDMX files would fall back",
                where=where,
                fix=ERRATUM_FIX + year_fix,
            )
    blocks = [*(one.lifts for one in plan.erratum), plan.withdrawn]
    held = [Said.of(one.date.isoformat(), _words(one.reason)) for one in blocks if one]
    for gone in withdrawals:
        if not gone.is_in(held):
            raise DefinitionError(
                f"the edition of {year} stands on the site as withdrawn on {gone.day}, “{gone.english}”, which"
                f" `programme.yml` does not hold any more{_elsewise(gone, held)}: the mark would go, or its reason,"
                " without a word to those who read it",
                where=where,
                fix=WITHDRAWAL_FIX + year_fix,
            )


def _words(text: Text) -> dict[str, str]:
    return {tag: str(words) for tag, words in text.model_dump().items()}


def _elsewise(said: Said, others: list[Said]) -> str:
    """In which language the words are others now, where their day is still there: the English may be the same."""
    of_the_day = [one for one in others if one.day == said.day]
    changed = [[tag for tag, text in said.words.items() if one.words.get(tag) != text] for one in of_the_day]
    tags = min(changed, key=len, default=[])
    return f" in these words (`{'`, `'.join(tags)}`)" if tags else ""
