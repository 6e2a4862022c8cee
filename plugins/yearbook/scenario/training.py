"""The training of technology managers: cohorts, and the modules of their course.

Not its business: the service that hands them out (`files/training_files.py`, `server.py`).
"""

from dataclasses import dataclass
from typing import Any

from yearbook.scenario.draws import Draws, share_out

Row = dict[str, Any]

COUNTRIES = ("SGP", "THA", "MYS", "VNM", "IDN", "LAO", "KAZ", "UZB", "PAK", "KEN", "EGY", "MAR", "SAU", "ARE", "HUN")


@dataclass(frozen=True)
class Year:
    """A course in a year: its cohorts, and what they add up to."""

    cohorts: int
    completed: int
    passed: int


# The cross-border course of 2024: over 800 completed it, 75 % of them passed.
COURSES: dict[str, dict[int, Year]] = {
    "cross_border": {
        2021: Year(6, 190, 127), 2022: Year(11, 350, 243), 2023: Year(17, 560, 403), 2024: Year(24, 848, 636),
    },
    "general": {
        2021: Year(58, 3_120, 2_480), 2022: Year(66, 3_690, 2_960), 2023: Year(71, 4_080, 3_310),
        2024: Year(80, 4_730, 3_880),
    },
}  # fmt: skip
DROPPED_OUT = (0, 6)

# Hours of 200, by area: in 2024 the core falls to 40, 30 and 30 %, and 20, 15 and 10 % of all hours are added.
CORE = ("technology_fundamentals", "business_operations", "law_and_taxation")
ADDED = ("technical_standards", "cross_border_negotiation", "local_culture")
HOURS: dict[int, tuple[int, ...]] = {
    2021: (72, 42, 36, 24, 16, 10), 2022: (63, 41, 36, 30, 18, 12), 2023: (54, 36, 30, 36, 26, 18),
    2024: (44, 33, 33, 40, 30, 20),
}  # fmt: skip
MODULES: dict[str, tuple[tuple[str, str], ...]] = {
    "technology_fundamentals": (
        ("技术评估与成熟度", "Technology assessment"),
        ("知识产权基础", "Patents and know-how"),
    ),
    "business_operations": (("商业模式与定价", "Business models and pricing"), ("项目融资", "Project finance")),
    "law_and_taxation": (("跨境合同与税务", "Cross-border contracts and tax"),),
    "technical_standards": (("共建国家技术标准", "Technical standards of partners"),),
    "cross_border_negotiation": (("跨境谈判实务", "Cross-border negotiation in practice"),),
    "local_culture": (("当地文化与风俗", "Local culture and customs"),),
}


def make_training(seed: int) -> list[Row]:
    """Return one row per cohort, by year, course and number."""
    draws = Draws(seed, "training")
    return [
        row for year in HOURS for course, years in COURSES.items() for row in _cohorts(course, year, years[year], draws)
    ]


def _cohorts(course: str, year: int, plan: Year, draws: Draws) -> list[Row]:
    completed = share_out(plan.completed, (20 + draws.below(plan.cohorts, 20)).tolist())
    passed = share_out(plan.passed, [number * (90 + draw) for number, draw in _with(completed, 12, draws)])
    return [
        {
            "cohort_id": f"SIM-K-{year}-{course[0].upper()}{number:03d}",
            "year": year,
            "course": course,
            "partner": COUNTRIES[place] if course == "cross_border" else "CHN",
            "enrolled": done + gone,
            "completed": done,
            "passed": well,
        }
        for number, (done, well, (gone, place)) in enumerate(
            zip(completed, passed, _with(draws.between(plan.cohorts, *DROPPED_OUT).tolist(), len(COUNTRIES), draws),
                strict=True),
            start=1,
        )
    ]  # fmt: skip


def _with(numbers: list[int], bound: int, draws: Draws) -> list[tuple[int, int]]:
    return list(zip(numbers, draws.below(len(numbers), bound).tolist(), strict=True))


def make_modules(cohorts: list[Row], seed: int) -> list[Row]:
    """Return one row per module of each cross-border cohort; only its curriculum is reported."""
    draws = Draws(seed, "modules of training")
    return [row for cohort in cohorts if cohort["course"] == "cross_border" for row in _modules_of(cohort, draws)]


def _modules_of(cohort: Row, draws: Draws) -> list[Row]:
    return [
        {
            "cohort_id": cohort["cohort_id"],
            "module": f"{chinese} / {english}",
            "year": cohort["year"],
            "area": area,
            "is_core": area in CORE,
            "hours": part,
        }
        for area, hours in zip((*CORE, *ADDED), HOURS[cohort["year"]], strict=True)
        for (chinese, english), part in zip(MODULES[area], _split(hours, len(MODULES[area]), draws), strict=True)
    ]


def _split(hours: int, parts: int, draws: Draws) -> list[int]:
    return share_out(hours, (10 + draws.below(parts, 6)).tolist())
