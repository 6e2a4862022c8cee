"""All staged records of a dataset, over all years, as every partition's check needs them.

Snapshots never change, so what was read once serves all partitions that one process checks.
"""

from functools import lru_cache

import pyarrow as pa

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake
from yearbook.model.dataset import Dataset
from yearbook.validate.amendments import Settled, settle_versions
from yearbook.validate.staged import read_staged
from yearbook.validate.versions import Ordering

KEPT = 8
"""Datasets whose history stays in memory: those that one edition's rules look at, by turns."""


def read_history(lake: Lake, parts: list[StagedPartition], columns: list[str]) -> pa.Table:
    """Read `columns` and `_turn` of all staged rows of a dataset; `parts` are all of its own."""
    return _read(lake.root, _as_key(parts), tuple(columns))


def settle_history(lake: Lake, parts: list[StagedPartition], dataset: Dataset) -> Settled:
    """Decide between all versions of all records of a dataset; `parts` are all of its own."""
    return _settle(lake.root, _as_key(parts), Ordering.of(dataset))


Parts = tuple[tuple[str, int, str, int], ...]


def _as_key(parts: list[StagedPartition]) -> Parts:
    return tuple((part.dataset, part.year, part.ref, part.rows) for part in parts)


@lru_cache(maxsize=KEPT)
def _read(root: str, parts: Parts, columns: tuple[str, ...]) -> pa.Table:
    partitions = [StagedPartition(*part, cells_sha256="") for part in parts]
    return read_staged(Lake(root), partitions, list(columns))


@lru_cache(maxsize=KEPT)
def _settle(root: str, parts: Parts, ordering: Ordering) -> Settled:
    return settle_versions(ordering, _read(root, parts, tuple(ordering.columns)))
