"""One record, and the records of one party, as the last check left them.

It reads validated and staged snapshots. Not its business: reading landed bytes (extract does; its reader is handed in),
and what there is to decide.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache, reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Accounting
from yearbook.lake import Lake
from yearbook.model.dataset import Dataset
from yearbook.validate.changes import CORRECTED, UNREAD
from yearbook.validate.dispositions import SUPERSEDED
from yearbook.validate.history import HASH, History
from yearbook.validate.keys import find_keys, key_text
from yearbook.validate.staged import TURN, is_one_of, read_places
from yearbook.workspace import Workspace

KEPT = 64


@dataclass(frozen=True)
class Origin:
    """Where a record came from: `row` of what was landed under `landed` from `uri`, an address of `entry`."""

    source: str
    entry: str
    uri: str
    landed: str
    row: int


RawRow = Mapping[str, str | None]
ReadRaw = Callable[[Workspace, str, str, str, str, int], RawRow | None]
"""Reads a row as landed, by the workspace and what an `Origin` says, in its order."""


@dataclass(frozen=True)
class RecordVersion:
    """One delivery of a record: what its cells say after decisions, and what became of it.

    `corrected` has what the cells said that a decision changed, `unread` what could not be read.
    """

    dataset: str
    year: int
    record_key: str
    record_hash: str
    cells: Mapping[str, Any]
    corrected: Mapping[str, str | None]
    unread: Mapping[str, str]
    disposition: str
    reason: str | None
    origin: Origin


@dataclass(frozen=True)
class RecordView:
    """The version of a record that counts, beside what was `received`, and all `versions` of its key, the newest year
    first; `raw` is its row as landed, where a reader was given.
    """

    version: RecordVersion
    received: Mapping[str, Any]
    raw: RawRow | None
    versions: list[RecordVersion]

    @property
    def year(self) -> int:
        """The year to which the record belongs."""
        return self.version.year

    @property
    def record_hash(self) -> str:
        """The hash of the record as received: what a decision on it sees."""
        return self.version.record_hash

    @property
    def cells(self) -> Mapping[str, Any]:
        """The typed cells after decisions."""
        return self.version.cells


def find_record(
    workspace: Workspace, dataset: str, record_key: str, *, record_hash: str = "", read_raw: ReadRaw | None = None
) -> RecordView | None:
    """Find a record by its key as findings write it; None where no checked record has it.

    Several records may share a key until that is settled: `record_hash` says which one is meant.
    """
    versions = list(_versions(workspace, workspace.recipe.datasets[dataset], record_key))
    chosen = next((one for one in versions if one.record_hash == record_hash), None) or _counting(versions)
    if chosen is None:
        return None
    raw = read_raw(workspace, *astuple(chosen.origin)) if read_raw else None
    return RecordView(chosen, _received(workspace, chosen), raw, versions)


def records_of_party(workspace: Workspace, value: str, limit: int) -> list[RecordVersion]:
    """Return records that name a party in any of their fields, at most `limit`, the newest year first."""
    found: list[RecordVersion] = []
    for account in _accounts(workspace):
        dataset = workspace.recipe.datasets[account.dataset]
        parties = [name for name, field in dataset.fields.items() if field.party]
        if parties and len(found) < limit:
            rows = _read(workspace.lake.root, account.ref, tuple(parties))
            named = [is_one_of(rows.column(name), [value], pa.string()) for name in _texts(rows)]
            places = pc.indices_nonzero(reduce(pc.or_, named)).to_pylist() if named else []
            found += _to_versions(workspace, dataset, account, places[: limit - len(found)])
    return found


def _versions(workspace: Workspace, dataset: Dataset, record_key: str) -> Iterator[RecordVersion]:
    for account in _accounts(workspace):
        if account.dataset == dataset.dataset:
            keys = _read(workspace.lake.root, account.ref, tuple(dataset.key))
            places = find_keys(keys, dataset.key, [record_key]).get(record_key, [])
            yield from _to_versions(workspace, dataset, account, places)


def _accounts(workspace: Workspace) -> list[Accounting]:
    known = [one for one in workspace.catalogue.accountings() if one.dataset in workspace.recipe.datasets]
    return sorted(known, key=lambda one: (-one.year, one.dataset))


def _counting(versions: list[RecordVersion]) -> RecordVersion | None:
    return next((one for one in versions if one.disposition != SUPERSEDED), versions[0] if versions else None)


def _received(workspace: Workspace, version: RecordVersion) -> Mapping[str, Any]:
    """The typed cells of the record as it was staged."""
    dataset = workspace.recipe.datasets[version.dataset]
    history = History(workspace.lake, dataset, tuple(workspace.catalogue.staged(version.dataset)))
    turns = history.by_hash([version.record_hash]).get(version.record_hash, ())
    rows = history.read_some(dataset.fields, turns[:1]).to_pylist()
    return {name: cell for name, cell in rows[0].items() if name != TURN} if rows else {}


def _to_versions(
    workspace: Workspace, dataset: Dataset, account: Accounting, places: list[int]
) -> Iterator[RecordVersion]:
    if not places:
        return
    for row in read_places(workspace.lake, account.ref, None, places).to_pylist():
        yield RecordVersion(
            dataset=dataset.dataset,
            year=account.year,
            record_key=key_text(dataset.key, row),
            record_hash=row[HASH],
            cells={name: row.get(name) for name in dataset.fields},
            corrected=json.loads(row.get(CORRECTED) or "{}"),
            unread=json.loads(row[UNREAD] or "{}"),
            disposition=row["disposition"],
            reason=row["reason"],
            origin=Origin(row["_source"], row["_entry"], row["_uri"], row["_landed"], row["_row"]),
        )


def _texts(rows: pa.Table) -> list[str]:
    """The columns that hold texts; one that was never delivered has no type."""
    return [column.name for column in rows.schema if pa.types.is_string(column.type)]


@lru_cache(maxsize=KEPT)
def _read(root: str, ref: str, columns: tuple[str, ...]) -> pa.Table:
    return Lake(root).read(ref, list(columns))
