"""Look at sources before anything is written."""

from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import DataOption, ProgrammeOption, console, emit, known, open_programme, teaching

app = typer.Typer(help="Look at sources before anything is written.", no_args_is_help=True)


@app.command()
def check(
    programme: ProgrammeOption = "demo",
    source: Annotated[str | None, typer.Option("--source", "-s", help="One source; all by default.")] = None,
    data: DataOption = None,
) -> None:
    """Preview: what would be read, mapped and refused. Writes nothing."""
    with teaching():
        from yearbook.extract.check import check_source, print_report
        from yearbook.pipeline import serve_api

        workspace = open_programme(programme, data)
        wanted = [known(source, workspace.recipe.sources, "source")] if source else list(workspace.recipe.sources)
        reports = []
        for name in wanted:
            with serve_api(workspace, name) as served:
                reports.append(check_source(served, name))
            print_report(reports[-1], console)
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
