"""Where statisticians look and decide: the desk, bulk decisions, spreadsheets, and what the figures become.

Not its business: applying decisions (validate), signing (signoff), and who may do what (orchestrate).
"""
