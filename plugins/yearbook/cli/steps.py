"""The steps of the main job, each alone or all in their order."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from yearbook.cli.common import (
    AsOfOption,
    DataOption,
    ProgrammeOption,
    YearsOption,
    console,
    day,
    known,
    open_programme,
    teaching,
)
from yearbook.errors import YearbookError


def extract(
    programme: ProgrammeOption = "demo",
    source: Annotated[str | None, typer.Option("--source", "-s", help="One source; all by default.")] = None,
    data: DataOption = None,
) -> None:
    """Land, read, normalize and stage the records of sources."""
    with teaching():
        from yearbook import pipeline
        from yearbook.progress import show_progress

        workspace = open_programme(programme, data)
        pipeline.prepare_records(workspace)
        with show_progress(workspace.catalogue, console):
            wanted = [known(source, workspace.recipe.sources, "source")] if source else list(workspace.recipe.sources)
            pipeline.collect_all(workspace, wanted)


def validate(programme: ProgrammeOption = "demo", years: YearsOption = None) -> None:
    """Check staged records, of the years given or of all years that hold records."""
    with teaching():
        from yearbook import checking, pipeline
        from yearbook.progress import show_progress

        workspace = open_programme(programme)
        held = checking.years_with_records(workspace)
        if not held:
            raise YearbookError("there are no staged records", where=programme, fix="run `yearbook extract` first")
        wanted = pipeline.read_years(years) if years else held
        with show_progress(workspace.catalogue, console):
            for year in wanted:
                checking.validate(workspace, year)


def compute(programme: ProgrammeOption = "demo", years: YearsOption = None, as_of: AsOfOption = None) -> None:
    """Compute the indicators of editions from validated records."""
    with teaching():
        from yearbook import pipeline
        from yearbook.checking import require_checked
        from yearbook.progress import show_progress

        workspace = open_programme(programme)
        job = pipeline.Job(workspace, pipeline.parse_years(years, workspace.recipe.programme), day(as_of))
        require_checked(workspace, max(job.years))
        with show_progress(workspace.catalogue, console):
            for year in job.years:
                job.compute(year)


def publish(programme: ProgrammeOption = "demo", years: YearsOption = None, as_of: AsOfOption = None) -> None:
    """Render the reports and tables of computed editions, and the site over all."""
    with teaching():
        from yearbook import pipeline
        from yearbook.progress import show_progress

        workspace = open_programme(programme)
        editions = pipeline.parse_years(years, workspace.recipe.programme)
        job = pipeline.Job(workspace, editions, day(as_of), datetime.now(UTC))
        with show_progress(workspace.catalogue, console):
            index = job.release()
        console.print(f"The site: {index}", soft_wrap=True, highlight=False)


def prerelease(programme: ProgrammeOption = "demo", years: YearsOption = None, as_of: AsOfOption = None) -> None:
    """Write the marked copies of embargoed editions for those who read them earlier."""
    with teaching():
        from yearbook import pipeline

        workspace = open_programme(programme)
        editions = pipeline.parse_years(years, workspace.recipe.programme)
        job = pipeline.Job(workspace, editions, day(as_of), datetime.now(UTC))
        for year in job.years:
            for folder in job.prerelease(year):
                console.print(f"Written: {folder}", soft_wrap=True, highlight=False)


def run(
    programme: ProgrammeOption = "demo", years: YearsOption = None, data: DataOption = None, as_of: AsOfOption = None
) -> None:
    """Do it all: from records to the report. What did not change is kept."""
    with teaching():
        from yearbook import pipeline
        from yearbook.progress import show_progress

        workspace = open_programme(programme, data)
        editions = pipeline.parse_years(years, workspace.recipe.programme)
        job = pipeline.Job(workspace, editions, day(as_of), datetime.now(UTC))
        with show_progress(workspace.catalogue, console):
            index = job.run()
        console.print(f"The site: {index}", soft_wrap=True, highlight=False)
