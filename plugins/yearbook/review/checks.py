"""Whether a draft can stand: the record and the rule are as they were seen, and what it says can be.

Pure: it judges by the evidence that it is given. Not its business: reading the evidence, keeping the decision.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from yearbook.catalogue import Decision, DecisionKind
from yearbook.model.dataset import Dataset, Field
from yearbook.review.draft import DecidedAlreadyError, Draft, RefusedError
from yearbook.review.evidence import Evidence
from yearbook.review.seen import Seen
from yearbook.review.values import say_wanted, settle_text
from yearbook.validate.changes import merge_names
from yearbook.validate.keys import cut
from yearbook.validate.lapses import version_of_rule

LONGEST_REASON, LONGEST_SAID = 2_000, 80
OF_A_RULE = ("waive", "hold", "exclude")
"""What rests on a rule, and lapses with it; what a cell should say rests on none."""
SEE_AGAIN = "look at it as it is now, and decide on that"


@dataclass(frozen=True)
class Bench:
    """The evidence, and who decides when; `checked_as_of` is the day as of which records are checked."""

    evidence: Evidence
    by: str
    at: datetime
    checked_as_of: date
    batch: str = ""

    def judge(self, draft: Draft) -> Decision:
        """Return the draft as a decision, its number yet to come. Raises `RefusedError`."""
        if draft.kind not in get_args(DecisionKind):
            fix = f"one of {', '.join(get_args(DecisionKind))}"
            raise RefusedError(draft, "kind", f"`{_said(draft.kind)}` is no decision", fix)
        if draft.dataset not in self.evidence.recipe.datasets:
            what = f"there is no dataset `{_said(draft.dataset)}`"
            raise RefusedError(draft, "dataset", what, "name one of the programme's")
        dataset = self.evidence.recipe.datasets[draft.dataset]
        _require_reason(draft)
        if draft.record_hash or draft.kind != "waive":
            _require_record(self.evidence, draft)
        if draft.kind == "waive":
            decided = _waive(self, draft, self._decision(draft))
        else:
            _refuse(draft, "until", draft.until, "only a waiver has an end")
            decided = KINDS[draft.kind](self.evidence, dataset, draft, self._decision(draft))
        # At last: what was decided already is told as such, and its finding is gone by now.
        _require_rule(self.evidence, draft)
        return decided

    def _decision(self, draft: Draft) -> Decision:
        return Decision(
            id=0,
            kind=draft.kind,
            dataset=draft.dataset,
            year=draft.year,
            record_key=draft.record_key,
            record_hash=draft.record_hash,
            rule=draft.rule if draft.kind in OF_A_RULE else "",
            rule_version=draft.rule_version if draft.kind in OF_A_RULE else 0,
            column=draft.column,
            old_value=None,
            new_value=None,
            until=None,
            reason=draft.reason.strip(),
            decided_by=self.by,
            decided_at=self.at,
            batch=self.batch,
        )


def _waive(bench: Bench, draft: Draft, decision: Decision) -> Decision:
    _refuse(draft, "new_value", draft.new_value, "a waiver changes no value; `correct` does")
    if not draft.rule:
        raise RefusedError(draft, "rule", "a waiver is of one rule", "name the rule of the finding")
    place = (draft.rule, draft.record_key, draft.year)
    waivers = bench.evidence.about(draft, "waive")
    same = [one for one in waivers if (one.rule, one.record_key, one.year) == place]
    _refuse_again(draft, decision, same)
    return replace(decision, until=_read_end(draft, bench.checked_as_of))


def _correct(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    field, record = _cell(evidence, dataset, draft)
    new = _read_new(evidence, draft, field)
    if new is None and (field.required or draft.column in dataset.key):
        raise RefusedError(draft, "new_value", f"{draft.column} may not be empty", say_wanted(field))
    if new == record.received[draft.column] and draft.column not in record.unread:
        what = f"{draft.column} says {_said(new)} already"
        raise RefusedError(draft, "new_value", what, "nothing is left to correct")
    corrected = replace(decision, old_value=record.shown(draft.column), new_value=new)
    same = [one for one in evidence.about(draft, "correct") if one.column == draft.column]
    _refuse_again(draft, corrected, same)
    return corrected


def _merge(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    field, record = _cell(evidence, dataset, draft)
    if not field.party:
        raise RefusedError(draft, "column", f"{draft.column} names no party", "merge in a field that names one")
    old, new = record.stands[draft.column], _read_new(evidence, draft, field)
    if not old or not new or old == new:
        what = f"`{_said(old)}` cannot become `{_said(new)}`"
        raise RefusedError(draft, "new_value", what, "give the one name that the party is to go by")
    merges = [one for one in evidence.active if one.kind == "merge"]
    merged = replace(decision, old_value=old, new_value=new)
    _refuse_again(draft, merged, [one for one in merges if one.old_value == old])
    names = dict(merge_names((one.old_value or "", one.new_value or "") for one in merges))
    if names.get(new) == old:
        what = f"`{_said(new)}` reads `{_said(old)}` already, by a decision"
        raise RefusedError(draft, "new_value", what, "withdraw that decision first")
    return merged


def _take_out(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    _refuse(draft, "new_value", draft.new_value, "this takes the record out as it is; `correct` changes a value")
    taken = replace(decision, column="")
    _refuse_again(draft, taken, evidence.about(draft, "hold", "exclude"))
    return taken


KINDS: dict[str, Callable[[Evidence, Dataset, Draft, Decision], Decision]] = {
    "correct": _correct,
    "merge": _merge,
    "hold": _take_out,
    "exclude": _take_out,
}


def _require_reason(draft: Draft) -> None:
    reason = draft.reason.strip()
    if not reason or "\0" in reason or len(reason) > LONGEST_REASON:
        raise RefusedError(
            draft, "reason", "a decision needs a reason", f"say why, in at most {LONGEST_REASON:,} characters"
        )


def _require_rule(evidence: Evidence, draft: Draft) -> None:
    """The finding is there, on this record, by the rule as it is now."""
    if not draft.rule:
        return
    finding = evidence.finding(draft)
    if finding is None:
        what = f"rule `{_said(draft.rule)}` finds nothing here"
        raise RefusedError(draft, "rule", what, f"it was mended, or never found; {SEE_AGAIN}")
    version = version_of_rule(evidence.recipe.datasets[draft.dataset], draft.rule)
    if draft.rule_version != version or finding.rule_version != version:
        now = "it is gone now" if version is None else f"it is version {version} now"
        what = f"version {draft.rule_version} of rule {draft.rule} was seen, and {now}"
        raise RefusedError(draft, "rule_version", what, f"check the year again, then {SEE_AGAIN}")
    if finding.record_hash != draft.record_hash:
        raise _changed(draft)


def _require_record(evidence: Evidence, draft: Draft) -> None:
    if not draft.record_hash:
        what = f"this is of {draft.dataset} as a whole, and no record"
        raise RefusedError(draft, "kind", what, "what is found of a year as a whole is waived, or mended")
    record = evidence.record(draft)
    if record is None:
        raise _changed(draft)
    if record.key != draft.record_key:
        what = f"that record is {record.key}, and not {_said(draft.record_key)}"
        raise RefusedError(draft, "record_key", what, f"{SEE_AGAIN}; a spreadsheet may have made a number of the key")
    if not record.counts:
        raise RefusedError(draft, "record_hash", "a newer version of the record counts", SEE_AGAIN)


def _changed(draft: Draft) -> RefusedError:
    what = "the record is no longer what was seen: it has changed, or is gone"
    return RefusedError(draft, "record_hash", what, SEE_AGAIN)


def _cell(evidence: Evidence, dataset: Dataset, draft: Draft) -> tuple[Field, Seen]:
    if draft.column not in dataset.fields:
        what = f"`{_said(draft.column)}` is no field of {dataset.dataset}"
        raise RefusedError(draft, "column", what, "name the field to change")
    record = evidence.record(draft)
    if record is None:
        raise _changed(draft)
    return dataset.fields[draft.column], record


def _read_new(evidence: Evidence, draft: Draft, field: Field) -> str | None:
    try:
        return settle_text(field, evidence.recipe.codelists, draft.new_value)
    except ValueError as error:
        raise RefusedError(draft, "new_value", f"{draft.column}: {error}", say_wanted(field)) from None


def _read_end(draft: Draft, checked_as_of: date) -> str | None:
    if not draft.until:
        return None
    try:
        end = date.fromisoformat(draft.until)
    except ValueError:
        raise RefusedError(draft, "until", f"`{_said(draft.until)}` is no day", "write it as 2025-12-31") from None
    if end < checked_as_of:
        raise RefusedError(
            draft,
            "until",
            f"a waiver until {end} would be over: records are checked as of {checked_as_of}",
            "give a later day, or none",
        )
    return end.isoformat()


def _said(text: str | None) -> str:
    """What somebody wrote, in a message: ten megabytes of it are not repeated."""
    return cut(text or "", LONGEST_SAID)


def _refuse(draft: Draft, part: str, value: str | None, fix: str) -> None:
    if value:
        raise RefusedError(draft, part, f"`{_said(value)}` has no meaning in `{draft.kind}`", fix)


def _refuse_again(draft: Draft, decision: Decision, standing: list[Decision]) -> None:
    """Refuse what was decided already, and what would stand against it."""
    for one in standing:
        if (one.kind, one.new_value) == (decision.kind, decision.new_value):
            raise DecidedAlreadyError(draft, one.id)
        raise RefusedError(
            draft,
            "kind",
            f"decision {one.id} stands: {one.kind} {one.column or one.rule}".rstrip(),
            f"withdraw it first: `yearbook decisions withdraw {one.id}`",
        )
