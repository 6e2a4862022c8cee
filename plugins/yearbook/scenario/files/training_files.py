"""Training as the academy's service hands it out: records of JSON with nested fields, in pages (`server.py`)."""

import json
from collections.abc import Iterable
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.labels import PARTNERS
from yearbook.scenario.server import file_of
from yearbook.scenario.training import Row
from yearbook.scenario.words import COURSES, CURRICULUM_AREAS

REPEATED_PER_MILLE = 10
# More completed than enrolled, and a cohort told in two ways: both wait for a decision.
FAULTS: tuple[Row, ...] = (
    {"cohort_id": "SIM-K-2023-G901", "year": 2023, "course": "general", "partner": "CHN", "enrolled": 40,
     "completed": 58, "passed": 39},
    {"cohort_id": "SIM-K-2024-G902", "year": 2024, "course": "general", "partner": "CHN", "enrolled": 44,
     "completed": 41, "passed": 33},
    {"cohort_id": "SIM-K-2024-G902", "year": 2024, "course": "general", "partner": "CHN", "enrolled": 44,
     "completed": 41, "passed": 36},
)  # fmt: skip
# No hours at all.
EMPTY: Row = {
    "cohort_id": "SIM-K-2024-C001", "module": "结业座谈 / Closing session", "year": 2024, "area": "local_culture",
    "is_core": False, "hours": 0,
}  # fmt: skip


def training_files(cohorts: list[Row], modules: list[Row], seed: int) -> dict[str, bytes]:
    """Return what the service serves, by path: a record a line."""
    draws = Draws(seed, "handwriting of training")
    return {
        file_of("training"): _lines(map(_cohort, with_repeats([*cohorts, *FAULTS], REPEATED_PER_MILLE, draws))),
        file_of("training_modules"): _lines(map(_module, with_repeats([*modules, EMPTY], REPEATED_PER_MILLE, draws))),
    }


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n" for record in records).encode()


def _cohort(one: Row) -> dict[str, Any]:
    return {
        "id": one["cohort_id"],
        "simulated": True,
        "year": one["year"],
        "course": COURSES[one["course"]][one["enrolled"] % 2],
        "partner": {"name": dict(zip(("zh", "en"), PARTNERS[one["partner"]], strict=True))},
        "persons": {"enrolled": one["enrolled"], "completed": one["completed"], "passed": one["passed"]},
    }


def _module(one: Row) -> dict[str, Any]:
    return {
        "cohort": one["cohort_id"],
        "simulated": True,
        "year": one["year"],
        "module": one["module"],
        "area": CURRICULUM_AREAS[one["area"]][one["hours"] % 2],
        "core": "是" if one["is_core"] else "否",
        "hours": one["hours"],
    }
