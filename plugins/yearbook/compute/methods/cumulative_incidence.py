"""`cumulative_incidence`: the share to which the event has happened within a time, with its 95 % interval.

The query returns rows as `durations` says, with `horizon`, the time in question, and `followed`, how long the records
of the row could be observed at most; both are in the unit of `duration`, and `horizon` is the same in all rows of a
cell. Figures: the share in percent; `statistic=lower_95` and `upper_95` beside it, but for shares of 0 and 100 %, which
have no such interval. Nothing is read from the curve where no record could be followed to the horizon
(not_yet_observed). `base_records` are those at risk at the horizon. Not its business: the estimate itself (`curve`).
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from yearbook.compute.methods.durations import Cell, Figure, as_table, list_cells

NAME = "cumulative_incidence"


def cumulative_incidence(rows: pa.Table, where: str) -> pa.Table:
    """Return the figures of all cells. Raises `ComputeError` naming `where`, the query's file."""
    cells = list_cells(rows, ("horizon", "followed"), NAME, where)
    return as_table([figure for cell in cells for figure in _figures_of(cell)], rows)


def _figures_of(cell: Cell) -> Iterator[Figure]:
    horizon = float(cell.numbers("horizon")[0])
    if cell.numbers("followed").max() < horizon:
        yield cell.figure(None, None, reason="not_yet_observed")
        return
    curve = cell.curve
    step, base = curve.step(horizon), curve.at_risk_at(horizon)
    yield cell.figure(100 * float(curve.incidence[step]) if step >= 0 else 0.0, base)
    for statistic, limits in (("lower_95", curve.lower), ("upper_95", curve.upper)):
        if step >= 0 and np.isfinite(limits[step]):
            yield cell.figure(100 * float(limits[step]), base, statistic=statistic)
