"""What the catalogue tells and is told: plain values, no database."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SEVERITIES = ("critical", "warning", "info")
DecisionKind = Literal["waive", "correct", "hold", "exclude", "merge"]
DecisionState = Literal["active", "lapsed", "withdrawn"]


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

    The message says what was found; `rule_en` and `rule_zh` say the same with nothing of the record in it. `state` is
    open, waived, or decided where its record is held or excluded, by the decision that `decision` names; an open one
    that names a decision says that it lapsed. `effect` is what the headline of the dataset would change by if the
    record were out, in per cent of a sum, in percentage points of a share. `is_new`: not found before the records
    or the rules of its year last changed.
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
    state: str = "open"
    decision: int | None = None
    effect: float | None = None
    is_new: bool = False

    @property
    def identity(self) -> str:
        """The same for the same rule, record and column over all runs; of a whole partition, for the same year."""
        parts = (self.dataset, self.rule, self.record_key or str(self.year), self.column or "")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    @property
    def place(self) -> float:
        """Where it stands among others, the smallest first: the new, then by severity, then by the effect's size."""
        group = SEVERITIES.index(self.severity) + (0 if self.is_new else len(SEVERITIES))
        size = abs(self.effect or 0.0)
        return group + 1 / (1 + size)


@dataclass(frozen=True)
class FindingRun:
    """What one check of a dataset and year found: open findings by severity, waived ones; how many came and went."""

    dataset: str
    year: int
    at: datetime
    critical: int
    warning: int
    info: int
    waived: int
    new: int
    gone: int


@dataclass(frozen=True)
class Assignment:
    """Whose a finding (by its identity) is to work off."""

    identity: str
    assignee: str
    assigned_by: str
    assigned_at: datetime


@dataclass(frozen=True)
class Decision:
    """What a person decided, why, and what was seen: the hash of the record, the version of the rule.

    waive: the finding of `rule` stands no longer in the way, until a day; correct: `column` reads `new_value`; hold,
    exclude: the record leaves the figures; merge: in `column`, and wherever parties stand, `old_value` is `new_value`.
    `state` says whether it still applies, `state_reason` why not. `batch` is shared by what was decided at once.
    """

    id: int
    kind: DecisionKind
    dataset: str
    year: int
    record_key: str
    record_hash: str
    rule: str
    rule_version: int
    column: str
    old_value: str | None
    new_value: str | None
    until: str | None
    reason: str
    decided_by: str
    decided_at: datetime
    batch: str = ""
    state: DecisionState = "active"
    state_reason: str = ""
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


@dataclass(frozen=True)
class Signature:
    """Who signed an edition, and what: `digest` is over the hashes, `forms` are what `forms_sha256` is over, by file.

    One that was given before there were comparators and forms in a digest has none of either.
    """

    year: int
    digest: str
    observations_sha256: str
    inputs_sha256: str
    rules_sha256: str
    decisions_sha256: str
    comparators_sha256: str
    forms_sha256: str
    forms: dict[str, str]
    signed_by: str
    signed_at: datetime
    statement: str


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


@dataclass(frozen=True, order=True)
class OpenCount:
    """How many findings a person (none: nobody yet) has to work off."""

    owner: str
    severity: str
    is_new: bool
    count: int


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
    """One line of the run log. `state` is started, kept, done or failed, or a `note` on one that was done."""

    id: int
    run: str
    step: str
    subject: str
    year: int | None
    state: str
    rows: int | None
    seconds: float | None
    message: str
