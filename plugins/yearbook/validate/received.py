"""The records of a dataset as decisions leave them, by year: what all checks read.

A `Ledger` belongs to one check: it reads the decisions once. Not its business: what is wrong with a record.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Decision, Delivery
from yearbook.lake import Lake
from yearbook.model.dataset import Dataset
from yearbook.validate.amendments import Settled
from yearbook.validate.history import History
from yearbook.validate.judge import Judged, judge_decisions
from yearbook.validate.staged import TURN, is_one_of, read_rows, read_staged
from yearbook.workspace import Workspace

KEPT = 512


@dataclass(frozen=True)
class Received:
    """All staged records of one dataset, and what decisions mean for them."""

    history: History
    judged: Judged

    @property
    def dataset(self) -> Dataset:
        """The definition."""
        return self.history.dataset

    @cached_property
    def settled(self) -> Settled:
        """Which version of each record counts."""
        return self.history.settle(self.judged.changes)

    @property
    def excluded(self) -> frozenset[int]:
        """Rows that a decision excludes."""
        return self.judged.changes.out

    @property
    def fields_there(self) -> set[str]:
        """Fields that a correction fills, whatever is delivered."""
        return {edit.field for edit in self.judged.changes.edits}

    def read(self, columns: Iterable[str]) -> pa.Table:
        """Read `columns` and `_turn` of all years."""
        return self.history.read(columns, self.judged.changes)

    def read_year(self, columns: Iterable[str], year: int, *, with_old_texts: bool = False) -> pa.Table:
        """Read `columns` and `_turn` of the records that belong to a year; what decisions changed, on request."""
        names, parts, changes = list(columns), self.history.parts, self.judged.changes
        rows = read_staged(self.history.lake, parts, names, year)
        come, gone = self.moved(year)
        if gone:
            rows = rows.filter(pc.invert(is_one_of(rows.column(TURN), gone, pa.int64())))
        if come:
            some = read_rows(self.history.lake, parts, names, come)
            rows = pa.concat_tables([rows, some], promote_options="default").sort_by(TURN)
        changed = changes.apply(rows)
        return changes.with_old_texts(rows, changed) if with_old_texts else changed

    def count(self, year: int) -> int:
        """How many records belong to a year."""
        come, gone = self.moved(year)
        return sum(part.rows for part in self.history.parts if part.year == year) + len(come) - len(gone)

    def moved(self, year: int) -> tuple[list[int], list[int]]:
        """Rows that a corrected date brought into a year, and took out of it."""
        moves = self.judged.changes.moves
        staged = self.history.years(turn for turn, _ in moves)
        return [turn for turn, new in moves if new == year], [turn for turn, _ in moves if staged[turn] == year]

    def places(self, year: int, turns: Iterable[int]) -> dict[int, list[int]]:
        """Name those of some rows that belong to a year, by the year in which each is staged and its place therein."""
        moved = dict(self.judged.changes.moves)
        staged = self.history.places(turns)
        return {turn: place for turn, place in staged.items() if moved.get(turn, place[0]) == year}

    def merges_in(self, year: int | None = None) -> list[tuple[str, str]]:
        """Merges of names that occur in a year, or in any."""
        changes = self.judged.changes
        if not changes.merges:
            return []
        old = frozenset(name for name, _ in changes.merges)
        years = {year, *self.history.years(self.moved(year)[0]).values()} if year is not None else None
        found = {str(edit.value) for edit in changes.edits if edit.field in changes.parties}
        for part in self.history.parts:
            if years is None or part.year in years:
                found |= _occurring(self.history.lake.root, part.ref, changes.parties, old)
        return [merge for merge in changes.merges if merge[0] in found]


@dataclass(frozen=True)
class Ledger:
    """All datasets of a programme as decisions leave them, as of a day; `tried` stand in the place of its decisions."""

    workspace: Workspace
    as_of: date
    tried: list[Decision] | None = None
    _known: dict[str, Received] = field(default_factory=dict)

    @cached_property
    def decisions(self) -> list[Decision]:
        """All decisions of the programme, in the order in which they were made."""
        return self.workspace.catalogue.decisions() if self.tried is None else self.tried

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """The deliveries that count."""
        return self.workspace.catalogue.deliveries()

    def of(self, dataset: str) -> Received:
        """The records of a dataset."""
        if dataset not in self._known:
            workspace = self.workspace
            recipe = workspace.recipe
            parts = tuple(part for one in self.deliveries for part in one.partitions if part.dataset == dataset)
            history = History(workspace.lake, recipe.datasets[dataset], parts)
            judged = judge_decisions(history, self.decisions, recipe.codelists, workspace.programme, self.as_of)
            self._known[dataset] = Received(history, judged)
        return self._known[dataset]


@lru_cache(maxsize=KEPT)
def _occurring(root: str, ref: str, columns: tuple[str, ...], names: frozenset[str]) -> frozenset[str]:
    rows = Lake(root).read(ref, list(columns))
    found: set[str] = set()
    for name in rows.column_names:
        column = rows.column(name)
        found.update(pc.unique(column.filter(is_one_of(column, names, pa.string()))).to_pylist())
    return frozenset(found)
