"""Records in JSON and JSON Lines.

Nested objects become paths (`buyer.country`); a list stays text, unless the entry names a path into it. Numbers keep
the digits that stand in the file. A bare `NaN`, which is no JSON but common, is a missing cell and counted.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from yearbook.errors import SourceError
from yearbook.extract.readers.canonical import Number, too_deep, written
from yearbook.extract.readers.encoding import decode
from yearbook.extract.readers.json_path import STEP_BELOW, follow, is_path_below, steps
from yearbook.extract.readers.limits import check_padded
from yearbook.extract.readers.table import RawTable
from yearbook.extract.shown import shown
from yearbook.model.source import Entry

SHOWN_KEYS = 8
ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")
"""An escape; a half of a surrogate pair without its other half is group 1."""


class Parser:
    """Reads JSON text into records, and counts what is no JSON but tolerated."""

    def __init__(self) -> None:
        self.not_a_number = 0
        self.lone_surrogates = 0
        self._decoder = json.JSONDecoder(
            parse_float=Number, parse_int=Number, parse_constant=self._constant, object_pairs_hook=_object
        )

    def parse(self, text: str, where: str, line: int | None = None) -> Any:
        """Read one JSON value; half of a surrogate pair is no character, and becomes U+FFFD.

        Raises `SourceError` naming line and column.
        """
        if "\\ud" in text or "\\uD" in text:
            text = ESCAPE.sub(self._whole, text)
        try:
            return self._decoder.decode(text)
        except json.JSONDecodeError as error:
            place = f"{where}:{line or error.lineno}"
            raise SourceError(
                f"not valid JSON: {error.msg}, at character {error.colno}",
                where=place,
                fix="ask for the file again: it may be cut short" if error.pos >= len(text) - 1 else "mend this place",
            ) from None
        except RecursionError:
            raise too_deep(f"{where}:{line}" if line else where) from None
        except _TwiceNamedError as error:
            raise SourceError(
                f"an object has the key `{shown(str(error))}` twice",
                where=f"{where}:{line}" if line else where,
                fix="one of the two",
            ) from None

    def _whole(self, escape: re.Match[str]) -> str:
        if escape[1] is None:
            return escape[0]
        self.lone_surrogates += 1
        return r"\ufffd"

    def _constant(self, name: str) -> Number | None:
        if name == "NaN":
            self.not_a_number += 1
            return None
        return Number(name)


class _TwiceNamedError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceNamedError(next(name for name in names if names.count(name) > 1))
    return found


def read_json(name: str, content: bytes, entry: Entry) -> RawTable:
    """Read a JSON document whose records are a list, at the path `records` or at the top."""
    text, encoding = decode(content, entry.encoding, name)
    _refuse_empty(name, text)
    parser = Parser()
    records = find_records(parser.parse(text, name), entry.records, name)
    return _table(name, enumerate(records, start=1), entry, parser, encoding, len(text))


def read_json_lines(name: str, content: bytes, entry: Entry) -> RawTable:
    """Read a JSON object a line; blank lines are counted. Row numbers are lines."""
    text, encoding = decode(content, entry.encoding, name)
    _refuse_empty(name, text)
    parser = Parser()
    # Only line feeds end a line: U+2028 and the like may stand inside of a JSON text.
    lines = [(at, line) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return _table(name, ((at, parser.parse(line, name, at)) for at, line in lines), entry, parser, encoding, len(text))


def find_records(document: Any, path: str | None, where: str) -> list[Any]:
    """The list of records in a document. Raises `SourceError` that names the keys there are."""
    found = follow(document, steps(path)) if path else document
    if isinstance(found, list):
        return found
    keys = [shown(key) for key in list(document)[:SHOWN_KEYS]] if isinstance(document, dict) else []
    raise SourceError(
        f"no list of records at `{path}`" if path else "the document is no list of records",
        where=where,
        fix="state `records`, the path to the list" + (f"; keys at the top: {', '.join(keys)}" if keys else ""),
    )


def _refuse_empty(name: str, text: str) -> None:
    if not text.strip():
        raise SourceError("the file is empty", where=name, fix="records, or `optional: true` and no file")


def _table(
    name: str, records: Iterable[tuple[int, Any]], entry: Entry, parser: Parser, encoding: str, characters: int
) -> RawTable:
    named = [*entry.columns, *entry.ignore]
    columns: dict[str, list[str | None]] = {}
    numbers: list[int] = []
    for number, record in records:
        if not isinstance(record, dict):
            raise SourceError(
                f"record {number} is no object but {type(record).__name__}", where=f"{name}:{number}", fix="objects"
            )
        for path, text in _cells(record, named, f"{name}:{number}"):
            cells = columns.setdefault(path, [])
            if len(cells) > len(numbers):
                what = f"record {number} has two cells at `{shown(path)}`"
                raise SourceError(what, where=f"{name}:{number}", fix="one")
            cells.extend([None] * (len(numbers) - len(cells)))
            cells.append(text)
        numbers.append(number)
        check_padded(len(columns), len(numbers), characters, name)
    for cells in columns.values():
        cells.extend([None] * (len(numbers) - len(cells)))
    _drop_unopened(columns)
    facts: dict[str, Any] = {"encoding": encoding}
    if parser.not_a_number:
        facts["nan_cells"] = parser.not_a_number
    if parser.lone_surrogates:
        facts["lone_surrogates"] = parser.lone_surrogates
    if not numbers:
        facts["header_only"] = True
    arrays = [pa.array(cells, pa.string()) for cells in columns.values()]
    return RawTable(name, list(columns), arrays, pa.array(numbers, pa.int64()), facts)


def _drop_unopened(columns: dict[str, list[str | None]]) -> None:
    """An object that is null in some records leaves a column without cells beside the columns of its own fields."""
    above = {path[: step.start()] for path in columns for step in STEP_BELOW.finditer(path)}
    for path in above & columns.keys():
        if not any(columns[path]):
            del columns[path]


def _cells(record: dict[str, Any], named: list[str], where: str) -> list[tuple[str, str | None]]:
    try:
        return list(_flatten(record, "", named))
    except RecursionError:
        raise too_deep(where) from None


def _flatten(value: dict[str, Any] | list[Any], prefix: str, named: list[str]) -> Iterator[tuple[str, str | None]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        path = (f"{prefix}.{key}" if prefix else str(key)) if isinstance(value, dict) else f"{prefix}[{key}]"
        if path not in named and _is_opened(item, path, named):
            yield from _flatten(item, path, named)
        else:
            yield path, _text(item)


def _is_opened(item: Any, path: str, named: list[str]) -> bool:
    if isinstance(item, dict):
        return bool(item)
    return isinstance(item, list) and any(is_path_below(path, name) for name in named)


def _text(item: Any) -> str | None:
    if item is None or isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "true" if item else "false"
    return written(item) if item else None
