"""The plan of the monitoring: what the documents say of the measured groups, and how the background is measured.

Not its business: the rows (`monitoring.py`).
"""

from dataclasses import dataclass

YEARS = (2021, 2022, 2023, 2024)


@dataclass(frozen=True)
class Target:
    """A metric of a group: what its figure is in each year, in whole `per`ths of `unit`.

    `of` says what the figure is: the `rate` in per cent of a denominator, the `total` over projects, the `change` in
    per cent or the `multiple` in tenths against the baseline, the `median`. A denominator or a baseline of a project
    is once, twice or three times `base`: hundreds, of which any per cent is whole. `baseline` is the baseline's rate.
    """

    group: str
    metric: str
    of: str
    figures: dict[int, int]
    unit: str
    base: int = 0
    baseline: int | None = None
    per: int = 1


def _years(*figures: int) -> dict[int, int]:
    return dict(zip(YEARS, figures, strict=True))


TARGETS: tuple[Target, ...] = (
    # Machinery in Tanzania: failures fell from 40 to 12 %, yield rose by 30 %, over 5,000 households.
    Target("tanzania_machinery", "equipment_failures", "rate", _years(33, 25, 18, 12), "units", base=100, baseline=40),
    Target("tanzania_machinery", "yield", "change", _years(6, 13, 21, 30), "kg_per_mu", base=100),
    Target("tanzania_machinery", "beneficiary_households", "total", _years(900, 2_300, 4_100, 5_460), "households"),
    # Batteries in Thailand: a capacity of 5 GWh.
    Target("thailand_batteries", "capacity", "total", _years(600, 1_700, 3_200, 5_000), "GWh", per=1_000),
    # Electric vehicles in Ethiopia: over 2,000 sold in 2023.
    Target("ethiopia_vehicles", "units_sold", "total", _years(180, 960, 2_150, 2_900), "units"),
    # Photovoltaics in Egypt: a quarter of the equipment fails.
    Target("egypt_photovoltaics", "equipment_failures", "rate", _years(29, 28, 26, 25), "units", base=200, baseline=22),
    # Photovoltaics in Morocco: over 200 technicians, four hours to answer.
    Target("morocco_photovoltaics", "technicians_trained", "total", _years(46, 104, 171, 238), "persons"),
    Target("morocco_photovoltaics", "maintenance_response_time", "median", _years(12, 9, 6, 4), "hours"),
    # Gastrodia elata in Laos: processing capacity threefold.
    Target("laos_gastrodia", "capacity", "multiple", _years(14, 19, 24, 30), "t_per_year", base=100),
)

MONITORED_PER_MILLE = 550
# Per cent of monitored patents that are infringed in 2024; a point more a year before it.
INFRINGED_PERCENT = {
    "VNM": 21, "THA": 17, "IDN": 34, "MYS": 13, "SGP": 4, "LAO": 24, "KHM": 28, "KAZ": 15, "UZB": 18, "PAK": 22,
    "BGD": 23, "KEN": 19, "TZA": 16, "ETH": 14, "NAM": 11, "EGY": 18, "MAR": 12, "SAU": 8, "ARE": 7,
}  # fmt: skip
INFRINGED_ELSEWHERE = 6
