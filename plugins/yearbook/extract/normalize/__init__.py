"""Cells as they come to typed values: text, numbers, amounts in units, dates, codes, yes and no.

Every reader here returns None for what it cannot read, and never guesses: staging keeps the raw text beside the null.
Not its business: which column is which field (`extract.mapping`), and whether a value is plausible (validate).
"""
