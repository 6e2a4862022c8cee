"""Yearbook: contract and project records of technology transfer in, annual indicators and a report out.

The library imports no Airflow, except in `yearbook.orchestrate`.
"""

__version__ = "0.1.0"
