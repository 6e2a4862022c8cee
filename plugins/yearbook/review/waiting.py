"""Decisions that were made, and of which the records were not checked since: no finding and no figure shows them yet.

Not its business: bringing them into the figures (`figures`).
"""

from collections.abc import Sequence

from yearbook.catalogue import Decision, Finding
from yearbook.checking import stale_partitions
from yearbook.workspace import Workspace


def waiting_decisions(workspace: Workspace) -> list[Decision]:
    """Active decisions on records that wait to be checked."""
    active = workspace.catalogue.decisions(state="active")
    stale = stale_partitions(workspace) if active else {}
    return [one for one in active if one.dataset in stale.get(one.year, [])]


def decision_on(finding: Finding, decisions: Sequence[Decision]) -> Decision | None:
    """The first of some decisions that works a finding off."""
    return next((one for one in decisions if _works_off(one, finding)), None)


def _works_off(decision: Decision, finding: Finding) -> bool:
    seen = (decision.dataset, decision.record_key, decision.record_hash)
    if seen != (finding.dataset, finding.record_key, finding.record_hash):
        return False
    if decision.kind == "waive":
        return (decision.rule, decision.year) == (finding.rule, finding.year)
    return decision.kind in ("hold", "exclude") or decision.column == finding.column
