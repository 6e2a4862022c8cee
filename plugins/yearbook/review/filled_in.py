"""A CSV that comes back from a spreadsheet: every line is checked, and all of its decisions are made or none.

What was not filled in, and what is decided already, changes nothing. Not its business: writing the file (`exchange`).
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yearbook.catalogue import Decision, DecisionKind
from yearbook.errors import DecisionError, SeveralErrors, YearbookError
from yearbook.extract.normalize.dates import read_date
from yearbook.lake import fingerprint
from yearbook.model.codelist import fold
from yearbook.review.desk import MOST_AT_ONCE, decide, judge
from yearbook.review.draft import DecidedAlreadyError, Draft, RefusedError
from yearbook.review.exchange import FILLED_IN
from yearbook.review.lines import Line, read_lines
from yearbook.validate.keys import cut
from yearbook.workspace import Workspace

MOST_ERRORS, MORE = 100, sys.maxsize
CELL_OF = {"kind": "decision"}
"""The column of a draft's part, where the two have different names."""
KINDS: dict[str, DecisionKind] = {
    "waive": "waive", "豁免": "waive", "correct": "correct", "更正": "correct", "hold": "hold", "暂缓": "hold",
    "exclude": "exclude", "剔除": "exclude", "merge": "merge", "合并": "merge",
}  # fmt: skip
"""What may stand in `decision`."""


Errors = dict[int, YearbookError]
"""By the number of the line; behind all lines, one that stands for the rest."""


@dataclass(frozen=True)
class Imported:
    """What an import did: the numbers of new decisions, and how many lines left all as it was."""

    numbers: list[int]
    unchanged: int


def import_decisions(
    workspace: Workspace, content: bytes, name: str, by: str, at: datetime, *, through: str = ""
) -> Imported:
    """Decide what a filled-in file says. Raises an error that names line and column, or `SeveralErrors` of them."""
    read = _Read(name, {one.id: one for one in workspace.catalogue.decisions()})
    for line in read_lines(content, name):
        read.add(line)
    read.refuse_too_many()
    new = _judge(workspace, read, by, at)
    batch = fingerprint([repr(draft) for draft in new], by, at.isoformat())[:12]
    return Imported(decide(workspace, new, by, at, batch=batch, through=through), read.lines - len(new))


@dataclass
class _Read:
    """What was read so far. More than a person may decide at once is counted, and not kept."""

    name: str
    known: Mapping[int, Decision]
    drafts: dict[int, Draft] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    lines: int = 0
    filled_in: int = 0

    def add(self, line: Line) -> None:
        """Take in one line."""
        self.lines += 1
        try:
            draft = _to_draft(line, self.known)
        except YearbookError as error:
            self.errors[line.number if len(self.errors) < MOST_ERRORS else MORE] = error
            return
        if draft is not None:
            self.filled_in += 1
            if self.filled_in <= MOST_AT_ONCE:
                self.drafts[line.number] = draft

    def refuse_too_many(self) -> None:
        """Refuse what nobody can answer for."""
        if self.filled_in > MOST_AT_ONCE:
            what = f"{self.filled_in:,} lines are filled in, and at most {MOST_AT_ONCE} are decided at once"
            raise DecisionError(what, where=self.name, fix="split the file")


def _to_draft(line: Line, known: Mapping[int, Decision]) -> Draft | None:
    """The draft that a line holds, or None where it changes nothing."""
    if line.cells["number"]:
        _require_unchanged(line, known)
        return None
    if not line.is_filled_in:
        return None
    kind = KINDS.get(fold(line.cells["decision"]))
    if kind is None:
        said = cut(line.cells["decision"], 40)
        what = f"`{said}` is no decision" if said else "the line is filled in, and says no decision"
        raise line.error("decision", what, f"one of {', '.join(KINDS)}; or empty the line's {', '.join(FILLED_IN)}")
    return Draft(
        kind=kind,
        dataset=line.cells["dataset"],
        year=_whole(line, "year"),
        record_key=line.cells["record_key"],
        record_hash=line.cells["record_hash"],
        rule=line.cells["rule"],
        rule_version=_whole(line, "rule_version"),
        column=line.cells["column"],
        new_value=line.cells["new_value"] or None,
        until=_day(line.cells["until"]) or None,
        reason=line.cells["reason"],
    )


def _require_unchanged(line: Line, known: Mapping[int, Decision]) -> None:
    decision = known.get(_whole(line, "number"))
    if decision is None:
        raise line.error("number", "there is no decision of that number", "leave the number empty for a new decision")
    stands = (decision.kind, decision.new_value or "", decision.until or "", decision.reason)
    cells = line.cells
    says = (KINDS.get(fold(cells["decision"])), cells["new_value"], _day(cells["until"]), cells["reason"])
    for column, before, now in zip(FILLED_IN, stands, says, strict=True):
        if before.split() != (now or "").split():
            raise line.error(
                column,
                f"decision {decision.id} says `{cut(before, 80)}` here, and a decision is never changed",
                f'`yearbook decisions withdraw {decision.id} --reason "…"`, and decide anew in a line without a number',
            )


def _judge(workspace: Workspace, read: _Read, by: str, at: datetime) -> list[Draft]:
    """Return the drafts that say something new. Raises the errors of all other lines, each with line and column."""
    judged = judge(workspace, list(read.drafts.values()), by, at)
    errors, new = dict(read.errors), []
    for (number, draft), one in zip(read.drafts.items(), judged, strict=True):
        if isinstance(one, RefusedError) and not isinstance(one, DecidedAlreadyError):
            column = CELL_OF.get(one.part, one.part)
            errors[number] = DecisionError(one.what, where=f"{read.name}, line {number}, column {column}", fix=one.fix)
        elif isinstance(one, Decision):
            new.append(draft)
    _raise([errors[number] for number in sorted(errors)])
    return new


def _raise(errors: list[YearbookError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        more = [DecisionError("and more lines than these")] if len(errors) > MOST_ERRORS else []
        raise SeveralErrors([*errors[:MOST_ERRORS], *more])


def _whole(line: Line, column: str) -> int:
    text = line.cells[column] or "0"
    if not text.isdecimal() or len(text) > 9:
        raise line.error(column, f"`{cut(text, 40)}` is no whole number", "leave what the export wrote there")
    return int(text)


def _day(text: str) -> str:
    """A day as it is kept; what is none stays, and is refused by its name."""
    day = read_date(text)
    return day.isoformat() if day else text
