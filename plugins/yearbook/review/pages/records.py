"""One record as a page shows it: all cells before and after, its raw row, its history, and what is near it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yearbook.catalogue import Decision, Finding
from yearbook.model.dataset import Field
from yearbook.review.pages.asking import mark_of
from yearbook.review.pages.cells import LONGEST, bounded, found_cell, write_cell
from yearbook.review.pages.delivered import is_large, write_place, write_row
from yearbook.review.pages.journal import settled_by
from yearbook.review.pages.links import Links
from yearbook.review.pages.names import Names
from yearbook.review.pages.parties import Party, find_parties
from yearbook.validate.lookup import ReadRaw, RecordVersion, RecordView, find_record

MOST_VERSIONS, MOST_FINDINGS = 50, 100


@dataclass(frozen=True)
class Cell:
    """One field: what was received, and what stands after decisions."""

    name: str
    title: str
    unit: str
    before: str
    after: str
    is_unread: bool
    is_changed: bool
    is_found: bool


@dataclass(frozen=True)
class VersionLine:
    """One delivery of a record."""

    version: RecordVersion
    year: str
    dataset: str
    what: str
    place: str
    is_shown: bool
    link: str


@dataclass(frozen=True)
class FindingLine:
    """One finding on the record, and since when it is found; `rule` is its title, where it has one."""

    finding: Finding
    rule: str
    message: str
    field: str
    effect: str
    first_seen: str
    assignee: str | None
    decision: int | None
    is_shown: bool


@dataclass(frozen=True)
class RecordPage:
    """A record with everything about it; `is_unread` says that its raw row was not looked for."""

    view: RecordView
    shown: VersionLine
    is_as_asked: bool
    cells: list[Cell]
    raw: list[tuple[str, str]] | None
    is_unread: bool
    versions: list[VersionLine]
    findings: list[FindingLine]
    decisions: list[Decision]
    parties: list[Party]


def look_up(
    names: Names, dataset: str, key: str, record_hash: str, *, read_raw: ReadRaw | None = None
) -> RecordView | None:
    """Find a record; None where there is none, or no such dataset."""
    if dataset not in names.workspace.recipe.datasets:
        return None
    return find_record(names.workspace, dataset, key, record_hash=record_hash, read_raw=read_raw)


def make_record(names: Names, links: Links, view: RecordView, asked: str, mark: str, *, is_raw: bool) -> RecordPage:
    """Lay a record out; `asked` is the hash in the address, `is_raw` whether its row as delivered is asked for.

    The finding with the `mark` stands first: it is the one that the reader came for.
    """
    catalogue = names.workspace.catalogue
    one = view.version
    decisions = catalogue.decisions(dataset=one.dataset, record_key=one.record_key)
    findings = sorted(_findings(names, view, decisions), key=lambda line: mark_of(line.finding) != mark)
    return RecordPage(
        view=view,
        shown=_line(names, links, one, one),
        is_as_asked=asked in ("", one.record_hash),
        cells=make_cells(names, one, {found.finding.column for found in findings if found.is_shown}),
        raw=None if view.raw is None else write_row(view.raw),
        is_unread=view.raw is None and not is_raw and is_large(names.workspace, one.origin.landed),
        versions=[_line(names, links, version, one) for version in view.versions[:MOST_VERSIONS]],
        findings=findings,
        decisions=decisions,
        parties=list(find_parties(names, links, one)),
    )


def make_cells(names: Names, version: RecordVersion, found: "set[str | None]") -> list[Cell]:
    """All fields of a version; `found` are those in which a rule found something."""
    return [_cell(names, version, name, field, name in found) for name, field in names.fields(version.dataset).items()]


def _cell(names: Names, version: RecordVersion, name: str, field: Field, is_found: bool) -> Cell:
    codelists = names.workspace.recipe.codelists
    after = write_cell(field, codelists, version.cells.get(name), names.language)
    is_changed = name in version.corrected
    if is_changed:
        before = found_cell(field, version.corrected[name], LONGEST)
    else:
        before = bounded(version.unread[name]) if name in version.unread else after
    return Cell(
        name=name,
        title=field.title.get(names.language.tag),
        unit=field.unit or "",
        before=before,
        after=after,
        is_unread=name in version.unread,
        is_changed=is_changed,
        is_found=is_found,
    )


def _line(names: Names, links: Links, version: RecordVersion, shown: RecordVersion) -> VersionLine:
    origin = version.origin
    return VersionLine(
        version=version,
        year=names.year(version.year),
        dataset=names.dataset(version.dataset),
        what=names.disposition(version.dataset, version.disposition, version.reason),
        place=write_place(names.language, origin.uri, origin.row),
        is_shown=(version.record_hash, origin) == (shown.record_hash, shown.origin),
        link=links.record(names.workspace.programme, version.dataset, version.record_key, version.record_hash),
    )


def _findings(names: Names, view: RecordView, decisions: Sequence[Decision]) -> Iterator[FindingLine]:
    catalogue = names.workspace.catalogue
    found = catalogue.findings_of([one.record_hash for one in view.versions])
    # A row with the same content may stand under another key only in another dataset.
    own = [one for one in found if one.dataset == view.version.dataset][:MOST_FINDINGS]
    seen = catalogue.first_seen([one.identity for one in own])
    assigned = catalogue.assigned([one.identity for one in own])
    for one in own:
        owner, first = assigned.get(one.identity), seen.get(one.identity)
        yield FindingLine(
            finding=one,
            rule=names.title(one.rule),
            message=bounded(names.message(one)),
            field=names.field(one.dataset, one.column),
            effect=names.effect(one.dataset, one.effect),
            first_seen=names.language.date(first.date()) if first else "",
            assignee=owner.assignee if owner else None,
            decision=settled_by(decisions, one) or one.decision,
            is_shown=one.record_hash == view.record_hash,
        )


def differences(seen: Sequence[tuple[str, str]], now: Sequence[Cell]) -> list[tuple[str, str, str]]:
    """What changed between the cells that a form saw and those of now: title, then, now."""
    then = dict(seen)
    return [(one.title, then[one.name], one.before) for one in now if then.get(one.name, one.before) != one.before]
