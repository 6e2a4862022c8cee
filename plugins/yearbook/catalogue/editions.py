"""Editions: which figures of a year are the newest."""

from dataclasses import asdict, fields

from sqlalchemy import select

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.records import Edition
from yearbook.catalogue.tables import EditionRow

_COLUMNS = [getattr(EditionRow, field.name) for field in fields(Edition)]


class Editions(CatalogueBase):
    """The programme's editions."""

    def record_edition(self, edition: Edition) -> None:
        """Write a year's edition in the place of the earlier one."""
        with self._begin() as session:
            session.merge(EditionRow(programme=self.programme, **asdict(edition)))
            session.commit()

    def editions(self) -> list[Edition]:
        """Return the editions, sorted by year."""
        query = select(*_COLUMNS).where(EditionRow.programme == self.programme).order_by(EditionRow.year)
        with self._begin() as session:
            return [Edition(*row) for row in session.execute(query)]
