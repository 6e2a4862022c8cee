"""The one door to the readers: landed bytes in, tables out, by the format that the entry states."""

from collections.abc import Iterator
from posixpath import basename

import pyarrow as pa

from yearbook.errors import SourceError
from yearbook.extract.readers.delimited import read_delimited
from yearbook.extract.readers.excel import read_excel
from yearbook.extract.readers.html import read_html
from yearbook.extract.readers.json_records import read_json, read_json_lines
from yearbook.extract.readers.kinds import check_kind
from yearbook.extract.readers.limits import LARGEST_FILE, check_file_size
from yearbook.extract.readers.parquet import read_parquet
from yearbook.extract.readers.table import RawTable
from yearbook.lake import Lake
from yearbook.model.source import Entry


def read_landed(lake: Lake, sha256: str, uri: str, entry: Entry) -> Iterator[RawTable]:
    """Read what was landed from `uri`: a table for each sheet, HTML table, or file.

    Records of an API or a database were landed as JSON Lines. Raises `SourceError` naming file, row and column.
    """
    with lake.open_landed(sha256) as file:
        content = file.read(LARGEST_FILE + 1)
    yield from read_bytes(uri, content, entry)


def read_bytes(uri: str, content: bytes, entry: Entry) -> Iterator[RawTable]:
    """Read the bytes of one file, whose name is the last part of `uri`."""
    name = basename(uri) or uri
    check_file_size(len(content), uri)
    if entry.format in ("api", "sql"):
        if not content:
            yield RawTable(name, [], [], pa.array([], pa.int64()), {"header_only": True})
            return
        yield read_json_lines(name, content, entry.model_copy(update={"encoding": "utf-8"}))
        return
    if not content:
        raise SourceError(
            "the file is empty (0 bytes)", where=uri, fix="ask for it again, or remove it and state `optional: true`"
        )
    check_kind(uri, content, entry.format)
    match entry.format:
        case "csv":
            yield read_delimited(name, content, entry)
        case "excel":
            yield from read_excel(name, content, entry)
        case "html":
            yield from read_html(name, content, entry)
        case "json":
            yield read_json(name, content, entry)
        case "jsonl":
            yield read_json_lines(name, content, entry)
        case "parquet":
            yield read_parquet(name, content, entry)
