"""Write the first version of a source's YAML from one of its files: what can be seen is stated, the rest is asked.

A draft is read by a person before it is used: each guess says what it rests on, and each open question is a comment.
"""

import glob
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

import fsspec

from yearbook.errors import SourceError
from yearbook.extract.guess import ColumnGuess, Layout, guess_dataset, guess_layout, missing_unit
from yearbook.extract.readers.limits import LARGEST_FILE, check_file_size
from yearbook.extract.readers.read import read_bytes
from yearbook.extract.readers.table import RawTable
from yearbook.extract.shown import is_unseen, shown
from yearbook.extract.sniff import sniff
from yearbook.model.dataset import Dataset
from yearbook.model.definition import load_definition
from yearbook.model.letters import without_unfit
from yearbook.model.source import OPEN, QUESTIONS, Entry
from yearbook.settings import Settings

SAFE = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff .()（）/-]*")
SPECIAL = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
LONGEST_NAME = 80
SHOWN_CELLS = 3
SHOWN_LENGTH = 40
MOST_HEADERS = 2_000
"""A table with more is no table of records: no person maps so many columns."""
DECIDE = "# to decide:"

Format = Literal["csv", "excel", "html", "json", "jsonl", "parquet"]


def draft_source(
    file: str | Path,
    datasets: Mapping[str, Dataset] | None = None,
    data_root: str | None = None,
    name: str | None = None,
) -> str:
    """Look at a file and return the YAML of a source that reads it, with what is left to decide as comments.

    `datasets` are the record types to choose from (default: the common ones), `data_root` the folder that `{data}`
    means, `name` the source's (default: made from the file's). Raises `SourceError` where the file cannot be read, or
    has more than 2,000 headers.
    """
    path, settings = str(file), Settings.from_environment()
    known = datasets if datasets is not None else _common_datasets(settings.include)
    content = _content(path)
    layout = sniff(PurePosixPath(path).name, content)
    where = _place(path, data_root or settings.data)
    entry = Entry(name="draft", dataset="draft", path=where, **layout)
    tables = [table for table in read_bytes(path, content, entry) if table.headers]
    if not tables:
        raise SourceError("nothing in the file looks like a table", where=path, fix="a file with records")
    _refuse_too_wide(tables, path)
    return "".join(f"{line}\n".replace(" \n", "\n") for line in _document(path, where, layout, tables, known, name))


def _refuse_too_wide(tables: list[RawTable], path: str) -> None:
    headers = sum(len(table.headers) for table in tables)
    if headers > MOST_HEADERS:
        raise SourceError(
            f"{headers:,} headers, where a draft has at most {MOST_HEADERS:,}",
            where=path,
            fix="a file whose columns are what is said of a record; where years or areas are columns, a part of them",
        )


def _common_datasets(include: Path) -> dict[str, Dataset]:
    return {path.stem: load_definition(path, Dataset) for path in sorted((include / "datasets").glob("*.yml"))}


def _content(path: str) -> bytes:
    try:
        with fsspec.open(path, "rb") as file:
            content = cast(bytes, file.read(LARGEST_FILE + 1))
    except (FileNotFoundError, IsADirectoryError):
        raise SourceError("there is no such file", where=path, fix="the path of a file") from None
    check_file_size(len(content), path)
    if not content:
        raise SourceError("the file is empty (0 bytes)", where=path, fix="a file with records")
    return content


def _place(path: str, data_root: str | None) -> str:
    if "://" in path:
        return path
    full = Path(path).resolve()
    root = Path(data_root).resolve() if data_root and "://" not in data_root else full.parent
    below = full.relative_to(root).as_posix() if full.is_relative_to(root) else full.name
    # A path is a pattern: what looks like one in the name of this file is none.
    return f"{{data}}/{glob.escape(below)}"


def _document(
    path: str,
    where: str,
    layout: dict[str, Any],
    tables: list[RawTable],
    datasets: Mapping[str, Dataset],
    name: str | None,
) -> Iterable[str]:
    stem = PurePosixPath(path).stem
    own = re.sub(r"[^a-z0-9]+", "_", stem.lower())[:LONGEST_NAME].strip("_") or "source"
    name = name or own
    lines = str(tables[0].facts.get("title", "")).splitlines() or stem.splitlines()
    file = shown(PurePosixPath(path).name)
    yield f"# Drafted from {file}. Save it as sources/{shown(name)}.yml of a programme, and mend each line"
    yield f'# that says "{DECIDE[2:-1]}". Then `yearbook sources check` shows what would be read, without writing.'
    yield f"source: {_quoted(name)}"
    yield from _card(lines[0])
    yield "entries:"
    for at, table in enumerate(tables):
        yield from _entry(own if not at else f"{own}_{at + 1}", where, layout, table, datasets)


