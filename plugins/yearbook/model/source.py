"""A source: where records come from, and how they become records of a dataset (`sources/<source>.yml`).

One file per source; one entry per layout. A new year with another layout is a new entry.
"""

import re
from typing import Any, Literal, Self

from pydantic import Field as field
from pydantic import ValidationInfo, field_validator, model_validator

from yearbook.model.definition import Definition, Line, Text

Format = Literal["csv", "excel", "html", "json", "jsonl", "parquet", "api", "sql"]

SIMULATED_API = "{api}"

LONGEST_NAME = 100


def _compilable(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return text


OPEN = "?"
"""Stands in a draft where a person must decide."""
QUESTIONS = {
    "title": "a title in each language",
    "producer": "who made the records",
    "licence": "under which terms",
    "contact": "whom to ask",
    "period": "which years it covers",
    "retrieval": "how and when it was obtained",
    "homepage": "where the source is described, or leave it out",
}
"""What each line of a card answers."""


class SourceCard(Definition):
    """Who made the records, under which terms, and how they were obtained."""

    title: Text
    producer: Text
    licence: Line | Text
    contact: Line
    period: Line
    retrieval: Line | Text
    homepage: Line | None = None

    @field_validator("*")
    @classmethod
    def _decided(cls, said: Any, info: ValidationInfo) -> Any:
        texts = said.model_dump().values() if isinstance(said, Text) else [said]
        if any(isinstance(text, str) and text.strip() == OPEN for text in texts):
            raise ValueError(f"`{OPEN}` is left from the draft: decide {QUESTIONS[str(info.field_name)]}")
        return said


class ColumnMap(Definition):
    """Where a column goes: a field, with what the column's cells need to be read.

    `unit` is a unit (`万元`, `thousand USD` …) or `column: <header>` for a unit that stands in each row.
    `day_first` settles `05/03/2024`.
    """

    field: str
    unit: str | None = None
    unit_column: str | None = None
    day_first: bool = True
    decimal_comma: bool = False


class Constant(Definition):
    """A value that is no column: taken from the file's name (or sheet or title row) by a regular expression.

    The first group is the value, or the key into `values` where these are given.
    """

    from_: Literal["name", "sheet", "title"] = field(alias="from")
    pattern: str
    values: dict[str, str] = field(default_factory=dict)

    @field_validator("pattern")
    @classmethod
    def _is_a_pattern(cls, text: str) -> str:
        return _compilable(text)


class Unpivot(Definition):
    """Columns that are values (years as columns): each matching header becomes a row.

    `columns` is a regular expression on headers; its first group (or the header) goes into `names_to`, the cell into
    `values_to`. Both name fields of the dataset. An empty cell makes no record; it is counted as such.
    """

    columns: str
    names_to: str
    values_to: str
    unit: str | None = None

    @field_validator("columns")
    @classmethod
    def _is_a_pattern(cls, text: str) -> str:
        return _compilable(text)


class PivotMeasure(Definition):
    """One measure that stands in rows, and the field it becomes."""

    field: str
    unit: str | None = None


class Pivot(Definition):
    """Rows that are measures: rows that agree in all other mapped columns become one record.

    `names_from` and `values_from` are headers; `measures` maps what stands under `names_from` to fields.
    `unit_column` is a header under which the unit of each row stands.
    """

    names_from: str
    values_from: str
    measures: dict[str, PivotMeasure]
    unit_column: str | None = None


class Paging(Definition):
    """How a paged JSON API goes on: `next` is the path of the next page's address, or `page` a query parameter."""

    next: str | None = None
    page: str | None = None
    first: int = 1
    size: str | None = None
    page_size: int = 500
    parameters: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Entry(Definition):
    """One layout of a source.

    `path` is a glob or URL in any location of fsspec (`{data}` is the programme's records folder, `{year}` each of
    `years`); `url` a paged JSON API; `query` an SQL query or `database_table` a table of the database `url`.

    `${NAME}` in `url`, `password`, and the headers and parameters of `paging` stands for a variable of the environment;
    `{api}` at the start of `url` for the API that serves a demonstration's records while they are collected.
    """

    name: str
    dataset: str
    years: list[int] | None = None
    format: Format
    path: str | None = None
    url: str | None = None
    query: str | None = None
    database_table: str | None = None
    paging: Paging | None = None
    optional: bool = False

    encoding: str = "auto"
    delimiter: str | None = None
    password: str | None = None
    sheet: str | None = None
    table: int | str | None = None
    records: str | None = None
    header_rows: int = 1
    skip: int | None = None
    until: str | None = None

    columns: dict[str, str | ColumnMap] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    constants: dict[str, str | Constant] = field(default_factory=dict)
    unit: str | None = None
    unpivot: Unpivot | None = None
    pivot: Pivot | None = None
    filter: str | None = None
    derive: dict[str, str] = field(default_factory=dict)

    @property
    def is_simulated_api(self) -> bool:
        """Whether it asks the API that serves a demonstration's records."""
        return self.format == "api" and str(self.url).startswith(SIMULATED_API)

    @field_validator("name")
    @classmethod
    def _is_short_and_whole(cls, text: str) -> str:
        if not text.strip() or "|" in text or len(text) > LONGEST_NAME:
            raise ValueError(f"a name of up to {LONGEST_NAME} characters, without `|`")
        return text

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.format == "api" and not self.url:
            raise ValueError("an entry of format `api` has a `url`")
        if self.format == "sql" and (not self.url or (self.query is None) == (self.database_table is None)):
            raise ValueError(
                "an entry of format `sql` has the database's `url`, and either `query` or `database_table`"
            )
        if self.format not in ("api", "sql") and not self.path:
            raise ValueError(f"an entry of format `{self.format}` has a `path`")
        if re.search(r"\w://[^/@]*:[^/@]*@", self.path or ""):
            raise ValueError("a `path` is shown and holds no password: set FSSPEC_<PROTOCOL>_PASSWORD for fsspec")
        return self


class Source(Definition):
    """One producer's records: the card, and an entry for each layout."""

    source: str
    card: SourceCard
    entries: list[Entry]

    @model_validator(mode="after")
    def _entries_differ(self) -> Self:
        names = [entry.name for entry in self.entries]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"two entries are named {sorted(twice)}")
        return self
