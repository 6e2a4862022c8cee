"""Cells that say something nobody could read, or nothing where they must, or a number that cannot be.

A code that stands in no codelist is unread as well. Critical is what takes part in a record's identity, year or
standing; elsewhere the record counts without the cell. Not its business: reading (extract).
"""

import json
from collections.abc import Iterator
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.dataset import Dataset, Field, FieldType, Severity
from yearbook.model.definition import Text
from yearbook.model.types import ARROW_TYPES
from yearbook.validate.named import named_in
from yearbook.validate.problem import Problem

VERSION = 1
WHATS = ("unread", "missing")
LARGEST: dict[FieldType, int] = {"integer": 10**9 - 1, "share": 10**9 - 1, "number": 10**15 - 1}
"""What a number may be; all of it counts in an edition, and nothing more can be summed up without end."""

READABLE = {
    "text": Text(en="a text of at most {length} characters", zh="不超过{length}个字符的文字"),
    "integer": Text(en="a whole number", zh="整数"),
    "number": Text(en="a number", zh="数字"),
    "money": Text(en="an amount", zh="金额"),
    "share": Text(en="a share in percent", zh="百分比"),
    "date": Text(en="a date such as 2024-03-05", zh="日期，如2024-03-05"),
    "year": Text(en="a year such as 2024", zh="年份，如2024"),
    "boolean": Text(en="yes or no", zh="是或否"),
}


def rules_of(dataset: Dataset) -> list[str]:
    """The names of all that can be found here."""
    return ["unknown_code", "impossible_amount", *(f"{what}_{name}" for name in dataset.fields for what in WHATS)]


def find_unread(dataset: Dataset, records: pa.Table) -> Iterator[Problem]:
    """Yield a problem for each cell whose text could not be read. `records` have `_unread`, JSON by field."""
    vital = _vital_fields(dataset)
    for position, cells in _unread_texts(records):
        for name, raw in cells.items():
            if name in dataset.fields:
                yield _unread(position, name, dataset.fields[name], raw, "critical" if name in vital else "warning")


def find_missing(dataset: Dataset, records: pa.Table) -> Iterator[Problem]:
    """Yield a problem for each required cell that is empty, and each record without any reference date."""
    unread = unread_cells(records)
    for name, field in dataset.fields.items():
        if field.required or name in dataset.key:
            for position in _nulls(records, [name]):
                if name not in unread.get(position, ()):
                    yield _missing(position, name, field.title)
    if all(dataset.fields[name].required or name in dataset.key for name in dataset.reference_date):
        return
    for position in _nulls(records, dataset.reference_date):
        if not set(dataset.reference_date) & unread.get(position, set()):
            yield _missing(position, dataset.reference_date[0], dataset.fields[dataset.reference_date[0]].title)


def find_impossible_amounts(dataset: Dataset, records: pa.Table) -> Iterator[Problem]:
    """Yield a problem for each amount or number too large for its field: it would drown every sum that it enters."""
    for name, field in dataset.fields.items():
        largest = field.max_amount if field.type == "money" else LARGEST.get(field.type)
        if largest is not None:
            for position in _beyond(records.column(name), largest, ARROW_TYPES[field.type]):
                yield _impossible(position, name, field, largest)


def unread_cells(records: pa.Table) -> dict[int, set[str]]:
    """Return, by position, the fields whose text could not be read, of the records that have any."""
    return {position: set(cells) for position, cells in _unread_texts(records)}


def _unread_texts(records: pa.Table) -> Iterator[tuple[int, dict[str, str]]]:
    column = records.column("_unread")
    positions = pc.indices_nonzero(column.is_valid())
    for position, text in zip(positions.to_pylist(), column.take(positions).to_pylist(), strict=True):
        yield position, json.loads(text)


def _vital_fields(dataset: Dataset) -> set[str]:
    required = {name for name, field in dataset.fields.items() if field.required}
    standing = named_in(dataset.fields, dataset.cancelled_when or "")
    return {*required, *dataset.key, *dataset.reference_date, *standing}


def _nulls(records: pa.Table, names: list[str]) -> list[int]:
    """Positions where all of the fields are null."""
    nulls = reduce(pc.and_, (records.column(name).is_null() for name in names))
    return [int(position) for position in pc.indices_nonzero(nulls).to_pylist()]


def _beyond(column: pa.ChunkedArray, largest: int, type_: pa.DataType) -> list[int]:
    """Positions where a value is not within `largest` of zero; what is no number at all is not."""
    # Not by the magnitude: the least whole number of 64 bits has none.
    inside = pc.and_(
        pc.greater_equal(column, pa.scalar(-largest, type_)), pc.less_equal(column, pa.scalar(largest, type_))
    )
    return list(pc.indices_nonzero(pc.invert(inside)).to_pylist())


def _unread(position: int, name: str, field: Field, raw: str, severity: Severity) -> Problem:
    if field.type == "code":
        codes = field.codelist or ", ".join(field.values or [])
        message = Text(
            en=f"{field.title.en}: “{{value}}” is not among {codes}; correct it, or add it as an alias",
            zh=f"{field.title.zh}：“{{value}}”不在代码（{codes}）之列；请更正，或添加为别名",
        )
        return Problem(position, "unknown_code", VERSION, severity, message, name, raw=raw)
    wanted = READABLE[field.type]
    length = str(field.max_length)
    message = Text(
        en=f"{field.title.en}: cannot read “{{value}}”; {wanted.en.replace('{length}', length)} expected",
        zh=f"{field.title.zh}：无法识别“{{value}}”；应为{wanted.zh.replace('{length}', length)}",
    )
    return Problem(position, f"unread_{name}", VERSION, severity, message, name, raw=raw)


def _impossible(position: int, name: str, field: Field, largest: int) -> Problem:
    message = Text(
        en=f"{field.title.en}: {{value}} cannot be; at most {{expected}} expected, so perhaps the cell holds a number",
        zh=f"{field.title.zh}为{{value}}，不可能如此之大，应不超过{{expected}}；该单元格可能是某种编号",
    )
    if field.type != "money":
        message = Text(
            en=f"{field.title.en}: {{value}} cannot be; at most {{expected}} either side of zero expected, so perhaps "
            "the cell holds an identifier",
            zh=f"{field.title.zh}为{{value}}，不可能如此之大，绝对值应不超过{{expected}}；该单元格可能是某种编号",
        )
    return Problem(position, "impossible_amount", VERSION, "critical", message, name, expected=largest)


def _missing(position: int, name: str, title: Text) -> Problem:
    message = Text(en=f"{title.en} is empty; the record needs it", zh=f"{title.zh}为空；该记录必须填写")
    return Problem(position, f"missing_{name}", VERSION, "critical", message, name)
