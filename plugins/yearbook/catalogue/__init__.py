"""The catalogue: what changes and must be transactional. SQLite out of the box, PostgreSQL in production."""

from yearbook.catalogue.catalogue import Catalogue
from yearbook.catalogue.records import (
    Accounting,
    Delivery,
    Edition,
    Event,
    Finding,
    FindingCount,
    Lease,
    StagedPartition,
    StepRecord,
)

__all__ = [
    "Accounting",
    "Catalogue",
    "Delivery",
    "Edition",
    "Event",
    "Finding",
    "FindingCount",
    "Lease",
    "StagedPartition",
    "StepRecord",
]
