"""The insurance claims of projects abroad: what was lost, what was paid, up to which ceiling.

Not its business: the workbook (`files/claim_files.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws, share_out
from yearbook.scenario.project_money import BELT_AND_ROAD_COUNTRIES
from yearbook.scenario.rolls import one_of

Row = dict[str, Any]
Project = dict[str, Any]

CLAIMS = {2020: 22, 2021: 30, 2022: 36, 2023: 45, 2024: 52}
CAUSES = {"political": 35, "commercial": 40, "technical": 25}
# Ceilings of the policies in per cent, by weight: none in Belt and Road countries is above 60 %.
COVERS = {"30": 12, "40": 20, "50": 34, "60": 34}
COVERS_ELSEWHERE = {"40": 10, "50": 25, "60": 40, "70": 25}
PAID_PER_CENT_OF_COVER = (45, 100)
STEP = 10_000
# Wind power in Pakistan, 2024: 20 million yuan paid for political losses.
PAKISTAN_WIND_CLAIMS, PAKISTAN_WIND_PAID, PAKISTAN_WIND_COVER = 10, 20_000_000, 60
PAKISTAN_WIND = ("PAK", "wind_power", "political")


def make_claims(projects: list[Project], seed: int) -> list[Row]:
    """Return all claims by day of loss; days are ordinals, amounts whole yuan in steps of 10,000."""
    draws = Draws(seed, "insurance claims")
    claims = [row for year, count in CLAIMS.items() for row in _of_year(year, count, projects, draws)]
    claims += _pakistan_wind(draws)
    claims.sort(key=lambda one: (one["loss_date"], one["partner"], one["sector"], one["loss"]))
    for number, claim in enumerate(claims, start=1):
        claim["claim_id"] = f"SIM-I-{date.fromordinal(claim['loss_date']).year}-{number:04d}"
    return claims


def _of_year(year: int, count: int, projects: list[Project], draws: Draws) -> list[Row]:
    first = date(year, 1, 1).toordinal()
    insured = [one for one in projects if one["partner"] != "CHN" and (one["start_date"] or first) < first]
    columns = zip(
        draws.below(count, len(insured)).tolist(),
        draws.pick(count, list(CAUSES.values())).tolist(),
        draws.below(count, 364).tolist(),
        (draws.between(count, 40, 3_000) * STEP).tolist(),
        draws.between(count, *PAID_PER_CENT_OF_COVER).tolist(),
        draws.below(count, 1_000).tolist(),
        strict=True,
    )
    return [
        _claim(insured[place], list(CAUSES)[cause], first + day, loss, paid, roll)
        for place, cause, day, loss, paid, roll in columns
    ]


def _claim(project: Project, cause: str, day: int, loss: int, paid: int, roll: int) -> Row:
    # Political losses in Pakistan's wind power are planned.
    is_planned = (project["partner"], project["sector"], cause) == PAKISTAN_WIND
    cover = int(one_of(COVERS if project["partner"] in BELT_AND_ROAD_COUNTRIES else COVERS_ELSEWHERE, iter([roll])))
    return {
        "project_id": project["project_id"],
        "partner": project["partner"],
        "sector": project["sector"],
        "cause": "commercial" if is_planned else cause,
        "loss_date": day,
        "loss": loss,
        "compensation": loss * cover * paid // 10_000 // STEP * STEP,
        "cover_ratio": cover,
        "currency": "CNY",
    }


def _pakistan_wind(draws: Draws) -> list[Row]:
    """Claims of policies without a project in the records."""
    paid = share_out(PAKISTAN_WIND_PAID, (40 + draws.below(PAKISTAN_WIND_CLAIMS, 60)).tolist(), STEP)
    days = (date(2024, 1, 5).toordinal() + draws.below(PAKISTAN_WIND_CLAIMS, 340)).tolist()
    partner, sector, cause = PAKISTAN_WIND
    return [
        {
            "project_id": None,
            "partner": partner,
            "sector": sector,
            "cause": cause,
            "loss_date": day,
            "loss": amount * 2,
            "compensation": amount,
            "cover_ratio": PAKISTAN_WIND_COVER,
            "currency": "CNY",
        }
        for amount, day in zip(paid, days, strict=True)
    ]
