"""Every indicator's own test: small tables in, the whole result out; for the common ones and each programme's own."""

from pathlib import Path

import pytest

from yearbook.compute.trial import Trial, read_trials, run_trial
from yearbook.model.recipe import IndicatorFolder, Recipe, list_programmes, load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"


def _folders() -> dict[Path, tuple[Recipe, IndicatorFolder]]:
    # The demonstration comes last, so that the common indicators are tried on the common datasets and codelists.
    programmes = sorted(list_programmes(INCLUDE), key=lambda programme: programme == "demo")
    recipes = [load_recipe(programme, INCLUDE) for programme in programmes]
    return {folder.path: (recipe, folder) for recipe in recipes for folder in recipe.indicators.values()}


FOLDERS = _folders()
TRIALS = [
    pytest.param(trial, *FOLDERS[path], id=f"{path.name}: {trial.test}")
    for path in sorted(FOLDERS)
    if (path / "test.yml").exists()
    for trial in read_trials(FOLDERS[path][1])
]


@pytest.mark.parametrize("path", sorted(FOLDERS), ids=lambda path: path.name)
def test_indicator_has_a_test(path: Path) -> None:
    assert read_trials(FOLDERS[path][1])


def test_the_common_indicators_are_these() -> None:
    assert sorted(path.parent.name for path in INCLUDE.glob("sql/indicators/*/indicator.yml")) == [
        "active_institutions",
        "commercialization_project_count",
        "commercialization_rate",
        "contract_count",
        "contract_growth_contribution",
        "contract_value",
        "contract_value_growth",
        "contract_value_share",
        "local_content_share",
        "register_coverage",
    ]


@pytest.mark.parametrize(("trial", "recipe", "folder"), TRIALS)
def test_indicator(trial: Trial, recipe: Recipe, folder: IndicatorFolder) -> None:
    expected, found = run_trial(trial, recipe, INCLUDE, folder)
    assert found == expected
