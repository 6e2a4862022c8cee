"""The disputes: by partner and subject, when a case was opened and when closed.

Not its business: the document (`files/dispute_files.py`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws

Row = dict[str, Any]

COUNTRIES = {
    "bri": ("VNM", "THA", "IDN", "MYS", "PAK", "KAZ", "SAU", "ARE", "KEN", "EGY"),
    "elsewhere": ("USA", "DEU", "JPN", "GBR", "FRA", "NLD", "BRA", "AUS", "CAN"),
}
OUTCOMES = {"settled": 48, "awarded": 27, "withdrawn": 15, "dismissed": 10}
TRANSFER, PROPERTY, CONTRACT, OTHER = "technology_commercialization", "intellectual_property", "contract", "other"


@dataclass(frozen=True)
class Batch:
    """`count` cases opened in `opened` and closed in `closed`, or open to this day; of these subjects by turns."""

    group: str
    opened: int
    closed: int | None
    count: int
    subjects: tuple[str, ...] = (TRANSFER, PROPERTY)


# With Belt and Road partners fifteen cases are open on some day of 2023, all of the two subjects: 6 + 1 + 5 + 3.
BATCHES = (
    Batch("bri", 2020, 2021, 4, (TRANSFER, CONTRACT)),
    Batch("bri", 2021, 2021, 2),
    Batch("bri", 2021, 2022, 4, (PROPERTY, CONTRACT, OTHER)),
    Batch("bri", 2022, 2022, 3, (TRANSFER, OTHER)),
    Batch("bri", 2022, 2023, 6),
    Batch("bri", 2022, None, 1),
    Batch("bri", 2023, 2023, 5),
    Batch("bri", 2023, 2024, 3),
    Batch("bri", 2024, 2024, 8, (TRANSFER, PROPERTY, CONTRACT)),
    Batch("bri", 2024, None, 6, (TRANSFER, PROPERTY, OTHER)),
    Batch("elsewhere", 2020, 2021, 9, (PROPERTY, CONTRACT, TRANSFER)),
    Batch("elsewhere", 2021, 2022, 11, (PROPERTY, CONTRACT, OTHER)),
    Batch("elsewhere", 2022, 2023, 13, (PROPERTY, TRANSFER, CONTRACT)),
    Batch("elsewhere", 2023, 2023, 6, (PROPERTY, CONTRACT)),
    Batch("elsewhere", 2023, 2024, 9, (PROPERTY, TRANSFER, OTHER)),
    Batch("elsewhere", 2024, None, 12, (PROPERTY, CONTRACT, TRANSFER)),
)


def make_disputes(seed: int) -> list[Row]:
    """Return all cases by day of opening; days are ordinals."""
    draws = Draws(seed, "disputes")
    cases = [case for batch in BATCHES for case in _cases(batch, draws)]
    cases.sort(key=lambda case: (case["opened_date"], case["partner"], case["subject"]))
    for number, case in enumerate(cases, start=1):
        case["dispute_id"] = f"SIM-D-{date.fromordinal(case['opened_date']).year}-{number:03d}"
    return cases


def _cases(batch: Batch, draws: Draws) -> list[Row]:
    countries = COUNTRIES[batch.group]
    columns = zip(
        draws.below(batch.count, len(countries)).tolist(),
        draws.pick(batch.count, list(OUTCOMES.values())).tolist(),
        # A case that is closed in the year of its opening is opened in the first half and closed in the second.
        draws.below(batch.count, 180).tolist(),
        draws.between(batch.count, 185, 360).tolist(),
        strict=True,
    )
    return [
        {
            "partner": countries[place],
            "subject": batch.subjects[index % len(batch.subjects)],
            "opened_date": date(batch.opened, 1, 1).toordinal() + early,
            "closed_date": date(batch.closed, 1, 1).toordinal() + late if batch.closed else None,
            "outcome": list(OUTCOMES)[outcome] if batch.closed else None,
        }
        for index, (place, outcome, early, late) in enumerate(columns)
    ]
