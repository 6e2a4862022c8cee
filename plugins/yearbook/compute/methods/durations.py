"""The rows that methods on durations take: one for each cell, duration and what ended it; and the cells among them.

Columns: any dimensions and `breakdown`; `duration`; `event`, what ended it: `event`, `competing` (what makes the event
impossible) or `censored` (observation ended first); `records`, for how many the row stands; where it is there,
`contributors_seller`, the same in all rows of a cell; and the method's own. Not its business: estimating.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute.methods.curve import EVENTS, Curve, Numbers, estimate_curve
from yearbook.errors import ComputeError
from yearbook.model.definition import nearest
from yearbook.model.observation import DIMENSIONS

REQUIRED = ("duration", "event", "records")
CELL = (*DIMENSIONS, "breakdown")
FIGURES = {
    "value": pa.float64(),
    "records": pa.int64(),
    "base_records": pa.int64(),
    "contributors_seller": pa.int64(),
    "reason": pa.string(),
}

Figure = dict[str, str | float | int | None]


@dataclass(frozen=True)
class Cell:
    """The rows of one cell."""

    codes: dict[str, str]
    rows: pa.Table

    @property
    def records(self) -> int:
        """How many records it holds."""
        return int(self.numbers("records").sum())

    @property
    def curve(self) -> Curve:
        """The cumulative incidence of the event."""
        events = np.asarray(self.rows["event"].to_pylist(), dtype=np.str_)
        return estimate_curve(self.numbers("duration"), events, self.numbers("records"))

    def numbers(self, column: str) -> Numbers:
        """A column as numbers."""
        # By way of text: the cast of a decimal to a double may miss the nearest one, and then prints a digit too many.
        return np.asarray(self.rows[column].cast(pa.string()).cast(pa.float64()).to_numpy())

    def figure(
        self, value: float | None, base: int | None, *, statistic: str = "", reason: str | None = None
    ) -> Figure:
        """A figure of this cell; `base` is how many records are at risk where it was read."""
        breakdown = [pair for pair in self.codes.get("breakdown", "_T").split(";") if pair != "_T"]
        pairs = sorted([*breakdown, *([f"statistic={statistic}"] if statistic else [])])
        found = {"value": value, "records": self.records, "base_records": base, "reason": reason}
        if "contributors_seller" in self.rows.column_names:
            found["contributors_seller"] = pc.max(self.rows["contributors_seller"]).as_py()
        return {**self.codes, "breakdown": ";".join(pairs) or "_T", **found}


def list_cells(rows: pa.Table, own: Sequence[str], method: str, where: str) -> Iterator[Cell]:
    """Check the rows and give their cells in order; `own` are the columns of the method, which must be there.

    Raises `ComputeError` naming the query's file.
    """
    _check(rows, (*REQUIRED, *own), method, where)
    keys = [name for name in CELL if name in rows.column_names]
    ordered = rows.sort_by([(name, "ascending") for name in (*keys, "duration", "event")])
    codes = list(zip(*(ordered[name].to_pylist() for name in keys), strict=True)) or [()] * len(ordered)
    for cell, places in groupby(range(len(ordered)), key=codes.__getitem__):
        first, *others = places
        yield Cell(dict(zip(keys, cell, strict=True)), ordered.slice(first, 1 + len(others)))


def as_table(figures: list[Figure], rows: pa.Table) -> pa.Table:
    """Put figures into a table, with the dimensions that the query returned."""
    keys = [(name, pa.string()) for name in CELL if name in rows.column_names or name == "breakdown"]
    return pa.Table.from_pylist(figures, schema=pa.schema([*keys, *FIGURES.items()]))


def _check(rows: pa.Table, needed: Sequence[str], method: str, where: str) -> None:
    for name in needed:
        if name not in rows.column_names:
            right = nearest(name, rows.column_names)
            fix = f"is `{right}` meant to be it?" if right else f"return {', '.join(needed)} and the cell"
            raise ComputeError(f"the method {method} needs a column `{name}`", where=where, fix=fix)
        if rows[name].null_count:
            raise ComputeError(f"`{name}` is empty in a row for the method {method}", where=where, fix="leave it out")
    strangers = set(rows["event"].unique().to_pylist()) - set(EVENTS)
    if strangers:
        raise ComputeError(
            f"`{min(strangers)}` is no event of {method}", where=where, fix=f"one of {', '.join(EVENTS)}"
        )
