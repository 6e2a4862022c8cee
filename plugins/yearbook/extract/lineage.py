"""Where each record came from, what could not be read in it, and the hash of what could.

The hash covers the normalized cells and the unread texts by field name: two records with one hash say the same, in
whatever file they came, and a field that is added to a dataset later does not change the hashes of old records.
"""

import hashlib
import json
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.extract.records import Records
from yearbook.model.dataset import Dataset
from yearbook.model.types import ARROW_TYPES

LONGEST_RAW = 2_000
_SLICE = 1 << 16
_NAME_END, _CELL_END = "\x1f", "\x1e"

LINEAGE = pa.schema(
    [
        ("_source", pa.string()),
        ("_entry", pa.string()),
        ("_uri", pa.string()),
        ("_landed", pa.string()),
        ("_row", pa.int64()),
        ("_record_hash", pa.string()),
        ("_unread", pa.string()),
    ]
)


@dataclass(frozen=True)
class Origin:
    """The delivery that records came in."""

    source: str
    entry: str
    uri: str
    landed: str


def staged_schema(dataset: Dataset) -> pa.Schema:
    """The columns of staged records: the dataset's fields in its order, then the lineage."""
    fields = [(name, ARROW_TYPES[field.type]) for name, field in dataset.fields.items()]
    return pa.schema([*fields, *LINEAGE])


def to_staged(records: Records, dataset: Dataset, origin: Origin) -> pa.Table:
    """Build the staged table: fields that were not delivered are null."""
    cells = {
        name: records.values.get(name, pa.nulls(records.height, ARROW_TYPES[field.type]))
        for name, field in dataset.fields.items()
    }
    unread = _unread_texts(records, dataset)
    said = {"_source": origin.source, "_entry": origin.entry, "_uri": origin.uri, "_landed": origin.landed}
    lineage = {name: pa.repeat(pa.scalar(text, pa.string()), records.height) for name, text in said.items()}
    lineage |= {"_row": records.rows, "_record_hash": _hashes({**cells, "_unread": unread}), "_unread": unread}
    return pa.table({**cells, **lineage}, schema=staged_schema(dataset))


def cells_sha256(table: pa.Table) -> str:
    """The hash of all records of a staged table, in order."""
    digest = hashlib.sha256()
    for text in table.column("_record_hash").to_pylist():
        digest.update(text.encode())
    return digest.hexdigest()


def _unread_texts(records: Records, dataset: Dataset) -> pa.Array:
    unread: dict[int, dict[str, str]] = {}
    for name in dataset.fields:
        if name not in records.unread or name not in records.raw:
            continue
        positions = pc.indices_nonzero(records.unread[name])
        texts = records.raw[name].take(positions).to_pylist()
        for position, text in zip(positions.to_pylist(), texts, strict=True):
            unread.setdefault(position, {})[name] = _shortened(text or "")
    texts = [None] * records.height
    for position, cells in unread.items():
        texts[position] = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return pa.array(texts, pa.string())


def _shortened(text: str) -> str:
    """A text too long for a finding, cut with its length and hash: the whole stands in the landed bytes."""
    if len(text) <= LONGEST_RAW:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{text[:LONGEST_RAW]}… ({len(text)} characters, sha256 {digest})"


def _hashes(cells: dict[str, pa.Array]) -> pa.Array:
    height = len(next(iter(cells.values())))
    hashes: list[str] = []
    for start in range(0, height, _SLICE):
        parts = [_named(name, column.slice(start, _SLICE)) for name, column in cells.items()]
        for text in pc.binary_join_element_wise(*parts, "").to_pylist():
            hashes.append(hashlib.sha256(text.encode()).hexdigest())
    return pa.array(hashes, pa.string())


def _named(name: str, column: pa.Array) -> pa.Array:
    texts = column if column.type == pa.string() else column.cast(pa.string())
    return pc.fill_null(pc.binary_join_element_wise(f"{name}{_NAME_END}", texts, _CELL_END, ""), "")
