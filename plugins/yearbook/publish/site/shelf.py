"""The editions that stand on the site, as their manifests tell: a pure reading of what was published.

Not its business: pages (`pages`), figures (`history`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from yearbook.model.definition import Text
from yearbook.publish.folders import list_folders, read_manifest

PAGE = ".html"


@dataclass(frozen=True)
class Mark:
    """What a reader of an edition must know first: an erratum, or why it was withdrawn; with its day."""

    day: date
    text: Text


@dataclass(frozen=True)
class EditionEntry:
    """One edition. `as_of` is the day of its data, `described` the last day on which anything was said about it.

    `release_time` is when it came out where that was set to the minute; `lifted` are withdrawals that hold no more,
    in the order in which they were lifted; `profiles` are the pages that stand in its folders.
    """

    year: int
    as_of: date
    released: date
    next_release: date | None
    described: date
    languages: list[tuple[str, str]]
    status: dict[str, str]
    files: list[str]
    is_empty: bool = False
    errata: list[Mark] = field(default_factory=list)
    withdrawn: Mark | None = None
    release_time: datetime | None = None
    lifted: list[Mark] = field(default_factory=list)
    profiles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ProgrammeEntry:
    """One programme; titles and marks come from its newest edition, with the tags of their languages."""

    programme: str
    titles: list[tuple[str, str]]
    marks: list[tuple[str, str]]
    editions: list[EditionEntry]

    def only(self, tags: list[str]) -> "ProgrammeEntry":
        """The same in these languages alone: one that a programme has given up stands in editions as they were."""
        editions = [
            replace(one, languages=[pair for pair in one.languages if pair[0] in tags]) for one in self.editions
        ]
        titles, marks = ([pair for pair in pairs if pair[0] in tags] for pairs in (self.titles, self.marks))
        return replace(self, titles=titles, marks=marks, editions=editions)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages of its newest edition, with their own names."""
        return self.editions[0].languages


def list_programmes(site: str) -> list[ProgrammeEntry]:
    """Programmes in alphabetical order, the newest edition of each first."""
    by_programme: dict[str, list[dict[str, Any]]] = {}
    for manifest in _manifests(site):
        by_programme.setdefault(str(manifest["programme"]), []).append(manifest)
    return [_programme(name, by_programme[name]) for name in sorted(by_programme)]


def _programme(name: str, manifests: list[dict[str, Any]]) -> ProgrammeEntry:
    newest_first = sorted(manifests, key=lambda one: -int(one["year"]))
    newest = newest_first[0]
    editions = [_edition(one) for one in newest_first]
    return ProgrammeEntry(name, _pairs(newest["titles"]), _pairs(newest["marks"]), editions)


def _edition(manifest: dict[str, Any]) -> EditionEntry:
    release, as_of = manifest.get("release") or {}, date.fromisoformat(manifest["as_of"])
    released = _day(release.get("released")) or as_of
    said = release.get("errata") or []
    errata = [Mark(date.fromisoformat(one["date"]), Text(**one["text"])) for one in said]
    gone, time = release.get("withdrawn"), release.get("release_time")
    withdrawn = _withdrawal(gone) if gone else None
    told = [released, *(one.day for one in errata), *([withdrawn.day] if withdrawn else [])]
    return EditionEntry(
        year=int(manifest["year"]),
        as_of=as_of,
        released=released,
        next_release=_day(release.get("next_release")),
        described=max(told),
        languages=_pairs(manifest["languages"]),
        status=dict(_pairs(manifest.get("status") or [])),
        files=sorted(name for name in manifest.get("files") or {} if not name.endswith(PAGE)),
        profiles=sorted(name for name in manifest.get("files") or {} if "/" in name and name.endswith(PAGE)),
        is_empty=bool(manifest.get("empty")),
        errata=errata,
        withdrawn=withdrawn,
        release_time=datetime.fromisoformat(time) if time else None,
        lifted=[_withdrawal(one["lifts"]) for one in sorted(said, key=itemgetter("date")) if one.get("lifts")],
    )


def _withdrawal(told: dict[str, Any]) -> Mark:
    return Mark(date.fromisoformat(told["date"]), Text(**told["reason"]))


def _pairs(found: list[list[str]]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in found]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _manifests(site: str) -> Iterator[dict[str, Any]]:
    for programme in list_folders(site):
        for year in list_folders(f"{site}/{programme}"):
            manifest = read_manifest(f"{site}/{programme}/{year}")
            if manifest is not None:
                yield manifest
