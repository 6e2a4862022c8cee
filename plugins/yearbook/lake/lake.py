"""Parquet snapshots by layer and year, and landed bytes, both named by content: written once, never changed.

Not its business: which snapshots make an edition (the catalogue knows), and what the columns mean.
"""

import hashlib
import io
import re
import tempfile
from dataclasses import dataclass
from typing import BinaryIO, cast

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from yearbook.errors import LakeError
from yearbook.lake.atomic import write_bytes
from yearbook.lake.hashing import SNAPSHOT_DIGITS

CHUNK_BYTES = 1 << 20
SPOOL_BYTES = 64 << 20
REFERENCE = re.compile(rf"[\w/]+/year=(\d+|unknown)/[0-9a-f]{{{SNAPSHOT_DIGITS}}}\.parquet")


@dataclass(frozen=True)
class Landed:
    """Bytes as received: their hash is their name."""

    sha256: str
    size: int


def is_reference(text: str) -> bool:
    """Whether a text is a reference to a snapshot; the address of a source's own Parquet file is none."""
    return REFERENCE.fullmatch(text) is not None


class Lake:
    """One programme's lake under `root`, a folder on a disk or in an object store."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")
        self._filesystem, self._base = fsspec.core.url_to_fs(self.root)
        self._intact: set[str] = set()

    def write(self, layer: str, year: int, table: pa.Table) -> str:
        """Write a table and return its reference, `<layer>/year=<y>/<snapshot>.parquet`.

        The same rows give the same bytes and so the same reference; a snapshot that is there is not written again.
        """
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd", row_group_size=1 << 17, write_statistics=True)
        content = buffer.getvalue()
        snapshot = hashlib.sha256(content).hexdigest()[:SNAPSHOT_DIGITS]
        reference = f"{layer}/year={year or 'unknown'}/{snapshot}.parquet"
        if not self.is_intact(reference):
            write_bytes(self.path(reference), content)
            self._intact.add(reference)
        return reference

    def read(self, reference: str, columns: list[str] | None = None) -> pa.Table:
        """Read a snapshot, or some of its columns. Raises `LakeError` for one that is damaged."""
        with self.open(reference) as file:
            try:
                # A snapshot is one file: the dataset machinery of `read_table` would cost four times as much.
                return pq.ParquetFile(file).read(columns=columns)
            except pa.ArrowException as error:
                raise LakeError(
                    f"a snapshot is damaged: {error}", where=self.path(reference), fix="run again: it is made anew"
                ) from None

    def open(self, reference: str) -> BinaryIO:
        """Open a snapshot for reading its bytes."""
        return cast(BinaryIO, self._filesystem.open(f"{self._base}/lake/{reference}", "rb"))

    def path(self, reference: str) -> str:
        """Where a snapshot stands, for engines that read Parquet by themselves."""
        return f"{self.root}/lake/{reference}"

    def is_intact(self, reference: str) -> bool:
        """Whether the snapshot is there, with the content that its name says; looked at once in a process."""
        if reference not in self._intact and self._filesystem.exists(f"{self._base}/lake/{reference}"):
            with self.open(reference) as file:
                digest = _sha256(file)
            if digest.startswith(reference.rsplit("/", 1)[-1].removesuffix(".parquet")):
                self._intact.add(reference)
        return reference in self._intact

    def land(self, source: BinaryIO) -> Landed:
        """Keep received bytes, once, under their hash."""
        digest, size = hashlib.sha256(), 0
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as spool:
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                spool.write(chunk)
            landed = Landed(digest.hexdigest(), size)
            if not self.has_landed(landed.sha256):
                spool.seek(0)
                write_bytes(self.landed_path(landed.sha256), spool.read())
        return landed

    def open_landed(self, sha256: str) -> BinaryIO:
        """Open landed bytes for reading."""
        return cast(BinaryIO, self._filesystem.open(f"{self._base}/landing/{sha256[:2]}/{sha256}", "rb"))

    def landed_path(self, sha256: str) -> str:
        """Where landed bytes stand."""
        return f"{self.root}/landing/{sha256[:2]}/{sha256}"

    def has_landed(self, sha256: str) -> bool:
        """Whether the bytes are there, and whole."""
        if not self._filesystem.exists(f"{self._base}/landing/{sha256[:2]}/{sha256}"):
            return False
        with self.open_landed(sha256) as file:
            return _sha256(file) == sha256


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()
