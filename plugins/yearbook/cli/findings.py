"""What validation found: to look at, to send back to whoever delivered, to give to a person."""

from collections import Counter
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from yearbook.catalogue import Finding
from yearbook.catalogue.search import NOBODY
from yearbook.cli.common import (
    ProgrammeOption,
    complaints,
    console,
    count,
    emit,
    known,
    open_programme,
    show_table,
    teaching,
)
from yearbook.model.dataset import Severity
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.workspace import Workspace

if TYPE_CHECKING:
    from yearbook.review.pages.names import Names

COLUMNS = ["year", "severity", "rule", "record", "state", "effect", "assignee", "where", "message"]


def read_year(text: str) -> int:
    """A year, or `unknown`: that of records without a date."""
    if text == year_label(UNKNOWN_YEAR):
        return UNKNOWN_YEAR
    if not (text.isascii() and text.isdecimal() and len(text) == YEAR_DIGITS):
        raise typer.BadParameter(f"`{text}` is no year; write 2024, or unknown for records without a date")
    return int(text)


YEAR_DIGITS = 4
YearOption = Annotated[
    int | None,
    typer.Option(
        parser=read_year, metavar="YEAR", help="One year, or `unknown`: records without a date; all by default."
    ),
]
RuleOption = Annotated[str | None, typer.Option(help="One rule; all by default.")]
DatasetOption = Annotated[str | None, typer.Option("--dataset", "-d", help="One dataset; all by default.")]
AssigneeOption = Annotated[
    str | None, typer.Option("--assignee", help="Whose they are to work off, `-` for nobody's; all by default.")
]
SourceOption = Annotated[str | None, typer.Option("--source", "-s", help="One source; all by default.")]
SeverityOption = Annotated[Severity | None, typer.Option(help="One severity; all by default.")]
StateOption = Annotated[
    Literal["open", "waived", "decided"] | None,
    typer.Option(help="Not worked off, waived, or of a record that is held or excluded; all by default."),
]
NewOption = Annotated[
    bool, typer.Option("--new", help="Only what was not found before the records or rules of its year last changed.")
]


@dataclass(frozen=True)
class Choice:
    """Which findings are meant."""

    dataset: str | None = None
    year: int | None = None
    rule: str | None = None
    source: str | None = None
    severity: str | None = None
    state: str | None = None
    is_new: bool | None = None
    assignee: str | None = None

    def find(self, workspace: Workspace) -> list[Finding]:
        """Find them, the weightiest first: the new, then by severity, then by their effect.

        Raises `YearbookError` for a name that there is not.
        """
        if self.dataset:
            known(self.dataset, workspace.recipe.datasets, "dataset")
        if self.source:
            known(self.source, workspace.recipe.sources, "source")
        if self.year is not None:
            from yearbook.checking import years_with_records

            years = {*years_with_records(workspace), *workspace.recipe.programme.years}
            known(year_label(self.year), map(year_label, years), "year")
        found = workspace.catalogue.findings(self.dataset, self.year, self.rule)
        if self.rule and not found:
            known(self.rule, _rules(workspace), "rule")
        wanted = {"source": self.source, "severity": self.severity, "state": self.state, "is_new": self.is_new}
        asked = {name: value for name, value in wanted.items() if value is not None}
        chosen = [one for one in found if all(getattr(one, name) == value for name, value in asked.items())]
        if self.assignee is not None:
            owners = owners_of(workspace)
            chosen = [one for one in chosen if owners.get(one.identity, NOBODY) == self.assignee]
        return sorted(chosen, key=lambda one: one.place)


def owners_of(workspace: Workspace) -> dict[str, str]:
    """Who works off what, by the finding's identity."""
    return {name: one.assignee for name, one in workspace.catalogue.assignments().items()}


