"""Decisions in a spreadsheet: `yearbook decisions export`, `yearbook decisions import`."""

from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.account import DECIDING, actor
from yearbook.cli.common import ProgrammeOption, console, emit, known, open_programme, teaching
from yearbook.cli.deciding import ByOption, RedoOption, follow_up, now
from yearbook.cli.findings import DatasetOption, YearOption


def export(
    programme: ProgrammeOption = "demo",
    dataset: DatasetOption = None,
    year: YearOption = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Write open findings, to be filled in, and all decisions as CSV."""
    with teaching():
        from yearbook.review.exchange import export_decisions

        workspace = open_programme(programme)
        if dataset:
            known(dataset, workspace.recipe.datasets, "dataset")
        emit(export_decisions(workspace, dataset=dataset, year=year), output)


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV that `export` wrote, filled in.")],
    by: ByOption = None,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Decide what a filled-in CSV says: every line is checked, and all of it is decided or nothing."""
    with teaching():
        from yearbook.review.filled_in import import_decisions

        workspace = open_programme(programme)
        decider, content = actor(workspace, by, DECIDING), file.read_bytes()
        done = import_decisions(workspace, content, file.name, decider.name, now(), through=decider.through)
        console.print(f"{len(done.numbers)} decisions; {done.unchanged} lines change nothing.", highlight=False)
        if done.numbers:
            follow_up(workspace, redo=redo)
