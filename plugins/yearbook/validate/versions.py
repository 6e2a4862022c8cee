"""Which version of a record counts, over all years of a dataset.

Versions of one key are ordered by the dataset's `latest_by`, and by nothing else: where that does not say which of two
different versions is newer (a null says nothing), both wait for a decision: excluding one of them settles it. Records
of equal content are one record delivered twice: the first delivered stays. A record that has its key by a merge of two
names only gives way to one that has it by itself. Not its business: rules on what a record says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from yearbook.model.dataset import Dataset
from yearbook.model.sql import quote
from yearbook.validate.changes import IS_ALIAS, IS_OUT
from yearbook.validate.staged import TURN

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Ordering:
    """What of a dataset's definition says which version counts."""

    dataset: str
    key: tuple[str, ...]
    latest_by: tuple[str, ...]
    amends: str | None

    @classmethod
    def of(cls, dataset: Dataset) -> "Ordering":
        """Take it from the definition."""
        return cls(dataset.dataset, tuple(dataset.key), tuple(dataset.latest_by), dataset.amends)

    @property
    def columns(self) -> list[str]:
        """The columns of staged records that it looks at."""
        amends = [self.amends] if self.amends else []
        return list(dict.fromkeys([*self.key, *self.latest_by, *amends, "_record_hash"]))


@dataclass(frozen=True)
class Version:
    """One staged row of a record that has several, amends another, or is amended."""

    turn: int
    key: Key
    latest: tuple[Any, ...]
    amends: str | None
    content: str
    is_out: bool
    is_alias: bool

    @property
    def is_ordered(self) -> bool:
        """Whether every field that orders versions is there."""
        return None not in self.latest


@dataclass(frozen=True)
class Verdict:
    """Why a row does not simply count: `held` tells a row that waits from one that is superseded."""

    reason: str
    held: bool


def entangled_versions(ordering: Ordering, rows: pa.Table) -> dict[Key, list[Version]]:
    """Return, by key and in the order of delivery, the rows whose record is more than one row.

    `rows` are all staged rows of the dataset with the columns of `ordering`, `_turn` and their marks; those with
    an incomplete key have no versions.
    """
    key = ", ".join(quote(name) for name in ordering.key)
    whole = " AND ".join(f"{quote(name)} IS NOT NULL" for name in ordering.key)
    chosen = f"count(*) OVER (PARTITION BY {key}) > 1"
    if ordering.amends:
        amends = quote(ordering.amends)
        chosen += f" OR {amends} IS NOT NULL OR {key} IN (SELECT {amends} FROM rows WHERE {amends} IS NOT NULL)"
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        found = connection.sql(f"SELECT * FROM rows WHERE {whole} QUALIFY {chosen} ORDER BY {TURN}")
        entangled: pa.Table = found.to_arrow_table()
    versions: dict[Key, list[Version]] = {}
    for row in entangled.to_pylist():
        version = _to_version(ordering, row)
        versions.setdefault(version.key, []).append(version)
    return versions


def newest_of(versions: list[Version]) -> list[Version]:
    """Return the versions of one key that may be the newest: those with the greatest order, and those without any."""
    top = max((version.latest for version in versions if version.is_ordered), default=None)
    return [version for version in versions if not version.is_ordered or version.latest == top]


def settle_key(versions: list[Version]) -> dict[int, Verdict]:
    """Return the verdict on each version of one key but the one that counts."""
    own = [version for version in versions if not version.is_alias]
    aliases = _turns(version for version in versions if version.is_alias) if own else []
    return dict.fromkeys(aliases, Verdict("merged", held=False)) | _settle_own(own or versions)


def _settle_own(versions: list[Version]) -> dict[int, Verdict]:
    newest = newest_of(versions)
    rivals = not_out(newest)
    if len({version.content for version in rivals}) > 1:
        conflict = dict.fromkeys(_turns(rivals), Verdict("duplicate_key", held=True))
        superseded = _turns(version for version in versions if version not in newest)
        return dict.fromkeys(superseded, Verdict("newer_version", held=False)) | conflict
    kept = rivals[0]
    return {
        version.turn: Verdict("duplicate" if version.content == kept.content else "newer_version", held=False)
        for version in versions
        if version is not kept and (version not in newest or version.content == kept.content)
    }


def not_out(newest: list[Version]) -> list[Version]:
    """Of versions of which none is newer, those that no decision excludes; all, where it excludes all."""
    return [version for version in newest if not version.is_out] or newest


def _turns(versions: Iterable[Version]) -> list[int]:
    return [version.turn for version in versions]


def _to_version(ordering: Ordering, row: dict[str, Any]) -> Version:
    return Version(
        turn=row[TURN],
        key=tuple(row[name] for name in ordering.key),
        latest=tuple(row[name] for name in ordering.latest_by),
        amends=row[ordering.amends] if ordering.amends else None,
        content=row["_record_hash"],
        is_out=row[IS_OUT],
        is_alias=row[IS_ALIAS],
    )
