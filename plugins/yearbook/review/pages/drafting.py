"""The decision form: what it offers, what it keeps hidden of what was seen, and the draft that comes back."""

import json
from dataclasses import dataclass, replace

from yearbook.catalogue import Finding
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.pages.forms import Form
from yearbook.review.pages.names import Names
from yearbook.review.pages.numbers import read_whole
from yearbook.review.pages.records import Cell, differences, look_up, make_cells
from yearbook.review.pages.words import KINDS, PARTS, STALE_PARTS
from yearbook.review.values import settle_text
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
    """The draft that a form sends; what cannot be is for the desk to refuse.

    A year or a version that is none is 0: the unknown year, and no version.
    """
    kind = form.get("kind")
    column = {"correct": form.get("column"), "merge": form.get("party")}.get(kind, "")
    value = {"correct": form.get("new_value"), "merge": form.get("name")}.get(kind)
    return Draft(
        kind=kind,  # type: ignore[arg-type]
        dataset=form.get("dataset"),
        year=read_whole(form.get("year")) or 0,
        record_key=form.get("key"),
        record_hash=form.get("hash"),
        rule=form.get("rule"),
        rule_version=read_whole(form.get("rule_version")) or 0,
        column=column,
        new_value=(value or "").strip() or None,
        until=form.get("until") or None if kind == "waive" else None,
        reason=form.get("reason"),
    )


def explain(names: Names, error: RefusedError, draft: Draft, seen: str) -> Refusal:
    """Say why a draft was refused, and what became of the record that its form had `seen`."""
    is_stale = error.part in STALE_PARTS
    changed: list[tuple[str, str, str]] = []
    if is_stale:
        view = look_up(names, draft.dataset, draft.record_key, "")
        cells = make_cells(names, view.version, set()) if view else []
        short = [_cut(cell) for cell in cells]
        changed = differences(_read_seen(seen), short)
    return Refusal(
        error.part,
        names.language.say(PARTS.get(error.part, PARTS["kind"])),
        _detail(names, error, draft),
        is_stale,
        changed,
    )


def _detail(names: Names, error: RefusedError, draft: Draft) -> str:
    """What the desk said, the field named as the page names it; nothing where the form itself says what is wanted."""
    is_empty = error.part == "reason" and not draft.reason.strip()
    if is_empty or (error.part == "new_value" and not _is_readable(names, draft)):
        return ""
    title = names.field(draft.dataset, draft.column)
    return f"{error.what.replace(draft.column, title, 1) if title else error.what}; {error.fix}"


def _is_readable(names: Names, draft: Draft) -> bool:
    """Whether the field can hold what is to stand there."""
    try:
        settle_text(names.fields(draft.dataset)[draft.column], names.workspace.recipe.codelists, draft.new_value)
    except ValueError:
        return False
    return True


def find_finding(names: Names, dataset: str, year: str, key: str, record_hash: str, rule: str) -> Finding | None:
    """The finding that an address names: on a version of a record, or (with no key) on a year as a whole."""
    catalogue = names.workspace.catalogue
    if key:
        found = [one for one in catalogue.findings_of([record_hash]) if one.dataset == dataset]
    else:
        of_year = catalogue.findings(dataset=dataset, year=read_whole(year) or 0, rule=rule)
        found = [one for one in of_year if not one.record_key]
    return next((one for one in found if one.rule == rule), None)


def _cut(cell: Cell) -> Cell:
    return replace(cell, before=cell.before[:LONGEST_SEEN])


def _read_seen(text: str) -> list[tuple[str, str]]:
    try:
        return [(str(name), str(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError):
        return []
