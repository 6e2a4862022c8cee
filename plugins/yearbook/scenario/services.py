"""The services of technology managers: what a technology was valued at, listed at, and sold at.

Not its business: the managers (`managers.py`), or the file (`files/manager_files.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws

Row = dict[str, Any]

SERVICES = {2020: 260, 2021: 330, 2022: 420, 2023: 520, 2024: 640}
STEP = 1_000
# Per mille of services that have each price; a price by bidding in per cent of the valuation, from and to.
LISTED_PER_MILLE, BID_PER_MILLE, VALUED_PER_MILLE = 610, 430, 900
BID_PERCENT = {2020: (78, 122), 2021: (80, 124), 2022: (82, 126), 2023: (84, 130), 2024: (86, 134)}


def make_services(managers: list[Row], projects: list[dict[str, Any]], seed: int) -> list[Row]:
    """Return all services by year and number; days are ordinals, prices whole yuan."""
    draws = Draws(seed, "services of managers")
    return [row for year, count in SERVICES.items() for row in _of_year(year, count, managers, projects, draws)]


def _of_year(year: int, count: int, managers: list[Row], projects: list[dict[str, Any]], draws: Draws) -> list[Row]:
    first = date(year, 1, 1).toordinal()
    able = [one for one in managers if one["certified_date"] < first]
    served = [one for one in projects if one["year"] in (year - 1, year)]
    columns = zip(
        draws.below(count, len(able)).tolist(),
        draws.below(count, len(served)).tolist(),
        draws.below(count, 364).tolist(),
        (draws.between(count, 30, 9_000) * STEP * 10).tolist(),
        draws.between(count, 95, 118).tolist(),
        draws.between(count, *BID_PERCENT[year]).tolist(),
        *(draws.chance(count, per_mille).tolist() for per_mille in (VALUED_PER_MILLE, LISTED_PER_MILLE, BID_PER_MILLE)),
        strict=True,
    )
    return [
        {
            "service_id": f"SIM-S-{year}-{number:04d}",
            "manager_id": able[manager]["manager_id"],
            "project_id": served[project]["project_id"],
            "date": first + day,
            "valuation_price": worth if is_valued else None,
            "listing_price": worth * listed // 100 if is_listed or not (is_valued or is_bid) else None,
            "bid_price": worth * bid // 100 if is_bid else None,
            "currency": "CNY",
        }
        for number, (manager, project, day, worth, listed, bid, is_valued, is_listed, is_bid) in enumerate(
            columns, start=1
        )
    ]
