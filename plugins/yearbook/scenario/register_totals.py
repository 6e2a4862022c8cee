"""The control totals of the register: what the yearbook prints, a few percent above what the records hold.

The nation's value, and how many contracts it is in, are the plan's at any scale; provinces share it by what their
contracts are worth, output by the seller's and input by the buyer's, so that the coverage of most is between 92 and
99 %. Not its business: the printed table (`files/register_files.py`).
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from yearbook.scenario.columns import NOTHING, Rows
from yearbook.scenario.draws import Draws, Integers, share_out
from yearbook.scenario.labels import PROVINCES
from yearbook.scenario.parties import COUNTRIES, Parties
from yearbook.scenario.plan import CONTRACTS, NATIONAL_REGISTER, bn

WAN = 10_000
HONG_KONG, ABROAD, NATIONAL = "港澳台", "其他", "全国"
AREAS = (*PROVINCES, HONG_KONG, ABROAD)
DIRECTIONS = {"output": "seller", "input": "buyer"}
COVERAGE_PER_MILLE = (935, 975)
MORE_CONTRACTS_PERCENT, FEWEST = 4, 3


class Total(NamedTuple):
    """One printed total: `value` in 万元."""

    year: int
    area: str
    direction: str
    contracts: int
    value: int


class Sums(NamedTuple):
    """What the contracts of a year add up to, by area: how many they are, and their value in yuan."""

    year: int
    direction: str
    contracts: list[int]
    values: list[int]


def sums_of(contracts: Rows, year: int, parties: Parties) -> list[Sums]:
    """Return the sums of a year's contracts in both directions."""
    return [_sums(contracts, year, direction, parties) for direction in DIRECTIONS]


def make_register_totals(sums: Iterable[Sums], seed: int) -> list[Total]:
    """Return the totals of provinces and the nation, both directions."""
    draws = Draws(seed, "register totals")
    covered = {direction: draws.between(len(AREAS), *COVERAGE_PER_MILLE).tolist() for direction in DIRECTIONS}
    return [total for one in sums for total in _totals_of(one, covered[one.direction])]


def _sums(contracts: Rows, year: int, direction: str, parties: Parties) -> Sums:
    positions = contracts[DIRECTIONS[direction]]
    areas = _areas_of(parties)[positions]
    # Exact: a sum of whole yuan stays far below what a double can hold.
    values = np.bincount(areas, contracts["value_cny"], minlength=len(AREAS)).astype(np.int64)
    return Sums(year, direction, np.bincount(areas, minlength=len(AREAS)).tolist(), values.tolist())


def _areas_of(parties: Parties) -> Integers:
    elsewhere = np.where(parties.countries == COUNTRIES["HKG"], AREAS.index(HONG_KONG), AREAS.index(ABROAD))
    return np.where(parties.provinces == NOTHING, elsewhere, parties.provinces)


def _totals_of(sums: Sums, covered: list[int]) -> list[Total]:
    national = bn(NATIONAL_REGISTER[sums.year]) // WAN
    values = share_out(national, [value * 1_000 // share for value, share in zip(sums.values, covered, strict=True)])
    registered = max(CONTRACTS[sums.year], sum(sums.contracts)) * (100 + MORE_CONTRACTS_PERCENT) // 100
    counts = share_out(registered, [count * 100 + FEWEST if count else 0 for count in sums.contracts])
    parts = [
        Total(sums.year, area, sums.direction, count, value)
        for area, count, value in zip(AREAS, counts, values, strict=True)
    ]
    return [Total(sums.year, NATIONAL, sums.direction, registered, national), *parts]
