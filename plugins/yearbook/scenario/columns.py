"""Records as columns: arrays of one length by name, with codes as positions in a list of words.

Not its business: what the columns mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yearbook.scenario.draws import Draws, Integers

Rows = dict[str, npt.NDArray[Any]]
NOTHING = -1
"""A position, or an amount, that is not there."""


def size_of(rows: Rows) -> int:
    """How many rows there are."""
    return len(next(iter(rows.values())))


def take(rows: Rows, wanted: npt.NDArray[Any]) -> Rows:
    """Return the rows at positions, or those whose flag is set."""
    return {name: column[wanted] for name, column in rows.items()}


def joined(parts: Sequence[Rows]) -> Rows:
    """Return rows one part below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def filled(count: int, value: int) -> Integers:
    """Return a column that says the same everywhere."""
    return np.full(count, value, dtype=np.int64)


def places_of(words: Iterable[str]) -> dict[str, int]:
    """Return the position of each word."""
    return {word: position for position, word in enumerate(words)}


def draw_codes(draws: Draws, count: int, weights: Mapping[str, int], places: Mapping[str, int]) -> Integers:
    """Return positions of codes, each as often as its weight says."""
    positions = np.array([places[code] for code in weights], dtype=np.int64)
    return positions[draws.pick(count, list(weights.values()))] if len(positions) > 1 else filled(count, positions[0])
