"""One decision on many records: chosen by their findings, bounded, looked at first, and logged as one batch.

Not its business: choosing the findings (`catalogue.search`), and what a decision must be (`desk`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from yearbook.catalogue import Decision, DecisionKind, Finding
from yearbook.catalogue.search import MOST_ON_A_PAGE, FindingQuery
from yearbook.errors import DecisionError
from yearbook.lake import fingerprint
from yearbook.review.checks import DUPLICATE_KEY
from yearbook.review.desk import MOST_AT_ONCE, NEVER, NOBODY, decide, judge
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.fates import find_stands
from yearbook.validate.dispositions import ACCEPTED
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class Bulk:
    """What a decision on many records would be.

    `drafts` can stand, each as the decision `made` of it; `refused` cannot, each with the reason. `effects`: what the
    headline of each dataset changes by if those of these records that count were out, each record counted once.
    """

    kind: DecisionKind
    drafts: list[Draft]
    made: list[Decision]
    refused: list[RefusedError]
    effects: dict[str, float]

    @property
    def count(self) -> int:
        """How many decisions it would be."""
        return len(self.drafts)

    @property
    def batch(self) -> str:
        """The name of the batch: the same drafts have the same."""
        return fingerprint([repr(draft) for draft in self.drafts])[:12]


def preview_bulk(
    workspace: Workspace,
    query: FindingQuery,
    kind: DecisionKind,
    reason: str,
    *,
    column: str | None = None,
    new_value: str | None = None,
    until: str | None = None,
) -> Bulk:
    """Lay out one decision on the records of all open findings that a query finds, whatever page it asks for.

    Writes nothing. Raises `DecisionError` as `lay_out` does.
    """
    page = workspace.catalogue.search_findings(replace(query, state="open", page=1, size=MOST_ON_A_PAGE))
    if page.total > len(page.rows):
        raise _too_many(workspace, page.total, "findings")
    return lay_out(workspace, page.rows, kind, reason, column=column, new_value=new_value, until=until)


def lay_out(
    workspace: Workspace,
    found: Sequence[Finding],
    kind: DecisionKind,
    reason: str,
    *,
    column: str | None = None,
    new_value: str | None = None,
    until: str | None = None,
) -> Bulk:
    """Lay out one decision on the records of findings. Writes nothing.

    A record that several rules find is held, excluded or corrected once. Raises `DecisionError` for more than
    `MOST_AT_ONCE`, for a correction of no field, and for merges: of names each is looked at by itself.
    """
    if kind == "correct" and not column:
        raise DecisionError("a correction is of one field", where=workspace.programme, fix="name it by `--field`")
    if kind == "merge":
        raise DecisionError("names are not merged in bulk", where=workspace.programme, fix="merge them one by one")
    drafts = _drafts([Draft.of(kind, one, reason, column=column, new_value=new_value, until=until) for one in found])
    if len(drafts) > MOST_AT_ONCE:
        raise _too_many(workspace, len(drafts), "decisions")
    judged = [
        _of_one_version(draft) or one
        for draft, one in zip(drafts, judge(workspace, drafts, NOBODY, NEVER), strict=True)
    ]
    refused = [one for one in judged if isinstance(one, RefusedError)]
    standing = [draft for draft, one in zip(drafts, judged, strict=True) if not isinstance(one, RefusedError)]
    made = [one for one in judged if isinstance(one, Decision)]
    return Bulk(kind, standing, made, refused, _effects(found, _counting(workspace, standing)))


def decide_bulk(workspace: Workspace, bulk: Bulk, by: str, at: datetime) -> list[int]:
    """Decide what a preview laid out, all or none, and return the numbers. Raises as `decide` does."""
    return decide(workspace, bulk.drafts, by, at, batch=bulk.batch)


def _too_many(workspace: Workspace, count: int, what: str) -> DecisionError:
    return DecisionError(
        f"{count:,} {what}, and at most {MOST_AT_ONCE} decisions are made at once",
        where=workspace.programme,
        fix="choose fewer: by year, rule, severity or text",
    )


def _of_one_version(draft: Draft) -> RefusedError | None:
    """Which of several versions counts is a question of each record."""
    if draft.kind != "waive" or draft.rule != DUPLICATE_KEY:
        return None
    return RefusedError(draft, "rule", "one of several versions counts", "waive it on the one that does, by itself")


def _drafts(drafts: list[Draft]) -> list[Draft]:
    """One draft for each finding to waive; one for each record else, which is then on no rule in particular."""
    if drafts and drafts[0].kind == "waive":
        return drafts
    kept: dict[tuple[str, str, str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        column = draft.column if draft.kind == "correct" else ""
        kept[draft.dataset, draft.record_key, draft.record_hash, column].append(draft)
    return [same[0] if len(same) == 1 else replace(same[0], rule="", rule_version=0) for same in kept.values()]


def _counting(workspace: Workspace, drafts: list[Draft]) -> list[Draft]:
    """Those whose records are in the figures: of what is out already nothing changes."""
    stands = find_stands(workspace, drafts)
    where = {record: one.disposition for record, one in stands.items()}
    return [draft for draft in drafts if where.get((draft.dataset, draft.record_hash)) == ACCEPTED]


def _effects(found: Sequence[Finding], drafts: list[Draft]) -> dict[str, float]:
    chosen = {(draft.dataset, draft.record_hash) for draft in drafts if draft.record_hash}
    of_records = {(one.dataset, one.record_hash): one.effect for one in found if one.effect is not None}
    effects: dict[str, float] = defaultdict(float)
    for (dataset, record_hash), effect in sorted(of_records.items()):
        if (dataset, record_hash) in chosen:
            effects[dataset] += effect
    return dict(effects)
