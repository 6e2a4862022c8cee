"""What decisions have not done yet: the records that wait to be checked anew, the editions that wait to be computed.

Asks each step whether it is current, and starts none. Not its business: what the figures become (`figures`), and
bringing decisions into them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from yearbook.asking import Preview, is_current
from yearbook.catalogue import Decision, Finding
from yearbook.compute.edition import is_up_to_date
from yearbook.review.fates import Place
from yearbook.validate import Ledger, validate_dataset
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class Waiting:
    """Datasets and years that were decided about since they were checked; editions older than their records."""

    places: list[Place]
    editions: list[int]


def find_waiting(workspace: Workspace) -> Waiting:
    """Ask of the partitions that decisions are on, and of the editions that were computed."""
    return Waiting(
        places=_stale_places(workspace, workspace.catalogue.decisions()),
        editions=[
            one.year
            for one in workspace.catalogue.editions()
            if not is_up_to_date(workspace, one.year, date.fromisoformat(one.as_of))
        ],
    )


def waiting_decisions(workspace: Workspace) -> list[Decision]:
    """Decisions made or withdrawn since their records were last checked: no finding and no figure shows that yet."""
    checked = workspace.catalogue.last_checks()
    recent = [one for one in workspace.catalogue.decisions() if _is_since(one, checked.get((one.dataset, one.year)))]
    stale = _stale_places(workspace, recent)
    return [one for one in recent if (one.dataset, one.year) in stale]


def decision_on(finding: Finding, decisions: Sequence[Decision]) -> Decision | None:
    """The first of some decisions that works a finding off."""
    return next((one for one in decisions if one.state == "active" and _works_off(one, finding)), None)


def _is_since(decision: Decision, checked: datetime | None) -> bool:
    """Whether a decision was made, or taken back, after a check; one that lapsed was told so by the check."""
    done = {"active": decision.decided_at, "withdrawn": decision.withdrawn_at}.get(decision.state)
    return done is not None and (checked is None or done > checked)


def _stale_places(workspace: Workspace, decisions: Iterable[Decision]) -> list[Place]:
    preview, as_of = Preview.of(workspace, is_told=False), workspace.recipe.programme.last_release_date
    ledger = Ledger(preview, as_of)
    decided = {(one.dataset, one.year) for one in decisions if one.dataset in workspace.recipe.datasets}
    return [
        (dataset, year)
        for dataset, year in sorted(decided)
        if not is_current(partial(validate_dataset, preview, dataset, year, as_of, ledger))
    ]


def _works_off(decision: Decision, finding: Finding) -> bool:
    seen = (decision.dataset, decision.record_key, decision.record_hash)
    if seen != (finding.dataset, finding.record_key, finding.record_hash):
        return False
    if decision.kind == "waive":
        return (decision.rule, decision.year) == (finding.rule, finding.year)
    return decision.kind in ("hold", "exclude") or decision.column == finding.column
