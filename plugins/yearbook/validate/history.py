"""All staged records of a dataset, over all years, as every partition's check needs them.

Snapshots never change, so what was read once serves all partitions that one process checks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake
from yearbook.model.dataset import Dataset
from yearbook.validate.amendments import Settled, settle_versions
from yearbook.validate.changes import Changes
from yearbook.validate.keys import find_keys
from yearbook.validate.staged import TURN, is_one_of, places_of, read_rows, read_staged
from yearbook.validate.versions import Ordering

KEPT = 8
"""Datasets whose history stays in memory: those that one edition's rules look at, by turns."""
SETTLED = 128
"""Verdicts that stay in memory: they are few, and every year of every dataset asks for them."""
AS_RECEIVED = Changes()
HASH = "_record_hash"

Turns = tuple[int, ...]
Parts = tuple[tuple[str, int, str, int], ...]


@dataclass(frozen=True)
class History:
    """The staged rows of a dataset over all years; `parts` are all of its own, in the order of delivery."""

    lake: Lake
    dataset: Dataset
    parts: tuple[StagedPartition, ...]

    def read(self, columns: Iterable[str], changes: Changes = AS_RECEIVED) -> pa.Table:
        """Read `columns` and `_turn` of all rows."""
        return changes.apply(_read(self.lake.root, self._key, tuple(columns)))

    def read_some(self, columns: Iterable[str], turns: Iterable[int]) -> pa.Table:
        """Read `columns` and `_turn` of a few rows, as received."""
        return _read_some(self.lake.root, self._key, tuple(columns), tuple(sorted(turns)))

    def settle(self, changes: Changes = AS_RECEIVED) -> Settled:
        """Decide between all versions of all records."""
        return _settle(self.lake.root, self._key, self.ordering, changes.only(self.ordering.columns))

    def by_hash(self, hashes: Iterable[str]) -> dict[str, Turns]:
        """Return the rows with these hashes: several where one record was delivered several times."""
        return _by_hash(self.lake.root, self._key, self.ordering, frozenset(hashes))

    def by_key(self, keys: Iterable[str], changes: Changes = AS_RECEIVED) -> dict[str, list[int]]:
        """Return the rows with these keys: all versions of a record."""
        wanted = set(keys)
        rows = self.read(self.ordering.columns, changes.only(self.ordering.key)) if wanted else None
        if rows is None or not rows.num_rows:
            return {}
        turns = rows.column(TURN).combine_chunks()
        found = find_keys(rows, self.ordering.key, wanted)
        return {key: turns.take(pa.array(places, pa.int64())).to_pylist() for key, places in found.items()}

    def years(self, turns: Iterable[int]) -> dict[int, int]:
        """Return the year under which each of some rows is staged."""
        return {turn: place[0] for turn, place in self.places(turns).items()}

    def places(self, turns: Iterable[int]) -> dict[int, list[int]]:
        """Name some rows by the year under which each is staged and its place therein, whatever other years hold."""
        return places_of(self.parts, turns)

    @property
    def ordering(self) -> Ordering:
        """What says which version of a record counts."""
        return Ordering.of(self.dataset)

    @property
    def _key(self) -> Parts:
        return tuple((part.dataset, part.year, part.ref, part.rows) for part in self.parts)


def _to_parts(parts: Parts) -> list[StagedPartition]:
    return [StagedPartition(*part, cells_sha256="") for part in parts]


@lru_cache(maxsize=KEPT)
def _read(root: str, parts: Parts, columns: tuple[str, ...]) -> pa.Table:
    return read_staged(Lake(root), _to_parts(parts), list(columns))


@lru_cache(maxsize=KEPT)
def _read_some(root: str, parts: Parts, columns: tuple[str, ...], turns: Turns) -> pa.Table:
    return read_rows(Lake(root), _to_parts(parts), list(columns), turns)


@lru_cache(maxsize=SETTLED)
def _settle(root: str, parts: Parts, ordering: Ordering, changes: Changes) -> Settled:
    rows = _read(root, parts, tuple(ordering.columns))
    return settle_versions(ordering, changes.mark(rows, ordering.key))


@lru_cache(maxsize=KEPT)
def _by_hash(root: str, parts: Parts, ordering: Ordering, hashes: frozenset[str]) -> dict[str, Turns]:
    rows = _read(root, parts, tuple(ordering.columns)).select([HASH, TURN])
    found: dict[str, Turns] = {}
    for row in rows.filter(is_one_of(rows.column(HASH), hashes, pa.string())).to_pylist() if hashes else ():
        found[row[HASH]] = (*found.get(row[HASH], ()), row[TURN])
    return found
