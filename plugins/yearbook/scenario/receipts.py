"""Money received on contracts by year: what public research developed, transferred or licensed, and all licences.

Services and consulting are paid on delivery and not followed up. Most contracts are paid within the year, some in two
or three years; a little is never paid. Not its business: how the receipts are written (`files/receipt_files.py`).
"""

from collections.abc import Iterator

import numpy as np

from yearbook.scenario.columns import NOTHING, Rows, size_of, take
from yearbook.scenario.contracts import CHANNELS, Bounds
from yearbook.scenario.draws import Draws
from yearbook.scenario.parties import Parties
from yearbook.scenario.plan import YEARS

FOLLOWED = [CHANNELS[channel] for channel in ("development", "transfer", "license")]
PAID_AT_ONCE_PER_MILLE, PAID_IN_TWO_PER_MILLE = 620, 300
FIRST_PART, SECOND_PART = (52, 75), (15, 22)
LOSS_PER_MILLE = 40
STEP = 100


def receipts_of(contracts: Rows, year: int, parties: Parties, seed: int) -> Iterator[tuple[int, Rows]]:
    """Yield the receipts on the contracts signed in a year, by the year of receipt; `value` in their currency."""
    is_followed = parties.are_public[contracts["seller"]] & np.isin(contracts["channel"], FOLLOWED)
    rows = take(contracts, is_followed | (contracts["channel"] == CHANNELS["license"]))
    draws = Draws(seed, f"receipts {year}")
    count = size_of(rows)
    way = draws.below(count, 1_000)
    first = draws.between(count, *FIRST_PART)
    second = draws.between(count, *SECOND_PART)
    owed = rows["value"] - rows["value"] * draws.below(count, LOSS_PER_MILLE) // 1_000
    is_whole, is_third = way < PAID_AT_ONCE_PER_MILLE, way >= PAID_AT_ONCE_PER_MILLE + PAID_IN_TWO_PER_MILLE
    at_first = np.where(is_whole, owed, owed * first // 100 // STEP * STEP)
    at_second = np.where(is_whole, 0, np.where(is_third, owed * second // 100 // STEP * STEP, owed - at_first))
    for later, amount in enumerate((at_first, at_second, owed - at_first - at_second)):
        if year + later <= YEARS[-1]:
            paid = take({**rows, "value": amount}, amount > 0)
            yield year + later, _numbered(paid, year, year + later)


def _numbered(paid: Rows, signed: int, year: int) -> Rows:
    """With the number under which the contract is known in the year of receipt."""
    is_known_anew = paid["is_renamed"] & (paid["amended_on"] != NOTHING) & (paid["amended_on"] <= Bounds.of(year).last)
    same = {"year": signed, "received": year, "letter": 0}
    return {
        **{name: paid[name] for name in ("number", "currency", "value", "hand", "is_renamed")},
        **{name: np.full(size_of(paid), value, dtype=np.int32) for name, value in same.items()},
        "is_amendment": is_known_anew,
    }
