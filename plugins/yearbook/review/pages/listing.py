"""The list of findings: what is asked for by its address, the page, and the choices of the filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from yearbook.catalogue import Assignment, Finding, FindingQuery
from yearbook.catalogue.records import SEVERITIES
from yearbook.catalogue.search import NOBODY, SORTS
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.review.pages.cells import bounded
from yearbook.review.pages.glance import years_of
from yearbook.review.pages.links import Links
from yearbook.review.pages.names import Names
from yearbook.review.pages.words import STATES

PAGE_SIZE = 50
LAST_PAGE = 1_000_000
LONGEST_TEXT = 200
LONGEST_SHOWN = 160
ALL = "all"
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One finding as a line of the list; texts are cut."""

    finding: Finding
    rule: str
    message: str
    field: str
    raw: str
    value: str
    effect: str
    assignee: str | None
    link: str


@dataclass(frozen=True)
class Listing:
    """A page of findings."""

    query: FindingQuery
    rows: list[Row]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.query.size))

    @property
    def first(self) -> int:
        """The number of the first finding on the page."""
        return (self.query.page - 1) * self.query.size + 1


@dataclass(frozen=True)
class Filter:
    """What may be chosen, as values and names; the first choice is everything."""

    years: Choices
    datasets: Choices
    severities: Choices
    states: Choices
    rules: Choices
    people: Choices


def read_query(given: Mapping[str, str], *, size: int = PAGE_SIZE) -> FindingQuery:
    """Read what an address asks for; what it does not say is open findings of all years. Nonsense finds nothing."""

    def said(name: str) -> str | None:
        return given.get(name, "")[:LONGEST_TEXT].replace("\0", "") or None

    year, page, sort = said("year"), said("page") or "1", said("sort")
    state = said("state") or "open"
    return FindingQuery(
        dataset=said("dataset"),
        year=_read_year(year) if year else None,
        severity=said("severity"),
        rule=said("rule"),
        state=None if state == ALL else state,
        assignee=said("assignee"),
        text=said("text"),
        new_only=bool(said("new")),
        sort=next((one for one in SORTS if one == sort), SORTS[0]),
        page=min(max(1, int(page)), LAST_PAGE) if page.isascii() and page.isdigit() else 1,
        size=size,
    )


def write_query(query: FindingQuery, **changed: object) -> dict[str, object]:
    """The words of an address that asks for a query, the page left out unless it is among `changed`."""
    said: dict[str, object] = {one.name: getattr(query, one.name) for one in fields(query)}
    del said["page"], said["size"]
    said["new"] = said.pop("new_only")
    said["state"] = said["state"] or ALL
    said["year"] = None if query.year is None else year_label(query.year)
    return said | changed


def list_findings(names: Names, links: Links, query: FindingQuery) -> Listing:
    """Find a page."""
    page = names.workspace.catalogue.search_findings(query)
    return Listing(query, [make_row(names, links, one, page.assigned) for one in page.rows], page.total)


def make_row(names: Names, links: Links, finding: Finding, assigned: Mapping[str, Assignment]) -> Row:
    """A finding as a line."""
    owner = assigned.get(finding.identity)
    return Row(
        finding=finding,
        rule=names.title(finding.rule),
        message=bounded(names.message(finding), LONGEST_SHOWN),
        field=names.field(finding.dataset, finding.column),
        raw=bounded(finding.raw or "", LONGEST_SHOWN),
        value=names.value(finding, LONGEST_SHOWN),
        effect=names.effect(finding.dataset, finding.effect),
        assignee=owner.assignee if owner else None,
        link=links.record(
            names.workspace.programme,
            finding.dataset,
            finding.record_key,
            finding.record_hash,
            **({} if finding.record_key else {"year": year_label(finding.year), "rule": finding.rule}),
        ),
    )


def make_filter(names: Names, query: FindingQuery) -> Filter:
    """What a reader may choose from."""
    say = names.language.say
    counted = names.workspace.catalogue.count_by_rule()
    rules = {
        one.rule: names.rule(one.rule, one.rule_en, one.rule_zh)
        for one in counted
        if query.dataset in (None, one.dataset)
    }
    people = [(NOBODY, say("nobody yet")), *((one, one) for one in names.workspace.catalogue.assignees())]
    return Filter(
        years=[("", say("all years")), *((year_label(one), names.year(one)) for one in years_of(names.workspace))],
        datasets=_choices(say("all datasets"), {one.dataset: names.dataset(one.dataset) for one in counted}),
        severities=[("", say("all severities")), *((one, names.severity(one)) for one in SEVERITIES)],
        states=[*((one, names.state(one)) for one in STATES), (ALL, say("all states"))],
        rules=_choices(say("all rules"), rules),
        people=[("", say("anybody")), *people],
    )


def _choices(everything: str, named: Mapping[str, str]) -> Choices:
    return [("", everything), *sorted(named.items(), key=lambda one: one[1])]


def _read_year(text: str) -> int:
    if text == year_label(UNKNOWN_YEAR):
        return UNKNOWN_YEAR
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else -1


def page_links(listing: Listing, address: "Sequence[object]", links: Links) -> dict[str, str]:
    """The pages to go to from here, by name: the first, the one before, the next, the last."""
    page, last = listing.query.page, listing.pages
    wanted = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    return {
        name: links.to(*address, **write_query(listing.query, page=number))
        for name, number in wanted.items()
        if 1 <= number <= last and number != page
    }
