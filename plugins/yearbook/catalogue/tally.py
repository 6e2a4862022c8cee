"""Findings counted: by rule, by who works them off, and what each check found. Not its business: finding them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import and_, func, select

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.records import FindingRun
from yearbook.catalogue.tables import AssignmentRow, FindingRow, FindingRunRow

_RUN = [getattr(FindingRunRow, one.name) for one in fields(FindingRun)]
_ASSIGNED = and_(AssignmentRow.programme == FindingRow.programme, AssignmentRow.identity == FindingRow.identity)


@dataclass(frozen=True)
class RuleCount:
    """How many findings of a dataset, year and rule are in a state, how many of them new, and what the rule says."""

    dataset: str
    year: int
    rule: str
    severity: str
    state: str
    count: int
    new: int
    rule_en: str
    rule_zh: str


@dataclass(frozen=True)
class Load:
    """How many open findings of a severity wait for a person; for nobody yet where `assignee` is None."""

    assignee: str | None
    severity: str
    count: int


class Tally(CatalogueBase):
    """The programme's findings, counted."""

    def count_by_rule(self) -> list[RuleCount]:
        """Count findings of all years by dataset, year, rule, severity and state, sorted by these."""
        by = (FindingRow.dataset, FindingRow.year, FindingRow.rule, FindingRow.severity, FindingRow.state)
        new = func.count().filter(FindingRow.is_new)
        query = select(*by, func.count(), new, func.min(FindingRow.id)).where(FindingRow.programme == self.programme)
        with self._begin() as session:
            counted = session.execute(query.group_by(*by).order_by(*by)).all()
            first = [one[-1] for one in counted]
            said = select(FindingRow.id, FindingRow.rule_en, FindingRow.rule_zh).where(FindingRow.id.in_(first))
            texts = {row[0]: row[1:] for row in session.execute(said)}
        return [RuleCount(*one[:-1], *texts[one[-1]]) for one in counted]

    def count_by_assignee(self, years: Sequence[int]) -> list[Load]:
        """Count open findings of some years by who has them and by severity."""
        by = (AssignmentRow.assignee, FindingRow.severity)
        query = (
            select(*by, func.count())
            .select_from(FindingRow)
            .outerjoin(AssignmentRow, _ASSIGNED)
            .where(FindingRow.programme == self.programme, FindingRow.year.in_(years), FindingRow.state == "open")
        )
        with self._begin() as session:
            loads = [Load(*row) for row in session.execute(query.group_by(*by))]
        return sorted(loads, key=lambda one: (one.assignee is None, one.assignee or "", one.severity))

    def last_checks(self) -> dict[tuple[str, int], datetime]:
        """Return when each dataset and year was last checked."""
        place = (FindingRunRow.dataset, FindingRunRow.year)
        query = select(*place, func.max(FindingRunRow.at)).where(FindingRunRow.programme == self.programme)
        with self._begin() as session:
            return {(dataset, year): at for dataset, year, at in session.execute(query.group_by(*place))}

    def finding_runs(self, years: Sequence[int], limit: int) -> list[FindingRun]:
        """Return the last checks of some years after which findings had come or gone, the newest first."""
        query = select(*_RUN).where(
            FindingRunRow.programme == self.programme,
            FindingRunRow.year.in_(years),
            FindingRunRow.new + FindingRunRow.gone > 0,
        )
        with self._begin() as session:
            rows = session.execute(query.order_by(FindingRunRow.at.desc(), FindingRunRow.dataset).limit(limit))
            return [FindingRun(*row) for row in rows]
