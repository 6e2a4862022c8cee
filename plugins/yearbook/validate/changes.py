"""What decisions change in the records of a dataset as they are read: cells, the names of parties, the year.

Staged snapshots stay as they are; every reader sees their rows through here. Rows are named by their turn. Not its
business: which decisions apply (`judge.py`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.dataset import FieldType
from yearbook.model.types import ARROW_TYPES
from yearbook.model.values import write_value
from yearbook.validate.staged import TURN, is_one_of

UNREAD = "_unread"
CORRECTED = "_corrected"
"""What cells said before a decision changed them: JSON of texts by field, null where nothing was changed."""
IS_OUT, IS_ALIAS = "_is_out", "_is_alias"


@dataclass(frozen=True)
class Edit:
    """One corrected cell."""

    turn: int
    field: str
    type: FieldType
    value: Any


@dataclass(frozen=True)
class Changes:
    """All that decisions change in a dataset; hashable, so that what was read through it can be kept.

    `merges` are pairs of an alias and the name that it reads, for the fields `parties`; `moves` are rows with the year
    to which a corrected date moved them; `out` are rows that a decision excludes.
    """

    edits: tuple[Edit, ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    parties: tuple[str, ...] = ()
    moves: tuple[tuple[int, int], ...] = ()
    out: frozenset[int] = frozenset()

    def only(self, columns: Iterable[str]) -> "Changes":
        """Those that bear on some columns: two readings are the same where these are."""
        wanted = set(columns)
        parties = tuple(name for name in self.parties if name in wanted)
        return replace(
            self,
            edits=tuple(edit for edit in self.edits if edit.field in wanted),
            merges=self.merges if parties else (),
            parties=parties if self.merges else (),
            moves=(),
        )

    def apply(self, rows: pa.Table) -> pa.Table:
        """Return rows (with `_turn`) as they read after corrections and merges."""
        return self.merge(self.edit(rows))

    def edit(self, rows: pa.Table) -> pa.Table:
        """Return rows with corrected cells; a corrected cell is no longer unread."""
        for name, edits in _by_field(self.edits).items():
            if name in rows.column_names:
                rows = _replace(rows, name, ARROW_TYPES[edits[0].type], {edit.turn: edit.value for edit in edits})
        return self._read_at_last(rows) if UNREAD in rows.column_names else rows

    def merge(self, rows: pa.Table) -> pa.Table:
        """Return rows in which every party goes by one name."""
        for name in self._named_in(rows):
            column = rows.column(name)
            found = pc.index_in(column, value_set=pa.array([old for old, _ in self.merges], pa.string()))
            if found.null_count < len(found):
                names = pa.array([new for _, new in self.merges], pa.string())
                rows = _set(rows, name, pc.coalesce(names.take(found.combine_chunks()), column.combine_chunks()))
        return rows

    def with_old_texts(self, before: pa.Table, after: pa.Table) -> pa.Table:
        """Return `after` with `_corrected`: what the changed cells of `before`, the same rows, said."""
        old = self._edited_texts(before)
        for name in self._named_in(before):
            places = pc.indices_nonzero(pc.not_equal(before.column(name), after.column(name)))
            turns = before.column(TURN).take(places).to_pylist()
            for turn, text in zip(turns, before.column(name).take(places).to_pylist(), strict=True):
                old.setdefault(turn, {}).setdefault(name, text)
        texts = {turn: json.dumps(said, ensure_ascii=False, sort_keys=True) for turn, said in old.items()}
        empty = after.append_column(CORRECTED, pa.nulls(after.num_rows, pa.string()))
        return _replace(empty, CORRECTED, pa.string(), texts)

    def mark(self, rows: pa.Table, key: Iterable[str]) -> pa.Table:
        """Return rows as `apply` does, marked for settling versions: what is out, and what an alias made a version."""
        edited = self.edit(rows)
        aliases = pa.chunked_array([pa.repeat(pa.scalar(False), rows.num_rows)])
        for name in set(key) & set(self._named_in(edited)):
            aliases = pc.or_(aliases, is_one_of(edited.column(name), [old for old, _ in self.merges], pa.string()))
        marked = self.merge(edited).append_column(IS_ALIAS, aliases)
        return marked.append_column(IS_OUT, is_one_of(rows.column(TURN), self.out, pa.int64()))

    def _named_in(self, rows: pa.Table) -> list[str]:
        """The columns in which merges are read; one that was never delivered has no type, and no name."""
        there = [column.name for column in rows.schema if pa.types.is_string(column.type)]
        return [name for name in self.parties if name in there] if self.merges else []

    def _read_at_last(self, rows: pa.Table) -> pa.Table:
        fields: dict[int, set[str]] = {}
        for edit in self.edits:
            fields.setdefault(edit.turn, set()).add(edit.field)
        some = rows.filter(is_one_of(rows.column(TURN), fields, pa.int64())).select([TURN, UNREAD]).to_pylist()
        texts = {row[TURN]: _without(row[UNREAD], fields[row[TURN]]) for row in some if row[UNREAD]}
        return _replace(rows, UNREAD, pa.string(), texts)

    def _edited_texts(self, before: pa.Table) -> dict[int, dict[str, str | None]]:
        """What edited cells said: the text that could not be read, or the value as text."""
        turns = is_one_of(before.column(TURN), (edit.turn for edit in self.edits), pa.int64())
        rows = {row[TURN]: row for row in before.filter(turns).to_pylist()}
        texts: dict[int, dict[str, str | None]] = {}
        for edit in self.edits:
            if edit.turn in rows:
                texts.setdefault(edit.turn, {})[edit.field] = _text_of(rows[edit.turn], edit.field)
        return texts


def merge_names(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Say of each alias what it reads in the end, sorted; of two merges that run in a circle the later counts."""
    names: dict[str, str] = {}
    for old, new in pairs:
        last = names.get(new, new)
        if last == old:
            last = new
            del names[new]
        names = {alias: last if name == old else name for alias, name in names.items()} | {old: last}
    return tuple(sorted(names.items()))


def is_unread(row: Mapping[str, Any], field: str) -> bool:
    """Whether a cell of a row said something that could not be read."""
    return field in (json.loads(row[UNREAD]) if row.get(UNREAD) else {})


def _text_of(row: Mapping[str, Any], field: str) -> str | None:
    unread = json.loads(row[UNREAD]) if row.get(UNREAD) else {}
    if field in unread:
        return str(unread[field])
    return None if row[field] is None else write_value(row[field])


def _by_field(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    fields: dict[str, list[Edit]] = {}
    for edit in edits:
        fields.setdefault(edit.field, []).append(edit)
    return fields


def _replace(rows: pa.Table, name: str, type_: pa.DataType, values: Mapping[int, Any]) -> pa.Table:
    """Put values into the cells of some rows, by turn."""
    mask = is_one_of(rows.column(TURN), values, pa.int64()).combine_chunks()
    turns = rows.column(TURN).filter(mask).to_pylist()
    if not turns:
        return rows
    column = rows.column(name).combine_chunks()
    column = column if column.type == type_ else column.cast(type_)
    return _set(rows, name, pc.replace_with_mask(column, mask, pa.array([values[turn] for turn in turns], type_)))


def _set(rows: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, column)


def _without(unread: str, fields: set[str]) -> str | None:
    rest = {name: text for name, text in json.loads(unread).items() if name not in fields}
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":")) if rest else None
