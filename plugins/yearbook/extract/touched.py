"""Which years a collection touched: those of new and replaced snapshots, and those that share keys with them.

A contract that is delivered again under another year, or amended by a later one, changes what counts in its first
year too. Not its business: what counts then (validate).
"""

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.lake import Lake
from yearbook.model.dataset import Dataset

Refs = dict[int, list[str]]
_SEPARATOR = "\x1f"


def changed_years(before: Refs, now: Refs) -> list[int]:
    """Years whose snapshots differ."""
    return sorted(year for year in {*before, *now} if set(before.get(year, [])) != set(now.get(year, [])))


def related_years(lake: Lake, dataset: Dataset, changed: set[str], current: Refs) -> set[int]:
    """Years of `current` snapshots with records that share a key with the `changed` ones, or amend or are amended.

    Amendments are followed to the end of their chain.
    """
    if not changed or _key_holds_year(dataset):
        return set()
    tables = {year: pa.concat_tables([_links(lake, ref, dataset) for ref in refs]) for year, refs in current.items()}
    known: set[str] = set()
    new = _names([_links(lake, ref, dataset) for ref in sorted(changed) if lake.exists(ref)])
    years: set[int] = set()
    while new - known:
        wanted = pa.array(sorted(new - known), pa.string())
        known |= new
        matched = {year: _matching(table, wanted) for year, table in tables.items()}
        years |= {year for year, table in matched.items() if table.num_rows}
        new = _names(list(matched.values()))
    return years


def _key_holds_year(dataset: Dataset) -> bool:
    return dataset.amends is None and set(dataset.reference_date) <= set(dataset.key)


def _links(lake: Lake, ref: str, dataset: Dataset) -> pa.Table:
    """The key of each record as one text, and the key that it amends."""
    columns = [*dataset.key, *([dataset.amends] if dataset.amends else [])]
    table = lake.read(ref, columns=columns)
    parts = [table.column(name).cast(pa.string()) for name in dataset.key]
    key = pc.binary_join_element_wise(*parts, _SEPARATOR)
    amends = table.column(dataset.amends).cast(pa.string()) if dataset.amends else pa.nulls(len(table), pa.string())
    return pa.table({"key": key, "amends": amends})


def _matching(table: pa.Table, wanted: pa.Array) -> pa.Table:
    found = [pc.is_in(table.column(name), value_set=wanted, skip_nulls=True) for name in ("key", "amends")]
    return table.filter(pc.or_(*found))


def _names(tables: list[pa.Table]) -> set[str]:
    texts = [text for table in tables for name in ("key", "amends") for text in table.column(name).to_pylist()]
    return {text for text in texts if text is not None}
