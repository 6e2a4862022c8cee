"""What stands behind drafts at this moment, read once for all of them: records, findings, decisions.

Not its business: judging the drafts by it (`checks`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yearbook.catalogue import Decision, Finding
from yearbook.model.recipe import Recipe
from yearbook.review.draft import Draft
from yearbook.review.seen import Seen, find_seen
from yearbook.validate.received import Ledger
from yearbook.workspace import Workspace

Place = tuple[str, int, str, str]
"""Dataset, year, rule and key of the record."""


@dataclass(frozen=True)
class Evidence:
    """`records` by dataset and hash, `findings` by their place, `active` decisions."""

    recipe: Recipe
    records: dict[tuple[str, str], Seen]
    findings: dict[Place, list[Finding]]
    active: list[Decision]

    def record(self, draft: Draft) -> Seen | None:
        """The record that a draft saw; None where it is not there."""
        return self.records.get((draft.dataset, draft.record_hash))

    def about(self, draft: Draft, *kinds: str) -> list[Decision]:
        """Active decisions of some kinds on the record that a draft saw."""
        seen = (draft.dataset, draft.record_hash)
        return [one for one in self.active if one.kind in kinds and (one.dataset, one.record_hash) == seen]

    def finding(self, draft: Draft) -> Finding | None:
        """The finding that a draft names; of several versions of the record, that of the one seen."""
        found = self.findings.get(_place(draft), [])
        return next((one for one in found if one.record_hash == draft.record_hash), found[0] if found else None)


def gather_evidence(workspace: Workspace, drafts: Sequence[Draft]) -> Evidence:
    """Read what drafts are about; drafts of datasets that the programme does not have are passed over."""
    known = [draft for draft in drafts if draft.dataset in workspace.recipe.datasets]
    return Evidence(
        recipe=workspace.recipe,
        records=_find_records(workspace, known),
        findings=_find_findings(workspace, known),
        active=workspace.catalogue.decisions(state="active"),
    )


def _find_records(workspace: Workspace, drafts: Iterable[Draft]) -> dict[tuple[str, str], Seen]:
    wanted: dict[str, set[str]] = {}
    for draft in drafts:
        if draft.record_hash:
            wanted.setdefault(draft.dataset, set()).add(draft.record_hash)
    ledger = Ledger(workspace, workspace.recipe.programme.last_release_date)
    return {
        (dataset, one): seen
        for dataset, hashes in wanted.items()
        for one, seen in find_seen(ledger.of(dataset), hashes).items()
    }


def _find_findings(workspace: Workspace, drafts: Iterable[Draft]) -> dict[Place, list[Finding]]:
    wanted = {_place(draft) for draft in drafts if draft.rule}
    found: dict[Place, list[Finding]] = {}
    for dataset, year, rule in sorted({place[:3] for place in wanted}):
        for one in workspace.catalogue.findings(dataset, year, rule):
            place = (dataset, year, rule, one.record_key)
            if place in wanted:
                found.setdefault(place, []).append(one)
    return found


def _place(draft: Draft) -> Place:
    return draft.dataset, draft.year, draft.rule, draft.record_key
