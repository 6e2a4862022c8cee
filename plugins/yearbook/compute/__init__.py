"""The figures: the SQL engine, cubes and indicators over accepted records, ending in observations.

What a figure means is written in `include/sql/`; this room runs it, and sees that every row is an observation. Not its
business: checking records, withholding figures, telling them.
"""

from yearbook.compute.edition import compute_some, compute_year
from yearbook.compute.observations import observations_csv, read_observations

__all__ = ["compute_some", "compute_year", "observations_csv", "read_observations"]
