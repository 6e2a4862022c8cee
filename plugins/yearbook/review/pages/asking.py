"""What a list is asked for, as words of an address; and the trail that leads from a finding back to its list.

A list writes itself into the addresses of its findings, and the pages of a record and the forms hand that on: so that
whoever works a list off comes back to it, or on to the next in it. Not its business: finding anything.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial

from yearbook.catalogue import Finding, FindingQuery
from yearbook.catalogue.search import SORTS
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.review.pages.numbers import read_whole

PAGE_SIZE = 50
LAST_PAGE = 1_000_000
LONGEST_TEXT = 200
ALL = "all"
PREFIX = "asked_"
"""Before the words of a list in the address or the form of another page."""
PLACE, LEFT = "at", "left"
"""Where in its list a finding stood, counted from 1, and which it was."""


def read_query(given: Mapping[str, str], *, size: int = PAGE_SIZE) -> FindingQuery:
    """Read what an address asks for; what it does not say is open findings of all years. Nonsense finds nothing."""

    said = partial(read_said, given)
    year, sort = said("year"), said("sort")
    state = said("state") or "open"
    return FindingQuery(
        dataset=said("dataset"),
        year=read_year(year) if year else None,
        severity=said("severity"),
        rule=said("rule"),
        state=None if state == ALL else state,
        assignee=said("assignee"),
        text=said("text"),
        new_only=bool(said("new")),
        sort=next((one for one in SORTS if one == sort), SORTS[0]),
        page=read_place(said("page") or "1"),
        size=size,
    )


def write_query(query: FindingQuery, **changed: object) -> dict[str, object]:
    """The words of an address that asks for a query, the page left out unless it is among `changed`."""
    said: dict[str, object] = {one.name: getattr(query, one.name) for one in fields(query)}
    del said["page"], said["size"]
    said["new"] = said.pop("new_only") or None
    said["state"] = said["state"] or ALL
    said["year"] = None if query.year is None else year_label(query.year)
    return said | changed


WORDS = (*write_query(FindingQuery()), "page")
TRAIL = (*(f"{PREFIX}{name}" for name in WORDS), PLACE, LEFT)


def make_trail(query: FindingQuery, place: int, finding: Finding) -> dict[str, str]:
    """What the address of a finding says of the list in which it stands."""
    asked = write_query(query, page=query.page)
    listed = {f"{PREFIX}{name}": str(value) for name, value in asked.items() if value is not None}
    return {**listed, PLACE: str(place), LEFT: mark_of(finding)}


def mark_of(finding: Finding) -> str:
    """What tells a finding of a version of a record from others."""
    return f"{finding.identity[:16]}{finding.record_hash[:16]}"


def read_trail(given: Mapping[str, str]) -> dict[str, str]:
    """The trail in an address; nothing where a reader came from elsewhere."""
    return {name: given[name][:LONGEST_TEXT] for name in TRAIL if given.get(name)} if given.get(PLACE) else {}


def read_asked(given: Mapping[str, str]) -> dict[str, str]:
    """The words of a list that another page carries."""
    return {name: given.get(f"{PREFIX}{name}", "") for name in WORDS}


def read_place(text: str) -> int:
    """A page or a place in a list, from 1; what is none is the first."""
    return min(max(1, read_whole(text) or 1), LAST_PAGE)


def read_said(given: Mapping[str, str], name: str) -> str | None:
    """One word of an address, cut; None where it says nothing."""
    return given.get(name, "")[:LONGEST_TEXT].replace("\0", "") or None


def read_year(text: str) -> int:
    """A year as addresses have it; what is none is a year that nothing is of."""
    if text == year_label(UNKNOWN_YEAR):
        return UNKNOWN_YEAR
    year = read_whole(text, longest=4)
    return -1 if year is None else year
