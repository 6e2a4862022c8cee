"""What partners' statistical offices print: the output of a sector, year by year.

Not its business: the workbook (`files/statistics_files.py`).
"""

from typing import Any

from yearbook.scenario.draws import Draws

Row = dict[str, Any]

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
PARTNERS = (
    "VNM", "THA", "IDN", "MYS", "LAO", "KHM", "KAZ", "UZB", "PAK", "BGD", "KEN", "TZA", "ETH", "EGY", "MAR", "SAU",
    "ARE", "POL", "HUN", "SRB",
)  # fmt: skip
SECTORS = {
    "new_energy_vehicles": 90, "photovoltaics": 70, "agricultural_machinery": 50, "electronics": 400,
    "medicinal_plant_processing": 20,
}  # fmt: skip
# Output of new energy vehicles in Thailand, in millions of US dollars: 45 % more in 2024 than in 2023.
PINNED = {("THA", "new_energy_vehicles"): (120, 170, 260, 420, 800, 1_160)}
NOT_PRINTED_PER_MILLE = 120


def make_partner_statistics(seed: int) -> list[Row]:
    """Return one row per partner, sector and year, in that order; what an office does not print is left out."""
    draws = Draws(seed, "statistics of partners")
    rows = []
    for partner in PARTNERS:
        for sector, size in SECTORS.items():
            series = PINNED.get((partner, sector)) or _series(size, draws)
            is_missing = bool(draws.chance(1, NOT_PRINTED_PER_MILLE)[0]) and (partner, sector) not in PINNED
            rows += [] if is_missing else [_row(partner, sector, *pair) for pair in zip(YEARS, series, strict=True)]
    return rows


def _series(size: int, draws: Draws) -> list[int]:
    """Growth between -6 and 30 % a year."""
    values = [size * (2 + int(draws.below(1, 9)[0]))]
    for percent in draws.between(len(YEARS) - 1, 94, 130).tolist():
        values.append(max(1, values[-1] * percent // 100))
    return values


def _row(partner: str, sector: str, year: int, value: int) -> Row:
    return {
        "partner": partner, "sector": sector, "year": year, "metric": "output", "value": value, "unit": "million_USD",
    }  # fmt: skip
