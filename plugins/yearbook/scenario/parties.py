"""Who sells and who buys: institutions at home, companies abroad, and how many of them are active in a year.

Not its business: how a name is spelt in a file (`files/contract_cells.py`).
"""

from collections.abc import Sequence

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import Institution, Population, active_ones
from yearbook.scenario.labels import PARTNERS
from yearbook.scenario.plan import ACTIVE_PUBLIC_RESEARCH, Seller

COMPANIES_PER_COUNTRY = 40
CONCENTRATION = 8
TYPES: dict[str, tuple[str, ...]] = {
    "public_research": ("university", "research_institute"),
    "enterprise": ("enterprise",),
    "platform": ("platform",),
}


def company_abroad(country: str, number: int) -> str:
    """Return the id of a simulated company abroad."""
    return f"SIM-F-{country}-{number:03d}"


def names_of_parties(population: Population) -> dict[str, tuple[str, str, str]]:
    """Return the Chinese, the English and the old name of every party, by id."""
    names = {one.id: (one.name_zh, one.name_en, one.old_name) for one in population.institutions}
    for country, (chinese, english) in PARTNERS.items():
        for number in range(1, COMPANIES_PER_COUNTRY + 1):
            current = f"模拟{chinese}公司 {number:03d}", f"Simulated Company of {english} {number:03d}"
            names[company_abroad(country, number)] = (*current, f"模拟{chinese}企业 {number:03d}")
    return names


def sellers_at_home(
    seller: Seller, year: int, count: int, population: Population, draws: Draws, scale: float, named: int
) -> list[Institution]:
    """Return one seller per contract of a year.

    Of public research just so many are active as the plan says, less the `named` ones that the plan places itself.
    """
    pool = sorted(population.existing(year, *TYPES[seller]), key=lambda one: (one.order, one.id))
    if seller == "public_research":
        active = min(count, round(ACTIVE_PUBLIC_RESEARCH[year] * min(1.0, scale)) - named, len(pool))
        pool = [pool[position] for position in active_ones(pool, active, draws)]
        chosen = [*pool, *drawn_from(pool, count - active, draws)]
    else:
        chosen = drawn_from(pool, count, draws)
    return [chosen[position] for position in draws.shuffled(count)]


def drawn_from(pool: Sequence[Institution], count: int, draws: Draws) -> list[Institution]:
    """Return `count` of the pool: a few of them often, most of them rarely."""
    if not count:
        return []
    weights = draws.skewed(len(pool), CONCENTRATION)
    return [pool[position] for position in draws.pick(count, weights)]
