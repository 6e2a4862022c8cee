"""Demonstration records: simulated, seeded, calibrated on published figures, written as real offices send them.

`write_records(folder, seed, scale)` writes them. A module per dataset makes the true records, `plan.py` and
`project_plan.py` hold what they are calibrated on, `faults.py` what goes wrong, `files/` how it is written. Not its
business: reading the records; nothing else in the library knows that they are simulated but the programme's own words.
"""

from yearbook.scenario.write import write_records

__all__ = ["write_records"]
