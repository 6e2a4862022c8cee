"""What persons decided about records, whose findings are whose, and who signed: rows with who, when and why.

A decision is never changed: it is withdrawn, or lapses when what it saw changes. Not its business: applying them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from yearbook.catalogue.base import CatalogueBase, in_portions
from yearbook.catalogue.records import Assignment, Decision, DecisionState, Signature
from yearbook.catalogue.steps import LogLine, to_row
from yearbook.catalogue.tables import AssignmentRow, DecisionRow, SignatureRow
from yearbook.errors import YearbookError

_DECISION = [getattr(DecisionRow, field.name) for field in fields(Decision)]
_ASSIGNMENT = [getattr(AssignmentRow, field.name) for field in fields(Assignment)]
_SIGNATURE = [getattr(SignatureRow, field.name) for field in fields(Signature)]


class Decisions(CatalogueBase):
    """The programme's decisions, assignments and signatures."""

    def record_decisions(
        self, decisions: Sequence[Decision], told: Callable[[list[int]], LogLine] | None = None
    ) -> list[int]:
        """Add decisions, all or none, and return their numbers; the number that each brings is not looked at.

        With them goes what the run log is `told` of these numbers: there is no decision without its line.
        """
        with self._begin() as session:
            rows = [
                DecisionRow(
                    programme=self.programme, **{name: value for name, value in asdict(one).items() if name != "id"}
                )
                for one in decisions
            ]
            session.add_all(rows)
            session.flush()
            numbers = [row.id for row in rows]
            if told is not None and numbers:
                session.add(to_row(self.programme, told(numbers)))
            session.commit()
        return numbers

    def decisions(
        self,
        dataset: str | None = None,
        year: int | None = None,
        state: DecisionState | None = None,
        record_key: str | None = None,
    ) -> list[Decision]:
        """Return decisions in the order in which they were made."""
        query = select(*_DECISION).where(DecisionRow.programme == self.programme)
        for column, wanted in (
            (DecisionRow.dataset, dataset),
            (DecisionRow.year, year),
            (DecisionRow.state, state),
            (DecisionRow.record_key, record_key),
        ):
            if wanted is not None:
                query = query.where(column == wanted)
        with self._begin() as session:
            return [Decision(*row) for row in session.execute(query.order_by(DecisionRow.id))]

    def lapse_decisions(self, reasons: Mapping[int, str]) -> None:
        """Let active decisions lapse, each with the reason."""
        with self._begin() as session:
            for number, reason in sorted(reasons.items()):
                session.execute(
                    update(DecisionRow).where(*self._active(number)).values(state="lapsed", state_reason=reason)
                )
            session.commit()

    def withdraw_decision(self, number: int, by: str, at: datetime, reason: str, told: LogLine | None = None) -> None:
        """Withdraw a decision, and tell the run log. Raises `YearbookError` where it is not there, or not active."""
        values = {"state": "withdrawn", "withdrawn_by": by, "withdrawn_at": at, "withdrawn_reason": reason}
        with self._begin() as session:
            done = session.execute(update(DecisionRow).where(*self._active(number)).values(**values))
            if done.rowcount == 0:  # type: ignore[attr-defined]
                raise YearbookError(
                    f"there is no active decision {number}",
                    where=self.programme,
                    fix="it was withdrawn or has lapsed already, or the number is another",
                )
            if told is not None:
                session.add(to_row(self.programme, told))
            session.commit()

    def _active(self, number: int) -> tuple[ColumnElement[bool], ...]:
        return (DecisionRow.programme == self.programme, DecisionRow.id == number, DecisionRow.state == "active")

    def assign(
        self, identities: Sequence[str], assignee: str, by: str, at: datetime, told: LogLine | None = None
    ) -> None:
        """Give findings to a person, in the place of whom they were given to before, and tell the run log."""
        given = {"programme": self.programme, "assignee": assignee, "assigned_by": by, "assigned_at": at}
        with self._begin() as session:
            for some in in_portions(sorted(set(identities))):
                before = (AssignmentRow.programme == self.programme, AssignmentRow.identity.in_(some))
                session.execute(delete(AssignmentRow).where(*before))
                session.execute(insert(AssignmentRow), [given | {"identity": identity} for identity in some])
            if told is not None:
                session.add(to_row(self.programme, told))
            session.commit()

    def assignments(self) -> dict[str, Assignment]:
        """Return who works off what, by the finding's identity."""
        query = select(*_ASSIGNMENT).where(AssignmentRow.programme == self.programme)
        with self._begin() as session:
            return {row[0]: Assignment(*row) for row in session.execute(query)}

    def record_signature(self, signature: Signature) -> None:
        """Add a signature."""
        with self._begin() as session:
            session.execute(insert(SignatureRow).values(programme=self.programme, **asdict(signature)))
            session.commit()

    def signatures(self, year: int | None = None) -> list[Signature]:
        """Return signatures in the order in which they were given."""
        query = select(*_SIGNATURE).where(SignatureRow.programme == self.programme)
        if year is not None:
            query = query.where(SignatureRow.year == year)
        with self._begin() as session:
            return [Signature(*row) for row in session.execute(query.order_by(SignatureRow.id))]
