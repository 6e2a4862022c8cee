"""The decision form: what it offers, what it keeps hidden of what was seen, and the draft that comes back."""

import json
from dataclasses import dataclass, replace

from yearbook.catalogue import Finding
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.pages.forms import Form
from yearbook.review.pages.names import Names
from yearbook.review.pages.records import Cell, differences, look_up, make_cells
from yearbook.review.pages.words import KINDS, PARTS, STALE_PARTS
from yearbook.validate.lookup import RecordView

LONGEST_SEEN = 80
"""Characters of each cell that a form keeps, to say later what changed."""


@dataclass(frozen=True)
class Refusal:
    """Why a form came back: in the reader's words, in the desk's, and what changed of the record meanwhile."""

    part: str
    said: str
    detail: str
    is_stale: bool
    changed: list[tuple[str, str, str]]


@dataclass(frozen=True)
class DecisionForm:
    """The form with all that it shows; `view` and `cells` are missing for a finding on a year as a whole."""

    draft: Draft
    finding: Finding | None
    view: RecordView | None
    cells: list[Cell]
    kinds: list[str]
    seen: str
    choices: list[tuple[str, str]]
    parties: list[tuple[str, str]]
    wanted: str


def make_form(names: Names, draft: Draft, finding: Finding | None, view: RecordView | None) -> DecisionForm:
    """Lay a form out for a record or a finding."""
    cells = make_cells(names, view.version, {finding.column} if finding else set()) if view else []
    fields = names.fields(draft.dataset)
    kinds = [kind for kind in KINDS if (kind != "waive" or draft.rule) and (kind == "waive" or view)]
    parties = [(cell.name, cell.title) for cell in cells if fields[cell.name].party and cell.after]
    return DecisionForm(
        draft=draft,
        finding=finding,
        view=view,
        cells=cells,
        kinds=[kind for kind in kinds if kind != "merge" or parties],
        seen=json.dumps([[cell.name, cell.before[:LONGEST_SEEN]] for cell in cells if cell.before], ensure_ascii=False),
        choices=[(cell.name, cell.title) for cell in cells],
        parties=parties,
        wanted=names.wanted(draft.dataset, draft.column or (finding.column if finding else None) or ""),
    )


def blank_draft(view: RecordView | None, finding: Finding | None, kind: str = "") -> Draft | None:
    """A draft of nothing yet, on a finding or on a record; None where there is neither."""
    if finding is not None:
        return Draft.of(kind, finding, "")  # type: ignore[arg-type]
    if view is None:
        return None
    one = view.version
    return Draft(kind, one.dataset, one.year, one.record_key, one.record_hash)  # type: ignore[arg-type]


def read_draft(form: Form) -> Draft:
    """The draft that a form sends; what cannot be is for the desk to refuse."""
    kind = form.get("kind")
    column = {"correct": form.get("column"), "merge": form.get("party")}.get(kind, "")
    value = {"correct": form.get("new_value"), "merge": form.get("name")}.get(kind)
    return Draft(
        kind=kind,  # type: ignore[arg-type]
        dataset=form.get("dataset"),
        year=_whole(form.get("year")),
        record_key=form.get("key"),
        record_hash=form.get("hash"),
        rule=form.get("rule"),
        rule_version=_whole(form.get("rule_version")),
        column=column,
        new_value=(value or "").strip() or None,
        until=form.get("until") or None if kind == "waive" else None,
        reason=form.get("reason"),
    )


def explain(names: Names, error: RefusedError, form: Form) -> Refusal:
    """Say why a draft was refused, and what became of the record that its form had seen."""
    is_stale = error.part in STALE_PARTS
    changed: list[tuple[str, str, str]] = []
    if is_stale:
        view = look_up(names, form.get("dataset"), form.get("key"), "")
        cells = make_cells(names, view.version, set()) if view else []
        short = [_cut(cell) for cell in cells]
        changed = differences(_read_seen(form.get("seen")), short)
    return Refusal(
        error.part,
        names.language.say(PARTS.get(error.part, PARTS["kind"])),
        f"{error.what}; {error.fix}",
        is_stale,
        changed,
    )


def find_finding(names: Names, dataset: str, year: str, key: str, record_hash: str, rule: str) -> Finding | None:
    """The finding that an address names: on a version of a record, or (with no key) on a year as a whole."""
    catalogue = names.workspace.catalogue
    if key:
        found = [one for one in catalogue.findings_of([record_hash]) if one.dataset == dataset]
    else:
        of_year = catalogue.findings(dataset=dataset, year=_whole(year), rule=rule)
        found = [one for one in of_year if not one.record_key]
    return next((one for one in found if one.rule == rule), None)


def _cut(cell: Cell) -> Cell:
    return replace(cell, before=cell.before[:LONGEST_SEEN])


def _read_seen(text: str) -> list[tuple[str, str]]:
    try:
        return [(str(name), str(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError):
        return []


def _whole(text: str) -> int:
    """A year or a version; what is none is 0, which is the unknown year and no version."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
