"""The projects: every group of the plan and the background, with whom each is done and of which kind it is.

Not its business: its course (`project_course.py`), its money (`project_money.py`), the workbook it stands in
(`files/project_files.py`).
"""

from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import Population
from yearbook.scenario.makers import draw_makers
from yearbook.scenario.plan import ABROAD, BELT_AND_ROAD, DOMESTIC, OVERSEAS, Weights
from yearbook.scenario.project_course import course_of
from yearbook.scenario.project_money import settle_money
from yearbook.scenario.project_plan import BACKGROUND, GROUPS, RESERVED, SCREENED_ONLY, Group
from yearbook.scenario.rolls import Rolls, one_of
from yearbook.scenario.turns import Turns

Project = dict[str, Any]

ROLLS_PER_PROJECT = 48
PARTNERS: Weights = {"CHN": 70, **BELT_AND_ROAD, **{code: weight // 2 for code, weight in OVERSEAS.items()}}
SECTORS_ABROAD: Weights = {**ABROAD, "photovoltaics": 9, "agricultural_machinery": 6, "infrastructure_equipment": 7}
MODELS: Weights = {
    "dual_base": 35, "traditional": 35, "leasing_with_guidance": 10, "license_with_joint_development": 12, "equity": 8,
}  # fmt: skip
MATURITY: Weights = {"3": 6, "4": 9, "5": 14, "6": 22, "7": 24, "8": 16, "9": 9}
APPROVALS: Weights = {"environmental": 3, "technical": 4, "import": 3, "other": 1}
SELECTIONS: Weights = {"open_call": 4, "direct": 4, "tender": 2}
PLATFORMS: Weights = {"none": 74, "g60_corridor": 9, "chongqing_open_call": 9, "zhongguancun": 8}
PLATFORMS_IN_ASEAN: Weights = {"none": 70, "china_asean_technology_transfer_center": 22, "chongqing_open_call": 8}
ASEAN = {"VNM", "THA", "IDN", "MYS", "SGP", "LAO", "KHM"}
STANDARDS = (
    ("GB/T 9535", "IEC 61215"), ("GB/T 18451", "IEC 61400"), ("GB/T 37408", "EN 50549"), ("GB 18384", "UN R100"),
    ("GB 10395", "ISO 4254"), ("GB/T 19001", "ISO 9001"), ("YY/T 0287", "ISO 13485"), ("GB/T 22080", "ISO/IEC 27001"),
)  # fmt: skip
SHARED_TECHNOLOGY_EVERY = 9


def make_projects(population: Population, seed: int) -> list[Project]:
    """Return all projects, by year and number; dates are ordinals, amounts whole units of `currency`."""
    background = [Group("background", year, count) for year, count in BACKGROUND.items()]
    background += [Group("screened", year, count) for year, count in SCREENED_ONLY.items()]
    projects: list[Project] = []
    turns = Turns()
    for group in (*GROUPS, *background):
        projects += _projects_of(group, population, Draws(seed, f"projects {group.name} {group.year}"), turns)
    projects.sort(key=lambda one: (one["year"], one["screened_date"], one["institution_id"]))
    for number, project in enumerate(projects, start=1):
        project["project_id"] = f"SIM-J-{project['year']}-{number:05d}"
        project["title"] = f"模拟项目 {number:05d} / Simulated project {number:05d}"
        is_shared = project["group"] == "background" and number % SHARED_TECHNOLOGY_EVERY == 0
        project["technology_id"] = f"SIM-T-P{number - is_shared:05d}"
    settle_money(projects, Draws(seed, "money of projects"))
    return projects


def _projects_of(group: Group, population: Population, draws: Draws, turns: Turns) -> list[Project]:
    makers = draw_makers(population, group.year, group.count, draws)
    rolls = iter(draws.below(group.count * ROLLS_PER_PROJECT, 1_000).tolist())
    return [_project(group, maker, index, rolls, turns) for index, maker in enumerate(makers)]


def _project(group: Group, maker: str, index: int, rolls: Rolls, turns: Turns) -> Project:
    partner = _partner(group, index, rolls)
    home_standard, target_standard = STANDARDS[next(rolls) % len(STANDARDS)]
    project: Project = {
        "group": group.name,
        "year": group.year,
        "institution_id": maker,
        "partner": partner,
        "sector": _sector(partner, rolls),
        "platform": one_of(PLATFORMS_IN_ASEAN if partner in ASEAN else PLATFORMS, rolls),
        "selection": one_of(SELECTIONS, rolls),
        "delivery_model": one_of(MODELS, rolls) if partner != "CHN" else None,
        "trl_start": int(one_of(MATURITY, rolls)),
        "demand_score": 30 + next(rolls) * 69 // 1_000,
        "home_standard": home_standard,
        "target_standard": target_standard if partner != "CHN" else None,
        "parameters_total": 20 + next(rolls) % 41,
        "approval": one_of(APPROVALS, rolls) if partner != "CHN" and next(rolls) < 650 else None,
        "currency": "USD" if partner in OVERSEAS and next(rolls) < 150 else "CNY",
    }
    project |= {key: value for key, value in group.fixed.items() if key != "expected_year"}
    project["parameters_compatible"] = project["parameters_total"] * (55 + next(rolls) * 45 // 1_000) // 100
    project |= course_of(group, project, index, rolls, turns)
    return project


def _partner(group: Group, index: int, rolls: Rolls) -> str:
    drawn = one_of(PARTNERS, rolls)
    return str(group.fixed.get("partner") or (group.partners[index % len(group.partners)] if group.partners else drawn))


def _sector(partner: str, rolls: Rolls) -> str:
    sector = one_of(DOMESTIC if partner == "CHN" else SECTORS_ABROAD, rolls)
    return "ict" if (partner, sector) in RESERVED else sector
