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
from yearbook.errors import DecisionError, printable
from yearbook.validate.keys import cut
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.catalogue import Decision
    from yearbook.review.bulk import Bulk
    from yearbook.review.draft import Draft

SHOWN, LONGEST_CELL = 10, 80
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
    field: Annotated[str | None, typer.Option("--field", "-f", help="The field; corrections need it.")] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="What it should say, empty for nothing; corrections need it.")
    ] = None,
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
        _require_change(kind, field, to)
        workspace = open_programme(programme)
        found = Choice(dataset, year, rule, source, severity, "open", assignee=assignee).find(workspace)
        laid_out = lay_out(workspace, found, kind, reason, column=field, new_value=to or None, until=until)
        _show(workspace, laid_out, len(found) if every else SHOWN)
        if not laid_out.drafts:
            raise DecisionError("there is nothing to decide", where=programme, fix="see `yearbook findings`")
        if not (preview or yes or typer.confirm(f"Decide on these {laid_out.count}?")):
            raise DecisionError("nothing was decided", where="what was answered", fix="answer y, or say --yes")
        settle(workspace, laid_out.drafts, by, preview=preview, redo=redo, batch=laid_out.batch)


def _require_change(kind: str, field: str | None, to: str | None) -> None:
    """A correction says what is to read how; nothing else does."""
    if kind == "correct":
        missing = [name for name, given in (("--field", field), ("--to", to)) if given is None]
        if missing:
            raise DecisionError(
                f"a correction needs {' and '.join(missing)}",
                where="decisions bulk correct",
                fix="`--field value --to 1200000`; to empty the cells, `--to ''`",
            )
    elif field is not None or to is not None:
        raise DecisionError(f"{kind} changes no cell", where=f"decisions bulk {kind}", fix="leave out --field and --to")


def _record(draft: "Draft", made: "Decision") -> str:
    if made.kind != "correct":
        return draft.where
    old, new = (cut(text, LONGEST_CELL) if text else "nothing" for text in (made.old_value, made.new_value))
    return printable(f"{draft.where}: {made.column}: {old} → {new}")


def _show(workspace: Workspace, laid_out: "Bulk", most: int) -> None:
    records = [_record(*one) for one in zip(laid_out.drafts, laid_out.made, strict=True)]
    lines = [f"{laid_out.kind} {laid_out.count} (batch {laid_out.batch}):", *_first(records, most)]
    if laid_out.kind in OUT:
        names = names_of(workspace)
        told = [(names.headline(name), names.effect(name, effect)) for name, effect in laid_out.effects.items()]
        lines += [f"without these, {headline} changes by {effect}" for headline, effect in told if headline]
        if not laid_out.effects and laid_out.drafts:
            lines.append("none of these is in the figures now: no headline changes")
    if laid_out.refused:
        refused = [str(one) for one in laid_out.refused]
        lines += [f"{len(refused)} cannot be decided so:", *_first(refused, most)]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _first(lines: list[str], most: int) -> list[str]:
    more = [f"  … and {len(lines) - most} more; `--all` names them"] if len(lines) > most else []
    return [f"  {line}" for line in lines[:most]] + more
