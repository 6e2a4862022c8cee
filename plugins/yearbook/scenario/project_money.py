"""The money of a project: budget, adaptation, investment and who paid it, procurement and its local part.

Amounts are whole units of the project's currency, in steps of 10,000, so that 万元 need no decimals. Not its business:
dates and stages.
"""

from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.plan import BELT_AND_ROAD, CENTRAL_EUROPE
from yearbook.scenario.project_plan import GROUPS, GUIDANCE_FUND_PERCENT, GUIDANCE_FUND_PERCENT_BEFORE
from yearbook.scenario.turns import Turns, parts_of

Project = dict[str, Any]

STEP = 10_000
WHOLE = 100 * STEP
"""What any per cent of is whole steps."""
BELT_AND_ROAD_COUNTRIES = {*BELT_AND_ROAD, *CENTRAL_EUROPE}
NEW_ENERGY_AND_MACHINERY = {
    "photovoltaics", "photovoltaics_hydrogen", "wind_power", "new_energy_vehicles", "agricultural_machinery",
}  # fmt: skip
# Evenly over 40 points, in 2024 between 20 and 60 %: the quartiles are 30 and 50 %. A point more a year before it.
LOWEST_PER_MILLE, RANGE_PER_MILLE, FALL_PER_MILLE = 200, 400, 10
LOCAL_SPREAD, GUIDANCE_SPREAD = 9, 12
LOCAL_RISE_PER_MILLE = 15
LAST_YEAR = 2024


def settle_money(projects: list[Project], draws: Draws) -> None:
    """Fill the amounts of every project that has started, in place."""
    started = [one for one in projects if one["start_date"] is not None]
    budgets = (draws.between(len(started), 3, 200)).tolist()
    rolls = [draws.below(len(started), 1_000).tolist() for _ in range(6)]
    turns = Turns()
    for project, budget, *roll in zip(started, budgets, *rolls, strict=True):
        project["budget"] = budget * WHOLE
        project["initial_investment"] = _part(project["budget"], 500 + roll[3] * 3 // 10, WHOLE)
        if project["partner"] != "CHN":
            project["adaptation_cost"] = _part(project["budget"], _adaptation(project, roll[0], turns))
            total = _part(project["budget"], 300 + roll[1] * 4 // 10, WHOLE)
            local = 200 + roll[2] * 45 // 100 - LOCAL_RISE_PER_MILLE * (LAST_YEAR - project["year"])
            project |= {"procurement_total": total, "procurement_local": _part(total, local)}
        project |= _funds(project, roll[4], roll[5])
    _settle_guidance(started, draws)
    _settle_local_content(started, draws)


def _part(amount: int, per_mille: int, step: int = STEP) -> int:
    return max(step, amount * per_mille // 1_000 // step * step)


def _adaptation(project: Project, roll: int, turns: Turns) -> int:
    if project["sector"] in NEW_ENERGY_AND_MACHINERY and project["partner"] in BELT_AND_ROAD_COUNTRIES:
        roll = turns.next(project["year"])
    years_ago = LAST_YEAR - int(project["year"])
    return LOWEST_PER_MILLE + RANGE_PER_MILLE * roll // 1_000 + FALL_PER_MILLE * years_ago


def _funds(project: Project, guidance: int, silk_road: int) -> dict[str, int]:
    invested = project["initial_investment"]
    funds: dict[str, int] = {}
    if project["delivery_model"] == "dual_base" or guidance < 500:
        funds["guidance_fund_amount"] = _part(invested, 100 + guidance % 500 * 4 // 10)
    if project["partner"] in BELT_AND_ROAD_COUNTRIES and silk_road < 150:
        funds["silk_road_fund_amount"] = _part(invested, 50 + silk_road)
    return funds


def _settle_guidance(started: list[Project], draws: Draws) -> None:
    """Of the dual bases in Belt and Road countries, the guidance fund pays the planned share of the investment."""
    for year in sorted({one["year"] for one in started}):
        dual = [
            one
            for one in started
            if (one["year"], one["delivery_model"]) == (year, "dual_base") and one["partner"] in BELT_AND_ROAD_COUNTRIES
        ]
        percent = GUIDANCE_FUND_PERCENT.get(year, GUIDANCE_FUND_PERCENT_BEFORE)
        _fill(dual, "guidance_fund_amount", "initial_investment", percent, GUIDANCE_SPREAD, draws)


def _settle_local_content(started: list[Project], draws: Draws) -> None:
    for group in GROUPS:
        if group.local_percent is not None:
            mine = [one for one in started if (one["group"], one["year"]) == (group.name, group.year)]
            _fill(mine, "procurement_local", "procurement_total", group.local_percent, LOCAL_SPREAD, draws)


def _fill(projects: list[Project], part: str, whole: str, percent: int, spread: int, draws: Draws) -> None:
    parts = parts_of([one[whole] for one in projects], percent, spread, draws, STEP) if projects else []
    for project, amount in zip(projects, parts, strict=True):
        project[part] = amount
