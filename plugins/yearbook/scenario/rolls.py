"""Rolls: a project draws from one stream of numbers from 0 to 999, in the order in which it is told.

Not its business: where the stream comes from (`draws.py`).
"""

from collections.abc import Iterator

from yearbook.scenario.plan import Weights

Rolls = Iterator[int]


def one_of(weights: Weights, rolls: Rolls) -> str:
    """Return a code, as often as its weight says."""
    point = next(rolls) * sum(weights.values()) // 1_000
    for code, weight in weights.items():
        if point < weight:
            return code
        point -= weight
    raise AssertionError("a roll is below a thousand")


def between(low: int, high: int, rolls: Rolls) -> int:
    """Return a whole number from `low` to `high`, both included."""
    return low + next(rolls) * (high - low + 1) // 1_000
