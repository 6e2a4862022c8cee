"""`yearbook try`: run the worked examples of indicators, `test.yml` beside their query, and show what differs."""

from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, console, count, known, open_programme, teaching
from yearbook.errors import ComputeError


def try_examples(
    indicators: Annotated[
        list[str] | None, typer.Argument(help="Which indicators; all of the programme by default.")
    ] = None,
    programme: ProgrammeOption = "demo",
) -> None:
    """Run the worked examples of indicators, and show where a figure is another than `test.yml` expects."""
    with teaching():
        from yearbook.compute.trial import TrialRoom, read_trials

        workspace = open_programme(programme)
        recipe = workspace.recipe
        chosen = [known(one, recipe.indicators, "indicator") for one in indicators or recipe.indicators]
        tried, wrong = 0, 0
        with TrialRoom(recipe, workspace.settings.include) as room:
            for name in chosen:
                for trial in read_trials(recipe.indicators[name]):
                    expected, found = room.run(trial, recipe.indicators[name])
                    tried += 1
                    if found != expected:
                        wrong += 1
                        console.print(f"{name}: {trial.test}", markup=False, highlight=False, soft_wrap=True)
                        _show("expected", [row for row in expected if row not in found])
                        _show("found", [row for row in found if row not in expected])
        told = f"{count(tried, 'example')} of {count(len(chosen), 'indicator')}"
        console.print(f"{told}; otherwise than expected: {wrong:,}", highlight=False)
        if wrong:
            raise ComputeError(
                "not every example comes out as it expects",
                where="test.yml of the indicators above",
                fix="correct `query.sql` where the figure is wrong, `expect` where the example is",
            )


def _show(word: str, rows: list[dict[str, str]]) -> None:
    for row in rows:
        cells = "  ".join(f"{name}={cell}" for name, cell in row.items())
        console.print(f"  {word:<8}  {cells}", markup=False, highlight=False, soft_wrap=True)
