"""Preview a source: what would be read, mapped, refused and left unread, without writing anything.

Bytes are landed in a folder that is thrown away. Not its business: judging records (validate).
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyarrow.compute as pc
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from yearbook.errors import YearbookError
from yearbook.extract.deliveries import Place, find_places
from yearbook.extract.landing import land
from yearbook.extract.lineage import Origin, to_staged
from yearbook.extract.mapping import HeaderMap, match_headers
from yearbook.extract.readers.read import read_landed
from yearbook.extract.readers.table import RawTable
from yearbook.extract.records import Records
from yearbook.extract.reshape import Counts
from yearbook.extract.stage import StagedTable, Staging, reference_years, stage_table
from yearbook.model.recipe import year_label
from yearbook.workspace import Workspace

EXAMPLES = 3
LONGEST_EXAMPLE = 40


@dataclass(frozen=True)
class UnreadCells:
    """Cells of a field that could not be read: how many, and a few different ones."""

    count: int
    examples: list[str]


@dataclass(frozen=True)
class TableCheck:
    """What would become of one sheet or file; `refused` says why nothing would."""

    entry: str
    address: str
    table: str = ""
    encoding: str | None = None
    counts: Counts = field(default_factory=Counts)
    mapped: HeaderMap = field(default_factory=HeaderMap)
    unread: dict[str, UnreadCells] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    refused: str | None = None


@dataclass(frozen=True)
class CheckReport:
    """The preview of a source."""

    source: str
    tables: list[TableCheck]

    @property
    def refused(self) -> list[TableCheck]:
        """The tables that would stop the source."""
        return [table for table in self.tables if table.refused]


def check_source(workspace: Workspace, source: str) -> CheckReport:
    """Read everything that a source delivers now, and report on it. Errors become part of the report."""
    try:
        places = find_places(workspace, source)
    except YearbookError as error:
        return CheckReport(source, [TableCheck("", "", refused=str(error))])
    with tempfile.TemporaryDirectory(prefix="yearbook-check-") as folder:
        # The records folder may be the workspace's own, so that it is stated before the home moves.
        settings = replace(workspace.settings, home=folder, data=workspace.data)
        aside = replace(workspace, settings=settings)
        return CheckReport(source, [check for place in places for check in _check_place(aside, place)])


def _check_place(aside: Workspace, place: Place) -> Iterator[TableCheck]:
    try:
        landed = land(aside, place.entry, place.uri)
        for table in read_landed(aside.lake, landed.sha256, place.uri, place.entry):
            yield _check_table(aside, place, table)
    except YearbookError as error:
        yield TableCheck(place.entry.name, place.address, refused=str(error))


def _check_table(aside: Workspace, place: Place, table: RawTable) -> TableCheck:
    recipe = aside.recipe
    staging = Staging(place.entry, recipe.datasets[place.entry.dataset], recipe.codelists, place.uri)
    seen = TableCheck(
        entry=place.entry.name,
        address=place.address,
        table=str(table.facts.get("sheet") or table.name),
        encoding=table.facts.get("encoding"),
        counts=Counts(rows_read=table.rows),
    )
    try:
        staged = stage_table(table, staging)
    except YearbookError as error:
        return replace(seen, mapped=_mapped_as_far_as_it_goes(table, staging), refused=str(error))
    years = _count_years(staged, staging)
    return replace(seen, counts=staged.counts, mapped=staged.mapped, unread=_unread(staged.records), years=years)


def _mapped_as_far_as_it_goes(table: RawTable, staging: Staging) -> HeaderMap:
    try:
        return match_headers(table.headers, staging.entry, staging.dataset, staging.uri)
    except YearbookError:
        # The report already tells this error: staging met it first.
        return HeaderMap()


def _unread(records: Records) -> dict[str, UnreadCells]:
    found = {}
    for name, mask in records.unread.items():
        texts = records.raw[name].filter(mask)
        if len(texts):
            shown = [(text or "")[:LONGEST_EXAMPLE] for text in pc.unique(texts).to_pylist()[:EXAMPLES]]
            found[name] = UnreadCells(len(texts), shown)
    return found


def _count_years(staged: StagedTable, staging: Staging) -> dict[int, int]:
    table = to_staged(staged.records, staging.dataset, Origin("", "", "", ""))
    counted = pc.value_counts(reference_years(table, staging.dataset)).to_pylist()
    return {one["values"]: one["counts"] for one in sorted(counted, key=lambda one: int(one["values"]))}


def print_report(report: CheckReport, console: Console) -> None:
    """Show a report for people."""
    console.print(f"[bold]{escape(report.source)}[/bold]: {len(report.tables)} tables, {len(report.refused)} refused")
    for check in report.tables:
        console.print(f"\n{escape(check.entry)}: {escape(check.address)} {escape(check.table)}", soft_wrap=True)
        if check.mapped.targets or check.mapped.spread or check.mapped.unknown:
            console.print(_headers(check.mapped))
        if check.refused:
            console.print(f"[red]refused:[/red] {escape(check.refused)}", soft_wrap=True)
        else:
            _print_counts(check, console)


def _headers(mapped: HeaderMap) -> Table:
    table = Table("header", "field", "found by", "unit")
    for header, target in mapped.targets.items():
        unit = target.unit or target.header_unit or (f"column {target.unit_column}" if target.unit_column else "")
        table.add_row(escape(header), target.field, target.way, escape(unit))
    for header, name in mapped.spread.items():
        table.add_row(escape(header), escape(name), "unpivot", "")
    for header in mapped.helpers:
        table.add_row(escape(header), "", "used by reshaping", "")
    if mapped.ignored:
        table.add_row(escape(", ".join(mapped.ignored)), "", "ignored", "")
    for header in mapped.unknown:
        table.add_row(f"[red]{escape(header)}[/red]", "", "not mapped", "")
    return table


def _print_counts(check: TableCheck, console: Console) -> None:
    counts = {name: count for name, count in check.counts.to_dict().items() if count}
    told = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items()) or "no rows"
    years = ", ".join(f"{year_label(year)}: {count:,}" for year, count in check.years.items())
    console.print(f"{told}; encoding {check.encoding or 'as stated by the format'}; by year {years or 'none'}")
    for name, cells in check.unread.items():
        shown = " | ".join(cells.examples)
        console.print(f"[yellow]unread[/yellow] {name}: {cells.count:,} cells, such as {escape(shown)}", soft_wrap=True)
