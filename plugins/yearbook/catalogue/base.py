"""What every part of the catalogue has: an engine, and the programme whose rows it sees."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session


class CatalogueBase:
    """One programme's view of the catalogue."""

    def __init__(self, engine: Engine, programme: str) -> None:
        self.engine = engine
        self.programme = programme

    def _begin(self) -> Session:
        """A session; use it as a context manager, and commit what must last."""
        return Session(self.engine)
