"""Look at what there is: figures, the handbook, the run log."""

from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, console, emit, known, open_programme, show_table, teaching
from yearbook.errors import YearbookError, printable
from yearbook.model.recipe import year_label


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
        chosen = max(editions, default=0) if year is None else year
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


def handbook(
    folder: Annotated[Path, typer.Argument(help="Where the pages go; older ones there are replaced.")],
    programme: ProgrammeOption = "demo",
) -> None:
    """Write a page about each indicator and each dataset, in both languages, as Markdown."""
    with teaching():
        from yearbook.handbook import write_pages

        count = write_pages(open_programme(programme).recipe, folder)
        console.print(f"{count} pages: {folder}", soft_wrap=True, highlight=False)


def log(
    programme: ProgrammeOption = "demo",
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed, with the whole reason.")] = False,
    last: Annotated[int, typer.Option(min=1, help="How many lines, the newest last.")] = 50,
) -> None:
    """Show the run log: which step, on what, how it ended."""
    with teaching():
        events = open_programme(programme).catalogue.last_events(last, state="failed" if failed else None)
        for event in events:
            year = "" if event.year is None else year_label(event.year)
            rows = "" if event.rows is None else f"{event.rows:,} rows"
            seconds = "" if event.seconds is None else f"{event.seconds:.2f} s"
            line = (event.run, event.step, year, event.subject, event.state, rows, seconds)
            text = printable("  ".join(part for part in line if part))
            console.print(text, style="bold red" if event.state == "failed" else "", markup=False, soft_wrap=True)
            if event.message:
                console.print(printable(event.message), markup=False, highlight=False, soft_wrap=True)
