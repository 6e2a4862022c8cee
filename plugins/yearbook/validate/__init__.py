"""Checks on staged records: which count, which wait for a decision, and what is wrong with them.

Not its business: reading sources (extract), figures (compute), deciding (statisticians decide; this room lays out
what there is to decide, and applies it).
"""

from yearbook.validate.accounts import settle_year
from yearbook.validate.partition import validate_dataset
from yearbook.validate.received import Ledger
from yearbook.validate.years import datasets_of, years_of_corrections

__all__ = ["Ledger", "datasets_of", "settle_year", "validate_dataset", "years_of_corrections"]
