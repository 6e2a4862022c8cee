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
        (figure(110.0), figure(0.0, 2023), "percent", ("zero_base", None)),
        (figure(2.0), figure(-1.0, 2023), "percent", ("zero_base", None)),
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


def rate(part: float, whole: float, year: int = 2024, records: int | None = None) -> Figure:
    counts = {"numerator": part, "denominator": whole, "records": int(whole) if records is None else records}
    return figure(100 * part / whole, year, unit="percent", **counts)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        # 2·√(0.46 · 0.54 · (1/100 + 1/100)) = 14.1 points: the first pair is 8 apart, the next two lie about it.
        (rate(50, 100), rate(42, 100, 2023), "chance"),
        (rate(53, 100), rate(39, 100, 2023), "chance"),
        (rate(54, 100), rate(39, 100, 2023), "rise"),
        (rate(39, 100), rate(54, 100, 2023), "fall"),
        # Of a hundred times as many it is 1.4 points.
        (rate(4670, 10_000), rate(4530, 10_000, 2023), "chance"),
        (rate(4672, 10_000), rate(4530, 10_000, 2023), "rise"),
        # Where all passed in both years, chance has no part; where nobody did in one, it has.
        (rate(100, 100), rate(100, 100, 2023), "little"),
        (rate(0, 100), rate(4, 100, 2023), "fall"),
        (rate(0, 100), rate(3, 100, 2023), "chance"),
        # Sums of money or hours over sums, and means, do not count records.
        (rate(53, 100, records=40), rate(39, 100, 2023, records=40), "rise"),
        (rate(53, 100), rate(39, 100, 2023, records=40), "rise"),
        (rate(53.5, 100), rate(39.5, 100, 2023), "rise"),
        (figure(53.0), figure(39.0, 2023), "rise"),
    ],
)
def test_a_rate_of_records_moves_only_beyond_chance(now: Figure, before: Figure, expected: str) -> None:
    assert compare(now, before, "points").outcome == expected


def test_what_chance_may_make_still_has_its_numbers() -> None:
    change = compare(rate(53, 100), rate(39, 100, 2023), "points")
    assert change == Change("chance", "points", 14.0, 39.0, 2023)


def test_a_first_edition_takes_the_published_growth() -> None:
    rows = [
        observation("contract_value", 2021, value=108.0),
        observation("contract_value_growth", 2021, value=8.0, numerator=108.0, denominator=100.0, unit="percent"),
    ]
    figures = read_figures([table(rows)])
    now = figures.total("contract_value", 2021)
    assert now is not None
    assert compare_with_last_year(figures, now, "percent") == Change("rise", "percent", 8.0, 100.0, 2020)
