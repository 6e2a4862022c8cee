"""Readers: from the bytes of a source, in whatever format, to tables of text (`RawTable`).

Not their business: what a column means, what type a cell has, or where the bytes came from (`landing`).
"""

from yearbook.extract.readers.read import read_bytes, read_landed
from yearbook.extract.readers.table import RawTable

__all__ = ["RawTable", "read_bytes", "read_landed"]
