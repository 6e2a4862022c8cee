"""The money of a project: budget, adaptation, investment and who paid it, procurement and its local part.

Amounts are whole units of the project's currency, in steps of 10,000, so that 万元 need no decimals. Not its business:
dates and stages.
"""

from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.plan import BELT_AND_ROAD, CENTRAL_EUROPE
from yearbook.scenario.project_plan import GUIDANCE_FUND_PERCENT, LOCAL_CONTENT_PERCENT

STEP = 10_000
BELT_AND_ROAD_COUNTRIES = {*BELT_AND_ROAD, *CENTRAL_EUROPE}
NEW_ENERGY_AND_MACHINERY = {
    "photovoltaics", "photovoltaics_hydrogen", "wind_power", "new_energy_vehicles", "agricultural_machinery",
}  # fmt: skip
# Between 20 and 60 % evenly: the quartiles are 30 and 50 %.
LOWEST_PER_MILLE, RANGE_PER_MILLE = 200, 400
GOLDEN_PER_MILLE = 618


def settle_money(projects: list[dict[str, Any]], draws: Draws) -> None:
    """Fill the amounts of every project that has started, in place."""
    started = [one for one in projects if one["start_date"] is not None]
    budgets = (draws.between(len(started), 20, 2_000) * 10).tolist()
    rolls = [draws.below(len(started), 1_000).tolist() for _ in range(6)]
    turns: dict[int, int] = {}
    for project, budget, *roll in zip(started, budgets, *rolls, strict=True):
        project["budget"] = budget * STEP
        if project["partner"] != "CHN":
            project["adaptation_cost"] = _part(project["budget"], _adaptation(project, roll[0], turns))
            project |= _procurement(project, roll[1], roll[2])
        project["initial_investment"] = _part(project["budget"], 500 + roll[3] * 3 // 10)
        project |= _funds(project, roll[4], roll[5])


def _part(amount: int, per_mille: int) -> int:
    return amount * per_mille // 1_000 // STEP * STEP


def _adaptation(project: dict[str, Any], roll: int, turns: dict[int, int]) -> int:
    """Spread the pinned set evenly instead of at random, so that its quartiles hold for few projects too."""
    if project["sector"] in NEW_ENERGY_AND_MACHINERY and project["partner"] in BELT_AND_ROAD_COUNTRIES:
        turns[project["year"]] = turns.get(project["year"], 0) + 1
        roll = turns[project["year"]] * GOLDEN_PER_MILLE % 1_000
    return LOWEST_PER_MILLE + RANGE_PER_MILLE * roll // 1_000


def _procurement(project: dict[str, Any], whole: int, local: int) -> dict[str, int]:
    total = _part(project["budget"], 300 + whole * 4 // 10)
    if project["group"] == "bangladesh_hydropower":
        total = total // (4 * STEP) * 4 * STEP
        return {"procurement_total": total, "procurement_local": total * LOCAL_CONTENT_PERCENT // 100}
    return {"procurement_total": total, "procurement_local": _part(total, 200 + local * 45 // 100)}


def _funds(project: dict[str, Any], guidance: int, silk_road: int) -> dict[str, int]:
    invested = project["initial_investment"]
    funds: dict[str, int] = {}
    if project["delivery_model"] == "dual_base":
        project["initial_investment"] = invested = invested // (5 * STEP) * 5 * STEP
        funds["guidance_fund_amount"] = invested * GUIDANCE_FUND_PERCENT // 100
    elif guidance < 500:
        funds["guidance_fund_amount"] = _part(invested, 100 + guidance * 4 // 10)
    if project["partner"] in BELT_AND_ROAD_COUNTRIES and silk_road < 150:
        funds["silk_road_fund_amount"] = _part(invested, 50 + silk_road)
    return funds
