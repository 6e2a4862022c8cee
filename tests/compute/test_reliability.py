"""Which figures compute marks because they rest on few records."""

from pathlib import Path

import pytest

import editions
from yearbook.compute.reliability import mark_few
from yearbook.model.recipe import Recipe, load_recipe

RATE = {"indicator": "commercialization_rate", "year": 2024, "unit": "percent"}


@pytest.fixture(scope="module")
def recipe(project: Path) -> Recipe:
    return load_recipe("demo", project / "include")


@pytest.mark.parametrize(
    ("whole", "part", "marked"),
    [
        pytest.param((30, 100), {"numerator": 5, "denominator": 6, "records": 6}, ("U", "few_records"), id="few"),
        pytest.param((30, 100), {"numerator": 5, "denominator": 10, "records": 10}, ("A", None), id="enough"),
        pytest.param((100, 100), {"numerator": 4, "denominator": 100, "records": 4}, ("A", None), id="a share"),
        pytest.param(
            (30, 100),
            {"numerator": 5, "denominator": 6, "records": 6, "status": "E"},
            ("E", None),
            id="an estimate stays one",
        ),
    ],
)
def test_a_rate_over_few_records_is_of_low_reliability(
    whole: tuple[int, int], part: dict[str, object], marked: tuple[str, str | None], recipe: Recipe
) -> None:
    rows = [
        editions.observation(**RATE, value=30.0, numerator=whole[0], denominator=whole[1], records=100),
        editions.observation(**RATE, value=50.0, sector="energy", **part),
    ]
    table = mark_few(editions.table(rows), recipe.indicators["commercialization_rate"].definition)
    told = {row["sector"]: (row["status"], row["reason"]) for row in table.to_pylist()}
    assert told == {"_T": ("A", None), "energy": marked}


def test_a_sum_is_a_sum_of_however_few(recipe: Recipe) -> None:
    rows = [editions.observation("contract_value", 2024, value=5.0, unit="CNY", records=1)]
    table = mark_few(editions.table(rows), recipe.indicators["contract_value"].definition)
    assert [(row["status"], row["reason"]) for row in table.to_pylist()] == [("A", None)]
