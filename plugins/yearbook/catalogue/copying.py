"""A copy of what steps work from, into a catalogue that is thrown away: for trying what a change would do.

Not copied: findings and the run log, which no step reads, leases and signatures. Not its business: what is tried.
"""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from yearbook.catalogue.catalogue import Catalogue
from yearbook.catalogue.tables import AccountingRow, Base, DecisionRow, DeliveryRow, EditionRow, StepRow

COPIED: tuple[type[Base], ...] = (DeliveryRow, AccountingRow, DecisionRow, EditionRow, StepRow)


def copy_state(source: Catalogue, target: Catalogue) -> None:
    """Copy a programme's deliveries, accounts, decisions (which keep their numbers), editions and memory of steps."""
    with Session(source.engine) as reading, Session(target.engine) as writing:
        for table in COPIED:
            columns = list(table.__table__.columns)
            mine = select(*columns).where(table.__table__.c.programme == source.programme)
            if rows := [dict(row._mapping) for row in reading.execute(mine)]:
                writing.execute(insert(table.__table__), rows)  # type: ignore[arg-type]
        writing.commit()
