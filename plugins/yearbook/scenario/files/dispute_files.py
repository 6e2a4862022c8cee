"""Disputes as a centre for mediation publishes them: one JSON document, cases below its data, in two languages."""

import json
from datetime import date
from typing import Any

from yearbook.scenario.disputes import Row
from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.labels import MARK, PARTNERS
from yearbook.scenario.words import DISPUTE_OUTCOMES, DISPUTE_SUBJECTS

REPEATED_PER_MILLE = 20
NOTICE = "模拟数据，仅供演示。 / SIMULATED cases, for demonstration only."
# Closed before it was opened (waits for a decision); an outcome and still open (is shown).
FAULTS: tuple[Row, ...] = (
    {"dispute_id": "SIM-D-2023-901", "partner": "USA", "subject": "intellectual_property",
     "opened_date": date(2023, 6, 1).toordinal(), "closed_date": date(2023, 1, 9).toordinal(), "outcome": "settled"},
    {"dispute_id": "SIM-D-2024-902", "partner": "DEU", "subject": "contract",
     "opened_date": date(2024, 9, 2).toordinal(), "closed_date": None, "outcome": "settled"},
)  # fmt: skip


def dispute_files(cases: list[Row], seed: int) -> dict[str, bytes]:
    """Return the document by path."""
    delivered = with_repeats([*cases, *FAULTS], REPEATED_PER_MILLE, Draws(seed, "handwriting of disputes"))
    document = {
        "meta": {"notice": NOTICE, "count": len(delivered)},
        "data": {"cases": [_case(number, case) for number, case in enumerate(delivered)]},
    }
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return {f"disputes/{MARK}_disputes.json": content}


def _case(number: int, case: Row) -> dict[str, Any]:
    language = number % 2
    closing = None
    if case["closed_date"] or case["outcome"]:
        outcome = DISPUTE_OUTCOMES[case["outcome"]][language]
        closing = {"date": cells.iso(case["closed_date"]) if case["closed_date"] else None, "outcome": outcome}
    return {
        "no": case["dispute_id"],
        "party": {"country": PARTNERS[case["partner"]][language]},
        "subject": DISPUTE_SUBJECTS[case["subject"]][language],
        "opened": cells.iso(case["opened_date"]),
        "closing": closing,
    }
