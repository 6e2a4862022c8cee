"""Rows that an office sends twice: behind the others, as late rows come.

Not its business: any other fault.
"""

from typing import TypeVar

from yearbook.scenario.draws import Draws

R = TypeVar("R")


def with_repeats(rows: list[R], per_mille: int, draws: Draws) -> list[R]:
    """Return the rows, and behind them `per_mille` of them once more; at least one."""
    chosen = draws.chance(len(rows), per_mille).tolist()
    repeated = [row for row, is_chosen in zip(rows, chosen, strict=True) if is_chosen]
    return rows + (repeated or rows[-1:])
