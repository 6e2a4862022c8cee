"""Findings, and the account of where records went."""

from collections import Counter
from collections.abc import Set
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from yearbook.catalogue.base import CatalogueBase, in_portions
from yearbook.catalogue.records import SEVERITIES, Accounting, Finding, FindingCount, FindingRun, OpenCount
from yearbook.catalogue.tables import AccountingRow, AssignmentRow, FindingHistoryRow, FindingRow, FindingRunRow

_FINDING_COLUMNS = [getattr(FindingRow, field.name) for field in fields(Finding)]
_ACCOUNTING_COLUMNS = [getattr(AccountingRow, field.name) for field in fields(Accounting)]


class Findings(CatalogueBase):
    """What validation found in the programme's records."""

    def replace_findings(self, dataset: str, year: int, found: list[Finding], *, same_records: bool = False) -> None:
        """Write the findings of a dataset and year in the place of the earlier ones, in one transaction.

        Those that were not among the earlier ones are new. Where the records and the rules are the same ones
        (`same_records`), what was new before stays new: deciding on one finding makes no other one old.
        """
        partition = (FindingRow.programme == self.programme, FindingRow.dataset == dataset, FindingRow.year == year)
        identities = [finding.identity for finding in found]
        with self._begin() as session:
            known = session.execute(select(FindingRow.identity, FindingRow.is_new).where(*partition)).all()
            before = {name for name, _ in known}
            old = {name for name, was_new in known if not (same_records and was_new)}
            told = [replace(one, is_new=name not in old) for one, name in zip(found, identities, strict=True)]
            rows = [
                {"programme": self.programme, **asdict(one), "identity": name, "place": one.place}
                for one, name in zip(told, identities, strict=True)
            ]
            session.execute(delete(FindingRow).where(*partition))
            if rows:
                session.execute(insert(FindingRow), rows)
            self._remember(session, set(identities))
            run = _count_run(dataset, year, told, before)
            session.execute(insert(FindingRunRow).values(programme=self.programme, **asdict(run)))
            session.commit()

    def _remember(self, session: Session, identities: set[str]) -> None:
        """Keep when each finding was first and last seen."""
        mine, now = FindingHistoryRow.programme == self.programme, datetime.now(UTC)
        known: set[str] = set()
        for some in in_portions(sorted(identities)):
            named = (mine, FindingHistoryRow.identity.in_(some))
            known.update(session.scalars(select(FindingHistoryRow.identity).where(*named)))
            session.execute(update(FindingHistoryRow).where(*named).values(last_seen=now))
        rows = [
            {"programme": self.programme, "identity": one, "first_seen": now, "last_seen": now}
            for one in sorted(identities - known)
        ]
        if rows:
            session.execute(insert(FindingHistoryRow), rows)

    def first_seen(self, identities: list[str]) -> dict[str, datetime]:
        """Return when findings were first seen, by identity."""
        query = select(FindingHistoryRow.identity, FindingHistoryRow.first_seen)
        with self._begin() as session:
            return {
                identity: seen
                for some in in_portions(identities)
                for identity, seen in session.execute(
                    query.where(FindingHistoryRow.programme == self.programme, FindingHistoryRow.identity.in_(some))
                )
            }

    def findings(
        self,
        dataset: str | None = None,
        year: int | None = None,
        rule: str | None = None,
        limit: int | None = None,
    ) -> list[Finding]:
        """Return findings, sorted by dataset, year, rule and record."""
        query = select(*_FINDING_COLUMNS).where(FindingRow.programme == self.programme)
        for column, wanted in ((FindingRow.dataset, dataset), (FindingRow.year, year), (FindingRow.rule, rule)):
            if wanted is not None:
                query = query.where(column == wanted)
        query = query.order_by(
            FindingRow.dataset,
            FindingRow.year,
            FindingRow.rule,
            FindingRow.record_key,
            FindingRow.column,
            FindingRow.id,
        )
        with self._begin() as session:
            return [Finding(*row) for row in session.execute(query.limit(limit))]

    def finding_counts(self, year: int | None = None) -> list[FindingCount]:
        """Count findings by dataset, year, rule and severity, sorted."""
        says = (FindingRow.rule_en, FindingRow.rule_zh)
        by = (FindingRow.dataset, FindingRow.year, FindingRow.rule, FindingRow.severity)
        query = (
            select(*by, func.count(), *says)
            .where(FindingRow.programme == self.programme)
            .group_by(*by, *says)
            .order_by(*by, *says)
        )
        if year is not None:
            query = query.where(FindingRow.year == year)
        with self._begin() as session:
            return [FindingCount(*row) for row in session.execute(query)]

    def open_findings(self, year: int, severity: str) -> list[Finding]:
        """Return the findings of a year and severity that nobody has worked off, sorted by dataset, rule and record."""
        query = select(*_FINDING_COLUMNS).where(
            FindingRow.programme == self.programme,
            FindingRow.year == year,
            FindingRow.severity == severity,
            FindingRow.state == "open",
        )
        order = (FindingRow.dataset, FindingRow.rule, FindingRow.record_key, FindingRow.column, FindingRow.id)
        with self._begin() as session:
            return [Finding(*row) for row in session.execute(query.order_by(*order))]

    def finding_states(self, year: int) -> dict[tuple[str, str], int]:
        """Count the findings of a year by severity and state."""
        by = (FindingRow.severity, FindingRow.state)
        query = select(*by, func.count()).where(FindingRow.programme == self.programme, FindingRow.year == year)
        with self._begin() as session:
            return {(severity, state): count for severity, state, count in session.execute(query.group_by(*by))}

    def open_by_owner(self, year: int) -> list[OpenCount]:
        """Count the findings of a year that nobody has worked off, by whose they are, severity and newness; sorted."""
        by = (AssignmentRow.assignee, FindingRow.severity, FindingRow.is_new)
        owners = and_(AssignmentRow.programme == FindingRow.programme, AssignmentRow.identity == FindingRow.identity)
        query = (
            select(*by, func.count())
            .select_from(FindingRow)
            .outerjoin(AssignmentRow, owners)
            .where(FindingRow.programme == self.programme, FindingRow.year == year, FindingRow.state == "open")
            .group_by(*by)
        )
        with self._begin() as session:
            return sorted(OpenCount(row[0] or "", *row[1:]) for row in session.execute(query))

    def record_accounting(self, accounting: Accounting) -> None:
        """Write the account of a dataset and year in the place of the earlier one."""
        with self._begin() as session:
            session.merge(AccountingRow(programme=self.programme, **asdict(accounting)))
            session.commit()

    def remove_accounting(self, dataset: str, year: int) -> None:
        """Forget the account of a dataset and year that no longer has any records."""
        with self._begin() as session:
            row = session.get(AccountingRow, (self.programme, dataset, year))
            if row is not None:
                session.delete(row)
            session.commit()

    def accountings(self, year: int | None = None) -> list[Accounting]:
        """Return the accounts, of one year or of all, sorted by dataset and year."""
        query = select(*_ACCOUNTING_COLUMNS).where(AccountingRow.programme == self.programme)
        if year is not None:
            query = query.where(AccountingRow.year == year)
        with self._begin() as session:
            rows = session.execute(query.order_by(AccountingRow.dataset, AccountingRow.year))
            return [Accounting(*row) for row in rows]


def _count_run(dataset: str, year: int, found: list[Finding], before: Set[str]) -> FindingRun:
    identities = [one.identity for one in found]
    standing = Counter(one.severity for one in found if one.state == "open")
    return FindingRun(
        dataset=dataset,
        year=year,
        at=datetime.now(UTC),
        **{severity: standing[severity] for severity in SEVERITIES},
        waived=sum(one.state == "waived" for one in found),
        new=sum(name not in before for name in identities),
        gone=len(before - set(identities)),
    )
