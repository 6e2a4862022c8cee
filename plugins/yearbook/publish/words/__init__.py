"""How figures and codes are said: names, units, changes, whole sentences, in each language of the report."""
