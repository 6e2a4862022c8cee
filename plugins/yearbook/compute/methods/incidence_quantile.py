"""`incidence_quantile`: the time by which the event has happened to a given share of all, with its 95 % interval.

The query returns rows as `durations` says, with `quantile` (0.5 for the median), the same in all rows of a cell. The
figure is the first time at which the curve reaches that share; `statistic=lower_95` and `upper_95` are the first times
at which its upper and its lower limit do (Brookmeyer and Crowley 1982), where the curve itself does. What is not
reached is not_yet_observed. `base_records` are those at risk at the time read. Not its business: the estimate itself
(`curve`).
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from yearbook.compute.methods.curve import TOLERANCE, Curve, Numbers
from yearbook.compute.methods.durations import Cell, Figure, as_table, list_cells

NAME = "incidence_quantile"


def incidence_quantile(rows: pa.Table, where: str) -> pa.Table:
    """Return the figures of all cells. Raises `ComputeError` naming `where`, the query's file."""
    cells = list_cells(rows, ("quantile",), NAME, where)
    return as_table([figure for cell in cells for figure in _figures_of(cell)], rows)


def _figures_of(cell: Cell) -> Iterator[Figure]:
    curve, quantile = cell.curve, float(cell.numbers("quantile")[0])
    figure = _time_of(cell, curve, curve.incidence, quantile)
    yield figure
    if figure["value"] is not None:
        yield _time_of(cell, curve, curve.upper, quantile, "lower_95")
        yield _time_of(cell, curve, curve.lower, quantile, "upper_95")


def _time_of(cell: Cell, curve: Curve, reaching: Numbers, quantile: float, statistic: str = "") -> Figure:
    reached = np.flatnonzero(reaching >= quantile - TOLERANCE)
    if not reached.size:
        return cell.figure(None, cell.records, statistic=statistic, reason="not_yet_observed")
    first = int(reached[0])
    return cell.figure(float(curve.times[first]), int(curve.at_risk[first]), statistic=statistic)
