"""Even spreads for what a median or a quartile is to be met by: few draws at random would miss it.

Not its business: what is spread.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from yearbook.scenario.draws import Draws, share_out

GOLDEN_PER_MILLE = 618


class Turns:
    """Counts, by name, and gives at each turn a point from 0 to 999 far from the ones before."""

    def __init__(self) -> None:
        self._turns: Counter[Hashable] = Counter()

    def next(self, name: Hashable) -> int:
        """The next point of a name, per mille."""
        self._turns[name] += 1
        return self._turns[name] * GOLDEN_PER_MILLE % 1_000


def parts_of(wholes: Sequence[int], percent: int, spread: int, draws: Draws, step: int = 1) -> list[int]:
    """Return a part of each whole, `percent` of it give or take `spread`; together they are exactly `percent` of all.

    Raises `ValueError` where all together leave a remainder: choose wholes that do not.
    """
    total, rest = divmod(sum(wholes) * percent, 100)
    if rest:
        raise ValueError(f"{percent} % of {sum(wholes)} is no whole number")
    rolls = draws.between(len(wholes), 100 * (percent - spread), 100 * (percent + spread)).tolist()
    return share_out(total, [whole * roll for whole, roll in zip(wholes, rolls, strict=True)], step)
