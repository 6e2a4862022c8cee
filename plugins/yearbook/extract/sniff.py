"""Look at a file of which nothing is known, and say how it would be read: the layout part of an entry.

Only for drafts. What runs every year is stated in the source's definition, never guessed anew.
"""

import csv
import io
import json
from collections import Counter
from itertools import islice
from typing import Any

from yearbook.errors import SourceError
from yearbook.extract.readers.canonical import too_deep
from yearbook.extract.readers.delimited import find_delimiter
from yearbook.extract.readers.encoding import decode
from yearbook.extract.readers.json_records import Parser
from yearbook.extract.readers.kinds import kind_of

SAMPLE_ROWS = 200
SAMPLE_CHARACTERS = 1 << 18


def sniff(name: str, content: bytes) -> dict[str, Any]:
    """Return `format` and what else must be stated for the file to be read: `delimiter`, `skip`, `records`."""
    kind = kind_of(content)
    if kind in ("parquet", "html", "excel"):
        return {"format": kind}
    text = decode(content, "auto", name)[0]
    if text.lstrip()[:1] in ("{", "["):
        return _sniff_json(name, text)
    return _sniff_delimited(text)


def _sniff_json(name: str, text: str) -> dict[str, Any]:
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("{") and rest.strip():
        try:
            json.loads(first)
            return {"format": "jsonl"}
        except json.JSONDecodeError:
            pass  # An object over several lines: a document.
        except RecursionError:
            raise too_deep(f"{name}:1") from None
    document = Parser().parse(text, name)
    if isinstance(document, list):
        return {"format": "json"}
    try:
        lists = dict(_lists_of_records(document, ""))
    except RecursionError:
        raise too_deep(name) from None
    if not lists:
        raise SourceError("no list of records in the document", where=name, fix="a file of records")
    return {"format": "json", "records": max(lists, key=lambda path: lists[path])}


def _lists_of_records(value: Any, path: str) -> list[tuple[str, int]]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [(path, len(value))]
    if not isinstance(value, dict):
        return []
    below = ((f"{path}.{key}" if path else key, item) for key, item in value.items())
    return [found for deeper, item in below for found in _lists_of_records(item, deeper)]


def _sniff_delimited(text: str) -> dict[str, Any]:
    """Titles above the header are narrower than the rows; the header is the first row as wide as most."""
    delimiter = find_delimiter(text)
    reader = csv.reader(io.StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter)
    widths = [len([cell for cell in row if cell.strip()]) and len(row) for row in islice(reader, SAMPLE_ROWS)]
    usual = max(
        Counter(width for width in widths if width).items(), key=lambda item: (item[1], item[0]), default=(0, 0)
    )
    skip = next((at for at, width in enumerate(widths) if width == usual[0]), 0)
    return {"format": "csv", "delimiter": delimiter, **({"skip": skip} if skip else {})}
