"""The course of a project: from screening over its stages to the market, or to its end.

What lies after the end of 2024 has not happened yet and is empty, save what is planned or expected. Not its business:
who does it, with whom, and of which kind it is (`projects.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.plan import Weights
from yearbook.scenario.project_plan import Group
from yearbook.scenario.rolls import Rolls, between, one_of
from yearbook.scenario.turns import Turns

Project = dict[str, Any]

LAST_DAY = date(2024, 12, 31).toordinal()
NOT_STARTED_PER_MILLE = 120
CYCLES = {"traditional": (420, 720), "dual_base": (205, 350)}
USUAL_CYCLE = (300, 540)
CAUSES: Weights = {"policy": 4, "supply": 3, "land_customs": 2, "other": 2}
AFTER_THE_FACT = (
    "pilot_date", "verification_date", "adaptation_start", "adaptation_end", "approval_actual", "commercialized_date",
    "terminated_date", "disruption_date",
)  # fmt: skip


def course_of(group: Group, project: Project, index: int, rolls: Rolls, turns: Turns) -> Project:
    """Return the days of a project and what goes with them; the pinned ones as its group says."""
    start = date(group.year, 1, 1).toordinal() + between(0, 364, rolls)
    course: Project = {"screened_date": start - between(30, 300, rolls), "start_date": start}
    is_dropped = group.name == "background" and next(rolls) < NOT_STARTED_PER_MILLE
    if is_dropped or group.name == "screened":
        return {**course, "screened_date": start, "start_date": None}
    if group.matched_in:
        course |= _match(group, group.matched_in, index, rolls)
    course |= _stages(course["start_date"], project, rolls, turns)
    course |= _mishaps(course["start_date"], project, rolls)
    course["expected_operation_date"] = course["start_date"] + between(540, 1_200, rolls)
    course |= _pinned_dates(group, project, course, rolls)
    if group.lasting:
        course |= {"terminated_date": None, "disruption_date": None}
    return _as_known(course)


def _match(group: Group, days: int, index: int, rolls: Rolls) -> Project:
    """Days from request to match lie in pairs around the mean, so that it is met exactly."""
    away = (index + 1) // 2 % 30 if index < group.count - 1 or group.count % 2 else 0
    matched = date(group.year, 1, 20).toordinal() + between(0, 300, rolls)
    requested = matched - days - (away if index % 2 else -away)
    country = group.partners[index % len(group.partners)]
    return {
        "requested_date": requested,
        "matched_date": matched,
        "workstation_id": f"SIM-W-{country}-{1 + index % 3}",
        "screened_date": requested - 10,
        "start_date": matched + between(5, 30, rolls),
    }


def _stages(start: int, project: Project, rolls: Rolls, turns: Turns) -> Project:
    stages: Project = {}
    is_abroad = project["partner"] != "CHN"
    pilot = start + between(90, 270, rolls)
    verified = pilot + between(60, 240, rolls)
    adapting = verified + between(5, 60, rolls)
    adapted = adapting + _cycle(project["delivery_model"], turns)
    planned = verified + between(60, 200, rolls)
    approved = planned + between(-20, 150, rolls)
    stages["pilot_date"] = pilot if next(rolls) < 880 else None
    stages["verification_date"] = verified if stages["pilot_date"] and next(rolls) < 860 else None
    if is_abroad and stages["verification_date"]:
        stages |= {"adaptation_start": adapting, "adaptation_end": adapted}
    if project["approval"]:
        stages |= {"approval_planned": planned, "approval_actual": approved}
    if stages["verification_date"] and next(rolls) < 800:
        last = max(verified, adapted if is_abroad else 0, approved if project["approval"] else 0)
        stages["commercialized_date"] = last + between(40, 240, rolls)
    return stages


def _cycle(model: str | None, turns: Turns) -> int:
    low, high = CYCLES.get(model or "", USUAL_CYCLE)
    return low + turns.next(model) * (high - low + 1) // 1_000


def _mishaps(start: int, project: Project, rolls: Rolls) -> Project:
    ended, stopped, cause = next(rolls) < 50, next(rolls) < 20, one_of(CAUSES, rolls)
    when = start + between(100, 700, rolls)
    mishaps: Project = {"terminated_date": when} if ended else {}
    if stopped and project["partner"] != "CHN":
        mishaps |= {"disruption_date": start + between(60, 400, rolls), "disruption_cause": cause}
    return mishaps


def _pinned_dates(group: Group, project: Project, course: Project, rolls: Rolls) -> Project:
    day, month = 1 + next(rolls) % 28, 1 + next(rolls) % 6
    if group.name == "saudi_hydrogen":
        expected = date(int(group.fixed["expected_year"]), month + 3, day).toordinal()
        return {"expected_operation_date": expected, "commercialized_date": None, "terminated_date": None}
    if group.name == "kenya_rice":
        disrupted = date(group.year + 1, month, day).toordinal()
        return {"disruption_date": disrupted, "disruption_cause": "land_customs", "terminated_date": None}
    if group.approved_late:
        planned = date(group.year + 1, month, day)
        late = {"approval_planned": planned, "approval_actual": planned.replace(month=month + group.approved_late)}
        days: Project = {name: when.toordinal() for name, when in late.items()}
        return {**days, "commercialized_date": None, "terminated_date": None}
    if group.adapted_in:
        return _adapted_in(date(group.adapted_in, month, day), course, rolls)
    return {}


def _adapted_in(day: date, course: Project, rolls: Rolls) -> Project:
    end = day.toordinal()
    begin = end - between(210, 300, rolls)
    start = min(course["start_date"], begin - 60)
    start = max(start, date(day.year - 1, 1, 4).toordinal())
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
