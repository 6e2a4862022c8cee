"""Look at sources before anything is written, and make demonstration records."""

from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import DataOption, ProgrammeOption, console, emit, known, open_programme, teaching

app = typer.Typer(help="Look at sources before anything is written.", no_args_is_help=True)


def simulate(
    folder: Annotated[Path, typer.Argument(help="Where the records go.")],
    scale: Annotated[float, typer.Option(help="1 gives about 60,000 contracts in five years.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2024,
) -> None:
    """Write simulated records as offices send them."""
    with teaching():
        from yearbook.scenario import write_records

        write_records(folder, seed=seed, scale=scale)
        console.print(f"Simulated records: {folder}", soft_wrap=True, highlight=False)


@app.command()
def check(
    programme: ProgrammeOption = "demo",
    source: Annotated[str | None, typer.Option("--source", "-s", help="One source; all by default.")] = None,
    data: DataOption = None,
) -> None:
    """Preview: what would be read, mapped and refused. Writes nothing."""
    with teaching():
        from yearbook.extract.check import check_source, print_report

        workspace = open_programme(programme, data)
        wanted = [known(source, workspace.recipe.sources, "source")] if source else list(workspace.recipe.sources)
        reports = [check_source(workspace, name) for name in wanted]
        for report in reports:
            print_report(report, console)
        if any(report.refused for report in reports):
            raise typer.Exit(1)


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(help="A file of records.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Look at a file and write the first version of its YAML."""
    with teaching():
        from yearbook.extract.draft import draft_source

        emit(draft_source(file, name=output.stem if output else None).encode(), output, overwrite=False)
