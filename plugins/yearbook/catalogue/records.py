"""What the catalogue tells and is told: plain values, no database."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class StagedPartition:
    """The records of one delivery, dataset and year: `ref` in the lake, `cells_sha256` over the normalized cells."""

    dataset: str
    year: int
    ref: str
    rows: int
    cells_sha256: str


@dataclass(frozen=True)
class Delivery:
    """One file, query or API answer as received and staged.

    Counts: `rows_read` rows of the file, `empty` cells or rows that make no record, `filtered` records left out by the
    source's filter, `received` records staged.
    """

    source: str
    entry: str
    uri: str
    sha256: str
    size: int
    encoding: str | None
    rows_read: int
    received: int
    filtered: int
    empty: int
    partitions: list[StagedPartition] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The delivery's name within its source."""
        return f"{self.entry}|{self.uri}"


@dataclass(frozen=True)
class Accounting:
    """Where the records of one dataset and year went; `ref` is the validated snapshot."""

    dataset: str
    year: int
    received: int
    accepted: int
    held: int
    excluded: int
    superseded: int
    ref: str

    @property
    def balances(self) -> bool:
        """Whether nothing was lost."""
        return self.received == self.accepted + self.held + self.excluded + self.superseded


@dataclass(frozen=True)
class Finding:
    """One rule that one record breaks, with the cell that breaks it as received and as read.

    The message says what was found; `rule_en` and `rule_zh` say the same with nothing of the record in it.
    """

    dataset: str
    year: int
    rule: str
    rule_version: int
    severity: str
    record_key: str
    record_hash: str
    column: str | None
    raw: str | None
    value: str | None
    source: str
    location: str
    message_en: str
    message_zh: str
    rule_en: str
    rule_zh: str


@dataclass(frozen=True)
class FindingCount:
    """How many records of a dataset and year break a rule, and what the rule says: nothing of a record, so it may
    be published.
    """

    dataset: str
    year: int
    rule: str
    severity: str
    count: int
    rule_en: str
    rule_zh: str


@dataclass(frozen=True)
class Edition:
    """One year's figures: what they were computed from, and their hash."""

    year: int
    as_of: str
    inputs_sha256: str
    observations_ref: str
    observations_sha256: str


@dataclass(frozen=True)
class StepRecord:
    """The last finished run of a step: what it depended on, and what it left."""

    step: str
    subject: str
    year: int | None
    fingerprint: str
    outputs: dict[str, Any]
    rows: int
    seconds: float


@dataclass(frozen=True)
class Lease:
    """The right to work on something (`scope`), held by one owner at a time."""

    scope: str
    owner: str


@dataclass(frozen=True)
class Event:
    """One line of the run log. `state` is started, kept, done or failed."""

    id: int
    run: str
    step: str
    subject: str
    year: int | None
    state: str
    rows: int | None
    seconds: float | None
    message: str
