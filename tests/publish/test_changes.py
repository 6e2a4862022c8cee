from typing import Any

import pytest

from editions import observation, table
from yearbook.publish.figures import Figure, read_figures
from yearbook.publish.words.changes import Change, compare, compare_with_last_year


def figure(value: float | None, year: int = 2024, **others: Any) -> Figure:
    row = observation("contract_value", year, value=value, **others)
    found = read_figures([table([row])]).total("contract_value", year)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("now", "before", "kind", "expected"),
    [
        (figure(110.0), figure(100.0, 2023), "percent", ("rise", 10.0)),
        (figure(90.0), figure(100.0, 2023), "percent", ("fall", -10.0)),
        (figure(100.4), figure(100.0, 2023), "percent", ("little", 0.4)),
        (figure(31.4), figure(30.0, 2023), "points", ("rise", 1.4)),
        (figure(30.05), figure(30.0, 2023), "points", ("little", 0.05)),
        (figure(3.0), figure(5.0, 2023), "number", ("fall", -2.0)),
        (figure(110.0), None, "percent", ("first", None)),
        (figure(110.0), figure(None, 2023, status="M"), "percent", ("first", None)),
        (figure(110.0), figure(100.0, 2023, records=9), "percent", ("small_base", None)),
        (figure(110.0, records=9), figure(100.0, 2023), "percent", ("small_base", None)),
        (figure(110.0, records=None), figure(100.0, 2023, records=None), "percent", ("rise", 10.0)),
        (figure(110.0), figure(0.0, 2023), "percent", ("small_base", None)),
        (figure(110.0, status="B"), figure(100.0, 2023), "percent", ("break", None)),
        (figure(None, status="M"), figure(100.0, 2023), "percent", ("missing", None)),
        (figure(None, status="Q"), figure(100.0, 2023), "percent", ("withheld", None)),
        (figure(110.0), figure(None, 2023, status="Q"), "percent", ("withheld", None)),
        (figure(110.0), figure(100.0, 2023, status="Q"), "percent", ("withheld", None)),
    ],
)
def test_two_years_compare_by_rule(now: Figure, before: Figure | None, kind: Any, expected: Any) -> None:
    change = compare(now, before, kind)
    assert (change.outcome, None if change.amount is None else round(change.amount, 9)) == expected


def test_a_first_edition_takes_the_published_growth() -> None:
    rows = [
        observation("contract_value", 2021, value=108.0),
        observation("contract_value_growth", 2021, value=8.0, numerator=108.0, denominator=100.0, unit="percent"),
    ]
    figures = read_figures([table(rows)])
    now = figures.total("contract_value", 2021)
    assert now is not None
    assert compare_with_last_year(figures, now, "percent") == Change("rise", "percent", 8.0, 100.0, 2020)
