"""Whether a draft can stand: the record and the rule are as they were seen, and what it says can be.

Pure: it judges by the evidence that it is given. Not its business: reading the evidence, keeping the decision.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import get_args

from yearbook.catalogue import Decision, DecisionKind
from yearbook.model.dataset import Dataset, Field
from yearbook.model.definition import nearest
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.evidence import Evidence
from yearbook.review.refusals import changed, refuse, refuse_again, require_reason, require_record, require_rule, said
from yearbook.review.seen import Seen
from yearbook.review.values import say_wanted, settle_text
from yearbook.validate.changes import merge_names

DUPLICATE_KEY = "duplicate_key"
"""The rule that finds versions of a record of which none is the newer."""
OF_A_RULE = ("waive", "hold", "exclude")
"""What rests on a rule, and lapses with it; what a cell should say rests on none."""


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
            raise RefusedError(draft, "kind", f"`{said(draft.kind)}` is no decision", fix)
        if draft.dataset not in self.evidence.recipe.datasets:
            what = f"there is no dataset `{said(draft.dataset)}`"
            raise RefusedError(draft, "dataset", what, "name one of the programme's")
        dataset = self.evidence.recipe.datasets[draft.dataset]
        require_reason(draft)
        if draft.record_hash or draft.kind != "waive":
            require_record(self.evidence, draft)
        if draft.kind == "waive":
            decided = _waive(self, draft, self._decision(draft))
        else:
            refuse(draft, "until", draft.until, "only a waiver has an end")
            decided = KINDS[draft.kind](self.evidence, dataset, draft, self._decision(draft))
        # At last: what was decided already is told as such, and its finding is gone by now.
        require_rule(self.evidence, draft)
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
    refuse(draft, "new_value", draft.new_value, "a waiver changes no value; `correct` does")
    if not draft.rule:
        raise RefusedError(draft, "rule", "a waiver is of one rule", "name the rule of the finding")
    place = (draft.rule, draft.record_key, draft.year)
    waivers = bench.evidence.about(draft, "waive")
    same = [one for one in waivers if (one.rule, one.record_key, one.year) == place]
    refuse_again(draft, decision, same)
    _require_one_version(bench.evidence, draft)
    return replace(decision, until=_read_end(draft, bench.checked_as_of))


def _require_one_version(evidence: Evidence, draft: Draft) -> None:
    """Of versions that stand against each other one counts, not two."""
    seen = (draft.dataset, draft.rule, draft.record_key)
    other = [one for one in evidence.active if (one.dataset, one.rule, one.record_key) == seen and one.kind == "waive"]
    if draft.rule == DUPLICATE_KEY and other:
        what = f"another version of {said(draft.record_key)} counts already, by decision {other[0].id}"
        raise RefusedError(draft, "kind", what, "withdraw that decision first, or exclude this version")


def _correct(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    field, record = _cell(evidence, dataset, draft)
    new = _read_new(evidence, draft, field)
    if new is None and (field.required or draft.column in dataset.key):
        raise RefusedError(
            draft, "new_value", f"{draft.column} may not be empty", say_wanted(field, evidence.recipe.codelists)
        )
    if new == record.received[draft.column] and draft.column not in record.unread:
        what = f"{draft.column} says {said(new)} already"
        raise RefusedError(draft, "new_value", what, "nothing is left to correct")
    corrected = replace(decision, old_value=record.shown(draft.column), new_value=new)
    same = [one for one in evidence.about(draft, "correct") if one.column == draft.column]
    refuse_again(draft, corrected, same)
    return corrected


def _merge(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    field, record = _cell(evidence, dataset, draft)
    if not field.party:
        raise RefusedError(draft, "column", f"{draft.column} names no party", "merge in a field that names one")
    old, new = record.stands[draft.column], _read_new(evidence, draft, field)
    if not old or not new or old == new:
        what = f"`{said(old)}` cannot become `{said(new)}`"
        raise RefusedError(draft, "new_value", what, "give the one name that the party is to go by")
    merges = [one for one in evidence.active if one.kind == "merge"]
    merged = replace(decision, old_value=old, new_value=new)
    refuse_again(draft, merged, [one for one in merges if one.old_value == old])
    names = dict(merge_names((one.old_value or "", one.new_value or "") for one in merges))
    if names.get(new) == old:
        what = f"`{said(new)}` reads `{said(old)}` already, by a decision"
        raise RefusedError(draft, "new_value", what, "withdraw that decision first")
    return merged


def _take_out(evidence: Evidence, dataset: Dataset, draft: Draft, decision: Decision) -> Decision:
    refuse(draft, "new_value", draft.new_value, "this takes the record out as it is; `correct` changes a value")
    taken = replace(decision, column="")
    refuse_again(draft, taken, evidence.about(draft, "hold", "exclude"))
    return taken


KINDS: dict[str, Callable[[Evidence, Dataset, Draft, Decision], Decision]] = {
    "correct": _correct,
    "merge": _merge,
    "hold": _take_out,
    "exclude": _take_out,
}


def _cell(evidence: Evidence, dataset: Dataset, draft: Draft) -> tuple[Field, Seen]:
    if draft.column not in dataset.fields:
        what = f"`{said(draft.column)}` is no field of {dataset.dataset}"
        right = nearest(draft.column, list(dataset.fields))
        fix = f"did you mean `{right}`?" if right else f"its fields: {', '.join(dataset.fields)}"
        raise RefusedError(draft, "column", what, fix)
    record = evidence.record(draft)
    if record is None:
        raise changed(draft)
    return dataset.fields[draft.column], record


def _read_new(evidence: Evidence, draft: Draft, field: Field) -> str | None:
    try:
        return settle_text(field, evidence.recipe.codelists, draft.new_value)
    except ValueError as error:
        wanted = say_wanted(field, evidence.recipe.codelists, draft.new_value or "")
        raise RefusedError(draft, "new_value", f"{draft.column}: {error}", wanted) from None


def _read_end(draft: Draft, checked_as_of: date) -> str | None:
    if not draft.until:
        return None
    try:
        end = date.fromisoformat(draft.until)
    except ValueError:
        raise RefusedError(draft, "until", f"`{said(draft.until)}` is no day", "write it as 2025-12-31") from None
    if end < checked_as_of:
        raise RefusedError(
            draft,
            "until",
            f"a waiver until {end} would be over: records are checked as of {checked_as_of}",
            "give a later day, or none",
        )
    return end.isoformat()
