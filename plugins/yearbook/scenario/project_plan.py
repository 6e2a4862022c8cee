"""The plan of the projects: groups that agree in what the documents say of them, before a background that does not
touch them.

Not its business: the course of a project (`projects.py`).
"""

from dataclasses import dataclass, field
from typing import Any

STARTED = {2016: 180, 2017: 210, 2018: 240, 2019: 270, 2020: 290, 2021: 330, 2022: 370, 2023: 410, 2024: 460}
FEWEST = 24
LOCAL_CONTENT_PERCENT = 75
MATCHING_DAYS = 45
GUIDANCE_FUND_PERCENT = 40


@dataclass(frozen=True)
class Group:
    """`count` projects started in `year` (screened the year before), at any scale; `fixed` fields hold for each.

    `matched` and `approved_late` are pinned to the documents: matched within 45 days on average; approved six months
    after the plan.
    """

    name: str
    year: int
    count: int
    fixed: dict[str, Any] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    adapted_in: int | None = None
    matched: bool = False
    approved_late: bool = False


SHENZHEN = "shenzhen_singapore_proof_of_concept"

GROUPS: tuple[Group, ...] = (
    *(
        # The projects of Chongqing University: 25 in 2023, 40 in 2024, 60 % more.
        Group("cqu", year, count, {"institution_id": "cqu"})
        for year, count in {2020: 13, 2021: 16, 2022: 20, 2023: 25, 2024: 40}.items()
    ),
    # Local content of hydropower in Bangladesh: 75 %.
    Group("bangladesh_hydropower", 2024, 12, {"partner": "BGD", "sector": "hydropower"}),
    # One project of photovoltaic hydrogen in Saudi Arabia, expected to run in 2025.
    Group("saudi_hydrogen", 2024, 1, {"partner": "SAU", "sector": "photovoltaics_hydrogen", "expected_year": 2025}),
    # Rice in Kenya, stopped by land and customs.
    Group("kenya_rice", 2023, 1, {"partner": "KEN", "sector": "crop_cultivation", "disruption_cause": "land_customs"}),
    # Twelve electronic technologies adapted through Shenzhen and Singapore.
    Group("shenzhen_singapore", 2023, 12, {"sector": "electronics", "platform": SHENZHEN},
          partners=("SGP", "MYS", "THA", "VNM"), adapted_in=2024),
    # Environmental approval of photovoltaics in the Emirates: six months late.
    Group("emirates_photovoltaics", 2023, 12,
          {"partner": "ARE", "sector": "photovoltaics", "approval": "environmental"}, approved_late=True),
    # Matched through workstations in Indonesia and Kazakhstan: 89, in 45 days.
    Group("workstations", 2024, 89, partners=("IDN", "KAZ"), matched=True),
    Group("workstations_2023", 2023, 61, partners=("IDN", "KAZ"), matched=True),
    Group("workstations_2022", 2022, 38, partners=("IDN", "KAZ"), matched=True),
)  # fmt: skip

# What the groups above say of their partner and sector holds only while no other project stands there.
RESERVED = {
    ("BGD", "hydropower"),
    ("SAU", "photovoltaics_hydrogen"),
    ("KEN", "crop_cultivation"),
    ("ARE", "photovoltaics"),
}
