"""`yearbook review`: the review pages of years as files, for whoever has no Airflow at hand."""

from typing import Annotated

import typer

from yearbook.cli.common import ProgrammeOption, YearsOption, console, open_programme, teaching
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.pipeline import parse_years

Unknown = Annotated[bool, typer.Option("--unknown", help="Those of records without a readable date, too.")]


def review(programme: ProgrammeOption = "demo", years: YearsOption = None, unknown: Unknown = False) -> None:
    """Write the state and the first findings of years as static pages: internal, since records stand in them."""
    with teaching():
        from yearbook.review.pages import write_review

        workspace = open_programme(programme)
        chosen = parse_years(years, workspace.recipe.programme)
        for year in [*chosen, *([UNKNOWN_YEAR] if unknown else [])]:
            console.print(f"Written: {write_review(workspace, year)}", soft_wrap=True, highlight=False)
