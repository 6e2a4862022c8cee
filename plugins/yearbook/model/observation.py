"""An observation: one figure of one indicator, year and cell. The columns, in this order, are fixed for all readers."""

DIMENSIONS = (
    "partner",
    "sector",
    "channel",
    "institution_type",
    "platform",
    "delivery_model",
    "province",
)
KEY = ("indicator", "year", *DIMENSIONS, "breakdown")
PUBLIC_COLUMNS = (*KEY, "value", "unit", "status", "reason", "numerator", "denominator", "records")
INTERNAL_COLUMNS = (*PUBLIC_COLUMNS, "contributors_seller", "contributors_buyer", "largest", "second")

TOTAL = "_T"
NOT_APPLICABLE = "_Z"
UNKNOWN = "_U"
FOREIGN = "_F"

STATUSES = ("A", "B", "E", "I", "P", "U", "M", "Q")
WITHDRAWN_BASE = "withdrawn_base"
"""No SQL says so: it is found out when a figure is published."""
MISSING_REASONS = (
    "field_missing",
    "none_stated",
    "no_source",
    "no_records",
    "small_base",
    "zero_base",
    "mixed_units",
    "not_yet_observed",
    "few_records",
    WITHDRAWN_BASE,
)
"""Why there is no figure; `field_missing` and `few_records` also why one is of low reliability."""

LEAST_RECORDS = 10
"""A rate that rests on fewer is of low reliability, and no change is told of what does: one record may turn it."""
