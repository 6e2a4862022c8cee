"""What SQL cannot say well: named methods that turn the rows of an indicator's query into figures.

`method: <name>` in `indicator.yml` chooses one; its module says which columns the query returns. A method returns the
columns that a query without one would, and they are checked as such. Not its business: reading records, statuses.
"""

from collections.abc import Callable

import pyarrow as pa

from yearbook.compute.methods.cumulative_incidence import cumulative_incidence
from yearbook.compute.methods.incidence_quantile import incidence_quantile
from yearbook.model.indicator import MethodName

METHODS: dict[MethodName, Callable[[pa.Table, str], pa.Table]] = {
    "cumulative_incidence": cumulative_incidence,
    "incidence_quantile": incidence_quantile,
}


def apply_method(method: MethodName, rows: pa.Table, where: str) -> pa.Table:
    """Return a method's figures from a query's rows. Raises `ComputeError` naming `where`, the query's file."""
    return METHODS[method](rows, where)
