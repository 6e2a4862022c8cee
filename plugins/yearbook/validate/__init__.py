"""Checks on staged records: which count, which wait for a decision, and what is wrong with them.

Not its business: reading sources (extract), figures (compute), deciding (statisticians decide; this room lays out
what there is to decide).
"""

from yearbook.validate.accounts import settle_year
from yearbook.validate.partition import datasets_of, validate_dataset

__all__ = ["datasets_of", "settle_year", "validate_dataset"]
