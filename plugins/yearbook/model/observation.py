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
MISSING_REASONS = (
    "field_missing",
    "no_source",
    "no_records",
    "small_base",
    "zero_base",
    "mixed_units",
    "not_yet_observed",
)
