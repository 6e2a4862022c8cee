"""What the commands that decide share: their options, the record or the findings meant, what is shown afterwards."""

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from yearbook.cli.common import console, known, plain, show_table
from yearbook.errors import DecisionError, printable
from yearbook.model.people import Person, load_people, may
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.catalogue import DecisionKind, Finding
    from yearbook.review.draft import Draft
    from yearbook.review.fates import Fate
    from yearbook.review.figures import HeadlineChange

RecordArgument = Annotated[
    str, typer.Argument(metavar="RECORD", help="The record's key, as `yearbook findings` has it.")
]
ReasonOption = Annotated[str, typer.Option("--reason", "-r", help="Why; it stays with the decision.")]
DatasetOption = Annotated[str | None, typer.Option("--dataset", "-d", help="Its dataset, where the key is in several.")]
HashOption = Annotated[str, typer.Option("--hash", help="Which version of the record: its hash, or how it begins.")]
UntilOption = Annotated[str | None, typer.Option(help="The last day of a waiver, such as 2025-12-31; none by default.")]
RuleOption = Annotated[str | None, typer.Option(help="The rule of the finding.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides; the login name by default.")]
RedoOption = Annotated[bool, typer.Option("--redo/--later", help="Into the figures at once, or with the next run.")]
PreviewOption = Annotated[bool, typer.Option("--preview", help="Only show what the headlines would become.")]
HEADLINE_COLUMNS = ["year", "headline", "before", "after", "difference", "unit"]


def person(workspace: Workspace, by: str | None) -> str:
    """Who decides: the person named, or who is at the keyboard.

    Where people are named, only one of them who may decide can; elsewhere the computer's own rights are the limit.
    """
    name = by or getpass.getuser()
    people = load_people(workspace.settings.people)
    if people and not may(people.get(name, Person(name)), "decide", workspace.programme):
        raise DecisionError(
            f"{name} may not decide in {workspace.programme}",
            where=str(workspace.settings.people),
            fix="a person with the role `statistician` decides; `--by` names them",
        )
    return name


def now() -> datetime:
    """The moment of the command: the one place where decisions read the clock."""
    return datetime.now(UTC)


def draft_of(
    workspace: Workspace,
    kind: "DecisionKind",
    record_key: str,
    reason: str,
    *,
    dataset: str | None,
    record_hash: str,
    rule: str | None,
) -> "Draft":
    """A draft on the record of a key, as it is now, and on a finding of it where a rule is named."""
    from yearbook.review.draft import Draft
    from yearbook.review.naming import name_record

    if dataset:
        known(dataset, workspace.recipe.datasets, "dataset")
    one = name_record(workspace, record_key, dataset, record_hash)
    if rule is None and kind != "waive":
        return Draft(kind, one.dataset, one.year, one.seen.key, one.record_hash, reason=reason)
    found = workspace.catalogue.findings(one.dataset, one.year, rule)
    own = [finding for finding in found if finding.record_hash == one.record_hash]
    return Draft.of(kind, _only(own, record_key), reason)


def _only(found: "list[Finding]", record_key: str) -> "Finding":
    rules = sorted({finding.rule for finding in found})
    if len(rules) == 1:
        return found[0]
    if not rules:
        raise DecisionError(f"nothing is found in {record_key}", fix="see `yearbook decisions show`")
    raise DecisionError(
        f"several rules find something in {record_key}", fix=f"name one by `--rule`: {', '.join(rules)}"
    )


def settle(
    workspace: Workspace, drafts: "Sequence[Draft]", by: str | None, *, preview: bool, redo: bool, batch: str = ""
) -> None:
    """Decide, or preview; then bring it into the figures, or say how."""
    from yearbook.review.desk import decide
    from yearbook.review.figures import preview_figures

    if preview:
        outlook = preview_figures(workspace, drafts)
        show_headlines(outlook.changes)
        show_fates(workspace, outlook.fates)
        return
    numbers = decide(workspace, drafts, person(workspace, by), now(), batch=batch)
    first, last = numbers[0], numbers[-1]
    console.print(f"Decision {first}." if first == last else f"Decisions {first} to {last}.", highlight=False)
    follow_up(workspace, redo=redo)


def follow_up(workspace: Workspace, *, redo: bool) -> None:
    """Bring what was decided into the figures, or say how."""
    if not redo:
        run = f"yearbook run --programme {workspace.programme}"
        console.print(f"The figures are as before, until `{run}`.", highlight=False)
        return
    from yearbook.progress import show_progress
    from yearbook.review.figures import redo as redo_figures

    with show_progress(workspace.catalogue, console):
        changes = redo_figures(workspace)
    show_headlines(changes)


def show_headlines(changes: "Sequence[HeadlineChange]") -> None:
    """Print each headline before and after."""
    if not changes:
        console.print("No figure of any edition changes.")
        return
    show_table(HEADLINE_COLUMNS, [_headline(change) for change in changes])


def show_fates(workspace: Workspace, fates: "Sequence[Fate]") -> None:
    """Print what becomes of the records themselves."""
    from yearbook.publish.language import SOURCE_LANGUAGE, load_language
    from yearbook.review.pages.headlines import write_fates
    from yearbook.review.pages.names import Names

    language = load_language(SOURCE_LANGUAGE, workspace.settings.reports)
    for line in write_fates(Names(workspace, language), fates):
        console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def _headline(change: "HeadlineChange") -> dict[str, object]:
    def write(value: float | None) -> str:
        return "–" if value is None else f"{value:,.{change.decimals}f}"

    after = write(change.after) if change.is_changed else "the same"
    return {
        "year": change.year,
        "headline": plain(change.title.en),
        "before": write(change.before),
        "after": after,
        "difference": f"{change.difference:+,.4g}" if change.difference else "",
        "unit": change.unit,
    }
