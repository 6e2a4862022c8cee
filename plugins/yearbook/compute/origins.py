"""Where records came from: source, file, row and hash, as they were staged.

Not its business: which records (`tracing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from yearbook.compute.records import list_partitions
from yearbook.workspace import Workspace

LINEAGE = ("_source", "_uri", "_row", "_record_hash")


@dataclass(frozen=True)
class Origin:
    """Where a record stands in what was delivered."""

    year: int
    source: str
    file: str
    row: int
    record_hash: str


def find_origins(workspace: Workspace, year: int, dataset: str, records: Sequence[dict[str, Any]]) -> list[Origin]:
    """Find the origins of accepted records of an edition, in their order."""
    keys = workspace.recipe.datasets[dataset].key
    wanted = {(one["reference_year"], *(str(one[name]) for name in keys)) for one in records}
    years = {place[0] for place in wanted}
    found: dict[tuple[Any, ...], Origin] = {}
    for partition in list_partitions(workspace, year):
        if partition.dataset != dataset or partition.year not in years:
            continue
        rows = workspace.lake.read(partition.ref, [*keys, *LINEAGE, "disposition"])
        for row in rows.filter(pc.field("disposition") == "accepted").to_pylist():
            key = tuple(str(row[name]) for name in keys)
            if (partition.year, *key) in wanted:
                found[partition.year, *key] = Origin(partition.year, *(row[name] for name in LINEAGE))
    places = ((one["reference_year"], *(str(one[name]) for name in keys)) for one in records)
    return [found[place] for place in places]
