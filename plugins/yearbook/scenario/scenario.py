"""One scenario: a seed, a scale, and who is in it; what every dataset's records are made from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from yearbook.scenario.institutions import Population, make_population
from yearbook.scenario.parties import Parties, make_parties


def _say_nothing(_: str) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Scenario:
    """The seed and scale of some demonstration records; `tell` takes a line of progress.

    The scale says how many contracts there are, and nothing else.
    """

    seed: int
    scale: float
    tell: Callable[[str], None] = _say_nothing

    @cached_property
    def parties(self) -> Parties:
        """All who sell or buy."""
        return make_parties(self.population, self.seed)

    @cached_property
    def population(self) -> Population:
        """The institutions at home."""
        return make_population(self.seed)

    @cached_property
    def names(self) -> dict[str, tuple[str, str, str]]:
        """The Chinese, the English and the old name of every party, by id."""
        return dict(zip(self.parties.ids, zip(*self.parties.names, strict=True), strict=True))
