"""Hold the figures of the editions against those that others have published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from yearbook.cli.common import ProgrammeOption, complaints, console, emit, open_programme, teaching
from yearbook.errors import YearbookError, printable

if TYPE_CHECKING:
    from yearbook.publish.report.compared import Told
    from yearbook.workspace import Workspace

NUMBERS = ("published", "computed", "difference")
FAILED = "bold red"


def compare(
    programme: ProgrammeOption = "demo",
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with plain numbers instead of a table to read.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file for the CSV.")] = None,
) -> None:
    """Print each comparator beside its figure, with the verdict; exit code 1 where a figure is not given back."""
    with teaching():
        from yearbook.publish import tell_comparators
        from yearbook.tables import write_csv

        workspace = open_programme(programme)
        _require_both(workspace)
        told = tell_comparators(workspace)
        if as_csv or output:
            emit(write_csv(list(told.columns), told.plain), output)
        else:
            _show(told)
        for sentence in (*told.disagreements, told.summary):
            complaints.print(sentence, markup=False, highlight=False, soft_wrap=True)
        if told.failures:
            raise typer.Exit(1)


def _require_both(workspace: "Workspace") -> None:
    if not workspace.recipe.comparators:
        raise YearbookError(
            f"{workspace.programme} has no comparators",
            where=str(workspace.recipe.root / "programme.yml"),
            fix="name tables of `reference/comparators/` under `comparators:`",
        )
    if not workspace.catalogue.editions():
        raise YearbookError("no figures of any year yet", where=workspace.programme, fix="run `yearbook run` first")


def _show(told: "Told") -> None:
    heads = ("id", "figure", "year", *NUMBERS, "verdict")
    table = Table(*heads)
    for head, column in zip(heads, table.columns, strict=True):
        column.justify = "right" if head in NUMBERS else "left"
    for row in told.rows:
        verdict = f"{row.verdict}: {row.why}" if row.why else row.verdict
        cells = (row.id, row.figure, row.year, row.published, row.computed, row.difference, verdict)
        table.add_row(*(escape(printable(cell)) for cell in cells), style=FAILED if row.is_failure else None)
    console.print(table)
