"""The facilities abroad and at home: those that the documents name, and a growing number of others.

Not its business: the page that lists them (`files/facility_files.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import Population
from yearbook.scenario.makers import draw_makers

Facility = dict[str, Any]

# Workstations in Indonesia and Kazakhstan, adaptation bases in Viet Nam and Pakistan, an adaptation centre in Tanzania,
# a training academy in Morocco: by type, country and the years in which one opened.
PLANNED: dict[tuple[str, str], tuple[int, ...]] = {
    ("workstation", "IDN"): (2019, 2020, 2020),
    ("workstation", "KAZ"): (2019, 2019, 2020),
    ("adaptation_base", "VNM"): (2019, 2021, 2023),
    ("adaptation_base", "PAK"): (2018, 2022),
    ("adaptation_centre", "TZA"): (2021,),
    ("training_academy", "MAR"): (2022,),
    ("proof_of_concept_centre", "SGP"): (2021,),
}
# Others: how many opened in each year from 2016 to 2024, by type.
OTHERS = {
    "workstation": (0, 0, 0, 0, 0, 1, 1, 2, 3),
    "adaptation_base": (1, 1, 1, 2, 2, 2, 3, 3, 4),
    "adaptation_centre": (0, 1, 1, 1, 2, 2, 3, 3, 4),
    "proof_of_concept_centre": (0, 0, 1, 1, 1, 2, 2, 3, 3),
    "training_academy": (1, 1, 2, 2, 1, 2, 2, 3, 3),
    "training_centre": (2, 2, 3, 3, 2, 3, 4, 4, 5),
}
FIRST_YEAR, LAST_YEAR = 2016, 2024
COUNTRIES = (
    "VNM", "THA", "MYS", "SGP", "LAO", "KHM", "UZB", "PAK", "BGD", "KEN", "ETH", "NAM", "EGY", "SAU", "ARE", "POL",
    "HUN", "SRB", "CHN",
)  # fmt: skip
CLOSED_PER_MILLE = 120
SHORT = {
    "workstation": "W", "adaptation_base": "B", "adaptation_centre": "C", "proof_of_concept_centre": "P",
    "training_academy": "A", "training_centre": "T",
}  # fmt: skip


def make_facilities(population: Population, seed: int) -> list[Facility]:
    """Return all facilities by day of opening; days are ordinals. Numbers run by type and country."""
    draws = Draws(seed, "facilities")
    facilities = [
        _facility(kind, country, year, is_planned, population, draws)
        for kind, country, year, is_planned in _wanted(draws)
    ]
    numbers: dict[tuple[str, str], int] = {}
    for one in facilities:
        key = (one["type"], one["partner"])
        numbers[key] = numbers.get(key, 0) + 1
        one["facility_id"] = f"SIM-{SHORT[one['type']]}-{one['partner']}-{numbers[key]}"
    return sorted(facilities, key=lambda one: (one["opened_date"], one["facility_id"]))


def _wanted(draws: Draws) -> list[tuple[str, str, int, bool]]:
    planned = [(kind, country, year, True) for (kind, country), years in PLANNED.items() for year in years]
    others = [
        (kind, COUNTRIES[position], year, False)
        for kind, counts in OTHERS.items()
        for year, count in zip(range(FIRST_YEAR, LAST_YEAR + 1), counts, strict=True)
        for position in draws.below(count, len(COUNTRIES)).tolist()
    ]
    return planned + others


def _facility(kind: str, country: str, year: int, is_planned: bool, population: Population, draws: Draws) -> Facility:
    opened = date(year, 1, 1).toordinal() + int(draws.below(1, 364)[0])
    closes = bool(draws.chance(1, CLOSED_PER_MILLE)[0]) and not is_planned
    closed = opened + int(draws.between(1, 400, 1_500)[0])
    is_over = closes and closed <= date(LAST_YEAR, 12, 31).toordinal()
    return {
        "type": kind,
        "partner": country,
        "institution_id": draw_makers(population, year, 1, draws)[0],
        "opened_date": opened,
        "closed_date": closed if is_over else None,
    }
