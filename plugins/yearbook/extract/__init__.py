"""From a source as it comes to typed, staged records: readers, landing, normalization, reshaping, staging.

Not its business: whether a record is right (validate), or what it adds up to (compute).
"""
