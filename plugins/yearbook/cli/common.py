"""What the commands share: options, the open workspace, how errors and tables are shown."""

import difflib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from alembic.util import CommandError
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from yearbook.errors import YearbookError, printable
from yearbook.lake import write_bytes
from yearbook.model.definition import nearest
from yearbook.settings import Settings
from yearbook.workspace import Workspace, open_workspace

CELL_CHARACTERS = 80
MOST_CHOICES, MOST_NEAR, LEAST_NEAR = 12, 3, 0.5
UNSQUEEZED_WIDTH = 300

# What is not read on a terminal is read by a program or from a file: it is not to be squeezed.
console = Console(width=None if sys.stdout.isatty() else UNSQUEEZED_WIDTH)
complaints = Console(stderr=True)

ProgrammeOption = Annotated[
    str, typer.Option("--programme", "-p", help="The programme, a folder of include/programmes/.")
]
YearsOption = Annotated[str | None, typer.Option("--years", "-y", help="2024, 2021,2024 or 2023-2024; all by default.")]
DataOption = Annotated[
    str | None,
    typer.Option("--data", help="The folder of records that {data} means in sources."),
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The edition's day of release; the programme's by default."),
]


@contextmanager
def teaching() -> Iterator[None]:
    """Print what a user can mend, without a traceback, and end with exit code 1."""
    try:
        yield
    except YearbookError as error:
        raise _stopped(error) from None
    except (OSError, SQLAlchemyError, CommandError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        said = YearbookError(
            f"{type(error).__name__}: {reason}",
            where="the disk, the catalogue's database, or the network",
            fix="see that it is there, has room and may be written; then run again, nothing is half done",
        )
        raise _stopped(said) from None


def _stopped(error: YearbookError) -> typer.Exit:
    complaints.print("[bold red]Stopped.[/] ", end="")
    complaints.print(str(error), markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(1)


def open_programme(programme: str, data: str | None = None) -> Workspace:
    """Open a programme where the settings say; `data` overrides the folder of its records."""
    settings = Settings.from_environment()
    if data:
        settings = replace(settings, data=data if "://" in data else str(Path(data).resolve()))
    return open_workspace(programme, settings)


def day(moment: datetime | None) -> date | None:
    """The day of an `--as-of` option."""
    return moment.date() if moment else None


def known(name: str, names: Iterable[str], kind: str) -> str:
    """Return `name` if it is one of `names`. Raises `YearbookError` with the nearest right one."""
    choices = sorted(names)
    if name not in choices:
        right = nearest(name, choices)
        raise YearbookError(
            f"there is no {kind} `{name}`",
            fix=f"did you mean `{right}`?" if right else f"there are: {_some(name, choices)}",
        )
    return name


def count(number: int, what: str) -> str:
    """Write `1 decision`, `2 decisions`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _some(name: str, choices: list[str]) -> str:
    """All choices in their order, or of many some: those that resemble the name first."""
    if len(choices) <= MOST_CHOICES:
        return ", ".join(choices)
    near = difflib.get_close_matches(name, choices, n=MOST_NEAR, cutoff=LEAST_NEAR)
    some = [*near, *(one for one in choices if one not in near)][:MOST_CHOICES]
    return f"{', '.join(some)}, and {len(choices) - MOST_CHOICES} more"


def emit(content: bytes, output: Path | None, *, overwrite: bool = True) -> None:
    """Write to a file, whole or not at all, or to standard output. Raises `YearbookError` for a file to be kept."""
    if output and output.exists() and not overwrite:
        raise YearbookError(
            f"{output} is there already", where=str(output), fix="give another name, or remove it first"
        )
    if output:
        write_bytes(str(output.resolve()), content)
        console.print(f"Written: {output}", soft_wrap=True, highlight=False)
    else:
        sys.stdout.buffer.write(content)


def show_table(
    columns: list[str], rows: list[dict[str, Any]], *, are_folded: bool = True, longest: int | None = CELL_CHARACTERS
) -> None:
    """Print rows as a table; what a record says is shown as text and cut where `longest`, never taken as markup.

    Where columns `are_folded`, one that says the same in all rows is said once, above the table.
    """
    is_short = not are_folded or len(rows) < 2
    differing = [column for column in columns if is_short or len({str(row[column]) for row in rows}) > 1]
    said = [
        f"{column}={plain(rows[0][column], longest)}"
        for column in columns
        if column not in differing and rows[0][column]
    ]
    if said:
        console.print("All rows: " + ", ".join(said), highlight=False)
    table = Table(*differing)
    for row in rows:
        table.add_row(*["" if row[column] is None else plain(row[column], longest) for column in differing])
    console.print(table)


def plain(cell: object, longest: int | None = CELL_CHARACTERS) -> str:
    """One cell as text: cut, unless `longest` is None, and with Rich's markup taken literally."""
    text = printable(f"{cell:,.6g}" if isinstance(cell, float) else str(cell))
    return escape(text if longest is None or len(text) <= longest else text[:longest] + "…")
