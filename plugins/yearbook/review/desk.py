"""The desk: decisions are made here, all of a batch or none, on what was seen and is still so.

Not its business: who may decide (orchestrate), and what follows from a decision (validate).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from yearbook.catalogue import Decision
from yearbook.catalogue.steps import LogLine
from yearbook.errors import DecisionError, SeveralErrors
from yearbook.model.people import require_person
from yearbook.review.checks import Bench
from yearbook.review.draft import MOST_AT_ONCE, DecidedAlreadyError, Draft, RefusedError
from yearbook.review.evidence import Evidence, gather_evidence
from yearbook.review.refusals import LONGEST_REASON
from yearbook.workspace import RUN, Workspace

__all__ = [
    "MOST_AT_ONCE", "NEVER", "NOBODY", "DecidedAlreadyError", "Draft", "RefusedError", "decide", "judge", "withdraw",
]  # fmt: skip

LEASE, WAIT_SECONDS = "decisions", 60
NOBODY, NEVER = "preview", datetime(2000, 1, 1, tzinfo=UTC)
"""Who decides, and when, where it is only asked what a decision would be."""


def decide(
    workspace: Workspace, drafts: Sequence[Draft], by: str, at: datetime, *, batch: str = "", through: str = ""
) -> list[int]:
    """Keep decisions, all or none, and return their numbers; `through` is for the run log, see `log_line`.

    Raises `RefusedError` (a `DecisionError`) where the record or the rule is no longer what was seen, where nothing
    would change, where a value cannot be read as its field's type, and without a reason; `SeveralErrors` for several.
    """
    if len(drafts) > MOST_AT_ONCE:
        what = f"{len(drafts):,} decisions, and at most {MOST_AT_ONCE} are made at once"
        raise DecisionError(what, where=workspace.programme, fix="choose fewer records")
    with at_the_desk(workspace):
        judged = judge(workspace, drafts, by, at, batch=batch)
        refused = [one for one in judged if isinstance(one, RefusedError)]
        if refused:
            raise refused[0] if len(refused) == 1 else SeveralErrors(list(refused))
        decisions = [one for one in judged if isinstance(one, Decision)]
        return workspace.catalogue.record_decisions(
            decisions,
            lambda numbers: log_line(by.strip(), _summary(decisions, numbers), len(numbers), batch, through),
        )


def judge(
    workspace: Workspace, drafts: Sequence[Draft], by: str, at: datetime, *, batch: str = ""
) -> list[Decision | RefusedError]:
    """Say of each draft which decision it would be, or why it cannot stand. Writes nothing.

    A draft is judged beside those before it: two that contradict each other do not both stand.
    """
    person = require_person(by)
    evidence = gather_evidence(workspace, drafts)
    judged: list[Decision | RefusedError] = []
    for draft in drafts:
        try:
            decision = _bench(workspace, evidence, person, at, batch).judge(draft)
        except RefusedError as error:
            judged.append(error)
        else:
            judged.append(decision)
            evidence = replace(evidence, active=[*evidence.active, decision])
    return judged


def withdraw(workspace: Workspace, number: int, by: str, at: datetime, reason: str, *, through: str = "") -> None:
    """Withdraw a decision: it stays, with who took it back and why.

    Raises `DecisionError` without a reason, `YearbookError` where the decision is not there, or no longer active.
    """
    if not reason.strip() or "\0" in reason or len(reason) > LONGEST_REASON:
        raise DecisionError(
            "taking a decision back needs a reason",
            where=f"decision {number}",
            fix=f"say why, in at most {LONGEST_REASON:,} characters",
        )
    person = require_person(by)
    with at_the_desk(workspace):
        told = log_line(person, f"withdrew decision {number}", 1, through=through)
        workspace.catalogue.withdraw_decision(number, person, at, reason.strip(), told)


@contextmanager
def at_the_desk(workspace: Workspace) -> Iterator[None]:
    """One at a time: what was checked is still so when it is written."""
    with workspace.catalogue.lease(LEASE, wait_seconds=WAIT_SECONDS):
        yield


def log_line(by: str, did: str, count: int, batch: str = "", through: str = "") -> LogLine:
    """What the run log is told of what was done at the desk, in the same transaction.

    `through` is where the name came from, where that is no proof of who it was.
    """
    message = f"{by}, through {through}: {did}" if through else f"{by}: {did}"
    return LogLine(RUN, "done", "decide", subject=batch, rows=count, seconds=0.0, message=message)


def _bench(workspace: Workspace, evidence: Evidence, by: str, at: datetime, batch: str) -> Bench:
    return Bench(evidence, by, at, workspace.recipe.programme.last_release_date, batch)


def _summary(decisions: list[Decision], numbers: list[int]) -> str:
    kinds = ", ".join(sorted({one.kind for one in decisions}))
    which = f"decision {numbers[0]}" if len(numbers) == 1 else f"decisions {numbers[0]} to {numbers[-1]}"
    return f"{kinds} ({which})"
