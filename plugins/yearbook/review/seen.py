"""The records that decisions are about, found by what was seen of them: their hash.

Not its business: what may be decided about them (`checks`).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.model.dataset import Dataset
from yearbook.model.values import write_value
from yearbook.validate.keys import key_text
from yearbook.validate.received import Received
from yearbook.validate.staged import TURN

UNREAD = "_unread"
Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class Seen:
    """One record: the text of each field as `received` and as it `stands` after what was decided.

    `unread` is what could not be read, by field. `counts` says that no newer version has taken its place. `years` are
    that under which it was received and that in which it stands.
    """

    key: str
    received: Cells
    unread: Mapping[str, str]
    stands: Cells
    counts: bool
    years: frozenset[int]

    def shown(self, column: str) -> str | None:
        """What was received in a cell, be it readable or not."""
        return self.unread.get(column, self.received[column])


def find_seen(received: Received, hashes: Collection[str]) -> dict[str, Seen]:
    """Find records of a dataset by their hashes; of one that was delivered several times, a row that counts."""
    turns = received.history.by_hash(hashes)
    columns = [*received.dataset.fields, UNREAD]
    rows = received.history.read_some(columns, {turn for several in turns.values() for turn in several})
    came = {row[TURN]: row for row in rows.to_pylist()}
    stand = {row[TURN]: row for row in received.judged.changes.apply(rows).to_pylist()}
    years = received.history.years(came)
    moves = dict(received.judged.changes.moves)
    return {
        one: _to_seen(received, came[turn], stand[turn], {years[turn], moves.get(turn, years[turn])})
        for one, several in turns.items()
        for turn in [next((turn for turn in several if _counts(received, turn)), several[0])]
    }


def _to_seen(received: Received, came: dict[str, Any], stands: dict[str, Any], years: Collection[int]) -> Seen:
    dataset = received.dataset
    return Seen(
        key=key_text(dataset.key, stands),
        received=_texts(dataset, came),
        unread=json.loads(came[UNREAD]) if came[UNREAD] else {},
        stands=_texts(dataset, stands),
        counts=_counts(received, came[TURN]),
        years=frozenset(years),
    )


def _counts(received: Received, turn: int) -> bool:
    verdict = received.settled.verdicts.get(turn)
    return verdict is None or verdict.held


def _texts(dataset: Dataset, row: dict[str, Any]) -> Cells:
    return {name: write_value(row[name]) or None for name in dataset.fields}
