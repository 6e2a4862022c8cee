"""What a dataset, rule, source, programme, indicator, codelist and observation is: typed, loaded from `include/`.

Not its business: reading records, running SQL. Everything above imports from here.
"""
