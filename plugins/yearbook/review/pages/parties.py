"""The parties of a record, and what else they are named in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yearbook.review.pages.cells import bounded
from yearbook.review.pages.links import Links
from yearbook.review.pages.names import Names
from yearbook.validate.findings import show
from yearbook.validate.lookup import RecordVersion, records_of_party

MOST_OTHERS = 10


@dataclass(frozen=True)
class OtherLine:
    """Another record in a line: its reference date, its first amount."""

    key: str
    dataset: str
    year: str
    day: str
    amount: str
    what: str
    link: str


@dataclass(frozen=True)
class Party:
    """Other records that name the same party in any of their fields."""

    title: str
    value: str
    others: list[OtherLine]
    is_all: bool


def find_parties(names: Names, links: Links, one: RecordVersion) -> Iterator[Party]:
    """The parties of a record, each by the first field that names it: its code says more than its name."""
    told: set[str] = set()
    for name, field in names.fields(one.dataset).items():
        value, role = one.cells.get(name), name.rpartition("_")[0]
        if field.party and role not in told and isinstance(value, str) and value:
            told.add(role)
            named = records_of_party(names.workspace, value, MOST_OTHERS + 1)
            others = [other for other in named if (other.dataset, other.record_key) != (one.dataset, one.record_key)]
            lines = [_other_line(names, links, other) for other in others[:MOST_OTHERS]]
            yield Party(field.title.get(names.language.tag), bounded(value), lines, len(named) <= MOST_OTHERS)


def _other_line(names: Names, links: Links, version: RecordVersion) -> OtherLine:
    dataset = names.workspace.recipe.datasets[version.dataset]
    money = [name for name, field in dataset.fields.items() if field.type == "money"]

    def first(fields: Sequence[str]) -> str:
        return next((show(version.cells[name]) for name in fields if version.cells.get(name) is not None), "")

    return OtherLine(
        key=bounded(version.record_key),
        dataset=names.dataset(version.dataset),
        year=names.year(version.year),
        day=bounded(first(dataset.reference_date)),
        amount=bounded(first(money)),
        what=names.disposition(version.dataset, version.disposition, version.reason),
        link=links.record(names.workspace.programme, version.dataset, version.record_key, version.record_hash),
    )
