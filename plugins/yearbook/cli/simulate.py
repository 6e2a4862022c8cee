"""Make demonstration records, at any scale, for a run or for a person to look at."""

from pathlib import Path
from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, console, teaching
from yearbook.errors import YearbookError


def simulate(
    to: Annotated[Path, typer.Option("--to", help="A folder for the records: empty, new, or of such records.")],
    programme: ProgrammeOption = "demo",
    scale: Annotated[
        float | None,
        typer.Option(help="1 gives 650,000 contracts a year, from 0.01 to 10; the programme's by default."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="The same seed gives the same bytes; the programme's by default.")
    ] = None,
    serve: Annotated[
        int | None,
        typer.Option(
            metavar="PORT", help="Then serve the simulated API on this port until Ctrl-C; 0 takes a free one."
        ),
    ] = None,
) -> None:
    """Write simulated records as offices send them. Totals are the same at any scale."""
    with teaching():
        from yearbook.model.recipe import load_recipe
        from yearbook.scenario import write_records
        from yearbook.settings import Settings

        usual = load_recipe(programme, Settings.from_environment().include).programme.simulation
        if usual is None:
            raise YearbookError(f"`{programme}` has no simulated records", where="programme", fix="--programme demo")
        scale, seed = usual.scale if scale is None else scale, usual.seed if seed is None else seed
        is_written = write_records(to, seed, scale, tell=_say)
        _say(f"{'Written' if is_written else 'There already, and kept'}: {to}")
        _say(f"Scale {scale:g}, seed {seed}, {_size_of(to)}")
        _say(f"Run on it: yearbook run --programme {programme} --data {to}")
        _say(f"      or:  make yearbook PROGRAMME={programme} DATA={to}")
        if serve is not None:
            from yearbook.scenario import server

            server.serve(to, serve)


def _say(line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _size_of(folder: Path) -> str:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{len(sizes)} files, {sum(sizes) / 1e6:,.1f} MB"
