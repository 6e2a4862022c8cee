"""The records of one disposition, a page at a time: what became of them, why, and what is found in those that are held.

Accounts say how many records of a disposition each snapshot has, so that only snapshots of the page are opened. Not its
business: the rest of a record (`validate.lookup`), and saying any of it in words (`pages.disposed`).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow.compute as pc

from yearbook.catalogue import Accounting
from yearbook.validate.dispositions import HELD
from yearbook.validate.keys import key_text
from yearbook.validate.staged import read_places
from yearbook.workspace import Workspace

COLUMNS = ("_record_hash", "_uri", "_row", "reason")
"""What is read of a record beside its key, in the order in which `DisposedRecord` has it."""


@dataclass(frozen=True)
class RecordQuery:
    """What is looked for; of a dataset or a year that is None all. Pages count from 1."""

    year: int | None = None
    dataset: str | None = None
    disposition: str = HELD
    page: int = 1
    size: int = 50


@dataclass(frozen=True)
class DisposedRecord:
    """One record: `row` of what came from `uri`, and why it is where it is (rules are joined by `;`).

    `critical` counts the open findings that hold it.
    """

    dataset: str
    year: int
    record_key: str
    record_hash: str
    uri: str
    row: int
    reason: str | None
    critical: int = 0


@dataclass(frozen=True)
class RecordsFound:
    """One page of what was looked for, and how much there is in all."""

    rows: list[DisposedRecord]
    total: int


def search_records(workspace: Workspace, query: RecordQuery) -> RecordsFound:
    """Return the page asked for, the newest year first, in the order of delivery; an empty one behind the last."""
    begin, passed, rows = (query.page - 1) * query.size, 0, list[DisposedRecord]()
    for account in _accounts(workspace, query):
        count: int = getattr(account, query.disposition)
        first, last = max(begin - passed, 0), min(begin + query.size - passed, count)
        if first < last:
            rows += _read(workspace, account, query.disposition, first, last)
        passed += count
    return RecordsFound(_with_findings(workspace, rows) if query.disposition == HELD else rows, passed)


def _accounts(workspace: Workspace, query: RecordQuery) -> list[Accounting]:
    wanted = [
        one
        for one in workspace.catalogue.accountings(query.year)
        if one.dataset in workspace.recipe.datasets and query.dataset in (None, one.dataset)
    ]
    return sorted(wanted, key=lambda one: (-one.year, one.dataset))


def _read(
    workspace: Workspace, account: Accounting, disposition: str, first: int, last: int
) -> Iterator[DisposedRecord]:
    key = workspace.recipe.datasets[account.dataset].key
    dispositions = workspace.lake.read(account.ref, ["disposition"]).column("disposition")
    places = pc.indices_nonzero(pc.equal(dispositions, disposition)).slice(first, last - first).to_pylist()
    for row in read_places(workspace.lake, account.ref, [*key, *COLUMNS], places).to_pylist():
        yield DisposedRecord(account.dataset, account.year, key_text(key, row), *(row[name] for name in COLUMNS))


def _with_findings(workspace: Workspace, rows: list[DisposedRecord]) -> list[DisposedRecord]:
    found = workspace.catalogue.findings_of([one.record_hash for one in rows])
    critical = Counter(
        (one.dataset, one.year, one.record_hash) for one in found if (one.severity, one.state) == ("critical", "open")
    )
    return [replace(one, critical=critical[one.dataset, one.year, one.record_hash]) for one in rows]
