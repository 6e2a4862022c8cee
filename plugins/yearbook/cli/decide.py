"""Decide on records, one or many, and take a decision back: `yearbook decisions …`."""

from typing import TYPE_CHECKING, Annotated

import typer

from yearbook.cli import decide_files, decide_many, decided
from yearbook.cli.account import DECIDING, actor
from yearbook.cli.common import ProgrammeOption, console, open_programme, teaching
from yearbook.cli.deciding import (
    ByOption,
    DatasetOption,
    HashOption,
    PreviewOption,
    ReasonOption,
    RecordArgument,
    RedoOption,
    RuleOption,
    UntilOption,
    draft_of,
    follow_up,
    now,
    settle,
)

if TYPE_CHECKING:
    from yearbook.catalogue import DecisionKind

app = typer.Typer(help="What persons decided about records, and why.", no_args_is_help=True)
app.command("list")(decided.list_decisions)
app.command()(decided.show)


@app.command()
def waive(
    record: RecordArgument,
    reason: ReasonOption,
    rule: RuleOption = None,
    until: UntilOption = None,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    by: ByOption = None,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Let a record stand against a rule: what the rule found is right in this one."""
    from dataclasses import replace

    with teaching():
        workspace = open_programme(programme)
        draft = draft_of(workspace, "waive", record, reason, dataset=dataset, record_hash=record_hash, rule=rule)
        settle(workspace, [replace(draft, until=until)], by, preview=preview, redo=redo)


@app.command()
def correct(
    record: RecordArgument,
    field: Annotated[str, typer.Option("--field", "-f", help="The field to correct.")],
    to: Annotated[str, typer.Option("--to", help="What it should say, in the field's own unit; empty for nothing.")],
    reason: ReasonOption,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    by: ByOption = None,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Correct a cell of a record; what it said stays visible."""
    _change("correct", programme, record, (field, to), reason, (dataset, record_hash), by, preview, redo)


@app.command()
def merge(
    record: RecordArgument,
    field: Annotated[str, typer.Option("--field", "-f", help="The field of the record that holds the other name.")],
    to: Annotated[str, typer.Option("--to", help="The one name that the party goes by.")],
    reason: ReasonOption,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    by: ByOption = None,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Say that two names are of one party, wherever parties are named."""
    _change("merge", programme, record, (field, to), reason, (dataset, record_hash), by, preview, redo)


@app.command()
def hold(
    record: RecordArgument,
    reason: ReasonOption,
    rule: RuleOption = None,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    by: ByOption = None,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Keep a record out of the figures until more is known."""
    _take_out("hold", programme, record, reason, rule, (dataset, record_hash), by, preview, redo)


@app.command()
def exclude(
    record: RecordArgument,
    reason: ReasonOption,
    rule: RuleOption = None,
    dataset: DatasetOption = None,
    record_hash: HashOption = "",
    by: ByOption = None,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Leave a record out of the figures for good."""
    _take_out("exclude", programme, record, reason, rule, (dataset, record_hash), by, preview, redo)


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(min=1, help="The decision's number.")],
    reason: ReasonOption,
    by: ByOption = None,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Take a decision back; it stays in the log, with who and why."""
    with teaching():
        from yearbook.review.desk import withdraw as take_back

        workspace = open_programme(programme)
        decider = actor(workspace, by, DECIDING)
        take_back(workspace, number, decider.name, now(), reason, through=decider.through)
        console.print(f"Decision {number} is withdrawn.", highlight=False)
        follow_up(workspace, redo=redo)


app.command()(decide_many.bulk)
app.command()(decide_files.export)
app.command("import")(decide_files.import_file)


def _change(
    kind: "DecisionKind",
    programme: str,
    record: str,
    change: tuple[str, str],
    reason: str,
    which: tuple[str | None, str],
    by: str | None,
    preview: bool,
    redo: bool,
) -> None:
    from dataclasses import replace

    with teaching():
        workspace = open_programme(programme)
        draft = draft_of(workspace, kind, record, reason, dataset=which[0], record_hash=which[1], rule=None)
        settle(
            workspace, [replace(draft, column=change[0], new_value=change[1] or None)], by, preview=preview, redo=redo
        )


def _take_out(
    kind: "DecisionKind",
    programme: str,
    record: str,
    reason: str,
    rule: str | None,
    which: tuple[str | None, str],
    by: str | None,
    preview: bool,
    redo: bool,
) -> None:
    with teaching():
        workspace = open_programme(programme)
        draft = draft_of(workspace, kind, record, reason, dataset=which[0], record_hash=which[1], rule=rule)
        settle(workspace, [draft], by, preview=preview, redo=redo)
