"""Numbers at their limits: whatever an accepted record says, its edition comes out."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from yearbook.compute import compute_year, read_observations
from yearbook.compute.records import LARGEST
from yearbook.model.dataset import Dataset, Field
from yearbook.validate import cells
from yearbook.workspace import Workspace

Put = Callable[[Workspace, str, int, list[dict[str, Any]]], str]

MEASURED = ("integer", "share", "number", "money")


def draw(chance: random.Random, workspace: Workspace, field: Field, year: int, extreme: bool) -> Any:
    """A cell that a check would accept, at its limit half of the time where `extreme`."""
    if chance.random() < 0.1 and not field.required:
        return None
    if field.type in MEASURED:
        largest = field.max_amount if field.type == "money" else cells.LARGEST[field.type]
        number = chance.choice([largest, -largest, largest, 1, 0]) if extreme else chance.randint(-largest, largest)
        return {"integer": int, "money": Decimal}.get(field.type, float)(number)
    if field.type == "date":
        return date(year, 1, 1) + timedelta(days=chance.randrange(365))
    if field.type == "year":
        return year
    if field.type == "boolean":
        return chance.random() < 0.5
    codes = field.values or (list(workspace.recipe.codelists[field.codelist].codes) if field.codelist else ["A", "B"])
    return chance.choice(codes)


def rows(
    chance: random.Random, workspace: Workspace, dataset: Dataset, year: int, extreme: bool
) -> list[dict[str, Any]]:
    return [
        {name: draw(chance, workspace, field, year, extreme) for name, field in dataset.fields.items()}
        | {name: f"{number}" for name in dataset.key if dataset.fields[name].type == "text"}
        | {name: date(year, 6, 1) for name in dataset.reference_date if dataset.fields[name].type == "date"}
        for number in range(8)
    ]


@pytest.mark.parametrize("extreme", [True, False])
def test_any_accepted_record_computes_an_edition(office: Workspace, put: Put, as_of: date, extreme: bool) -> None:
    chance = random.Random(f"limits {extreme}")
    for name, dataset in office.recipe.datasets.items():
        for year in (2023, 2024):
            put(office, name, year, rows(chance, office, dataset, year, extreme))
    compute_year(office, 2024, as_of)
    statuses = read_observations(office, 2024)["status"].to_pylist()
    assert statuses.count("A") > len(office.recipe.indicators)


def test_what_a_check_accepts_an_edition_counts() -> None:
    assert {name: limit - 1 for name, limit in LARGEST.items()} == cells.LARGEST


@pytest.mark.parametrize("absurd", [1e300, float("inf"), float("nan"), -1e15])
def test_an_absurd_number_is_in_no_sum(office: Workspace, put: Put, as_of: date, absurd: float) -> None:
    modules = [
        {"cohort_id": "A", "module": f"{place}", "year": 2024, "area": "ip_law", "is_core": True, "hours": hours}
        for place, hours in enumerate([absurd, 3.0])
    ]
    screened = {"project_id": "P", "screened_date": date(2024, 5, 1), "parameters_compatible": -(2**63)}
    put(office, "training_modules", 2024, modules)
    put(office, "projects", 2024, [screened | {"parameters_total": 1, "demand_score": absurd, "trl_start": 2**62}])
    compute_year(office, 2024, as_of)
    (total,) = [
        row["denominator"]
        for row in read_observations(office, 2024).to_pylist()
        if row["indicator"] == "curriculum_share" and row["breakdown"] == "_T"
    ]
    assert total == 3
