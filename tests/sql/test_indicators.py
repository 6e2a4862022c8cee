"""Every indicator's own test: small tables in, the whole result out; for the common ones and each programme's own."""

from functools import cache
from pathlib import Path

import pytest

from yearbook.compute.trial import Trial, TrialRoom, read_trials
from yearbook.model.recipe import IndicatorFolder, list_programmes, load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"


def _folders() -> dict[Path, tuple[str, IndicatorFolder]]:
    # The demonstration comes last, so that the common indicators are tried on the common datasets and codelists.
    programmes = sorted(list_programmes(INCLUDE), key=lambda programme: programme == "demo")
    recipes = {programme: load_recipe(programme, INCLUDE) for programme in programmes}
    return {folder.path: (name, folder) for name, recipe in recipes.items() for folder in recipe.indicators.values()}


@cache
def room_of(programme: str) -> TrialRoom:
    return TrialRoom(load_recipe(programme, INCLUDE), INCLUDE)


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
        "adaptation_cost_share",
        "adaptation_cycle",
        "adaptation_cycle_reduction",
        "approval_delay",
        "beneficiary_households",
        "capacity_installed",
        "capacity_multiple",
        "certification_pass_rate",
        "certified_managers",
        "cohort_commercialization_rate",
        "commercialization_project_count",
        "commercialization_project_growth",
        "commercialization_rate",
        "compensation_paid",
        "contract_concentration",
        "contract_count",
        "contract_growth_contribution",
        "contract_receipts",
        "contract_value",
        "contract_value_growth",
        "contract_value_per_contract",
        "contract_value_per_staff",
        "contract_value_rank",
        "contract_value_real",
        "contract_value_share",
        "contract_value_to_gdp",
        "cross_border_manager_share",
        "cross_border_managers",
        "cross_border_value_share",
        "curriculum_share",
        "disputes_handled",
        "disrupted_projects",
        "equipment_failure_change",
        "equipment_failure_rate",
        "equity_value",
        "facility_count",
        "gdp_contribution_estimate",
        "guidance_fund_share",
        "infringement_rate",
        "insurance_compensation_ratio",
        "insurance_cover_ratio",
        "licence_income",
        "local_content_share",
        "local_output_growth",
        "maintenance_response_time",
        "managers_per_billion",
        "matched_projects",
        "matching_cycle",
        "non_response_lost_coverage",
        "pricing_mechanism_share",
        "projects_expected",
        "recognised_managers",
        "register_coverage",
        "researcher_equity_share",
        "researcher_rights_share",
        "screening_pass_rate",
        "screening_score",
        "service_price_ratio",
        "silk_road_fund_share",
        "stage_conversion_rate",
        "standards_compatibility",
        "technicians_trained",
        "technologies_adapted",
        "technology_value_share",
        "time_to_commercialization",
        "top3_sector_share",
        "training_completions",
        "training_target_progress",
        "transfer_staff",
        "trl_6_8_share",
        "units_sold",
        "yield_change",
    ]


@pytest.mark.parametrize(("trial", "programme", "folder"), TRIALS)
def test_indicator(trial: Trial, programme: str, folder: IndicatorFolder) -> None:
    expected, found = room_of(programme).run(trial, folder)
    assert found == expected
