"""A programme with validated records, without collecting and checking any."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from yearbook.catalogue import Accounting
from yearbook.model.dataset import Dataset
from yearbook.settings import PROJECT, Settings
from yearbook.workspace import Workspace, open_workspace

PROGRAMME = """\
programme: office
title: {en: Office, zh: 局}
publisher: {en: Office, zh: 局}
contact: {name: {en: Office, zh: 局}, email: office@example.org}
confidentiality: confidential
years: [2023, 2024]
parameters:
  price_change_2024: {value: -0.7}
"""
SOURCE = """\
source: register
card:
  title: {en: Register, zh: 登记}
  producer: {en: Office, zh: 局}
  licence: none
  contact: office@example.org
  period: 2022-2024
  retrieval: written by the test
entries:
"""
TYPES: dict[str, pa.DataType] = {
    "integer": pa.int64(),
    "year": pa.int64(),
    "number": pa.float64(),
    "share": pa.float64(),
    "money": pa.decimal128(38, 6),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}

Rows = list[dict[str, Any]]


@pytest.fixture
def include(tmp_path: Path) -> Path:
    """The common definitions and a programme of one source for each dataset."""
    folder = tmp_path / "include"
    shutil.copytree(PROJECT / "include", folder, ignore=shutil.ignore_patterns("programmes"))
    root = folder / "programmes/office"
    (root / "sources").mkdir(parents=True)
    (root / "programme.yml").write_text(PROGRAMME, encoding="utf-8")
    entries = [
        f'  - {{name: {name}, dataset: {name}, format: csv, path: "{{data}}/{name}.csv"}}\n'
        for name in sorted(path.stem for path in (folder / "datasets").glob("*.yml"))
    ]
    (root / "sources/register.yml").write_text(SOURCE + "".join(entries), encoding="utf-8")
    return folder


@pytest.fixture
def open_office(tmp_path: Path, include: Path) -> Callable[..., Workspace]:
    """A function that opens the programme in a home of its own name."""

    def open_it(home: str = "home") -> Workspace:
        root = tmp_path / home
        root.mkdir(exist_ok=True)
        settings = Settings(
            home=str(root),
            include=include,
            reports=PROJECT / "reports",
            catalogue_url=f"sqlite:///{root}/catalogue.sqlite",
        )
        return open_workspace("office", settings)

    return open_it


@pytest.fixture
def office(open_office: Callable[..., Workspace]) -> Workspace:
    """The programme, without records."""
    return open_office()


@pytest.fixture
def put() -> Callable[[Workspace, str, int, Rows], str]:
    """A function that writes validated records of a dataset and year, accepted unless `disposition` says otherwise."""

    def write(workspace: Workspace, dataset: str, year: int, rows: Rows) -> str:
        table = _validated(workspace.recipe.datasets[dataset], rows)
        ref = workspace.lake.write(f"validated/{dataset}", year, table)
        accepted = table["disposition"].to_pylist().count("accepted")
        workspace.catalogue.record_accounting(
            Accounting(dataset, year, len(rows), accepted, len(rows) - accepted, 0, 0, ref)
        )
        return ref

    return write


def _validated(dataset: Dataset, rows: Rows) -> pa.Table:
    columns = {
        name: pa.array([row.get(name) for row in rows], TYPES.get(field.type, pa.string()))
        for name, field in dataset.fields.items()
    }
    columns["disposition"] = pa.array([row.get("disposition", "accepted") for row in rows], pa.string())
    return pa.table(columns)


@pytest.fixture
def as_of() -> date:
    """The day of every edition here."""
    return date(2025, 6, 30)
