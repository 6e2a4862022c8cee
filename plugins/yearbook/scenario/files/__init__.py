"""How the offices send their records: file names, layouts, encodings, spellings.

Each module turns one dataset into files (relative path → bytes); every name of a file or sheet says that the records
are simulated. Not its business: what the records are.
"""