def _card(title: str) -> Iterable[str]:
    texts = {"title": without_unfit(title), "producer": OPEN}
    yield "card:"
    for key, question in QUESTIONS.items():
        if key in texts:
            text = _quoted(texts[key])
            yield f"  {key}: {{en: {text}, zh: {text}}}  {DECIDE} {question}"
        elif key != "homepage":
            yield f"  {key}: {_quoted(OPEN)}  {DECIDE} {question}"


def _entry(
    name: str, where: str, layout: dict[str, Any], table: RawTable, datasets: Mapping[str, Dataset]
) -> Iterable[str]:
    dataset = guess_dataset(table, datasets)
    found = guess_layout(table, dataset)
    yield f"  - name: {_quoted(name)}"
    yield f"    dataset: {dataset.dataset}  {DECIDE} {found.known} of {len(table.headers)} headers are known there"
    yield f"    path: {_quoted(where)}  {DECIDE} a pattern such as *.csv where more files have this layout"
    yield from (f"    {key}: {_scalar(value)}" for key, value in layout.items())
    yield from _read_as(table)
    if found.unit:
        yield f"    unit: {_quoted(found.unit)}  # as the file says, for all amounts without a unit of their own"
    elif unit := missing_unit(table, dataset, found):
        yield f"    unit: {_quoted(unit)}  {DECIDE} no unit is stated"
    yield from _unpivot(found)
    yield from _columns(table, dataset, found)


def _read_as(table: RawTable) -> Iterable[str]:
    facts = table.facts
    if "encoding" in facts:
        yield f"    encoding: {facts['encoding']}"
    if "sheet" in facts:
        yield f"    sheet: {_quoted(str(facts['sheet']))}"
    if facts.get("format") == "html" or "table" in facts:
        yield f"    table: {facts['table']}"
    if facts.get("encrypted"):
        yield "    # encrypted with Excel's own password: no `password` is needed"
    rows = facts.get("header_rows")
    if rows:
        yield f"    header_rows: {len(rows)}  # row {rows[0]} of the file; {DECIDE[2:]} 2, if the header has two rows"
    for kind, text in (("above the header", facts.get("title")), ("below the table", facts.get("notes"))):
        if text:
            yield f"    # {kind}: {shown(text if isinstance(text, str) else ' / '.join(text), 160)}"
    for kind in ("joined_rows", "blank_rows", "short_rows", "merged_amounts", "excel_errors", "nan_cells"):
        if facts.get(kind):
            yield f"    # {kind.replace('_', ' ')}: {facts[kind]}"


def _unpivot(found: Layout) -> Iterable[str]:
    if not found.year_headers:
        return
    yield f"    unpivot:  # years as columns: {', '.join(map(shown, found.year_headers))}"
    yield "      columns: '^((?:19|20)[0-9]{2})年?$'"
    yield f"      names_to: {found.names_to}"
    yield f"      values_to: {found.values_to}  {DECIDE} the field that the figures are"


def _columns(table: RawTable, dataset: Dataset, found: Layout) -> Iterable[str]:
    mapped = [column for column in found.columns if column.field and not column.taken]
    yield "    columns:" if mapped else "    columns: {}"
    yield from (_column(column) for column in mapped)
    unknown = [column for column in found.columns if not column.field or column.taken]
    if unknown:
        yield f"      {DECIDE} these headers stop the source until each is mapped above or listed under `ignore`"
    for column in unknown:
        near = f"; the nearest field is {column.nearest}" if column.nearest else ""
        taken = f"; {column.field} is taken by another column" if column.taken else ""
        yield f"      # {_quoted(column.header)}: {near or taken or '; no field is like it'}".replace(": ;", ":") + (
            f". Cells: {_cells(table, column.header)}"
        )
    missing = [name for name, one in dataset.fields.items() if one.required and name not in found.fields]
    if missing:
        yield f"    {DECIDE} required and not found: {', '.join(missing)}: a column above, or `constants`"


def _column(column: ColumnGuess) -> str:
    target = f"{{field: {column.field}, unit: {_quoted(column.unit)}}}" if column.unit else column.field
    note = f"  {DECIDE} {column.question}" if column.question else f"  # by its {column.way}"
    return f"      {_quoted(column.header)}: {target}{note}"


def _cells(table: RawTable, header: str) -> str:
    cells = dict.fromkeys(cell for cell in table.column(header).to_pylist() if cell and cell.strip())
    return ", ".join(shown(cell, SHOWN_LENGTH) for cell in list(cells)[:SHOWN_CELLS]) or "all blank"


def _scalar(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A YAML scalar on one line: plain where that is safe, else in double quotes, whose escapes are those of JSON."""
    plain = SAFE.fullmatch(text) and text == text.strip() and text.lower() not in SPECIAL
    if plain and not any(map(is_unseen, text)):
        return text
    return "".join(
        f"\\U{ord(character):08x}" if is_unseen(character) else character
        for character in json.dumps(text, ensure_ascii=False)
    )
