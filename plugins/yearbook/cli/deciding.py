"""What the commands that decide share: their options, the record or the findings meant, what is shown afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from yearbook.cli.account import DECIDING, actor
from yearbook.cli.common import console, count, known, show_table
from yearbook.errors import DecisionError, printable
from yearbook.model.observation import TOTAL
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.catalogue import DecisionKind, Finding
    from yearbook.review.draft import Draft
    from yearbook.review.fates import Fate
    from yearbook.review.figures import HeadlineChange
    from yearbook.review.pages.names import Names

RecordArgument = Annotated[
    str, typer.Argument(metavar="RECORD", help="The record's key, as `yearbook findings` has it.")
]
ReasonOption = Annotated[str, typer.Option("--reason", "-r", help="Why; it stays with the decision.")]
DatasetOption = Annotated[str | None, typer.Option("--dataset", "-d", help="Its dataset, where the key is in several.")]
HashOption = Annotated[str, typer.Option("--hash", help="Which version of the record: its hash, or how it begins.")]
UntilOption = Annotated[str | None, typer.Option(help="The last day of a waiver, such as 2025-12-31; none by default.")]
RuleOption = Annotated[str | None, typer.Option(help="The rule of the finding.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides; the user of this computer by default.")]
RedoOption = Annotated[bool, typer.Option("--redo/--later", help="Into the figures at once, or with the next run.")]
PreviewOption = Annotated[bool, typer.Option("--preview", help="Only show what the headlines would become.")]
WITHOUT_END = "without an end"
HEADLINE_COLUMNS = ["year", "headline", "before", "after", "difference", "unit"]


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
    found = workspace.catalogue.findings(one.dataset, one.year)
    own = [finding for finding in found if finding.record_hash == one.record_hash]
    return Draft.of(kind, _only(own, record_key, rule), reason)


def _only(own: "list[Finding]", record_key: str, rule: str | None) -> "Finding":
    """The finding of a rule on a record; without a rule named, of the one rule that finds something."""
    found = [finding for finding in own if rule in (None, finding.rule)]
    rules = sorted({finding.rule for finding in found})
    if len(rules) == 1:
        return found[0]
    if not rules and own:
        others = ", ".join(sorted({finding.rule for finding in own}))
        raise DecisionError(f"rule `{rule}` finds nothing in {record_key}", fix=f"what is found there: {others}")
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
    from yearbook.review.fates import fates_of, find_stands
    from yearbook.review.figures import preview_figures

    if preview:
        outlook = preview_figures(workspace, drafts)
        show_headlines(workspace, outlook.changes)
        show_fates(workspace, outlook.fates)
        return
    decider = actor(workspace, by, DECIDING)
    numbers = decide(workspace, drafts, decider.name, now(), batch=batch, through=decider.through)
    first, last = numbers[0], numbers[-1]
    ends = f", {WITHOUT_END}" if drafts[0].kind == "waive" and not drafts[0].until else ""
    which = f"Decision {first}" if first == last else f"Decisions {first} to {last}"
    console.print(f"{which}{ends}.", highlight=False)
    before = find_stands(workspace, drafts)
    follow_up(workspace, redo=redo)
    if redo:
        show_fates(workspace, fates_of(drafts, before, find_stands(workspace, drafts)))


def follow_up(workspace: Workspace, *, redo: bool) -> None:
    """Bring what was decided into the figures, or say how."""
    if not redo:
        steps = f"`yearbook validate --programme {workspace.programme}`, then `yearbook compute` for the same"
        console.print(f"The figures are as before, until {steps}.", highlight=False, soft_wrap=True)
        return
    from yearbook.progress import show_progress
    from yearbook.review.figures import redo as redo_figures

    with show_progress(workspace.catalogue, console):
        changes = redo_figures(workspace)
    show_headlines(workspace, changes)


def show_headlines(workspace: Workspace, changes: "Sequence[HeadlineChange]") -> None:
    """Print each headline before and after."""
    if not any(change.is_changed for change in changes):
        console.print("No headline of any edition changes.")
        return
    show_table(HEADLINE_COLUMNS, [_headline(change) for change in changes if change.is_changed], are_folded=False)
    same = sum(not change.is_changed for change in changes)
    if same:
        console.print(f"{count(same, 'other headline')} as before.", highlight=False)


def show_fates(workspace: Workspace, fates: "Sequence[Fate]") -> None:
    """Print what becomes of the records themselves."""
    from yearbook.review.pages.headlines import write_fates

    for line in write_fates(names_of(workspace), fates):
        console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def names_of(workspace: Workspace) -> "Names":
    """What datasets, rules and effects are called, in the language of the commands."""
    from yearbook.publish.words.language import SOURCE_LANGUAGE, load_language
    from yearbook.review.pages.names import Names

    return Names(workspace, load_language(SOURCE_LANGUAGE, workspace.settings.reports))


def _headline(change: "HeadlineChange") -> dict[str, object]:
    def write(value: float | None, sign: str = "") -> str:
        return "–" if value is None else f"{value:{sign},.{change.enough_decimals}f}"

    title = change.title.en if change.variant == TOTAL else f"{change.title.en} ({change.variant})"
    said = (change.year, title, write(change.before), write(change.after), write(change.difference, "+"), change.unit)
    return dict(zip(HEADLINE_COLUMNS, said, strict=True))
