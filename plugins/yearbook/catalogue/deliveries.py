"""What was received, and which staged snapshots count."""

from dataclasses import asdict

from sqlalchemy import select

from yearbook.catalogue.base import CatalogueBase
from yearbook.catalogue.records import Delivery, StagedPartition
from yearbook.catalogue.tables import DeliveryRow


class Deliveries(CatalogueBase):
    """Deliveries of the programme's sources."""

    def record_delivery(self, delivery: Delivery) -> None:
        """Write a delivery in the place of an earlier one of the same source, entry and address."""
        with self._begin() as session:
            session.merge(DeliveryRow(programme=self.programme, **asdict(delivery)))
            session.commit()

    def deliveries(self, source: str | None = None) -> list[Delivery]:
        """Return the deliveries that count, sorted by source, entry and address."""
        query = select(DeliveryRow).where(DeliveryRow.programme == self.programme)
        if source is not None:
            query = query.where(DeliveryRow.source == source)
        with self._begin() as session:
            found = [_to_delivery(row) for row in session.scalars(query)]
        return sorted(found, key=lambda delivery: (delivery.source, delivery.entry, delivery.uri))

    def retire_deliveries(self, source: str, keep: set[str]) -> list[Delivery]:
        """Drop the deliveries of a source whose ids are not in `keep`, and return them."""
        gone = [delivery for delivery in self.deliveries(source) if delivery.id not in keep]
        with self._begin() as session:
            for delivery in gone:
                row = session.get(DeliveryRow, (self.programme, source, delivery.entry, delivery.uri))
                if row is not None:
                    session.delete(row)
            session.commit()
        return gone

    def staged(self, dataset: str, year: int | None = None) -> list[StagedPartition]:
        """Return the staged snapshots that count, of one year or of all, ordered by source, entry and address."""
        return [
            partition
            for delivery in self.deliveries()
            for partition in delivery.partitions
            if partition.dataset == dataset and year in (None, partition.year)
        ]


def _to_delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        source=row.source,
        entry=row.entry,
        uri=row.uri,
        sha256=row.sha256,
        size=row.size,
        encoding=row.encoding,
        rows_read=row.rows_read,
        received=row.received,
        filtered=row.filtered,
        empty=row.empty,
        partitions=[StagedPartition(**partition) for partition in row.partitions],
        facts=row.facts,
    )
