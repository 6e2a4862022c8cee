"""The memory of steps and the run log."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from yearbook.catalogue.leases import Leases
from yearbook.catalogue.records import Event, Lease, StepRecord
from yearbook.catalogue.tables import NO_YEAR, EventRow, StepRow


@dataclass(frozen=True)
class LogLine:
    """What the run log is told. `state` is started, kept, done or failed."""

    run: str
    state: str
    step: str
    subject: str = ""
    year: int | None = None
    rows: int | None = None
    seconds: float | None = None
    message: str = ""


def to_row(programme: str, line: LogLine) -> EventRow:
    """A line of the run log, for whoever writes it together with what it tells of."""
    return EventRow(programme=programme, at=datetime.now(UTC), **asdict(line))


class Steps(Leases):
    """What was done, and on what it depended."""

    def record_step(self, record: StepRecord, lease: Lease) -> None:
        """Write a finished step in the place of its earlier run. Raises `LeaseError` where the lease was lost."""
        values = asdict(record) | {"year": NO_YEAR if record.year is None else record.year}
        with self._begin() as session:
            self.require_lease(session, lease)
            session.merge(StepRow(programme=self.programme, **values))
            session.commit()

    def find_step(self, step: str, subject: str = "", year: int | None = None) -> StepRecord | None:
        """Return the last finished run of a step, or None."""
        with self._begin() as session:
            row = session.get(StepRow, (self.programme, step, subject, NO_YEAR if year is None else year))
            return _to_record(row) if row is not None else None

    def forget_step(self, step: str, subject: str = "", year: int | None = None) -> None:
        """Let a step be done anew, whatever it depends on."""
        with self._begin() as session:
            row = session.get(StepRow, (self.programme, step, subject, NO_YEAR if year is None else year))
            if row is not None:
                session.delete(row)
            session.commit()

    def outputs(self, step: str, *, subject: str = "", year: int | None = None) -> dict[str, object] | None:
        """Return what the last finished run of a step left, or None."""
        record = self.find_step(step, subject, year)
        return record.outputs if record else None

    def all_outputs(self, step: str) -> list[StepRecord]:
        """Return the last finished run of a step for each subject and year, sorted by these."""
        query = select(StepRow).where(StepRow.programme == self.programme, StepRow.step == step)
        with self._begin() as session:
            return [_to_record(row) for row in session.scalars(query.order_by(StepRow.subject, StepRow.year))]

    def log(
        self,
        run: str,
        state: str,
        step: str,
        *,
        subject: str = "",
        year: int | None = None,
        rows: int | None = None,
        seconds: float | None = None,
        message: str = "",
    ) -> None:
        """Add a line to the run log."""
        said = LogLine(run, state, step, subject, year, rows, seconds, message)
        with self._begin() as session:
            session.add(to_row(self.programme, said))
            session.commit()

    def events(self, after: int = 0) -> list[Event]:
        """Return the lines of the run log behind line `after`, in order."""
        query = select(EventRow).where(EventRow.programme == self.programme, EventRow.id > after)
        with self._begin() as session:
            return [_to_event(row) for row in session.scalars(query.order_by(EventRow.id))]

    def last_events(self, count: int, state: str | None = None) -> list[Event]:
        """Return the newest lines of the run log, in order; those of one state, or all."""
        query = select(EventRow).where(EventRow.programme == self.programme)
        if state is not None:
            query = query.where(EventRow.state == state)
        with self._begin() as session:
            found = [_to_event(row) for row in session.scalars(query.order_by(EventRow.id.desc()).limit(count))]
        return found[::-1]

    def last_event(self) -> int:
        """Return the number of the newest line of the run log, 0 where there is none."""
        query = select(func.max(EventRow.id)).where(EventRow.programme == self.programme)
        with self._begin() as session:
            return session.scalar(query) or 0


def _to_record(row: StepRow) -> StepRecord:
    year = None if row.year == NO_YEAR else row.year
    return StepRecord(row.step, row.subject, year, row.fingerprint, row.outputs, row.rows, row.seconds)


def _to_event(row: EventRow) -> Event:
    return Event(row.id, row.run, row.step, row.subject, row.year, row.state, row.rows, row.seconds, row.message)
