"""Profiles of partners and sectors: which parts have one, and what stands on its page."""
