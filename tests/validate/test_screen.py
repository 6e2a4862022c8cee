"""Screened by SQL, the same rows break the same expectations as when Great Expectations sees the whole partition."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from yearbook.validate import conditions
from yearbook.validate.engine import BrokenExpectationError, failing_rows
from yearbook.validate.expectation import Expectation
from yearbook.validate.screen import screen

ROWS = 400


def make_rows() -> pa.Table:
    """Every kind of column, each with gaps; texts that tell regular expressions of two engines apart."""
    draws = np.random.default_rng(7)

    def some(values: list[Any], type_: pa.DataType) -> pa.Array:
        return pa.array([values[place] for place in draws.integers(len(values), size=ROWS)], type_)

    texts = ["a1", "A1", "a\nb", "ab\n", "甲乙丙", "é", "e\u0301", "٣", "a b", "a\u00a0b", "", "ſ", "-", None]
    amounts = [None, *(Decimal(f"{amount}.000000") for amount in (-1, 0, 1, 10**12))]
    days = [None, date(1, 1, 1), date(2024, 2, 29), date(2024, 3, 1), date(9999, 12, 31)]
    return pa.table(
        {
            "text": some(texts, pa.string()),
            "other": some(texts, pa.string()),
            "code": some(["x", "y", "z", None], pa.string()),
            "amount": some(amounts, pa.decimal128(38, 6)),
            "part": some(amounts, pa.decimal128(38, 6)),
            "level": some([None, -3, 0, 9, 10, 2**53 + 1], pa.int64()),
            "rate": some([None, float("nan"), -0.5, -0.0, 0.5, 1.0, float("inf")], pa.float64()),
            "day": some(days, pa.date32()),
            "end": some(days, pa.date32()),
            "flag": some([True, False, None], pa.bool_()),
            "number": pa.array([*range(ROWS - 3), 5, 6, None], pa.int64()),
        }
    )


SCREENED: list[tuple[str, dict[str, Any]]] = [
    ("column_values_to_be_between", {"column": "amount", "min_value": 0, "max_value": 5.5}),
    ("column_values_to_be_between", {"column": "level", "min_value": 0, "strict_min": True, "max_value": 9}),
    ("column_values_to_be_between", {"column": "rate", "max_value": 1, "strict_max": True}),
    ("column_values_to_be_between", {"column": "rate", "min_value": 0}),
    ("column_values_to_be_between", {"column": "day", "min_value": date(2024, 3, 1)}),
    ("column_values_to_be_in_set", {"column": "code", "value_set": ["x", "y"]}),
    ("column_values_to_be_in_set", {"column": "level", "value_set": [0, 9.0]}),
    ("column_values_to_be_in_set", {"column": "flag", "value_set": [True]}),
    ("column_values_to_not_be_null", {"column": "rate"}),
    ("column_values_to_not_be_null", {"column": "text"}),
    ("column_values_to_not_be_null", {"column": "day"}),
    ("column_value_lengths_to_be_between", {"column": "text", "min_value": 1, "max_value": 2}),
    ("column_values_to_match_regex", {"column": "text", "regex": r"^\w.\w$"}),
    ("column_values_to_match_regex", {"column": "text", "regex": r"^[a-z]\d?$"}),
    ("column_values_to_match_regex", {"column": "text", "regex": r"[^a-z]"}),
    ("column_values_to_be_unique", {"column": "number"}),
    ("column_values_to_be_unique", {"column": "day"}),
    ("column_pair_values_a_to_be_greater_than_b", {"column_A": "amount", "column_B": "part", "or_equal": True}),
    ("column_pair_values_a_to_be_greater_than_b", {"column_A": "end", "column_B": "day"}),
    (
        "column_pair_values_a_to_be_greater_than_b",
        {"column_A": "amount", "column_B": "part", "ignore_row_if": "either_value_is_missing"},
    ),
    ("column_pair_values_to_be_equal", {"column_A": "text", "column_B": "other", "ignore_row_if": "neither"}),
]
WHOLE: list[tuple[str, dict[str, Any]]] = [
    ("column_values_to_be_between", {"column": "level", "max_value": 9, "mostly": 0.5}),
    ("column_values_to_be_in_set", {"column": "level", "value_set": ["0"]}),
    ("column_values_to_match_regex", {"column": "text", "regex": r"^\W$"}),
    ("column_values_to_match_regex", {"column": "text", "regex": "(?i)^S$"}),
    ("column_mean_to_be_between", {"column": "level", "max_value": 0}),
    ("table_row_count_to_be_between", {"min_value": ROWS + 1}),
]


def to_expectations(given: list[tuple[str, dict[str, Any]]]) -> list[Expectation]:
    return [
        Expectation(f"{number} {name}", f"expect_{name}", kwargs, "warning")
        for number, (name, kwargs) in enumerate(given)
    ]


def test_the_same_rows_are_found_with_and_without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, expectations = make_rows(), to_expectations(SCREENED + WHOLE)
    with_a_screen = failing_rows(rows, expectations)
    monkeypatch.setattr(conditions, "SCREENS", {})
    assert with_a_screen == failing_rows(rows, expectations)
    silent = [one.name for one in expectations if one.name not in with_a_screen]
    assert silent == [f"{len(SCREENED)} column_values_to_be_between"]  # three fifths are good, and a half is asked for


def test_what_needs_all_rows_or_another_engine_is_not_screened() -> None:
    expectations = to_expectations(SCREENED + WHOLE)
    screened = screen(make_rows(), expectations)
    assert screened.names == {one.name for one in to_expectations(SCREENED)}


def test_few_rows_are_judged_where_few_may_be_at_fault() -> None:
    rows = pa.table({"level": pa.array([None, *[5] * 997, 12, 0], pa.int64())})
    expectations = to_expectations(
        [("column_values_to_be_between", {"column": "level", "min_value": 1, "max_value": 9})]
    )
    assert screen(rows, expectations).positions.tolist() == [1, 998, 999]
    assert failing_rows(rows, expectations) == {expectations[0].name: [998, 999]}


@pytest.mark.parametrize(
    "kwargs",
    [{"column": "text", "regex": "("}, {"column": "nowhere", "regex": "a"}, {"column": "text", "regexp": "a"}],
)
def test_a_rule_at_fault_is_told_also_where_no_row_is(kwargs: dict[str, Any]) -> None:
    rows = pa.table({"text": pa.array(["a", "a"])})
    with pytest.raises(BrokenExpectationError):
        failing_rows(rows, to_expectations([("column_values_to_match_regex", kwargs)]))
