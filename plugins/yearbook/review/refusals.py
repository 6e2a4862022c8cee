"""What is required of every draft: a reason, the record and the rule as they were seen, nothing that stands against it.

Not its business: what each kind of decision may say (`checks`).
"""

import re

from yearbook.catalogue import Decision
from yearbook.model.recipe import year_label
from yearbook.review.draft import DecidedAlreadyError, Draft, RefusedError
from yearbook.review.evidence import Evidence
from yearbook.validate.keys import cut
from yearbook.validate.lapses import version_of_rule

LONGEST_REASON, LONGEST_SAID = 2_000, 80
HASH = re.compile(r"[0-9a-f]{64}")
SEE_AGAIN = "look at it as it is now, and decide on that"


def require_reason(draft: Draft) -> None:
    """There is a reason, and it can be kept."""
    reason = draft.reason.strip()
    if not reason or "\0" in reason or len(reason) > LONGEST_REASON:
        raise RefusedError(
            draft, "reason", "a decision needs a reason", f"say why, in at most {LONGEST_REASON:,} characters"
        )


def require_rule(evidence: Evidence, draft: Draft) -> None:
    """The finding is there, on this record, by the rule as it is now."""
    if not draft.rule:
        return
    finding = evidence.finding(draft)
    if finding is None:
        what = f"rule `{said(draft.rule)}` finds nothing here"
        raise RefusedError(draft, "rule", what, f"it was mended, or never found; {SEE_AGAIN}")
    version = version_of_rule(evidence.recipe.datasets[draft.dataset], draft.rule)
    if draft.rule_version != version or finding.rule_version != version:
        now = "it is gone now" if version is None else f"it is version {version} now"
        what = f"version {draft.rule_version} of rule {draft.rule} was seen, and {now}"
        raise RefusedError(draft, "rule_version", what, f"check the year again, then {SEE_AGAIN}")
    if finding.record_hash != draft.record_hash:
        raise changed(draft)


def require_record(evidence: Evidence, draft: Draft) -> None:
    """The record is there, by the key and the hash that were seen, and no newer version counts."""
    if not draft.record_hash:
        what = f"this is of {draft.dataset} as a whole, and no record"
        raise RefusedError(draft, "kind", what, "what is found of a year as a whole is waived, or mended")
    record = evidence.record(draft)
    if record is None:
        raise changed(draft)
    if record.key != draft.record_key:
        what = f"that record is {record.key}, and not {said(draft.record_key)}"
        raise RefusedError(draft, "record_key", what, f"{SEE_AGAIN}; a spreadsheet may have made a number of the key")
    if draft.year not in record.years:
        years = " or ".join(map(year_label, sorted(record.years)))
        what = f"that record is of {years}, and not of {year_label(draft.year)}"
        raise RefusedError(draft, "year", what, SEE_AGAIN)
    if not record.counts:
        raise RefusedError(draft, "record_hash", "a newer version of the record counts", SEE_AGAIN)


def changed(draft: Draft) -> RefusedError:
    """What is said where the record is another by now."""
    if not HASH.fullmatch(draft.record_hash):
        what = f"`{said(draft.record_hash)}` is no record's hash; a spreadsheet may have made a number of it"
        return RefusedError(draft, "record_hash", what, "export again, and read the column as text in the spreadsheet")
    what = "the record is no longer what was seen: it has changed, or is gone"
    return RefusedError(draft, "record_hash", what, SEE_AGAIN)


def said(text: str | None) -> str:
    """What somebody wrote, in a message: ten megabytes of it are not repeated."""
    return cut(text or "", LONGEST_SAID)


def refuse(draft: Draft, part: str, value: str | None, fix: str) -> None:
    """Refuse a value that has no meaning in a decision of the kind."""
    if value:
        raise RefusedError(draft, part, f"`{said(value)}` has no meaning in `{draft.kind}`", fix)


def refuse_again(draft: Draft, decision: Decision, standing: list[Decision]) -> None:
    """Refuse what was decided already, and what would stand against it."""
    for one in standing:
        if (one.kind, one.new_value) == (decision.kind, decision.new_value):
            raise DecidedAlreadyError(draft, one.id)
        raise RefusedError(
            draft,
            "kind",
            f"decision {one.id} stands: {one.kind} {one.column or one.rule}".rstrip(),
            f'withdraw it first: `yearbook decisions withdraw {one.id} --reason "…"`',
        )
