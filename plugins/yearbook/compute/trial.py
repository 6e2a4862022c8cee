"""Run an indicator on small tables that a statistician can read: `test.yml` beside its query.

    - test: what it shows
      year: 2024
      given:
        contracts: |
          contract_id  sign_date   seller_id  seller_country  buyer_country  value
          C1           2024-03-01  U1         CHN             KEN            100
      over: [partner]
      expect: |
        partner  value  records
        _T       100    1

Columns are set apart by white space, `-` is an empty cell. A table of `given` is a dataset or a reference table;
`parameters` may be set. `expect` holds every observation whose dimensions and breakdown are totals, but for those named
in `over`. Columns that it leaves out are not compared, but for the status, which is then A. A number is compared to the
decimals written. Not its business: how the tests are found and reported.
"""

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
from pydantic import Field as field

from yearbook.compute.cubes import create_views, queries_behind
from yearbook.compute.engine import Engine
from yearbook.compute.indicators import compute_indicators
from yearbook.compute.records import create_empty, load_records
from yearbook.compute.reference import load_reference, load_table, set_edition
from yearbook.errors import ComputeError
from yearbook.model.dataset import Dataset
from yearbook.model.definition import Definition
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.model.programme import Named, Parameter
from yearbook.model.quick_yaml import read_quickly
from yearbook.model.recipe import IndicatorFolder, Recipe

EMPTY = "-"
CELL = (*DIMENSIONS, "breakdown")

Row = dict[str, str]


class Trial(Definition):
    """One test of an indicator, as written in `test.yml`."""

    test: str
    year: int
    given: dict[str, str]
    parameters: Named[float | str] = field(default_factory=dict)
    base_year: int | None = None
    over: list[str] = field(default_factory=list)
    expect: str


def read_trials(folder: IndicatorFolder) -> list[Trial]:
    """Read an indicator's `test.yml`. Raises `ComputeError` where it has none."""
    path = folder.path / "test.yml"
    if not path.exists():
        raise ComputeError("the indicator has no test", where=str(path), fix="write small tables in, the result out")
    return [Trial.model_validate(document) for document in read_quickly(path.read_text(encoding="utf-8"))]


class TrialRoom:
    """What all trials of a programme have in common: its reference tables, and its datasets without a record.

    Each trial is undone after it. Close it, or use it in a `with` block.
    """

    def __init__(self, recipe: Recipe, include: Path) -> None:
        self._recipe = recipe
        self._include = include
        self._engine = Engine(threads=1)
        load_reference(self._engine, recipe)
        for dataset in recipe.datasets.values():
            create_empty(self._engine, dataset)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.__exit__()

    def run(self, trial: Trial, folder: IndicatorFolder) -> tuple[list[Row], list[Row]]:
        """Run one test; return what was expected and what came out, in the columns of `expect`, both sorted."""
        expected = _read_table(trial.expect)
        columns = list(dict.fromkeys([*trial.over, *(expected[0] if expected else ()), "status"]))
        found = [row for row in self.compute(trial, [folder]).to_pylist() if _is_over(row, trial.over)]
        wanted = [{name: row.get(name, "A" if name == "status" else TOTAL) for name in columns} for row in expected]
        decimals = {name: max((_decimals(row[name]) for row in wanted), default=0) for name in columns}
        shown = [{name: _show(row[name], decimals[name]) for name in columns} for row in found]
        aligned = [{name: _align(row[name], decimals[name]) for name in columns} for row in wanted]
        return _sorted(aligned, trial.over), _sorted(shown, trial.over)

    def compute(self, trial: Trial, folders: list[IndicatorFolder]) -> pa.Table:
        """Compute indicators from the tables of a test, by way of the views and cubes of the recipe."""
        engine = self._engine
        _check_given(trial, self._recipe)
        recipe = _with_parameters(trial, self._recipe)
        records = {name: _read_records(recipe.datasets[name], text) for name, text in _given(trial, recipe.datasets)}
        with engine.undone():
            for name, text in _given(trial, recipe.reference):
                _load_reference(engine, name, text)
            for name, rows in records.items():
                load_records(engine, recipe.datasets[name], rows)
            years = sorted({int(year) for rows in records.values() for year in rows["reference_year"].to_pylist()})
            set_edition(engine, recipe, trial.year, date(trial.year + 1, 6, 30), years)
            # Views and cubes alike: nothing is kept of a cube here.
            create_views(engine, queries_behind(folders, recipe, self._include))
            return compute_indicators(engine, folders, trial.year, set(records))


def _check_given(trial: Trial, recipe: Recipe) -> None:
    unknown = sorted(set(trial.given) - set(recipe.datasets) - set(recipe.reference))
    if unknown:
        raise ComputeError(
            f"`{unknown[0]}` is no dataset and no reference table", where=trial.test, fix="correct `given`"
        )


def _given(trial: Trial, tables: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in trial.given.items() if name in tables]


def _with_parameters(trial: Trial, recipe: Recipe) -> Recipe:
    parameters = {name: Parameter(value=value) for name, value in trial.parameters.items()}
    changes: dict[str, Any] = {"parameters": parameters, "base_year": trial.base_year or trial.year}
    return replace(recipe, programme=recipe.programme.model_copy(update=changes))


def _load_reference(engine: Engine, name: str, text: str) -> None:
    rows = _read_table(text)
    with tempfile.TemporaryDirectory(prefix="yearbook-") as scratch:
        path = Path(scratch) / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows({key: "" if cell == EMPTY else cell for key, cell in row.items()} for row in rows)
        load_table(engine, name, path)


def _read_table(text: str) -> list[Row]:
    lines = [line.split() for line in text.strip().splitlines()]
    for line in lines:
        if len(line) != len(lines[0]):
            raise ComputeError(
                f"{len(line)} cells under {len(lines[0])} headers", where=" ".join(line), fix="write `-`"
            )
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _read_records(dataset: Dataset, text: str) -> pa.Table:
    rows = _read_table(text)
    unknown = sorted({name for row in rows for name in row} - set(dataset.fields))
    if unknown:
        raise ComputeError(f"`{unknown[0]}` is no field of {dataset.dataset}", where="given", fix="correct the header")
    columns = {name: pa.array([None if row[name] == EMPTY else row[name] for row in rows]) for name in rows[0]}
    dates = [next(row[name] for name in dataset.reference_date if row.get(name, EMPTY) != EMPTY) for row in rows]
    return pa.table({**columns, "reference_year": pa.array([int(day[:4]) for day in dates], pa.int64())})


def _is_over(row: dict[str, Any], over: list[str]) -> bool:
    return all(row[name] in (TOTAL, NOT_APPLICABLE) for name in CELL if name not in over)


def _decimals(text: str) -> int:
    whole, _, fraction = text.partition(".")
    return len(fraction) if whole.lstrip("-").isdigit() and fraction.isdigit() else 0


def _show(value: Any, decimals: int) -> str:
    if value is None:
        return EMPTY
    return f"{value:.{decimals}f}" if isinstance(value, float) else str(value)


def _align(text: str, decimals: int) -> str:
    try:
        return f"{float(text):.{decimals}f}" if decimals else text
    except ValueError:
        return text


def _sorted(rows: list[Row], over: list[str]) -> list[Row]:
    return sorted(rows, key=lambda row: [row[name] for name in over])
