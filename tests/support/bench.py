"""A bench for checking records: a dataset as YAML and rows as a table of text in, dispositions and findings out.

Rows are staged as extraction leaves them, without any source.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from yearbook.catalogue import Catalogue, Delivery, Finding, StagedPartition
from yearbook.model.dataset import Dataset
from yearbook.model.recipe import UNKNOWN_YEAR, load_recipe
from yearbook.settings import PROJECT, Settings
from yearbook.validate import validate_dataset
from yearbook.workspace import Workspace

PROGRAMME = """\
programme: bench
title: {en: Bench, zh: 台}
publisher: {en: Office, zh: 局}
contact: {name: {en: Office, zh: 局}, email: office@example.org}
confidentiality: public
years: [2023, 2024]
indicators: [contract_count]
"""
THINGS = """\
dataset: things
title: {en: Things, zh: 物}
one_row_is: {en: a thing, zh: 一物}
key: [id]
reference_date: [day]
latest_by: [registered]
amends: amends
cancelled_when: r.status = 'cancelled'
fields:
  id: {type: text, title: {en: Thing, zh: 物}}
  day: {type: date, title: {en: Day, zh: 日期}}
  registered: {type: date, title: {en: Registered, zh: 登记}}
  amends: {type: text, title: {en: Amends, zh: 变更}}
  status: {type: code, values: [active, cancelled], title: {en: Status, zh: 状态}}
  value: {type: money, title: {en: Value, zh: 金额}}
"""
"""A dataset with everything that bears on which version of a record counts, and without rules."""

AS_OF = date(2025, 6, 30)
TYPES = {
    "text": pa.string(), "code": pa.string(), "integer": pa.int64(), "year": pa.int64(), "number": pa.float64(),
    "share": pa.float64(), "money": pa.decimal128(38, 6), "date": pa.date32(), "boolean": pa.bool_(),
}  # fmt: skip
LINEAGE = ("_source", "_entry", "_uri", "_landed", "_record_hash", "_unread")

Row = dict[str, Any]


def read_rows(text: str) -> list[dict[str, str]]:
    """Read a table of text: a line of names, then a line per row, cells between bars, an empty cell for null."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@dataclass
class Bench:
    """A programme `bench` with the datasets of its `include` folder."""

    folder: Path
    deliveries: int = 0

    @property
    def dataset_file(self) -> Path:
        return self.folder / "include/datasets/things.yml"

    @cached_property
    def workspace(self) -> Workspace:
        include = self.folder / "include"
        home = self.folder / "home"
        settings = Settings(str(home), include, self.folder, f"sqlite:///{home}/catalogue.sqlite")
        return Workspace(settings, load_recipe("bench", include), Catalogue(settings.catalogue_url, "bench"))

    def stage(self, dataset: str, rows: str | list[Row], *, uri: str = "") -> None:
        """Stage one delivery, split over its years. A column `?<field>` holds a text that could not be read."""
        workspace = self.workspace
        self.deliveries += 1
        uri = uri or f"file{self.deliveries}.csv"
        definition = workspace.recipe.datasets[dataset]
        given = read_rows(rows) if isinstance(rows, str) else rows
        typed = [_to_record(definition, row, uri, number) for number, row in enumerate(given, 1)]
        parts = [
            _write(workspace, definition, year, [row for row in typed if _year(definition, row) == year])
            for year in sorted({_year(definition, row) for row in typed})
        ]
        workspace.catalogue.record_delivery(
            Delivery("source", "entry", uri, "0" * 64, 0, None, len(typed), len(typed), 0, 0, parts)
        )

    def validate(self, dataset: str, *years: int) -> None:
        for year in years:
            validate_dataset(self.workspace, dataset, year, AS_OF)

    def dispositions(self, dataset: str, key: str) -> list[tuple[Any, str, str | None]]:
        """Key, disposition and reason of every validated row, in order."""
        workspace = self.workspace
        rows = [
            row
            for account in workspace.catalogue.accountings()
            if account.dataset == dataset
            for row in workspace.lake.read(account.ref).to_pylist()
        ]
        return [(row[key], row["disposition"], row["reason"]) for row in rows]

    def findings(self) -> list[Finding]:
        return self.workspace.catalogue.findings()


def make_bench(folder: Path, things: str = "", *common: str) -> Bench:
    """Make a bench with a dataset `things`, and those of the repository named in `common` with what they need."""
    include = folder / "include"
    for part in ("datasets", "codelists", "reference", "programmes/bench"):
        (include / part).mkdir(parents=True)
    (include / "sql").symlink_to(PROJECT / "include/sql")
    (include / "programmes/bench/programme.yml").write_text(PROGRAMME, encoding="utf-8")
    for name in common:
        (include / f"datasets/{name}.yml").symlink_to(PROJECT / f"include/datasets/{name}.yml")
    if common:
        for path in [*(PROJECT / "include/codelists").glob("*.csv"), *(PROJECT / "include/reference").glob("*.csv")]:
            (include / path.parent.name / path.name).symlink_to(path)
    bench = Bench(folder)
    if things:
        bench.dataset_file.write_text(things, encoding="utf-8")
    return bench


def _to_record(dataset: Dataset, row: Row, uri: str, number: int) -> Row:
    record: Row = {name: _to_value(field.type, row.get(name)) for name, field in dataset.fields.items()}
    unread = {name[1:]: text for name, text in row.items() if name.startswith("?") and text}
    record["_unread"] = json.dumps(unread, ensure_ascii=False) if unread else None
    content = json.dumps(record, default=str, sort_keys=True)
    record |= {"_source": "source", "_entry": "entry", "_uri": uri, "_landed": "0" * 64, "_row": number}
    return record | {"_record_hash": hashlib.sha256(content.encode()).hexdigest()}


def _to_value(type_: str, cell: Any) -> Any:
    if cell is None or cell == "" or not isinstance(cell, str):
        return None if cell == "" else cell
    readers = {
        "money": Decimal,
        "date": date.fromisoformat,
        "integer": int,
        "year": int,
        "number": float,
        "share": float,
        "boolean": "true".__eq__,
    }
    return readers[type_](cell) if type_ in readers else cell


def _year(dataset: Dataset, row: Row) -> int:
    value = next((row[name] for name in dataset.reference_date if row[name] is not None), None)
    return UNKNOWN_YEAR if value is None else value.year if isinstance(value, date) else value


def _write(workspace: Workspace, dataset: Dataset, year: int, rows: list[Row]) -> StagedPartition:
    fields = [(name, TYPES[field.type]) for name, field in dataset.fields.items()]
    schema = pa.schema([*fields, *((name, pa.string()) for name in LINEAGE), ("_row", pa.int64())])
    ref = workspace.lake.write(dataset.dataset, year, pa.Table.from_pylist(rows, schema=schema))
    return StagedPartition(dataset.dataset, year, ref, len(rows), "")
