"""Corrections found among the received records: the cells that they change, the years to which they move a record.

A correction is of the version that counts as received. It lapses when that version is another one by now; it is an
error when there is no such record, or when the record says by itself what it was corrected to. Not its business: the
other kinds of decisions (`judge.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yearbook.catalogue import Decision
from yearbook.errors import DecisionError
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset
from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.model.values import parse_value
from yearbook.validate.changes import UNREAD, Edit, is_unread
from yearbook.validate.history import History, Turns
from yearbook.validate.lapses import CHANGED, NEWER
from yearbook.validate.staged import TURN

Row = Mapping[str, Any]


class StoppingDecisionError(DecisionError):
    """The decision of that `number` stops a year: it is to be withdrawn."""

    def __init__(self, number: int, what: str, *, where: str, fix: str) -> None:
        super().__init__(what, where=where, fix=fix)
        self.number = number


@dataclass(frozen=True)
class Fault:
    """An error in a decision, and the years that it stops."""

    years: frozenset[int]
    error: DecisionError


@dataclass
class Corrections:
    """What became of the corrections of a dataset."""

    edits: dict[tuple[int, str], Edit] = field(default_factory=dict)
    lapses: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def find_corrections(
    history: History, decisions: Sequence[Decision], codelists: Mapping[str, Codelist], programme: str
) -> Corrections:
    """Find what active corrections, in the order in which they were made, change; of one cell the last one counts."""
    if not decisions:
        return Corrections()
    return _Search(history, decisions, codelists, programme).run()


def find_moves(history: History, edits: Iterable[Edit]) -> tuple[tuple[int, int], ...]:
    """Return the rows whose corrected reference date lies in another year, each with that year."""
    dates = history.dataset.reference_date
    dated = [edit for edit in edits if edit.field in dates]
    new = {(edit.turn, edit.field): edit.value for edit in dated}
    staged = history.years(edit.turn for edit in dated)
    years = {
        row[TURN]: reference_year(history.dataset, {name: new.get((row[TURN], name), row[name]) for name in dates})
        for row in (history.read_some(dates, staged).to_pylist() if staged else ())
    }
    return tuple(sorted((turn, year) for turn, year in years.items() if year != staged[turn]))


def reference_year(dataset: Dataset, row: Row) -> int:
    """The year of a record: of the first of its reference dates that it has."""
    value = next((row[name] for name in dataset.reference_date if row[name] is not None), None)
    return UNKNOWN_YEAR if value is None else value.year if isinstance(value, date) else int(value)


class _Search:
    def __init__(
        self,
        history: History,
        decisions: Sequence[Decision],
        codelists: Mapping[str, Codelist],
        programme: str,
    ) -> None:
        self._history, self._decisions, self._codelists, self._programme = history, decisions, codelists, programme
        self._dataset = history.dataset
        self._superseded = {turn for turn, verdict in history.settle().verdicts.items() if not verdict.held}
        self._by_hash = history.by_hash(one.record_hash for one in decisions)
        missing = [one.record_key for one in decisions if not self._counting(self._by_hash.get(one.record_hash, ()))]
        self._by_key = history.by_key(missing)
        self._rows = self._read_rows()
        self._found = Corrections()

    def run(self) -> Corrections:
        for decision in self._decisions:
            self._take(decision)
        return self._found

    def _take(self, decision: Decision) -> None:
        same = self._by_hash.get(decision.record_hash, ())
        versions = same if self._counting(same) else tuple(self._by_key.get(decision.record_key, ()))
        try:
            value = self._parse(decision)
        except ValueError as error:
            return self._fail(decision, f"{error}", versions)
        if not versions:
            return self._fail(decision, "there is no such record", versions)
        if any(self._says(turn, decision.column, value) for turn in self._counting(versions)):
            return self._fail(decision, "the record says so by itself: its source was mended", versions)
        if versions is not same:
            self._found.lapses[decision.id] = (NEWER if same else CHANGED).en
            return None
        kind = self._dataset.fields[decision.column].type
        self._found.edits |= {(turn, decision.column): Edit(turn, decision.column, kind, value) for turn in same}
        return None

    def _parse(self, decision: Decision) -> Any:
        if decision.column not in self._dataset.fields:
            raise ValueError(f"`{decision.column}` is not among the fields of {self._dataset.dataset}")
        return parse_value(self._dataset.fields[decision.column], self._codelists, decision.new_value)

    def _counting(self, turns: Iterable[int]) -> Turns:
        return tuple(turn for turn in turns if turn not in self._superseded)

    def _read_rows(self) -> dict[int, Row]:
        columns = {one.column for one in self._decisions} & self._dataset.fields.keys()
        turns = {turn for several in (*self._by_hash.values(), *self._by_key.values()) for turn in several}
        rows = self._history.read_some([*sorted(columns), UNREAD], turns).to_pylist() if turns else []
        return {row[TURN]: row for row in rows}

    def _says(self, turn: int, column: str, value: Any) -> bool:
        row = self._rows[turn]
        return bool(row[column] == value) and not is_unread(row, column)

    def _fail(self, decision: Decision, why: str, versions: Turns) -> None:
        years = frozenset({decision.year, *self._history.years(self._counting(versions)).values()})
        to = f"to `{decision.new_value}`" if decision.new_value else "to nothing"
        error = StoppingDecisionError(
            decision.id,
            f"decision {decision.id} corrects `{decision.column}` of {decision.record_key or 'a record'} {to}: {why}",
            where=f"{self._programme}, {decision.dataset}, {year_label(decision.year)}",
            fix=f'withdraw it: `yearbook decisions withdraw {decision.id} --reason "…" --programme {self._programme}`',
        )
        self._found.faults.append(Fault(years, error))
