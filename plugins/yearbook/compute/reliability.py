"""Which figures are of low reliability because they rest on very few records, one of which may turn them.

It stands in the data, so that a page, a file and a trace say the same. Not its business: a base too small for any
figure (`small_base`), and records that lack the value (`is_partial`), both of which an indicator says itself.
"""

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.indicator import Indicator
from yearbook.model.observation import DIMENSIONS, LEAST_RECORDS, NOT_APPLICABLE, TOTAL

RATES = frozenset({"ratio", "mean"})
STATUS, REASON = "U", "few_records"


def mark_few(table: pa.Table, definition: Indicator) -> pa.Table:
    """Mark the rates of one indicator over fewer than `LEAST_RECORDS` records that no other mark has.

    A share of one large whole is none of them: few records in a part say that the part is small, and surely so.
    """
    if definition.kind not in RATES:
        return table
    few = pc.and_(pc.equal(table["status"], "A"), pc.less(table["records"], LEAST_RECORDS))
    marked = pc.and_(pc.fill_null(few, False), pc.invert(_are_shares(table)))
    for name, value in (("status", STATUS), ("reason", REASON)):
        texts = table[name].cast(pa.string())
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pc.if_else(marked, pa.scalar(value), texts))
    return table


def _are_shares(table: pa.Table) -> pa.ChunkedArray:
    """Whether a figure is a part of the whole that the totals hold, which are all of it."""
    is_total = pc.equal(table["numerator"], table["denominator"])
    for name in DIMENSIONS:
        is_total = pc.and_(is_total, pc.is_in(table[name], value_set=pa.array([TOTAL, NOT_APPLICABLE])))
    is_total = pc.and_(is_total, pc.equal(table["breakdown"], TOTAL))
    wholes = table.filter(pc.fill_null(is_total, False))["denominator"].combine_chunks()
    return pc.is_in(table["denominator"], value_set=wholes)
