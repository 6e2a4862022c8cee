"""A programme's Atom feed in each of its languages: releases, corrections and withdrawals of editions, newest first.

Written from what stands on the site. Its ids are names, not addresses: a site may move. Not its business: pages.
"""

from dataclasses import dataclass
from datetime import date

from lxml import etree

from yearbook.publish.language import N_, Language
from yearbook.publish.shelf import EditionEntry, ProgrammeEntry

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
AUTHORITY = "tag:yearbook,2025"
RELEASED = N_("%(title)s, %(year)s: released")
CORRECTED = N_("%(title)s, %(year)s: corrected")
WITHDRAWN = N_("%(title)s, %(year)s: withdrawn")


@dataclass(frozen=True)
class Event:
    """One entry. `name` tells it from the others of its edition, for good."""

    edition: EditionEntry
    name: str
    day: date
    title: str
    text: str


def make_feeds(entry: ProgrammeEntry, languages: dict[str, Language], publishers: dict[str, str]) -> dict[str, bytes]:
    """The feeds by file name; languages and publishers by tag."""
    return {f"{tag}.atom": _write(entry, language, publishers[tag]) for tag, language in languages.items()}


def _write(entry: ProgrammeEntry, language: Language, publisher: str) -> bytes:
    title = dict(entry.titles).get(language.tag, entry.programme)
    events = sorted(
        _events(entry, language, title), key=lambda one: (one.day, one.edition.year, one.name), reverse=True
    )
    root = etree.Element(f"{{{ATOM}}}feed", {LANGUAGE: language.tag}, nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(root, "id", f"{AUTHORITY}:{entry.programme}/{language.tag}")
    _add(root, "title", " · ".join([*(mark for tag, mark in entry.marks if tag == language.tag), title]))
    _add(root, "updated", _moment(events[0].day))
    _add(_add(root, "author"), "name", publisher)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{language.tag}.atom")
    _add(root, "link", rel="alternate", type="text/html", href=f"{language.tag}.html")
    for event in events:
        _write_event(root, entry, event, language.tag)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _events(entry: ProgrammeEntry, language: Language, title: str) -> list[Event]:
    found = []
    for edition in entry.editions:
        what = {"title": title, "year": edition.year}
        status = edition.status.get(language.tag, "")
        found.append(Event(edition, "released", edition.released, language.say(RELEASED, **what), status))
        # Errata come newest first; counted from the oldest, the name of one stays when another is added.
        for number, erratum in enumerate(reversed(edition.errata), start=1):
            text = erratum.text.get(language.tag)
            found.append(Event(edition, f"erratum-{number}", erratum.day, language.say(CORRECTED, **what), text))
        if gone := edition.withdrawn:
            text = gone.text.get(language.tag)
            found.append(Event(edition, "withdrawn", gone.day, language.say(WITHDRAWN, **what), text))
    return found


def _write_event(root: etree._Element, entry: ProgrammeEntry, event: Event, tag: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", f"{AUTHORITY}:{entry.programme}/{event.edition.year}/{event.name}/{tag}")
    _add(element, "title", event.title)
    _add(element, "updated", _moment(event.day))
    _add(element, "link", rel="alternate", type="text/html", href=f"{event.edition.year}/{tag}.html")
    _add(element, "summary", event.text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element