def findings(
    programme: ProgrammeOption = "demo",
    year: YearOption = None,
    rule: RuleOption = None,
    dataset: DatasetOption = None,
    source: SourceOption = None,
    severity: SeverityOption = None,
    state: StateOption = None,
    assignee: AssigneeOption = None,
    new: NewOption = False,
    as_table: Annotated[bool, typer.Option("--table", help="A table to read instead of CSV.")] = False,
    workbook: Annotated[
        Path | None, typer.Option(help="A workbook (.xlsx) of what is open, for who delivered it.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
) -> None:
    """Write what validation found, one line a finding."""
    with teaching():
        from yearbook.cli.deciding import names_of
        from yearbook.review.corrected import find_corrected
        from yearbook.review.waiting import decision_on, waiting_decisions
        from yearbook.review.workbook import error_workbook
        from yearbook.tables import write_csv

        workspace = open_programme(programme)
        found = Choice(dataset, year, rule, source, severity, state, new or None, assignee).find(workspace)
        if workbook or as_table:
            waiting = waiting_decisions(workspace)
            decided = {one.identity: by.id for one in found if (by := decision_on(one, waiting))}
        if workbook:
            open_ones = [one for one in found if one.state == "open" and one.identity not in decided]
            # Who asks for some findings alone is not sent the rest of what is to be mended.
            is_narrow = bool(rule or severity or state or new) or assignee is not None
            corrected = [] if is_narrow else find_corrected(workspace, dataset, year, source)
            emit(error_workbook(workspace, open_ones, source, year, corrected=corrected), workbook)
            _say_written(found, open_ones, len(corrected))
            return
        if as_table:
            owners = owners_of(workspace)
            names = names_of(workspace)
            lines = [_short(names, one, owners.get(one.identity), decided.get(one.identity)) for one in found]
            show_table(COLUMNS, lines)
        else:
            owners = owners_of(workspace)
            rows = [asdict(one) | {"assignee": owners.get(one.identity)} for one in found]
            emit(write_csv([*(field.name for field in fields(Finding)), "assignee"], rows), output)
        complaints.print(count(len(found), "finding"), highlight=False)


def _say_written(found: list[Finding], written: list[Finding], corrected: int) -> None:
    """Of what was found, how much the workbook holds, and why it does not hold the rest."""
    states = Counter(one.state for one in found)
    left = [(states["waived"], "waived"), (states["decided"], "of records held or excluded")]
    left.append((states["open"] - len(written), "decided and not checked again"))
    out = ", ".join(f"{number:,} {what}" for number, what in left if number)
    said = f"{count(len(written), 'finding')} and {count(corrected, 'corrected cell')} written"
    complaints.print(said + (f"; left out: {out}" if out else ""), highlight=False)


def assign(
    assignee: Annotated[str, typer.Argument(help="Who is to work them off.")],
    programme: ProgrammeOption = "demo",
    year: YearOption = None,
    rule: RuleOption = None,
    dataset: DatasetOption = None,
    source: SourceOption = None,
    severity: SeverityOption = None,
    by: Annotated[str | None, typer.Option("--by", help="Who assigns; the user of this computer by default.")] = None,
) -> None:
    """Give open findings to a person, in the place of whom they were given to before."""
    with teaching():
        from yearbook.cli.account import DECIDING, actor
        from yearbook.cli.deciding import now
        from yearbook.review.assigning import assign_findings

        workspace = open_programme(programme)
        found = Choice(dataset, year, rule, source, severity, "open").find(workspace)
        giver = actor(workspace, by, DECIDING)
        assign_findings(workspace, found, assignee, giver.name, now(), through=giver.through)
        are = "is" if len(found) == 1 else "are"
        console.print(f"{count(len(found), 'finding')} {are} {assignee}'s.", markup=False, highlight=False)


def _rules(workspace: Workspace) -> set[str]:
    defined = {rule.rule for dataset in workspace.recipe.datasets.values() for rule in dataset.rules}
    return defined | {one.rule for one in workspace.catalogue.finding_counts()}


def _short(names: "Names", finding: Finding, assignee: str | None, waiting: int | None) -> dict[str, object]:
    where = finding.location.rsplit("/", 1)[-1]
    decision = finding.decision if waiting is None else waiting
    state = finding.state if decision is None else f"{finding.state}, decision {decision}"
    said = (
        year_label(finding.year), f"{finding.severity}{', new' if finding.is_new else ''}", finding.rule,
        finding.record_key, state if waiting is None else f"{state} waits",
        names.effect(finding.dataset, finding.effect), assignee, where,
        finding.message_en,
    )  # fmt: skip
    return dict(zip(COLUMNS, said, strict=True))
