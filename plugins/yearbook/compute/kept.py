"""Which indicators an edition need not compute again, because nothing that they read has changed.

Not its business: cubes, which are kept likewise (`cubes.py`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute.observations import SCHEMA
from yearbook.compute.records import Partition
from yearbook.compute.sqltext import all_tables_of
from yearbook.lake.hashing import file_fingerprint, fingerprint
from yearbook.model.recipe import IndicatorFolder
from yearbook.workspace import Workspace


def fingerprint_indicators(
    folders: Sequence[IndicatorFolder], partitions: list[Partition], queries: dict[str, Path], common: object
) -> dict[str, str]:
    """Hash, for each indicator, all that its observations depend on.

    `queries` are the views and cubes; `common` is what all indicators depend on. The years of all records count: the
    members of groups are those of these years.
    """
    years = sorted({one.year for one in partitions})

    def hash_one(folder: IndicatorFolder) -> str:
        reads = {*folder.definition.fields, *all_tables_of("query", {"query": folder.query} | queries)}
        files = [queries[name] for name in sorted(reads & queries.keys())]
        snapshots = [one.ref for one in partitions if reads & {one.dataset, f"{one.dataset}_amendments"}]
        own = file_fingerprint(folder.query, folder.path / "indicator.yml", *files)
        return fingerprint(own, snapshots, years, common)

    return {folder.definition.indicator: hash_one(folder) for folder in folders}


def kept_observations(workspace: Workspace, outputs: Mapping[str, Any], now: Mapping[str, str]) -> pa.Table:
    """Return the observations that an edition left of the indicators whose fingerprint is as it was."""
    reference, before = outputs.get("observations"), outputs.get("indicators", {})
    same = [name for name, one in now.items() if before.get(name) == one]
    if not same or not workspace.lake.is_intact(str(reference)):
        return SCHEMA.empty_table()
    return workspace.lake.read(str(reference)).filter(pc.field("indicator").isin(same))
