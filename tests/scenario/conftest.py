"""The demonstration at its smallest, collected, checked and computed once for all tests that look at its figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from yearbook import checking, pipeline
from yearbook.model.programme import Simulation
from yearbook.settings import Settings
from yearbook.workspace import Workspace, open_workspace

SCALE = 0.01
YEARS = (2023, 2024)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Workspace:
    """Two editions of the demonstration, computed, beside the published figures alone."""
    home = tmp_path_factory.mktemp("demo")
    settings = Settings(str(home), project / "include", project / "reports", f"sqlite:///{home}/catalogue.sqlite")
    workspace = open_workspace("demo", settings)
    recipe, programme = workspace.recipe, workspace.recipe.programme
    assert programme.comparators["published_figures"] == "judged"
    simulation = Simulation(seed=programme.simulation.seed, scale=SCALE)
    small = replace(
        workspace,
        recipe=replace(
            recipe,
            programme=programme.model_copy(update={"simulation": simulation}),
            comparators={"published_figures": recipe.comparators["published_figures"]},
        ),
    )
    pipeline.prepare_records(small)
    pipeline.collect_all(small, list(small.recipe.sources))
    for year in checking.years_with_records(small):
        checking.validate(small, year)
    job = pipeline.Job(small, list(YEARS))
    for year in YEARS:
        job.compute(year)
    return small
