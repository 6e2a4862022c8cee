"""What becomes of a true contract after its registration: amended under its own number or a new one, or sent twice.

The contract stays true: an amendment brings the version before it beside the last one. Not its business: what is wrong
(`faults.py`).
"""

import numpy as np

from yearbook.scenario.columns import NOTHING, Rows, joined, size_of, take
from yearbook.scenario.contracts import STATUSES, Bounds
from yearbook.scenario.draws import Draws
from yearbook.scenario.plan import YEARS

PER_TEN_THOUSAND = {"amended": 40, "renamed": 25, "twice": 40}
LAST_DAY = Bounds.of(YEARS[-1]).last
SOONEST, LONGEST = 40, 160


def with_histories(contracts: Rows, year: int, seed: int) -> Rows:
    """Return the contracts with `amended_on` (or nothing), `is_renamed`, `is_twice` and the `value_before`."""
    count = size_of(contracts)
    draws = Draws(seed, f"histories {year}")
    fates, turns = draws.below(count, 10_000), draws.below(count, 1_000)
    amended, renamed, twice = np.cumsum(list(PER_TEN_THOUSAND.values())).tolist()
    amended_on = contracts["registration_date"] + SOONEST + turns % LONGEST
    is_amended = (fates < renamed) & (amended_on <= LAST_DAY)
    return {
        **contracts,
        "amended_on": np.where(is_amended, amended_on, NOTHING).astype(np.int32),
        "is_renamed": is_amended & (fates >= amended),
        "is_twice": (fates >= renamed) & (fates < twice),
        "value_before": contracts["value"] * (700 + turns % 600) // 1_000,
    }


def registered(contracts: Rows) -> Rows:
    """Return every paper on the contracts: first versions, amendments, and what was sent twice."""
    is_amended = contracts["amended_on"] != NOTHING
    before = np.where(is_amended, contracts["value_before"], contracts["value"])
    ends = {
        "status": np.full(len(before), STATUSES["active"], dtype=np.int32),
        "is_amendment": np.zeros(len(before), dtype=bool),
    }
    first = {
        **contracts,
        **ends,
        "value": before,
        "technology_value": np.where(is_amended, before * 8 // 10, contracts["technology_value"]),
    }
    later = take({**contracts, **ends}, is_amended)
    later |= {
        "status": np.full(size_of(later), STATUSES["amended"], dtype=np.int32),
        "registration_date": later["amended_on"],
        "is_amendment": np.ones(size_of(later), dtype=bool),
    }
    return joined([first, later, take(first, contracts["is_twice"])])
