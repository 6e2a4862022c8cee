"""The list of findings: a page of it, what follows on a finding in it, and the choices of the filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yearbook.catalogue import Assignment, Decision, Finding, FindingQuery
from yearbook.catalogue.records import SEVERITIES
from yearbook.catalogue.search import NOBODY
from yearbook.model.recipe import year_label
from yearbook.review.pages.asking import (
    ALL,
    LEFT,
    PAGE_SIZE,
    PLACE,
    make_trail,
    mark_of,
    read_asked,
    read_place,
    read_query,
    write_query,
)
from yearbook.review.pages.cells import bounded
from yearbook.review.pages.glance import years_of
from yearbook.review.pages.journal import settled_by
from yearbook.review.pages.links import Links
from yearbook.review.pages.names import Names
from yearbook.review.pages.paging import count_pages
from yearbook.review.pages.words import STATES

LONGEST_SHOWN = 160
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One finding as a line of the list; texts are cut. `decision` is the number of the one that settles it, or will
    with the next check.
    """

    finding: Finding
    rule: str
    message: str
    field: str
    raw: str
    value: str
    effect: str
    assignee: str | None
    decision: int | None
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
        return count_pages(self.total, self.query.size)


@dataclass(frozen=True)
class Filter:
    """What may be chosen, as values and names; the first choice is everything."""

    years: Choices
    datasets: Choices
    severities: Choices
    states: Choices
    rules: Choices
    people: Choices


def list_findings(names: Names, links: Links, query: FindingQuery) -> Listing:
    """Find a page."""
    catalogue = names.workspace.catalogue
    page = catalogue.search_findings(query)
    decided = catalogue.decisions_on([one.record_hash for one in page.rows])
    first = (query.page - 1) * query.size + 1
    rows = [
        _make_row(names, links, one, page.assigned, decided, make_trail(query, place, one))
        for place, one in enumerate(page.rows, first)
    ]
    return Listing(query, rows, page.total)


def find_next(names: Names, links: Links, trail: Mapping[str, str]) -> str:
    """The address of the finding that follows in the list from which a reader came; behind the last, of the list.

    What was settled has left the list: then the next stands where it stood.
    """
    place, programme = read_place(trail.get(PLACE, "")), names.workspace.programme
    asked = read_query(read_asked(trail), size=1)
    for at in (place, place + 1):
        rows = names.workspace.catalogue.search_findings(replace(asked, page=at)).rows
        if rows and mark_of(rows[0]) != trail.get(LEFT):
            query = replace(asked, page=(at - 1) // PAGE_SIZE + 1)
            return address_of(names, links, rows[0], make_trail(query, at, rows[0]))
    return links.findings(programme, **write_query(asked))


def address_of(names: Names, links: Links, finding: Finding, trail: Mapping[str, str]) -> str:
    """The page of a finding's record; of one on a year as a whole, its own."""
    whole = {} if finding.record_key else {"year": year_label(finding.year), "rule": finding.rule}
    return links.record(
        names.workspace.programme, finding.dataset, finding.record_key, finding.record_hash, **whole, **trail
    )


def _make_row(
    names: Names,
    links: Links,
    finding: Finding,
    assigned: Mapping[str, Assignment],
    decided: Sequence[Decision],
    trail: Mapping[str, str],
) -> Row:
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
        decision=settled_by(decided, finding),
        link=address_of(names, links, finding, trail),
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
        datasets=choices(say("all datasets"), {one.dataset: names.dataset(one.dataset) for one in counted}),
        severities=[("", say("all severities")), *((one, names.severity(one)) for one in SEVERITIES)],
        states=[*((one, names.state(one)) for one in STATES), (ALL, say("all states"))],
        rules=choices(say("all rules"), rules),
        people=[("", say("anybody")), *people],
    )


def choices(everything: str, named: Mapping[str, str]) -> Choices:
    """Everything first, then what there is, by name."""
    return [("", everything), *sorted(named.items(), key=lambda one: one[1])]
