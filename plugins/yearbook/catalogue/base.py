"""What every part of the catalogue has: an engine, and the programme whose rows it sees."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine
from sqlalchemy.orm import Session

PORTION = 5_000


class CatalogueBase:
    """One programme's view of the catalogue."""

    def __init__(self, engine: Engine, programme: str) -> None:
        self.engine = engine
        self.programme = programme

    def _begin(self) -> Session:
        """A session; use it as a context manager, and commit what must last."""
        return Session(self.engine)


def in_portions(identities: Sequence[str]) -> Iterator[Sequence[str]]:
    """Databases take only so many values in one statement."""
    for start in range(0, len(identities), PORTION):
        yield identities[start : start + PORTION]
