"""The catalogue: what changes and must be transactional. SQLite out of the box, PostgreSQL in production."""

from yearbook.catalogue.catalogue import Catalogue
from yearbook.catalogue.records import (
    Accounting,
    Assignment,
    Decision,
    DecisionKind,
    DecisionState,
    Delivery,
    Edition,
    Event,
    Finding,
    FindingCount,
    FindingRun,
    Lease,
    OpenCount,
    Signature,
    StagedPartition,
    StepRecord,
)
from yearbook.catalogue.search import FindingPage, FindingQuery
from yearbook.catalogue.tally import Load, RuleCount

__all__ = [
    "Accounting",
    "Assignment",
    "Catalogue",
    "Decision",
    "DecisionKind",
    "DecisionState",
    "Delivery",
    "Edition",
    "Event",
    "Finding",
    "FindingCount",
    "FindingPage",
    "FindingQuery",
    "FindingRun",
    "Lease",
    "Load",
    "OpenCount",
    "RuleCount",
    "Signature",
    "StagedPartition",
    "StepRecord",
]
