"""The tables, as SQLAlchemy models. A change here needs a migration beside it (`migrations/versions/`)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    String,
    Text,
    TypeDecorator,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NO_YEAR = -1
"""Stands for `no year` in a primary key, where null may not."""

_Id = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also where the database forgets the zone (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables of the catalogue."""


class DeliveryRow(Base):
    """A delivery that counts; one that was replaced or withdrawn is gone from here, its snapshots stay in the lake."""

    __tablename__ = "delivery"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    source: Mapped[str] = mapped_column(String(100), primary_key=True)
    entry: Mapped[str] = mapped_column(String(200), primary_key=True)
    uri: Mapped[str] = mapped_column(String(1000), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    encoding: Mapped[str | None] = mapped_column(String(40))
    rows_read: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger)
    filtered: Mapped[int] = mapped_column(BigInteger)
    empty: Mapped[int] = mapped_column(BigInteger)
    partitions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class AccountingRow(Base):
    """Where the records of a dataset and year went."""

    __tablename__ = "accounting"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    dataset: Mapped[str] = mapped_column(String(100), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    received: Mapped[int] = mapped_column(BigInteger)
    accepted: Mapped[int] = mapped_column(BigInteger)
    held: Mapped[int] = mapped_column(BigInteger)
    excluded: Mapped[int] = mapped_column(BigInteger)
    superseded: Mapped[int] = mapped_column(BigInteger)
    ref: Mapped[str] = mapped_column(String(300))


class FindingRow(Base):
    """A rule that a record breaks."""

    __tablename__ = "finding"
    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=True)
    programme: Mapped[str] = mapped_column(String(100))
    dataset: Mapped[str] = mapped_column(String(100))
    year: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str] = mapped_column(String(200))
    rule_version: Mapped[int] = mapped_column(Integer)
    severity: Mapped[str] = mapped_column(String(20))
    record_key: Mapped[str] = mapped_column(Text)
    record_hash: Mapped[str] = mapped_column(String(64))
    column: Mapped[str | None] = mapped_column(String(100))
    raw: Mapped[str | None] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(100))
    location: Mapped[str] = mapped_column(Text)
    message_en: Mapped[str] = mapped_column(Text)
    message_zh: Mapped[str] = mapped_column(Text)
    rule_en: Mapped[str] = mapped_column(Text)
    rule_zh: Mapped[str] = mapped_column(Text)
    identity: Mapped[str] = mapped_column(String(64), server_default="")
    state: Mapped[str] = mapped_column(String(20), server_default="open")
    decision: Mapped[int | None] = mapped_column(BigInteger)
    effect: Mapped[float | None] = mapped_column(Float)
    is_new: Mapped[bool] = mapped_column(Boolean, server_default=false())
    place: Mapped[float] = mapped_column(Float, server_default="0")
    __table_args__ = (
        Index("finding_by_partition", "programme", "dataset", "year", "rule", "severity", "state", "is_new"),
        Index("finding_by_identity", "programme", "identity"),
        Index("finding_by_record", "programme", "record_hash"),
        # Holds all that findings are filtered and sorted by: lists and counts read it alone.
        Index(
            "finding_by_place",
            *("programme", "place", "year", "dataset", "rule", "severity", "state", "is_new", "effect", "identity"),
        ),
    )


class FindingHistoryRow(Base):
    """When a finding was first and last seen: the same finding is one finding over many runs."""

    __tablename__ = "finding_history"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_seen: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)


class FindingRunRow(Base):
    """What one check of a dataset and year found: how findings went over the runs."""

    __tablename__ = "finding_run"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    dataset: Mapped[str] = mapped_column(String(100), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    critical: Mapped[int] = mapped_column(BigInteger)
    warning: Mapped[int] = mapped_column(BigInteger)
    info: Mapped[int] = mapped_column(BigInteger)
    waived: Mapped[int] = mapped_column(BigInteger)
    new: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[int] = mapped_column(BigInteger)


class AssignmentRow(Base):
    """Whose a finding is to work off."""

    __tablename__ = "assignment"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    assignee: Mapped[str] = mapped_column(String(200))
    assigned_by: Mapped[str] = mapped_column(String(200))
    assigned_at: Mapped[datetime] = mapped_column(Moment)


class DecisionRow(Base):
    """What a person decided about records, with what was seen."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=True)
    programme: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    dataset: Mapped[str] = mapped_column(String(100))
    year: Mapped[int] = mapped_column(Integer)
    record_key: Mapped[str] = mapped_column(Text)
    record_hash: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(String(200))
    rule_version: Mapped[int] = mapped_column(Integer)
    column: Mapped[str] = mapped_column(String(100))
    old_value: Mapped[str | None] = mapped_column(Text)
    new_value: Mapped[str | None] = mapped_column(Text)
    until: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(Moment)
    batch: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    state_reason: Mapped[str] = mapped_column(Text)
    withdrawn_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("decision_by_partition", "programme", "dataset", "year"),)


class SignatureRow(Base):
    """Who signed an edition, and the hashes of what was signed."""

    __tablename__ = "signature"
    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=True)
    programme: Mapped[str] = mapped_column(String(100))
    year: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    rules_sha256: Mapped[str] = mapped_column(String(64))
    decisions_sha256: Mapped[str] = mapped_column(String(64))
    observations_sha256: Mapped[str] = mapped_column(String(64))
    comparators_sha256: Mapped[str] = mapped_column(String(64), server_default="")
    forms_sha256: Mapped[str] = mapped_column(String(64), server_default="")
    forms: Mapped[dict[str, str]] = mapped_column(JSON, server_default="{}")
    signed_by: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime] = mapped_column(Moment)
    statement: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("signature_by_edition", "programme", "year"),)


class EditionRow(Base):
    """The newest figures of a year."""

    __tablename__ = "edition"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    as_of: Mapped[str] = mapped_column(String(10))
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    observations_ref: Mapped[str] = mapped_column(String(300))
    observations_sha256: Mapped[str] = mapped_column(String(64))


class StepRow(Base):
    """The last finished run of a step, by which the next one knows that nothing changed."""

    __tablename__ = "step"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    step: Mapped[str] = mapped_column(String(100), primary_key=True)
    subject: Mapped[str] = mapped_column(String(1200), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    outputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float] = mapped_column(Float)


class EventRow(Base):
    """The run log."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=True)
    programme: Mapped[str] = mapped_column(String(100), index=True)
    run: Mapped[str] = mapped_column(String(100))
    step: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(1200))
    year: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    rows: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[float | None] = mapped_column(Float)
    message: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LeaseRow(Base):
    """Who is at work on what; a lease whose owner died is taken over."""

    __tablename__ = "lease"
    programme: Mapped[str] = mapped_column(String(100), primary_key=True)
    scope: Mapped[str] = mapped_column(String(1200), primary_key=True)
    owner: Mapped[str] = mapped_column(String(100))
    host: Mapped[str] = mapped_column(String(255))
    pid: Mapped[int] = mapped_column(Integer)
    started: Mapped[float] = mapped_column(Float)
    expires: Mapped[datetime] = mapped_column(DateTime(timezone=True))
