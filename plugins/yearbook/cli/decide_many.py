"""One decision on many records, chosen by their findings: `yearbook decisions bulk`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from yearbook.cli.common import ProgrammeOption, console, open_programme, teaching
from yearbook.cli.deciding import ByOption, PreviewOption, ReasonOption, RedoOption, UntilOption, names_of, settle
from yearbook.cli.findings import (
    AssigneeOption,
    Choice,
    DatasetOption,
    RuleOption,
    SeverityOption,
    SourceOption,
    YearOption,
)
from yearbook.errors import DecisionError
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.review.bulk import Bulk

SHOWN = 10
OUT = ("hold", "exclude")
"""What takes records out: the effect of a finding is what its record being out would do."""


def bulk(
    kind: Annotated[Literal["waive", "hold", "exclude", "correct"], typer.Argument(help="What to decide.")],
    reason: ReasonOption,
    rule: RuleOption = None,
    year: YearOption = None,
    dataset: DatasetOption = None,
    source: SourceOption = None,
    severity: SeverityOption = None,
    field: Annotated[str | None, typer.Option("--field", "-f", help="Of corrections: the field.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Of corrections: what it should say.")] = None,
    until: UntilOption = None,
    assignee: AssigneeOption = None,
    every: Annotated[bool, typer.Option("--all", help="Name all records, not the first ten.")] = False,
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Decide the same on all records with open findings of a rule, year, dataset …: at most 500, shown first."""
    with teaching():
        from yearbook.review.bulk import lay_out

        if not (rule or dataset or source) and year is None:
            raise DecisionError("this is everything", where="findings", fix="choose by --rule, --year, --dataset …")
        workspace = open_programme(programme)
        found = Choice(dataset, year, rule, source, severity, "open", assignee=assignee).find(workspace)
        laid_out = lay_out(workspace, found, kind, reason, column=field, new_value=to, until=until)
        _show(workspace, laid_out, len(found) if every else SHOWN)
        if not laid_out.drafts:
            raise DecisionError("there is nothing to decide", where=programme, fix="see `yearbook findings`")
        if not (preview or yes or typer.confirm(f"Decide on these {laid_out.count}?")):
            raise DecisionError("nothing was decided", where="what was answered", fix="answer y, or say --yes")
        settle(workspace, laid_out.drafts, by, preview=preview, redo=redo, batch=laid_out.batch)


def _show(workspace: Workspace, laid_out: "Bulk", most: int) -> None:
    records = [draft.where for draft in laid_out.drafts]
    lines = [f"{laid_out.kind} {laid_out.count} (batch {laid_out.batch}):", *_first(records, most)]
    if laid_out.kind in OUT:
        names = names_of(workspace)
        told = [(names.headline(name), names.effect(name, effect)) for name, effect in laid_out.effects.items()]
        lines += [f"without these, {headline} changes by {effect}" for headline, effect in told if headline]
    if laid_out.refused:
        refused = [str(one) for one in laid_out.refused]
        lines += [f"{len(refused)} cannot be decided so:", *_first(refused, most)]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _first(lines: list[str], most: int) -> list[str]:
    more = [f"  … and {len(lines) - most} more; `--all` names them"] if len(lines) > most else []
    return [f"  {line}" for line in lines[:most]] + more
