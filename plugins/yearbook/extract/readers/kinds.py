"""What a file is by its first bytes, whatever its name says: a wrong `format` is told with the right one."""

from typing import Literal

from yearbook.errors import SourceError
from yearbook.extract.readers.html import looks_like_html
from yearbook.model.source import Format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PARQUET = b"PAR1"
COMPRESSED = b"\x1f\x8b"

Kind = Literal["excel", "parquet", "html", "compressed", "text"]
NAMES: dict[Kind, str] = {
    "excel": "an Excel workbook",
    "parquet": "a Parquet file",
    "html": "a web page",
    "compressed": "compressed (gzip)",
    "text": "text",
}
FITTING: dict[Format, tuple[Kind, ...]] = {
    "csv": ("text", "html"),
    "json": ("text", "html"),
    "jsonl": ("text", "html"),
    "html": ("text", "html"),
    "excel": ("excel", "html"),
    "parquet": ("parquet",),
}
"""What a reader takes: markup may stand in the cells of a text, and web pages are saved as `.xls`."""
MENDS: dict[Kind, str] = {
    "excel": "format: excel",
    "parquet": "format: parquet",
    "html": "format: html",
    "compressed": "unpack it first",
    "text": "format: csv, json or jsonl, as its text shows",
}


def kind_of(content: bytes) -> Kind:
    """Return what bytes are; `text` where nothing tells them as anything else."""
    if content.startswith(PARQUET):
        return "parquet"
    if content.startswith((OLE, ZIP)):
        return "excel"
    if content.startswith(COMPRESSED):
        return "compressed"
    return "html" if looks_like_html(content) else "text"


def check_kind(uri: str, content: bytes, stated: Format) -> None:
    """Raise `SourceError` where a file is of another kind than its entry states."""
    kind = kind_of(content)
    if kind not in FITTING[stated]:
        raise SourceError(
            f"the file is {NAMES[kind]}, whatever its name says; the entry states `format: {stated}`",
            where=uri,
            fix=MENDS[kind],
        )
