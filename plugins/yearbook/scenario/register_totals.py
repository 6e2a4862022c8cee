"""The control totals of the register: what the yearbook prints, a few percent above what the records hold.

Computed from the contracts by province of the seller (output) and of the buyer (input), so that coverage is between
92 and 99 % and the parts add up to the whole. Not its business: the printed table (`files/register_files.py`).
"""

from datetime import date
from typing import NamedTuple

from yearbook.scenario.contracts import Contract
from yearbook.scenario.draws import Draws
from yearbook.scenario.labels import PROVINCES
from yearbook.scenario.plan import YEARS

WAN = 10_000
HONG_KONG, ABROAD, NATIONAL = "港澳台", "其他", "全国"
AREAS = (*PROVINCES, HONG_KONG, ABROAD)
DIRECTIONS = {"output": "seller", "input": "buyer"}
YEAR_BEFORE, GROWTH_BEFORE_PERCENT = YEARS[0] - 1, 24
COVERAGE_PER_MILLE = (925, 985)
FEWEST, EACH = 3, 40_000


class Total(NamedTuple):
    """One printed total: `value` in 万元."""

    year: int
    area: str
    direction: str
    contracts: int
    value: int


def make_register_totals(contracts: list[Contract], seed: int) -> list[Total]:
    """Return the totals of provinces, regions and the nation for 2019 to 2024, both directions."""
    draws = Draws(seed, "register totals")
    low, high = COVERAGE_PER_MILLE
    totals: list[Total] = []
    for direction, party in DIRECTIONS.items():
        covered = dict(zip(AREAS, draws.between(len(AREAS), low, high).tolist(), strict=True))
        sums = _sums(contracts, party)
        for year in (YEAR_BEFORE, *YEARS):
            totals += _totals_of(year, direction, sums, covered)
    return _reconciled(totals)


def _reconciled(totals: list[Total]) -> list[Total]:
    """Make the nation's input its output, as both count the same contracts; what is not allocated bears it."""
    nation = {total.year: total for total in totals if total.area == NATIONAL and total.direction == "output"}
    inputs = {total.year: total for total in totals if total.area == NATIONAL and total.direction == "input"}
    return [
        total._replace(
            contracts=total.contracts + nation[total.year].contracts - inputs[total.year].contracts,
            value=total.value + nation[total.year].value - inputs[total.year].value,
        )
        if total.direction == "input" and total.area in (NATIONAL, ABROAD)
        else total
        for total in totals
    ]


def _sums(contracts: list[Contract], party: str) -> dict[tuple[int, str], tuple[int, int]]:
    sums: dict[tuple[int, str], tuple[int, int]] = {}
    for contract in contracts:
        year = date.fromordinal(contract["sign_date"]).year
        area = contract[f"{party}_province"] or (HONG_KONG if contract[f"{party}_country"] == "HKG" else ABROAD)
        count, value = sums.get((year, area), (0, 0))
        sums[year, area] = (count + 1, value + contract["value_cny"])
    return sums


def _totals_of(
    year: int, direction: str, sums: dict[tuple[int, str], tuple[int, int]], covered: dict[str, int]
) -> list[Total]:
    growth = 100 + GROWTH_BEFORE_PERCENT if year == YEAR_BEFORE else 100
    parts = []
    for area in AREAS:
        count, value = sums.get((max(year, YEARS[0]), area), (0, 0))
        printed = value * 1_000 // covered[area] * 100 // growth // WAN
        parts.append(Total(year, area, direction, count + FEWEST + printed // EACH if printed else 0, printed))
    return [_sum_of(parts, NATIONAL), *parts]


def _sum_of(parts: list[Total], area: str) -> Total:
    return Total(
        parts[0].year,
        area,
        parts[0].direction,
        sum(part.contracts for part in parts),
        sum(part.value for part in parts),
    )
