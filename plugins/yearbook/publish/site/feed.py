"""A programme's Atom feed in each of its languages: releases, corrections and withdrawals of editions, newest first.

Written from what stands on the site. Its ids are names, not addresses: a site may move, and its feed is still the same.
Not its business: pages.
"""

import hashlib
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from lxml import etree

from yearbook.publish.kept import same_words
from yearbook.publish.site.shelf import EditionEntry, Mark, ProgrammeEntry
from yearbook.publish.words.language import N_, Language

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
# For good: with another, every reader would get all entries anew.
NAMES = uuid.UUID("5d1c3f5e-7b0a-4c58-9a36-2f1f0f3b8e21")
RELEASED = N_("%(title)s, %(year)s: released")
CORRECTED = N_("%(title)s, %(year)s: corrected")
WITHDRAWN = N_("%(title)s, %(year)s: withdrawn")


@dataclass(frozen=True)
class Event:
    """One entry. `name` tells it from the others of its edition, for good."""

    edition: EditionEntry
    name: str
    moment: datetime
    title: str
    text: str


def make_feeds(
    entry: ProgrammeEntry,
    languages: dict[str, Language],
    publishers: dict[str, str],
    site: str | None = None,
    *,
    agency: str = "",
    licence: str | None = None,
) -> dict[str, bytes]:
    """The feeds by file name; languages and publishers by tag. Links are relative, to `site` where that is known.

    `agency` tells the programme from those of the same name at other offices.
    """
    return {
        f"{tag}.atom": _write(entry, language, publishers[tag], site, (agency, entry.programme), licence)
        for tag, language in languages.items()
    }


def _write(
    entry: ProgrammeEntry,
    language: Language,
    publisher: str,
    site: str | None,
    whose: tuple[str, ...],
    licence: str | None,
) -> bytes:
    own = dict(entry.titles).get(language.tag, entry.programme)
    # An entry is read without its feed: each says itself what its figures are.
    title = " · ".join([*(mark for tag, mark in entry.marks if tag == language.tag), own])
    events = sorted(
        _events(entry, language, title), key=lambda one: (one.moment, one.edition.year, one.name), reverse=True
    )
    root = etree.Element(f"{{{ATOM}}}feed", {LANGUAGE: language.tag}, nsmap={None: ATOM})  # type: ignore[dict-item]
    if site:
        root.set(BASE, f"{site}{entry.programme}/")
    _add(root, "id", _name(*whose, language.tag))
    _add(root, "title", title)
    _add(root, "updated", _written(events[0].moment))
    _add(_add(root, "author"), "name", publisher)
    if licence:
        _add(root, "rights", licence)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{language.tag}.atom")
    _add(root, "link", rel="alternate", type="text/html", href=f"{language.tag}.html")
    for event in events:
        _write_event(root, whose, event, language.tag)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _events(entry: ProgrammeEntry, language: Language, title: str) -> list[Event]:
    found = []
    for edition in entry.editions:
        what = {"title": title, "year": edition.year}
        status, out = edition.status.get(language.tag, ""), _released(edition)
        found.append(Event(edition, "released", out, language.say(RELEASED, **what), status))
        # Of what is dated by its day alone, none was said before the edition was out.
        for erratum in edition.errata:
            text, when = erratum.text.get(language.tag), max(_midnight(erratum.day), out)
            found.append(Event(edition, _name_erratum(erratum), when, language.say(CORRECTED, **what), text))
        for place, gone in enumerate(_withdrawals(edition)):
            text, when = gone.text.get(language.tag), max(_midnight(gone.day), out)
            name = f"withdrawn-{gone.day}" if place else "withdrawn"
            found.append(Event(edition, name, when, language.say(WITHDRAWN, **what), text))
    return _with_own_names(found)


def _with_own_names(events: list[Event]) -> list[Event]:
    """The same, each with a name that no other of its edition has: two may be of one day, in the same words."""
    seen: Counter[tuple[int, str]] = Counter()
    found = []
    for event in events:
        key = event.edition.year, event.name
        seen[key] += 1
        found.append(replace(event, name=f"{event.name}-{seen[key]}") if seen[key] > 1 else event)
    return found


def _name_erratum(erratum: Mark) -> str:
    # By what it says, not by its place among others: one that is written later may be of an earlier day.
    return f"erratum-{erratum.day}-{hashlib.sha256(same_words(erratum.text.en).encode()).hexdigest()[:16]}"


def _write_event(root: etree._Element, whose: tuple[str, ...], event: Event, tag: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", _name(*whose, str(event.edition.year), event.name, tag))
    _add(element, "title", event.title)
    _add(element, "updated", _written(event.moment))
    tags = [one for one, _ in event.edition.languages]
    page = tag if tag in tags or not tags else tags[0]
    _add(element, "link", rel="alternate", type="text/html", href=f"{event.edition.year}/{page}.html")
    _add(element, "summary", event.text)


def _name(*parts: str) -> str:
    return uuid.uuid5(NAMES, "/".join(parts)).urn


def _withdrawals(edition: EditionEntry) -> list[Mark]:
    """All that there ever were, in the order in which they were said: one that was lifted stays told."""
    return [*edition.lifted, edition.withdrawn] if edition.withdrawn else edition.lifted


def _released(edition: EditionEntry) -> datetime:
    """When it came out: to the minute where that was set, and on that day."""
    moment = edition.release_time
    if moment is None or moment.date() != edition.released:
        return _midnight(edition.released)
    return moment.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
