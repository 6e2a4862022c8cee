"""How the projects of the background are measured: by what their sector has to show.

Nothing of it stands where a measured group does. Not its business: the groups (`monitoring.py`).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.monitoring_plan import (
    INFRINGED_ELSEWHERE,
    INFRINGED_PERCENT,
    MONITORED_PER_MILLE,
    TARGETS,
    YEARS,
)
from yearbook.scenario.rolls import Rolls, between

Row = dict[str, Any]
Project = dict[str, Any]

MACHINES = {
    "photovoltaics", "photovoltaics_hydrogen", "wind_power", "hydropower", "new_energy_vehicles",
    "agricultural_machinery", "infrastructure_equipment", "resource_processing", "palm_oil_processing", "robotics",
}  # fmt: skip
FARMING = {"agricultural_machinery", "crop_cultivation", "palm_oil_processing"}
CAPACITY = {
    "photovoltaics": "MW", "photovoltaics_hydrogen": "MW", "wind_power": "MW", "hydropower": "MW",
    "new_energy_vehicles": "units_per_year", "palm_oil_processing": "t_per_year", "resource_processing": "t_per_year",
}  # fmt: skip
LAST_YEAR = YEARS[-1]
ROLLS_PER_PROJECT = 80
GROUPS_APART = {*(target.group for target in TARGETS), "saudi_hydrogen", "kenya_rice"}


def background_rows(projects: list[Project], draws: Draws) -> Iterator[Row]:
    """Yield the rows of projects abroad that belong to no measured group, while they go on."""
    measured = [one for one in projects if _is_background(one)]
    chosen = draws.chance(len(measured), MONITORED_PER_MILLE).tolist()
    rolls = draws.below(len(measured) * ROLLS_PER_PROJECT, 1_000).tolist()
    for index, (project, is_chosen) in enumerate(zip(measured, chosen, strict=True)):
        if is_chosen:
            mine = iter(rolls[index * ROLLS_PER_PROJECT : (index + 1) * ROLLS_PER_PROJECT])
            yield from _rows_of(project, mine)


def _is_background(project: Project) -> bool:
    is_abroad = project["partner"] != "CHN" and project["start_date"] is not None
    return is_abroad and project["group"] not in GROUPS_APART


def _rows_of(project: Project, rolls: Rolls) -> Iterator[Row]:
    ended = project.get("terminated_date")
    last = date.fromordinal(ended).year - 1 if ended else LAST_YEAR
    first = max(project["year"] + 1, YEARS[0])
    size = 10 + next(rolls) % 90
    for year in range(first, last + 1):
        age = year - project["year"]
        for metric, measures in _measures(project, size, age, LAST_YEAR - year, rolls):
            yield {"project_id": project["project_id"], "year": year, "metric": metric, **measures}


def _measures(project: Project, size: int, age: int, years_ago: int, rolls: Rolls) -> Iterator[tuple[str, Row]]:
    sector, before = project["sector"], project["year"] - 1
    if sector in MACHINES:
        units, failing = 5 * size, max(4, 18 - 2 * age) + between(-3, 3, rolls)
        was = {"baseline_value": units * 20 // 100, "baseline_denominator": units, "baseline_year": before}
        yield "equipment_failures", {"value": units * failing // 100, "denominator": units, "unit": "units", **was}
        hours = Decimal(between(20, 150, rolls) + 5 * years_ago) / 10
        yield "maintenance_response_time", {"value": hours, "unit": "hours"}
    if sector in FARMING:
        was = {"baseline_value": 200 + 2 * size, "baseline_year": before}
        rise = 100 + min(20, 3 * age) + between(-4, 4, rolls)
        yield "yield", {"value": (200 + 2 * size) * rise // 100, "unit": "kg_per_mu", **was}
        yield "beneficiary_households", {"value": size * (2 + age), "unit": "households"}
    if sector in CAPACITY:
        was = {"baseline_value": 2 * size, "baseline_year": before}
        yield "capacity", {"value": size * (3 + age), "unit": CAPACITY[sector], **was}
    if sector in ("new_energy_vehicles", "agricultural_machinery"):
        yield "units_sold", {"value": size * (4 + 3 * age), "unit": "units"}
    yield "technicians_trained", {"value": 2 + size // 6 + next(rolls) % 9, "unit": "persons"}
    patents, percent = 50 + size, INFRINGED_PERCENT.get(project["partner"], INFRINGED_ELSEWHERE) + years_ago
    yield "patents_infringed", {"value": patents * percent // 100, "denominator": patents, "unit": "patents"}
