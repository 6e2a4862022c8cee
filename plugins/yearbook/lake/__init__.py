"""The lake: immutable Parquet snapshots named by their content, and the bytes as they were received."""

from yearbook.lake.atomic import write_bytes
from yearbook.lake.hashing import code_fingerprint, fingerprint
from yearbook.lake.lake import Lake, Landed, is_reference

__all__ = ["Lake", "Landed", "code_fingerprint", "fingerprint", "is_reference", "write_bytes"]
