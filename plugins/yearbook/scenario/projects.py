"""The projects: every group of the plan and the background, each project from screening to the market or its end.

What lies after the end of 2024 has not happened yet and is empty, save what is planned or expected. Not its business:
the money of a project (`project_money.py`), the workbook it stands in (`files/project_files.py`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import Population
from yearbook.scenario.parties import drawn_from
from yearbook.scenario.plan import ABROAD, BELT_AND_ROAD, DOMESTIC, OVERSEAS, Weights
from yearbook.scenario.project_money import settle_money
from yearbook.scenario.project_plan import FEWEST, GROUPS, MATCHING_DAYS, RESERVED, STARTED, Group

Project = dict[str, Any]
Rolls = Iterator[int]

LAST_DAY = date(2024, 12, 31).toordinal()
ROLLS_PER_PROJECT = 48
NOT_STARTED_PER_MILLE = 120
FIRST_YEAR_OF_POPULATION = 2020
PARTNERS: Weights = {"CHN": 110, **BELT_AND_ROAD, **{code: weight // 2 for code, weight in OVERSEAS.items()}}
SECTORS_ABROAD: Weights = {**ABROAD, "photovoltaics": 9, "agricultural_machinery": 6, "infrastructure_equipment": 7}
MODELS: Weights = {
    "dual_base": 35, "traditional": 35, "leasing_with_guidance": 10, "license_with_joint_development": 12, "equity": 8,
}  # fmt: skip
CYCLES = {"traditional": (420, 720), "dual_base": (210, 360)}
MATURITY: Weights = {"3": 6, "4": 9, "5": 14, "6": 22, "7": 24, "8": 16, "9": 9}
CAUSES: Weights = {"policy": 4, "supply": 3, "land_customs": 2, "other": 2}
APPROVALS: Weights = {"environmental": 3, "technical": 4, "import": 3, "other": 1}
SELECTIONS: Weights = {"open_call": 4, "direct": 4, "tender": 2}
STANDARDS = ("IEC 61215", "IEC 61400", "ISO 4254", "ISO 9001", "EN 50549", "ISO 13485")
AFTER_THE_FACT = (
    "pilot_date", "verification_date", "adaptation_start", "adaptation_end", "approval_actual", "commercialized_date",
    "terminated_date", "disruption_date",
)  # fmt: skip


def make_projects(population: Population, seed: int, scale: float) -> list[Project]:
    """Return all projects, by year and number; dates are ordinals, amounts whole units of `currency`."""
    background = [Group("background", year, max(FEWEST, round(count * scale))) for year, count in STARTED.items()]
    projects: list[Project] = []
    for group in (*GROUPS, *background):
        projects += _projects_of(group, population, Draws(seed, f"projects {group.name} {group.year}"))
    projects.sort(key=lambda one: (one["year"], one["screened_date"], one["institution_id"]))
    for number, project in enumerate(projects, start=1):
        project["project_id"] = f"SIM-J-{project['year']}-{number:05d}"
        project["title"] = f"模拟项目 {number:05d} / Simulated project {number:05d}"
        project["technology_id"] = f"SIM-T-P{number:05d}"
    settle_money(projects, Draws(seed, "money of projects"))
    return projects


def _projects_of(group: Group, population: Population, draws: Draws) -> list[Project]:
    pool = population.existing(
        max(group.year, FIRST_YEAR_OF_POPULATION), "university", "research_institute", "enterprise"
    )
    makers = drawn_from(pool, group.count, draws)
    rolls = iter(draws.below(group.count * ROLLS_PER_PROJECT, 1_000).tolist())
    return [_project(group, maker.id, index, rolls) for index, maker in enumerate(makers)]


def _project(group: Group, maker: str, index: int, rolls: Rolls) -> Project:
    partner = _partner(group, index, rolls)
    project: Project = {
        "group": group.name,
        "year": group.year,
        "institution_id": maker,
        "partner": partner,
        "sector": _sector(partner, rolls),
        "platform": "none",
        "selection": _one(SELECTIONS, rolls),
        "delivery_model": _one(MODELS, rolls) if partner != "CHN" else None,
        "trl_start": int(_one(MATURITY, rolls)),
        "demand_score": 30 + next(rolls) * 69 // 1_000,
        "home_standard": f"GB/T {10_000 + next(rolls) * 7}",
        "target_standard": STANDARDS[next(rolls) % len(STANDARDS)] if partner != "CHN" else None,
        "parameters_total": 20 + next(rolls) % 41,
        "approval": _one(APPROVALS, rolls) if partner != "CHN" and next(rolls) < 650 else None,
        "currency": "USD" if partner in OVERSEAS and next(rolls) < 150 else "CNY",
    }
    project |= {key: value for key, value in group.fixed.items() if key != "expected_year"}
    project["parameters_compatible"] = project["parameters_total"] * (55 + next(rolls) * 45 // 1_000) // 100
    project |= _course(group, project, index, rolls)
    return project


def _partner(group: Group, index: int, rolls: Rolls) -> str:
    drawn = _one(PARTNERS, rolls)
    return str(group.fixed.get("partner") or (group.partners[index % len(group.partners)] if group.partners else drawn))


def _sector(partner: str, rolls: Rolls) -> str:
    sector = _one(DOMESTIC if partner == "CHN" else SECTORS_ABROAD, rolls)
    return "ict" if (partner, sector) in RESERVED else sector


def _one(weights: Weights, rolls: Rolls) -> str:
    point = next(rolls) * sum(weights.values()) // 1_000
    for code, weight in weights.items():
        if point < weight:
            return code
        point -= weight
    raise AssertionError("a roll is below a thousand")


def _between(low: int, high: int, rolls: Rolls) -> int:
    return low + next(rolls) * (high - low + 1) // 1_000


def _course(group: Group, project: Project, index: int, rolls: Rolls) -> Project:
    start = date(group.year, 1, 1).toordinal() + _between(0, 364, rolls)
    course: Project = {"screened_date": start - _between(30, 300, rolls), "start_date": start}
    if group.name == "background" and next(rolls) < NOT_STARTED_PER_MILLE:
        return {**course, "screened_date": start, "start_date": None}
    if group.matched:
        course |= _match(group, index, rolls)
    course |= _stages(course["start_date"], project, rolls)
    course |= _mishaps(course["start_date"], project, rolls)
    course["expected_operation_date"] = course["start_date"] + _between(540, 1_200, rolls)
    course |= _pinned_dates(group, project, course, rolls)
    return _as_known(course)


def _match(group: Group, index: int, rolls: Rolls) -> Project:
    """Days from request to match lie in pairs around the mean, so that it is met exactly."""
    away = (index + 1) // 2 % 30 if index < group.count - 1 or group.count % 2 else 0
    matched = date(group.year, 1, 20).toordinal() + _between(0, 300, rolls)
    requested = matched - MATCHING_DAYS - (away if index % 2 else -away)
    country = group.partners[index % len(group.partners)]
    return {
        "requested_date": requested,
        "matched_date": matched,
        "workstation_id": f"SIM-W-{country}-{1 + index % 3}",
        "screened_date": requested - 10,
        "start_date": matched + _between(5, 30, rolls),
    }


def _stages(start: int, project: Project, rolls: Rolls) -> Project:
    stages: Project = {}
    is_abroad = project["partner"] != "CHN"
    pilot = start + _between(90, 270, rolls)
    verified = pilot + _between(60, 240, rolls)
    adapting = verified + _between(5, 60, rolls)
    adapted = adapting + _between(*CYCLES.get(project["delivery_model"] or "", (300, 540)), rolls)
    planned = verified + _between(60, 200, rolls)
    approved = planned + _between(-20, 150, rolls)
    stages["pilot_date"] = pilot if next(rolls) < 880 else None
    stages["verification_date"] = verified if stages["pilot_date"] and next(rolls) < 860 else None
    if is_abroad and stages["verification_date"]:
        stages |= {"adaptation_start": adapting, "adaptation_end": adapted}
    if project["approval"]:
        stages |= {"approval_planned": planned, "approval_actual": approved}
    if stages["verification_date"] and next(rolls) < 800:
        last = max(verified, adapted if is_abroad else 0, approved if project["approval"] else 0)
        stages["commercialized_date"] = last + _between(40, 240, rolls)
    return stages


def _mishaps(start: int, project: Project, rolls: Rolls) -> Project:
    ended, stopped, cause = next(rolls) < 50, next(rolls) < 20, _one(CAUSES, rolls)
    when = start + _between(100, 700, rolls)
    mishaps: Project = {"terminated_date": when} if ended else {}
    if stopped and project["partner"] != "CHN":
        mishaps |= {"disruption_date": start + _between(60, 400, rolls), "disruption_cause": cause}
    return mishaps


def _pinned_dates(group: Group, project: Project, course: Project, rolls: Rolls) -> Project:
    day, month = 1 + next(rolls) % 28, 1 + next(rolls) % 6
    if group.name == "saudi_hydrogen":
        expected = date(int(group.fixed["expected_year"]), month + 3, day).toordinal()
        return {"expected_operation_date": expected, "commercialized_date": None, "terminated_date": None}
    if group.name == "kenya_rice":
        return {"disruption_date": date(group.year + 1, month, day).toordinal(), "terminated_date": None}
    if group.approved_late:
        late = {"approval_planned": date(2024, month, day), "approval_actual": date(2024, month + 6, day)}
        return {name: when.toordinal() for name, when in late.items()} | {"terminated_date": None}
    if group.adapted_in:
        return _adapted_in(date(group.adapted_in, month, day).toordinal(), course, rolls)
    return {}


def _adapted_in(end: int, course: Project, rolls: Rolls) -> Project:
    begin = end - _between(210, 300, rolls)
    start = min(course["start_date"], begin - 60)
    start = max(start, date(2023, 1, 4).toordinal())
    return {
        "start_date": start, "screened_date": start - 40, "pilot_date": start + 20,
        "verification_date": max(begin - 10, start + 25), "adaptation_start": max(begin, start + 30),
        "adaptation_end": end, "commercialized_date": None, "terminated_date": None,
    }  # fmt: skip


def _as_known(course: Project) -> Project:
    """Empty what lies after the end of the records, or after the project ended."""
    end = min(LAST_DAY, course.get("terminated_date") or LAST_DAY)
    known = {name: None if name in AFTER_THE_FACT and (day or 0) > end else day for name, day in course.items()}
    if known.get("disruption_date") is None:
        known["disruption_cause"] = None
    if known.get("adaptation_start") is None:
        known["adaptation_end"] = None
    return known
