"""Which institutions at home have achievements, projects and facilities: a few of them often, most of them rarely.

Not its business: who sells contracts (`parties.py`).
"""

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import EXISTING, Population

CONCENTRATION = 8
TYPES = ("university", "research_institute", "enterprise")


def draw_makers(
    population: Population, year: int, count: int, draws: Draws, types: tuple[str, ...] = TYPES
) -> list[str]:
    """Return the ids of `count` institutions that exist in the year; before the first year known, of those of then."""
    pool = population.existing(max(year, min(EXISTING)), *types)
    weights = draws.skewed(len(pool), CONCENTRATION)
    return [pool[position].id for position in draws.pick(count, weights)]
