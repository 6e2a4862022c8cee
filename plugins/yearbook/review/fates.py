"""What becomes of the records that decisions are on: whether they count, in which year, and why not.

Not its business: trying the decisions (`attempt`), and saying it in words (`pages/headlines`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pyarrow.compute as pc

from yearbook.catalogue import Decision
from yearbook.review.draft import Draft
from yearbook.validate.dispositions import ACCEPTED, SUPERSEDED
from yearbook.workspace import Workspace

COLUMNS = ["_record_hash", "disposition", "reason"]
Place = tuple[str, int]
"""A dataset and a year."""


@dataclass(frozen=True)
class Standing:
    """Where a record stands: its year, its disposition, and the reason (rules are joined by `;`)."""

    year: int
    disposition: str
    reason: str | None


@dataclass(frozen=True)
class Fate:
    """Where a record stands before and after decisions."""

    dataset: str
    record_key: str
    before: Standing
    after: Standing

    @property
    def is_plain(self) -> bool:
        """Whether the record counts as before, in its year."""
        return self.before == self.after and self.after.disposition == ACCEPTED


Standings = dict[tuple[str, str], Standing]
"""By dataset and hash of the record."""


def fates_of(decided: Sequence[Decision | Draft], before: Standings, after: Standings) -> list[Fate]:
    """What becomes of the records of decisions, but for those that simply count as they did."""
    keys = {(one.dataset, one.record_hash): one.record_key for one in decided}
    known = [(record, key) for record, key in keys.items() if record in before and record in after]
    fates = [Fate(record[0], key, before[record], after[record]) for record, key in known]
    return [one for one in fates if not one.is_plain]


def find_stands(workspace: Workspace, decided: Sequence[Decision | Draft]) -> Standings:
    """Where the records of decisions stand in all partitions of their datasets, as they are kept."""
    datasets = {one.dataset for one in decided}
    places = {(one.dataset, one.year) for one in workspace.catalogue.accountings() if one.dataset in datasets}
    return find_standings(workspace, places, {one.record_hash for one in decided})


def find_standings(workspace: Workspace, places: Collection[Place], hashes: Iterable[str]) -> Standings:
    """Where the records of some hashes stand in the partitions as they are kept.

    Of a record that was received twice it is the one that counts.
    """
    wanted = sorted(set(hashes))
    found: Standings = {}
    for account in workspace.catalogue.accountings():
        if (account.dataset, account.year) not in places:
            continue
        rows = workspace.lake.read(account.ref, COLUMNS).filter(pc.field("_record_hash").isin(wanted))
        for record_hash, disposition, reason in zip(*(rows.column(name).to_pylist() for name in COLUMNS), strict=True):
            place = (account.dataset, record_hash)
            if place not in found or disposition != SUPERSEDED:
                found[place] = Standing(account.year, disposition, reason)
    return found
