"""One decision on many records, chosen by their findings: `yearbook decisions bulk`."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from yearbook.cli.common import ProgrammeOption, console, open_programme, teaching
from yearbook.cli.deciding import ByOption, PreviewOption, ReasonOption, RedoOption, UntilOption, settle
from yearbook.cli.findings import Choice, DatasetOption, RuleOption, SeverityOption, SourceOption, YearOption
from yearbook.errors import DecisionError

if TYPE_CHECKING:
    from yearbook.review.bulk import Bulk

SHOWN = 10


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
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    preview: PreviewOption = False,
    redo: RedoOption = True,
    programme: ProgrammeOption = "demo",
) -> None:
    """Decide the same on all records with open findings of a rule, year, dataset …: at most 500, shown first."""
    with teaching():
        from yearbook.review.bulk import lay_out

        if not (rule or year or dataset or source):
            raise DecisionError("this is everything", where="findings", fix="choose by --rule, --year, --dataset …")
        workspace = open_programme(programme)
        found = Choice(dataset, year, rule, source, severity, "open").find(workspace)
        laid_out = lay_out(workspace, found, kind, reason, column=field, new_value=to, until=until)
        _show(laid_out)
        if not laid_out.drafts:
            raise DecisionError("there is nothing to decide", where=programme, fix="see `yearbook findings`")
        if not (preview or yes or typer.confirm(f"Decide on these {laid_out.count}?")):
            raise DecisionError("nothing was decided", where="what was answered", fix="answer y, or say --yes")
        settle(workspace, laid_out.drafts, by, preview=preview, redo=redo, batch=laid_out.batch)


def _show(laid_out: "Bulk") -> None:
    records = [draft.where for draft in laid_out.drafts]
    lines = [f"{laid_out.kind} {laid_out.count} (batch {laid_out.batch}):", *_first(records)]
    effects = laid_out.effects.items()
    lines += [f"{dataset}: without these the headline changes by {effect:+.4g}" for dataset, effect in effects]
    if laid_out.refused:
        lines += [f"{len(laid_out.refused)} cannot be decided so:", *_first([str(one) for one in laid_out.refused])]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _first(lines: list[str]) -> list[str]:
    more = [f"  … and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [f"  {line}" for line in lines[:SHOWN]] + more
