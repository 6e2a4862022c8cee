"""Look at what there is: figures, findings, the run log."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from yearbook.cli.common import ProgrammeOption, console, emit, known, open_programme, plain, show_table, teaching
from yearbook.errors import YearbookError


def observations(
    programme: ProgrammeOption = "demo",
    year: Annotated[int | None, typer.Option(help="The edition; the newest by default.")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", "-i", help="One indicator; all by default.")] = None,
    as_table: Annotated[bool, typer.Option("--table", help="A table to read instead of CSV.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Write the figures of an edition, internal columns included, as CSV or as a table."""
    with teaching():
        import pyarrow.compute as pc

        from yearbook.compute import observations_csv, read_observations
        from yearbook.model.observation import INTERNAL_COLUMNS

        workspace = open_programme(programme)
        editions = [edition.year for edition in workspace.catalogue.editions()]
        chosen = year or max(editions, default=0)
        if chosen not in editions:
            raise YearbookError(
                f"no figures of {chosen or 'any year'} yet",
                where=programme,
                fix=f"computed editions: {editions or 'none; run `yearbook run` first'}",
            )
        rows = read_observations(workspace, chosen)
        if indicator:
            known(indicator, workspace.recipe.indicators, "indicator")
            rows = rows.filter(pc.field("indicator") == indicator)
        if as_table:
            show_table([str(name) for name in rows.column_names], rows.to_pylist())
        else:
            emit(observations_csv(rows, INTERNAL_COLUMNS), output)


def findings(
    programme: ProgrammeOption = "demo",
    year: Annotated[int | None, typer.Option(help="One year; all by default.")] = None,
    rule: Annotated[str | None, typer.Option(help="One rule; all by default.")] = None,
    as_table: Annotated[bool, typer.Option("--table", help="A table to read instead of CSV.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Write what validation found, one line a finding."""
    with teaching():
        from dataclasses import asdict, fields

        from yearbook.catalogue import Finding
        from yearbook.tables import write_csv

        columns = [field.name for field in fields(Finding)]
        rows = [asdict(finding) for finding in open_programme(programme).catalogue.findings(year=year, rule=rule)]
        if as_table:
            show_table(columns, rows)
        else:
            emit(write_csv(columns, rows), output)


def log(
    programme: ProgrammeOption = "demo",
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed, with the reason.")] = False,
    last: Annotated[int, typer.Option(help="How many lines, the newest last.")] = 50,
) -> None:
    """Show the run log: which step, on what, how it ended."""
    with teaching():
        events = [
            event for event in open_programme(programme).catalogue.events() if event.state == "failed" or not failed
        ]
        table = Table("run", "step", "subject", "year", "state", "rows", "seconds", "message")
        for event in events[-last:]:
            seconds = "" if event.seconds is None else f"{event.seconds:.2f}"
            cells = [event.run, event.step, event.subject, event.year, event.state, event.rows, seconds, event.message]
            table.add_row(*["" if cell is None else plain(cell) for cell in cells])
        console.print(table)
