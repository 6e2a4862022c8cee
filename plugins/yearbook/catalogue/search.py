"""Findings as a person looks for them: filtered, in the order in which they matter, a page at a time.

The database answers everything from one index, so that a hundred thousand findings take no longer than a few. Not its
business: writing findings (`findings`), and counting them (`tally`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.records import Assignment, Decision, Finding
from yearbook.catalogue.tables import AssignmentRow, DecisionRow, FindingRow

Sort = Literal["rank", "effect"]
SORTS: tuple[Sort, ...] = get_args(Sort)
MOST_ON_A_PAGE = 500
NOBODY = "-"
"""Stands in a query for findings that are not assigned."""

_FINDING = [getattr(FindingRow, one.name) for one in fields(Finding)]
_DECISION = [getattr(DecisionRow, one.name) for one in fields(Decision)]
_ASSIGNMENT = [getattr(AssignmentRow, one.name) for one in fields(Assignment)]
_SEARCHED = (
    FindingRow.record_key,
    FindingRow.raw,
    FindingRow.value,
    FindingRow.location,
    FindingRow.message_en,
    FindingRow.message_zh,
)
_ASSIGNED = and_(AssignmentRow.programme == FindingRow.programme, AssignmentRow.identity == FindingRow.identity)


@dataclass(frozen=True)
class FindingQuery:
    """What is looked for; what is None is not asked for.

    `text` stands somewhere in the key, the cell, its place or the message. `sort`: `rank` puts the new first, then by
    severity, then by the size of the effect; `effect` looks at that alone. Pages count from 1.
    """

    dataset: str | None = None
    year: int | None = None
    severity: str | None = None
    rule: str | None = None
    state: str | None = None
    assignee: str | None = None
    text: str | None = None
    new_only: bool = False
    sort: Sort = "rank"
    page: int = 1
    size: int = 50


@dataclass(frozen=True)
class FindingPage:
    """One page of what was looked for, and how much there is in all; `assigned` by the finding's identity."""

    rows: list[Finding]
    total: int
    assigned: dict[str, Assignment] = field(default_factory=dict)


class Search(CatalogueBase):
    """The programme's findings, looked through."""

    def search_findings(self, query: FindingQuery) -> FindingPage:
        """Return the page asked for; an empty one behind the last."""
        size = max(1, min(query.size, MOST_ON_A_PAGE))
        begin = (max(1, query.page) - 1) * size
        # The index alone finds the page; the rows themselves are read for that page only.
        wanted = self._matching(select(FindingRow.id), query).order_by(*_order(query.sort))
        with self._begin() as session:
            if query.text:
                # Texts are compared once, for the page and the total.
                every = list(session.scalars(wanted))
                numbers, total = every[begin : begin + size], len(every)
            else:
                numbers = list(session.scalars(wanted.limit(size).offset(begin)))
                total = session.scalar(self._matching(select(func.count()), query)) or 0
            rows = _read(session, numbers)
        return FindingPage(rows, total, self.assigned([one.identity for one in rows]))

    def findings_of(self, record_hashes: Collection[str]) -> list[Finding]:
        """Return the findings of some versions of records, the critical first."""
        query = select(*_FINDING).where(
            FindingRow.programme == self.programme, FindingRow.record_hash.in_(sorted(set(record_hashes) - {""}))
        )
        with self._begin() as session:
            return [Finding(*row) for row in session.execute(query.order_by(FindingRow.place, FindingRow.id))]

    def decisions_on(self, record_hashes: Collection[str]) -> list[Decision]:
        """Return active decisions on some versions of records, the newest first."""
        query = select(*_DECISION).where(
            DecisionRow.programme == self.programme,
            DecisionRow.state == "active",
            DecisionRow.record_hash.in_(sorted(set(record_hashes) - {""})),
        )
        with self._begin() as session:
            return [Decision(*row) for row in session.execute(query.order_by(DecisionRow.id.desc()))]

    def assigned(self, identities: Collection[str]) -> dict[str, Assignment]:
        """Return whose a page of findings are, by their identities."""
        query = select(*_ASSIGNMENT).where(
            AssignmentRow.programme == self.programme, AssignmentRow.identity.in_(sorted(identities))
        )
        with self._begin() as session:
            return {row[0]: Assignment(*row) for row in session.execute(query)}

    def assignees(self) -> list[str]:
        """Return all who have findings to work off, sorted."""
        query = select(AssignmentRow.assignee).where(AssignmentRow.programme == self.programme)
        with self._begin() as session:
            return list(session.scalars(query.distinct().order_by(AssignmentRow.assignee)))

    def _matching(self, selected: Select[Any], query: FindingQuery) -> Select[Any]:
        # A text is looked for in the rows as they lie: an index would send the disk to and fro between them.
        programme = FindingRow.programme.concat("") if query.text else FindingRow.programme
        selected = selected.where(programme == self.programme)
        for column, wanted in (
            (FindingRow.dataset, query.dataset),
            (FindingRow.year, query.year),
            (FindingRow.severity, query.severity),
            (FindingRow.rule, query.rule),
            (FindingRow.state, query.state),
        ):
            if wanted is not None:
                selected = selected.where(column == wanted)
        if query.new_only:
            selected = selected.where(FindingRow.is_new)
        if query.text:
            selected = selected.where(or_(*(self._contains(column, query.text) for column in _SEARCHED)))
        return self._of_assignee(selected, query.assignee)

    def _of_assignee(self, selected: Select[Any], assignee: str | None) -> Select[Any]:
        if assignee is None:
            return selected
        if assignee == NOBODY:
            return selected.where(~exists().where(_ASSIGNED))
        own = select(AssignmentRow.identity).where(
            AssignmentRow.programme == self.programme, AssignmentRow.assignee == assignee
        )
        return selected.where(FindingRow.identity.in_(own))

    def _contains(self, column: "InstrumentedAttribute[Any]", text: str) -> Any:
        """SQLite's LIKE takes small letters for capitals by itself; lowering a hundred thousand texts is slow there."""
        if self.engine.dialect.name == "sqlite":
            return column.contains(text, autoescape=True)
        return column.icontains(text, autoescape=True)


def _order(sort: Sort) -> tuple[Any, ...]:
    if sort == "effect":
        return (func.abs(FindingRow.effect).desc().nulls_last(), FindingRow.place, FindingRow.id)
    return (FindingRow.place, FindingRow.id)


def _read(session: Session, numbers: list[int]) -> list[Finding]:
    rows = session.execute(select(FindingRow.id, *_FINDING).where(FindingRow.id.in_(numbers)))
    found = {number: Finding(*rest) for number, *rest in rows}
    return [found[number] for number in numbers]
