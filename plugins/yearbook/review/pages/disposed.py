"""The list of records of one disposition: a page of it in words, and the choices of its filter."""

from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.model.recipe import year_label
from yearbook.review.disposed import DisposedRecord, RecordQuery, search_records
from yearbook.review.pages.asking import PAGE_SIZE, read_place, read_said, read_year
from yearbook.review.pages.cells import bounded
from yearbook.review.pages.delivered import write_place
from yearbook.review.pages.glance import years_of
from yearbook.review.pages.links import Links
from yearbook.review.pages.listing import Choices, choices
from yearbook.review.pages.names import Names
from yearbook.review.pages.paging import count_pages
from yearbook.review.pages.words import DISPOSITIONS
from yearbook.validate.dispositions import HELD

LONGEST_KEY, LONGEST_REASON = 60, 400


@dataclass(frozen=True)
class RecordRow:
    """One record as a line of the list; texts are cut. Without a key it has no page of its own."""

    key: str
    link: str
    dataset: str
    year: str
    place: str
    why: str
    critical: int


@dataclass(frozen=True)
class RecordList:
    """A page of records."""

    query: RecordQuery
    rows: list[RecordRow]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return count_pages(self.total, self.query.size)


@dataclass(frozen=True)
class RecordFilter:
    """What may be chosen, as values and names."""

    years: Choices
    datasets: Choices
    dispositions: Choices


def read_record_query(given: Mapping[str, str]) -> RecordQuery:
    """Read what an address asks for; what it does not say is held records of all years and datasets."""
    year, disposition = read_said(given, "year"), read_said(given, "disposition")
    return RecordQuery(
        year=read_year(year) if year else None,
        dataset=read_said(given, "dataset"),
        disposition=disposition if disposition in DISPOSITIONS else HELD,
        page=read_place(read_said(given, "page") or "1"),
        size=PAGE_SIZE,
    )


def write_record_query(query: RecordQuery) -> dict[str, object]:
    """The words of an address that asks for a query, the page left out."""
    year = None if query.year is None else year_label(query.year)
    return {"year": year, "dataset": query.dataset, "disposition": query.disposition}


def list_records(names: Names, links: Links, query: RecordQuery) -> RecordList:
    """Find a page."""
    found = search_records(names.workspace, query)
    return RecordList(query, [_make_row(names, links, one) for one in found.rows], found.total)


def _make_row(names: Names, links: Links, one: DisposedRecord) -> RecordRow:
    programme = names.workspace.programme
    return RecordRow(
        key=bounded(one.record_key, LONGEST_KEY),
        link=links.record(programme, one.dataset, one.record_key, one.record_hash) if one.record_key else "",
        dataset=names.dataset(one.dataset),
        year=names.year(one.year),
        place=write_place(names.language, one.uri, one.row),
        why=bounded(names.why(one.dataset, one.reason), LONGEST_REASON),
        critical=one.critical,
    )


def make_record_filter(names: Names) -> RecordFilter:
    """What a reader may choose from."""
    say, accounts = names.language.say, names.workspace.catalogue.accountings()
    return RecordFilter(
        years=[("", say("all years")), *((year_label(one), names.year(one)) for one in years_of(names.workspace))],
        datasets=choices(say("all datasets"), {one.dataset: names.dataset(one.dataset) for one in accounts}),
        dispositions=[(one, say(said)) for one, said in DISPOSITIONS.items()],
    )
