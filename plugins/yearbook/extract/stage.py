"""From raw tables to staged records: map, reshape, read, filter, derive, and say where everything went.

Pure: takes tables, gives a table. Not its business: files and memory of what was done (`collect`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue.records import StagedPartition
from yearbook.extract.constants import find_constants
from yearbook.extract.declared_units import StatedUnits
from yearbook.extract.derive import apply_derived, apply_filter
from yearbook.extract.field_names import Target
from yearbook.extract.lineage import Origin, cells_sha256, staged_schema, to_staged
from yearbook.extract.mapping import HeaderMap, map_headers
from yearbook.extract.readers.table import RawTable
from yearbook.extract.records import Records, read_records, unread_counts
from yearbook.extract.reshape import Counts, Frame, reshape
from yearbook.lake import Lake
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.model.source import Entry


@dataclass(frozen=True)
class Staging:
    """What a delivery is read into: its entry, its dataset with the codelists, and where it stands."""

    entry: Entry
    dataset: Dataset
    codelists: Mapping[str, Codelist]
    uri: str


@dataclass(frozen=True)
class StagedTable:
    """One raw table as records, with how its headers were mapped and how many cells could not be read."""

    records: Records
    mapped: HeaderMap
    counts: Counts
    unread: dict[str, int]
    facts: dict[str, Any]


@dataclass(frozen=True)
class Staged:
    """All records of a delivery, in the order of its file, with their counts and what was noted of each table."""

    table: pa.Table
    counts: Counts
    facts: dict[str, Any]


def stage_tables(tables: Iterable[RawTable], staging: Staging, origin: Origin) -> Staged:
    """Stage every table of a delivery. Raises `SourceError` for what the entry does not expect."""
    staged = [stage_table(table, staging) for table in tables]
    parts = []
    for one in staged:
        # Row numbers begin anew on each sheet, so that the sheet is part of where a record came from.
        uri = origin.uri if len(staged) == 1 else f"{origin.uri}#{one.facts['table']}"
        parts.append(to_staged(one.records, staging.dataset, Origin(origin.source, origin.entry, uri, origin.landed)))
    table = pa.concat_tables(parts) if parts else staged_schema(staging.dataset).empty_table()
    counts = sum((one.counts for one in staged), Counts())
    return Staged(table, counts, {"tables": [one.facts for one in staged]})


def stage_table(table: RawTable, staging: Staging) -> StagedTable:
    """Stage one table. Raises `SourceError` naming file, row and column."""
    entry, dataset = staging.entry, staging.dataset
    sheet = table.facts.get("sheet")
    where = f"{staging.uri}, sheet {sheet}" if sheet else staging.uri
    if not table.headers:
        # An API or a query without a single record has no header either.
        return _nothing(table, staging)
    table = _without_nameless_blanks(table)
    mapped = map_headers(table.headers, entry, dataset, where)
    frame = _with_constants(reshape(table, mapped, entry, where), table, staging)
    records = read_records(frame, dataset, staging.codelists, StatedUnits(entry.unit, table.facts.get("unit")), where)
    wanted = apply_filter(records, entry, where)
    derived = apply_derived(wanted, entry, dataset, staging.codelists, where)
    counts = frame.counts + Counts(filtered=records.height - wanted.height, received=derived.height)
    counts.check(where)
    unread = unread_counts(derived)
    return StagedTable(derived, mapped, counts, unread, _facts(table, mapped, counts, unread))


def split_by_year(table: pa.Table, dataset: Dataset) -> dict[int, pa.Table]:
    """Split staged records by the year of their reference date, years in order; `UNKNOWN_YEAR` where there is none."""
    years = reference_years(table, dataset)
    return {year: table.filter(pc.equal(years, year)) for year in sorted(pc.unique(years).to_pylist())}


def reference_years(table: pa.Table, dataset: Dataset) -> pa.ChunkedArray:
    """The year of each record: of the first of its reference dates that it has."""
    years = [
        pc.year(table.column(name)) if dataset.fields[name].type == "date" else table.column(name)
        for name in dataset.reference_date
    ]
    return pc.coalesce(*[year.cast(pa.int64()) for year in years], pa.scalar(UNKNOWN_YEAR, pa.int64()))


def write_partitions(lake: Lake, table: pa.Table, dataset: Dataset) -> list[StagedPartition]:
    """Write staged records to the lake, a snapshot for each year. The same records give the same references."""
    return [
        StagedPartition(
            dataset=dataset.dataset,
            year=year,
            ref=lake.write(dataset.dataset, year, part.combine_chunks()),
            rows=part.num_rows,
            cells_sha256=cells_sha256(part),
        )
        for year, part in split_by_year(table, dataset).items()
    ]


def _with_constants(frame: Frame, table: RawTable, staging: Staging) -> Frame:
    found = find_constants(staging.entry, staging.dataset, staging.uri, table.facts, table.name)
    columns, targets = dict(frame.columns), dict(frame.targets)
    for field, text in found.items():
        # Beside a header of the same name, which is mapped elsewhere, the constant needs a name of its own.
        name = field if field not in columns else f"{field}\x1fconstant"
        columns[name] = pa.repeat(pa.scalar(text, pa.string()), frame.height)
        targets[name] = Target(field, "constant")
    return Frame(columns, targets, frame.rows, frame.counts)


def _without_nameless_blanks(table: RawTable) -> RawTable:
    """Leave out columns that have neither a name nor a cell: spreadsheets are full of them."""
    nameless = {f"column {position}" for position in range(1, len(table.headers) + 1)}
    kept = [
        (header, column)
        for header, column in zip(table.headers, table.columns, strict=True)
        if header not in nameless or any((text or "").strip() for text in pc.unique(column).to_pylist())
    ]
    return RawTable(
        table.name, [header for header, _ in kept], [column for _, column in kept], table.row_numbers, table.facts
    )


def _nothing(table: RawTable, staging: Staging) -> StagedTable:
    nothing = Records({}, {}, {}, {}, pa.array([], pa.int64()))
    return StagedTable(nothing, HeaderMap(), Counts(), {}, _facts(table, HeaderMap(), Counts(), {}))


def _facts(table: RawTable, mapped: HeaderMap, counts: Counts, unread: dict[str, int]) -> dict[str, Any]:
    return {
        **table.facts,
        "table": str(table.facts.get("sheet") or table.name),
        "mapping": {header: target.field for header, target in mapped.targets.items()},
        "ignored": mapped.ignored,
        "counts": counts.to_dict(),
        "unread": unread,
    }
