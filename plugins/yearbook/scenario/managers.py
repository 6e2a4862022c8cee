"""The technology managers: when they were certified, what they can do, where abroad they are recognised.

Not its business: what they were paid (`services.py`), or the files (`files/manager_files.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws

Row = dict[str, Any]

# Certified by the end of the year: below 50,000 in 2024. Competent across borders: about 1,000 in 2024.
CERTIFIED = {
    2015: 3_100, 2016: 5_400, 2017: 8_200, 2018: 11_600, 2019: 15_300, 2020: 19_800, 2021: 25_400, 2022: 31_900,
    2023: 38_700, 2024: 46_200,
}  # fmt: skip
CROSS_BORDER = {
    2015: 12, 2016: 28, 2017: 55, 2018: 96, 2019: 160, 2020: 250, 2021: 390, 2022: 560, 2023: 760, 2024: 987,
}  # fmt: skip
# Managers recognised by the end of the year: over 500 in South-East Asia in 2024.
RECOGNISED = {
    "SEA": {2020: 60, 2021: 131, 2022: 242, 2023: 384, 2024: 538},
    "CAS": {2020: 11, 2021: 27, 2022: 58, 2023: 97, 2024: 146},
    "MEA": {2020: 4, 2021: 12, 2022: 29, 2023: 54, 2024: 88},
    "EUR": {2020: 9, 2021: 18, 2022: 31, 2023: 47, 2024: 66},
}
COUNTRIES = {
    "SEA": ("SGP", "THA", "MYS", "VNM", "IDN", "LAO", "KHM"),
    "CAS": ("KAZ", "UZB"),
    "MEA": ("SAU", "ARE", "EGY"),
    "EUR": ("HUN", "SRB", "POL"),
}
SECOND_COUNTRY_PER_MILLE = 130
LEVELS = {"junior": 62, "intermediate": 30, "senior": 8}
COMPETENCIES = ("has_technology_assessment", "has_cross_border_negotiation", "has_local_language")
# Who lacks which: never none of the three.
LACKING = ((0, 1, 2), (1, 2), (0, 2), (0, 1), (1,), (2,), (0,))
LACKING_WEIGHTS = (300, 380, 60, 50, 90, 110, 10)


def make_managers(seed: int) -> list[Row]:
    """Return all managers by year and number; days are ordinals."""
    draws = Draws(seed, "technology managers")
    managers: list[Row] = []
    before, able_before = 0, 0
    for year, total in CERTIFIED.items():
        managers += _certified_in(year, total - before, CROSS_BORDER[year] - able_before, draws)
        before, able_before = total, CROSS_BORDER[year]
    return managers


def _certified_in(year: int, count: int, able: int, draws: Draws) -> list[Row]:
    days = sorted((date(year, 1, 1).toordinal() + draws.below(count, 364)).tolist())
    is_able = (draws.shuffled(count) < able).tolist()
    levels, codes = draws.pick(count, list(LEVELS.values())).tolist(), list(LEVELS)
    lacking = draws.pick(count, LACKING_WEIGHTS).tolist()
    return [
        {
            "manager_id": f"SIM-M-{year}-{number:05d}",
            "certified_date": day,
            "level": codes[level],
            **{name: able_one or place not in LACKING[lacks] for place, name in enumerate(COMPETENCIES)},
        }
        for number, (day, level, able_one, lacks) in enumerate(
            zip(days, levels, is_able, lacking, strict=True), start=1
        )
    ]


def make_recognitions(managers: list[Row], seed: int) -> list[Row]:
    """Return one row per manager and country, by day; in each region just so many managers as the plan says."""
    draws = Draws(seed, "recognitions")
    rows = [row for region in RECOGNISED for row in _recognised_in(region, managers, draws)]
    return sorted(rows, key=lambda row: (row["recognised_date"], row["manager_id"], row["partner"]))


def _recognised_in(region: str, managers: list[Row], draws: Draws) -> list[Row]:
    rows: list[Row] = []
    known: set[str] = set()
    for year, total in RECOGNISED[region].items():
        able = [one for one in managers if _may_be_recognised(one, year) and one["manager_id"] not in known]
        for position in draws.shuffled(len(able))[: total - len(known)].tolist():
            known.add(able[position]["manager_id"])
            rows += _countries_of(able[position], year, COUNTRIES[region], draws)
    return rows


def _may_be_recognised(manager: Row, year: int) -> bool:
    return bool(manager["has_cross_border_negotiation"]) and manager["certified_date"] < date(year, 1, 1).toordinal()


def _countries_of(manager: Row, year: int, countries: tuple[str, ...], draws: Draws) -> list[Row]:
    """One country of the region, and for some another in the same year: still one manager."""
    first = int(draws.below(1, len(countries))[0])
    chosen = [first, (first + 1) % len(countries)] if draws.chance(1, SECOND_COUNTRY_PER_MILLE)[0] else [first]
    days = (date(year, 1, 1).toordinal() + draws.below(len(chosen), 364)).tolist()
    return [
        {"manager_id": manager["manager_id"], "partner": countries[place], "recognised_date": day}
        for place, day in zip(chosen, days, strict=True)
    ]
