"""Who sells and who buys: institutions at home, companies abroad, and how many of them are active in a year.

Not its business: how a name is spelt in a file (`files/contract_cells.py`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from yearbook.scenario.columns import NOTHING, places_of
from yearbook.scenario.draws import Draws, Integers
from yearbook.scenario.institutions import Population
from yearbook.scenario.labels import PARTNERS, PROVINCES
from yearbook.scenario.plan import ACTIVE, Seller

COMPANIES_PER_COUNTRY = 40
SIZE_CHANGE_PERCENT = (75, 125)
LEVEL_BITS, LEVEL_SHIFT = 9, 5
LEANING = 10_000
CHURN = 3
COUNTRIES, AREAS = places_of(PARTNERS), places_of(PROVINCES)
TYPES: dict[Seller, tuple[str, ...]] = {
    "public_research": ("university", "research_institute"),
    "enterprise": ("enterprise",),
    "platform": ("platform",),
}


@dataclass(frozen=True)
class Parties:
    """All who sell or buy, by position: the institutions in their order, then the companies of each country."""

    population: Population
    ids: list[str]
    names: tuple[list[str], list[str], list[str]]  # Chinese, English, old
    countries: Integers
    provinces: Integers
    are_public: npt.NDArray[np.bool_]
    levels: Integers  # how large the contracts of each usually are
    leanings: Integers  # whether it rather sells at home (low) or abroad (high)
    by_id: dict[str, int]

    def abroad(self, countries: Integers, numbers: Integers) -> Integers:
        """Return the positions of companies by their country and number from 0."""
        return len(self.population.institutions) + countries * COMPANIES_PER_COUNTRY + numbers

    def existing(self, year: int, *types: str) -> Integers:
        """Return the positions of those at home that exist in the year, the older ones first."""
        found = sorted(self.population.existing(year, *types), key=lambda one: (one.order, one.id))
        return np.array([self.by_id[one.id] for one in found], dtype=np.int64)

    def sizes(self, positions: Integers, draws: Draws) -> Integers:
        """Return how much each sells in a year beside the others: what it usually does, give or take a quarter."""
        usual = np.array([self.population.institutions[one].size for one in positions.tolist()], dtype=np.int64)
        return usual * draws.between(len(usual), *SIZE_CHANGE_PERCENT)


def names_of_parties(population: Population) -> dict[str, tuple[str, str, str]]:
    """Return the Chinese, the English and the old name of every party, by id."""
    names = {one.id: (one.name_zh, one.name_en, one.old_name) for one in population.institutions}
    for country, (chinese, english) in PARTNERS.items():
        for number in range(1, COMPANIES_PER_COUNTRY + 1):
            current = f"模拟{chinese}公司 {number:03d}", f"Simulated Company of {english} {number:03d}"
            names[f"SIM-F-{country}-{number:03d}"] = (*current, f"模拟{chinese}企业 {number:03d}")
    return names


def make_parties(population: Population, seed: int) -> Parties:
    """Return all parties of a population's contracts."""
    names = names_of_parties(population)
    home, draws = population.institutions, Draws(seed, "habits of parties")
    abroad = np.arange(len(PARTNERS)).repeat(COMPANIES_PER_COUNTRY)
    provinces = [AREAS[one.province] for one in home]
    chinese, english, old = ([spelt[at] for spelt in names.values()] for at in range(3))
    return Parties(
        population=population,
        ids=list(names),
        names=(chinese, english, old),
        countries=np.concatenate([np.full(len(home), COUNTRIES["CHN"], dtype=np.int64), abroad]),
        provinces=np.concatenate([np.array(provinces, dtype=np.int64), np.full(len(abroad), NOTHING, dtype=np.int64)]),
        are_public=np.array([one.is_public_research for one in home] + [False] * len(abroad)),
        levels=draws.skewed(len(names), LEVEL_BITS) >> LEVEL_SHIFT,
        leanings=draws.below(len(names), LEANING),
        by_id=places_of(names),
    )


def sellers_at_home(seller: Seller, year: int, count: int, parties: Parties, draws: Draws, named: int) -> Integers:
    """Return one seller per contract of a year, ordered by what they incline to: some sell at home, some abroad.

    Just so many are active as the plan says, less the `named` ones that it places itself: each sells at least once, the
    older ones rather where there are fewer contracts.
    """
    pool = parties.existing(year, *TYPES[seller])
    pool = pool[active_ones(len(pool), ACTIVE[seller][year] - named, draws)]
    often = pool[draws.pick(max(0, count - len(pool)), parties.sizes(pool, draws))]
    chosen = np.concatenate([pool[:count], often])
    standing = parties.leanings[chosen] + draws.below(count, LEANING // 8)
    return chosen[np.argsort(standing, kind="stable")]


def active_ones(candidates: int, count: int, draws: Draws) -> Integers:
    """Return positions of `count` candidates that are active: the older ones rather, with some coming and going."""
    standing = np.arange(candidates, dtype=np.int64) * 8 + draws.below(candidates, CHURN * candidates)
    return np.argsort(standing, kind="stable")[:count].astype(np.int64)
