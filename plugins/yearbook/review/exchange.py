"""Open findings and decisions as one CSV, for a team that works in a spreadsheet.

A line without a number is an open finding: fill in `decision` and what it needs, and import the file. A line with a
number is a decision that stands in the catalogue. Not its business: reading a file that comes back (`filled_in`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from yearbook.catalogue import Assignment, Decision, Finding
from yearbook.tables import write_csv
from yearbook.workspace import Workspace

SEEN = ["dataset", "year", "record_key", "record_hash", "rule", "rule_version", "column"]
FILLED_IN = ["decision", "new_value", "until", "reason"]
COLUMNS = [
    "number", "state", "decision", *SEEN, "value", "new_value", "until", "reason",
    "severity", "effect", "message_en", "message_zh", "source", "location", "assignee", "decided_by", "decided_at",
]  # fmt: skip


def export_decisions(workspace: Workspace, *, dataset: str | None = None, year: int | None = None) -> bytes:
    """Write open findings, those of the greatest effect first, and then all decisions in their order."""
    found = [one for one in workspace.catalogue.findings(dataset, year) if one.state == "open"]
    ranked = sorted(found, key=lambda one: -abs(one.effect or 0.0))
    assigned = workspace.catalogue.assignments()
    decided = workspace.catalogue.decisions(dataset, year)
    rows: Iterable[Mapping[str, Any]] = [
        *(_of_finding(one, assigned.get(one.identity)) for one in ranked),
        *map(_of_decision, decided),
    ]
    return write_csv(COLUMNS, rows)


def _of_finding(finding: Finding, assigned: Assignment | None) -> dict[str, Any]:
    seen = {name: getattr(finding, name) for name in SEEN}
    told = {name: getattr(finding, name) for name in ("state", "severity", "effect", "message_en", "message_zh")}
    origin = {"source": finding.source, "location": finding.location}
    shown = finding.value if finding.raw is None else finding.raw
    assignee = assigned.assignee if assigned else None
    return dict.fromkeys(COLUMNS) | seen | told | origin | {"value": shown, "assignee": assignee}


def _of_decision(decision: Decision) -> dict[str, Any]:
    seen = {name: getattr(decision, name) for name in SEEN}
    said = {name: getattr(decision, name) for name in ("state", "new_value", "until", "reason", "decided_by")}
    own = {"number": decision.id, "decision": decision.kind, "value": decision.old_value}
    return dict.fromkeys(COLUMNS) | seen | said | own | {"decided_at": decision.decided_at.isoformat()}
