"""The plan of the projects: groups that agree in what the documents say of them, before a background that does not
touch them.

Not its business: the course of a project (`projects.py`), what is measured of it later (`monitoring_plan.py`).
"""

from dataclasses import dataclass, field
from typing import Any

BACKGROUND = {
    2016: 270, 2017: 310, 2018: 360, 2019: 420, 2020: 490, 2021: 530, 2022: 610, 2023: 710, 2024: 820,
}  # fmt: skip
SCREENED_ONLY = {2024: 330}
"""Screened in the last year, to start after the records end."""
GUIDANCE_FUND_PERCENT = {2021: 31, 2022: 34, 2023: 37, 2024: 40}
GUIDANCE_FUND_PERCENT_BEFORE = 28
SHENZHEN = "shenzhen_singapore_proof_of_concept"


@dataclass(frozen=True)
class Group:
    """`count` projects started in `year` (screened the year before); `fixed` fields hold for each.

    The rest is pinned to the documents: `adapted_in` is the year in which the adaptation ended, `matched_in` the days
    from request to match on average, `approved_late` the months after the plan, in the year after the start,
    `local_percent` the local part of all procurement, `lasting` that no project of the group is ended or disrupted.
    """

    name: str
    year: int
    count: int
    fixed: dict[str, Any] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    adapted_in: int | None = None
    matched_in: int | None = None
    approved_late: int | None = None
    local_percent: int | None = None
    lasting: bool = False


def _measured(name: str, partner: str, sector: str, **fixed: str) -> tuple[Group, ...]:
    """Twelve projects, four begun in each of three years, that are measured to the end."""
    return tuple(
        Group(name, year, 4, {"partner": partner, "sector": sector, **fixed}, lasting=True)
        for year in (2021, 2022, 2023)
    )


GROUPS: tuple[Group, ...] = (
    *(
        # The projects of Chongqing University: 25 in 2023, 40 in 2024, 60 % more.
        Group("cqu", year, count, {"institution_id": "cqu"})
        for year, count in {2020: 13, 2021: 16, 2022: 20, 2023: 25, 2024: 40}.items()
    ),
    *(
        # Local content of hydropower in Bangladesh: 75 % in 2024.
        Group("bangladesh_hydropower", year, count, {"partner": "BGD", "sector": "hydropower"}, local_percent=local)
        for year, count, local in ((2022, 10, 61), (2023, 11, 69), (2024, 12, 75))
    ),
    # One project of photovoltaic hydrogen in Saudi Arabia, expected to run in 2025.
    Group("saudi_hydrogen", 2024, 1, {"partner": "SAU", "sector": "photovoltaics_hydrogen", "expected_year": 2025}),
    # Rice in Kenya, stopped by land and customs.
    Group("kenya_rice", 2023, 1, {"partner": "KEN", "sector": "crop_cultivation"}),
    *(
        # Electronic technologies adapted through Shenzhen and Singapore: twelve in 2024.
        Group("shenzhen_singapore", year - 1, count, {"sector": "electronics", "platform": SHENZHEN},
              partners=("SGP", "MYS", "THA", "VNM"), adapted_in=year)
        for year, count in {2022: 6, 2023: 9, 2024: 12}.items()
    ),
    *(
        # Environmental approval of photovoltaics in the Emirates: six months late in 2024.
        Group("emirates_photovoltaics", year - 1, 12,
              {"partner": "ARE", "sector": "photovoltaics", "approval": "environmental"}, approved_late=months)
        for year, months in {2022: 4, 2023: 5, 2024: 6}.items()
    ),
    *(
        # Matched through workstations in Indonesia and Kazakhstan: 89 in 2024, in 45 days.
        Group("workstations", year, count, partners=("IDN", "KAZ"), matched_in=days)
        for year, count, days in ((2021, 20, 60), (2022, 38, 54), (2023, 61, 49), (2024, 89, 45))
    ),
    *_measured("tanzania_machinery", "TZA", "agricultural_machinery", delivery_model="leasing_with_guidance"),
    *_measured("thailand_batteries", "THA", "new_energy_vehicles"),
    *_measured("ethiopia_vehicles", "ETH", "new_energy_vehicles"),
    *_measured("egypt_photovoltaics", "EGY", "photovoltaics"),
    *_measured("morocco_photovoltaics", "MAR", "photovoltaics"),
    *_measured("laos_gastrodia", "LAO", "medicinal_plant_processing"),
)  # fmt: skip

# What the groups above say of their partner and sector holds only while no other project stands there.
RESERVED = {
    ("BGD", "hydropower"),
    ("SAU", "photovoltaics_hydrogen"),
    ("ARE", "photovoltaics"),
    ("TZA", "agricultural_machinery"),
    ("THA", "new_energy_vehicles"),
    ("ETH", "new_energy_vehicles"),
    ("EGY", "photovoltaics"),
    ("MAR", "photovoltaics"),
    ("LAO", "medicinal_plant_processing"),
    *(("KEN", sector) for sector in ("agricultural_machinery", "crop_cultivation", "palm_oil_processing")),
}
