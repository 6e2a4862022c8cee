"""Every indicator comes out in every breakdown that the catalogue names, and partners cross with each of the others.

A letter is a dimension (P partner, S sector, C channel, I institution type, F platform, D delivery model, R province, N
one institution), a word the name of a breakdown; several joined by a cross are crossed.
"""

import pyarrow.compute as pc
import pytest

from yearbook.compute import read_observations
from yearbook.workspace import Workspace

DIMENSIONS = {
    "P": "partner", "S": "sector", "C": "channel", "I": "institution_type", "F": "platform", "D": "delivery_model",
    "R": "province", "N": "institution",
}  # fmt: skip
WAYS = {"basis", "direction", "horizon", "part", "scope", "statistic", "stage", "technology", "unit"}
"""Names that tell how a cell is measured, not which cell it is."""
NO_CODE = {"_T", "_Z", "_U"}
CATALOGUE = """
    contract_count: P S C I F
    contract_value: P S C I F S×C P×F×S N×C
    contract_value_real: P S C
    contract_value_growth: P S C I F
    contract_growth_contribution: P S C
    contract_value_share: P S C I F P×F×S
    top3_sector_share: P
    contract_concentration: over
    contract_value_per_contract: S C
    technology_value_share: S C
    cross_border_value_share: S C I F
    contract_value_to_gdp: P
    pricing_mechanism_share: I mechanism
    register_coverage: R
    active_institutions: I S R
    transfer_staff: I
    contract_value_per_staff: I
    commercialization_rate: I field
    cohort_commercialization_rate: cohort I
    time_to_commercialization: field
    stage_conversion_rate: S D
    commercialization_project_count: P S I D N
    commercialization_project_growth: P S I D N
    projects_expected: P S expected_year
    disrupted_projects: P S cause
    trl_6_8_share: P S
    equity_value: I N
    researcher_equity_share: I N
    researcher_rights_share: I
    contract_receipts: I C
    licence_income: I
    screening_pass_rate: P S
    screening_score: P S
    adaptation_cost_share: P S D
    adaptation_cycle: P S D
    adaptation_cycle_reduction: P S D
    guidance_fund_share: P D
    silk_road_fund_share: P D
    facility_count: P type
    standards_compatibility: P pair
    approval_delay: P S approval
    technologies_adapted: P S F P×F×S
    local_content_share: P S D
    equipment_failure_rate: P S D
    equipment_failure_change: P S D
    maintenance_response_time: P S
    technicians_trained: P S
    beneficiary_households: P S
    units_sold: P S
    capacity_installed: P S
    capacity_multiple: P S
    local_output_growth: P S
    yield_change: P S D
    training_completions: P course
    certification_pass_rate: P course
    curriculum_share: area
    recognised_managers: P
    matched_projects: P
    matching_cycle: P
    service_price_ratio: tier
    insurance_compensation_ratio: P S cause
    insurance_cover_ratio: P S cause
    compensation_paid: P S cause
    disputes_handled: P subject
    infringement_rate: P
"""
LINES = [line.strip().split(": ") for line in CATALOGUE.strip().splitlines()]


@pytest.mark.parametrize(("indicator", "breakdowns"), LINES)
def test_an_indicator_comes_out_in_all_its_breakdowns(
    indicator: str, breakdowns: str, demonstration: Workspace
) -> None:
    assert _wanted(breakdowns.split()) - _found(demonstration, indicator) == set()


def _wanted(breakdowns: list[str]) -> set[frozenset[str]]:
    cells = [frozenset(DIMENSIONS.get(part, part) for part in one.split("×")) for one in breakdowns]
    crossed = [{"partner"} | cell for cell in cells if {"partner"} in cells and len(cell) == 1]
    return {frozenset(cell) for cell in [*cells, *crossed]}


def _found(workspace: Workspace, indicator: str) -> set[frozenset[str]]:
    rows = read_observations(workspace, 2024).filter(pc.field("indicator") == indicator).to_pylist()
    return {frozenset(cell) for row in rows if (cell := _cell(row)) is not None}


def _cell(row: dict[str, str]) -> set[str] | None:
    """The names by which a row is broken down; None where it is about what records do not say."""
    codes = {name: row[name] for name in DIMENSIONS.values() if name in row}
    if row["breakdown"] != "_T":
        codes |= dict(pair.split("=") for pair in row["breakdown"].split(";"))
    if "_U" in codes.values():
        return None
    return {name for name, code in codes.items() if code not in NO_CODE and name not in WAYS}
