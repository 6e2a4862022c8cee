"""Look at decisions and at records: `yearbook decisions list`, `yearbook decisions show`."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from yearbook.cli.common import ProgrammeOption, complaints, console, count, open_programme, plain, show_table, teaching
from yearbook.cli.deciding import WITHOUT_END, DatasetOption, HashOption, RecordArgument, names_of
from yearbook.cli.findings import YearOption
from yearbook.model.recipe import year_label

if TYPE_CHECKING:
    from yearbook.catalogue import Decision, Finding
    from yearbook.review.naming import Named
    from yearbook.review.pages.names import Names

DECISION_COLUMNS = [
    "number",
    "state",
    "decision",
    "dataset",
    "year",
    "record",
    "of",
    "from",
    "to",
    "reason",
    "by",
    "on",
]
CELL_COLUMNS = ["field", "received", "reads now"]
FINDING_COLUMNS = ["severity", "rule", "state", "effect", "message"]


def list_decisions(
    programme: ProgrammeOption = "demo",
    dataset: DatasetOption = None,
    year: YearOption = None,
    by: Annotated[str | None, typer.Option("--by", help="One person; all by default.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Those that lapsed or were withdrawn as well.")] = False,
) -> None:
    """List decisions: what stands, or with `--all` the whole log."""
    with teaching():
        from yearbook.review.waiting import waiting_decisions

        workspace = open_programme(programme)
        found = workspace.catalogue.decisions(dataset, year, None if every else "active")
        chosen = [one for one in found if by in (None, one.decided_by)]
        waiting = {one.id for one in waiting_decisions(workspace)}
        show_table(DECISION_COLUMNS, [_decision(one, waiting) for one in chosen])
        complaints.print(count(len(chosen), "decision"), highlight=False)
        if waiting:
            complaints.print(f"{len(waiting):,} wait: `yearbook validate`, then `yearbook compute`", highlight=False)


def show(
    record: RecordArgument,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    programme: ProgrammeOption = "demo",
) -> None:
    """Show a record: its cells as received and as they read now, what is found in it, what was decided."""
    with teaching():
        from yearbook.review.naming import name_record
        from yearbook.review.waiting import waiting_decisions

        workspace = open_programme(programme)
        one = name_record(workspace, record, dataset, record_hash)
        where = f"{one.dataset}, {year_label(one.year)}, {plain(one.seen.key)}, {one.record_hash}"
        console.print(where, highlight=False, soft_wrap=True)
        show_table(CELL_COLUMNS, list(_cells(one)), longest=None)
        found = workspace.catalogue.findings(one.dataset, one.year)
        names, own = names_of(workspace), [each for each in found if each.record_hash == one.record_hash]
        show_table(FINDING_COLUMNS, [_finding(names, each) for each in own], longest=None)
        decided = workspace.catalogue.decisions(one.dataset)
        about = [each for each in decided if one.record_hash == each.record_hash or record == each.record_key]
        waiting = {each.id for each in waiting_decisions(workspace)}
        show_table(DECISION_COLUMNS, [_decision(each, waiting) for each in about], longest=None)


def _cells(one: "Named") -> Iterator[dict[str, object]]:
    for name, stands in one.seen.stands.items():
        received = one.seen.shown(name)
        if received is not None or stands is not None:
            yield dict(zip(CELL_COLUMNS, (name, received, "the same" if stands == received else stands), strict=True))


def _finding(names: "Names", finding: "Finding") -> dict[str, object]:
    effect = names.effect(finding.dataset, finding.effect)
    said = (finding.severity, finding.rule, finding.state, effect, finding.message_en)
    return dict(zip(FINDING_COLUMNS, said, strict=True))


def _decision(one: "Decision", waiting: Collection[int]) -> dict[str, object]:
    """A decision whose records wait to be checked is in no figure yet."""
    state = f"{one.state}: {one.state_reason or one.withdrawn_reason or ''}".rstrip(": ")
    state = f"{state}, waits" if one.id in waiting else state
    is_of_cell = one.kind in ("correct", "merge")
    to = one.until or WITHOUT_END if one.kind == "waive" else one.new_value
    said = (
        one.id, state, one.kind, one.dataset, year_label(one.year), one.record_key,
        one.column if is_of_cell else one.rule, one.old_value, to, one.reason, one.decided_by,
        f"{one.decided_at:%Y-%m-%d}",
    )  # fmt: skip
    return dict(zip(DECISION_COLUMNS, said, strict=True))
