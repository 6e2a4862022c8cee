from typing import Any

import pytest

from editions import observation, table
from yearbook.model.definition import load_definition
from yearbook.model.indicator import Indicator, Kind
from yearbook.publish.figures import Figure, Figures, read_figures
from yearbook.publish.words.chance import nature_of, stands_out
from yearbook.publish.words.changes import Change, compare, compare_with_last_year
from yearbook.settings import PROJECT

ALONE = Figures([])
"""No quartiles, and no intervals."""


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
        # Of numbers, too, 0.5% of the earlier value is little.
        (figure(75.88), figure(75.70, 2023), "number", ("little", 0.18)),
        (figure(76.08), figure(75.70, 2023), "number", ("rise", 0.38)),
        (figure(110.0, status="U"), figure(100.0, 2023), "percent", ("unsure", 10.0)),
        (figure(110.0), figure(100.0, 2023, status="U"), "percent", ("unsure", 10.0)),
        (figure(100.4, status="U"), figure(100.0, 2023), "percent", ("unsure", 0.4)),
        (figure(110.0, status="U", records=9), figure(100.0, 2023), "percent", ("small_base", None)),
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
    change = compare(ALONE, "sum", now, before, kind)
    assert (change.outcome, None if change.amount is None else round(change.amount, 9)) == expected


def test_of_ranks_every_step_counts() -> None:
    assert compare(ALONE, "rank", figure(301.0), figure(300.0, 2023), "number").outcome == "rise"
    assert compare(ALONE, "index", figure(301.0), figure(300.0, 2023), "number").outcome == "little"


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
        # Whatever records count: the persons of 40 courses make the least that chance makes.
        (rate(53, 100, records=40), rate(39, 100, 2023, records=40), "chance"),
        (rate(530, 1000, records=40), rate(390, 1000, 2023, records=40), "rise"),
        # What is no count bears no test: imputed numbers, more than the whole, a value alone. Over 1000 records its
        # limit is 2 · 1.2533/1.349 · √(46.05² + 47.05²)/√1000 = 3.87 points.
        (rate(539.5, 1000), rate(501.5, 1000, 2023), "chance"),
        (rate(539.5, 1000), rate(499.5, 1000, 2023), "rise"),
        (rate(53.5, 100), rate(39.5, 100, 2023), "few"),
        (rate(53, 100.5), rate(39, 100.5, 2023), "few"),
        (rate(110, 100), rate(104, 100, 2023), "few"),
        (figure(53.0), figure(39.0, 2023), "few"),
    ],
)
def test_a_rate_of_records_moves_only_beyond_chance(now: Figure, before: Figure, expected: str) -> None:
    assert compare(ALONE, "rate", now, before, "points").outcome == expected


def test_what_chance_may_make_still_has_its_numbers() -> None:
    now, before = rate(53, 100), rate(39, 100, 2023)
    assert compare(ALONE, "rate", now, before, "points") == Change("chance", "points", 14.0, 39.0, 2023, before)


def one(value: float, records: int, year: int, variant: str = "_T", **others: Any) -> dict[str, Any]:
    return observation("time", year, value=value, records=records, breakdown=variant, unit="months", **others)


def with_spread(low: float, high: float, records: int, year: int, names: str = "quartile") -> list[dict[str, Any]]:
    return [
        one(low, records, year, f"statistic=lower_{names}"),
        one(high, records, year, f"statistic=upper_{names}"),
    ]


MEDIANS: list[tuple[Kind, list[dict[str, Any]], str]] = [
    # Without quartiles: no direction over fewer than 400 records in one of the years.
    ("median", [one(13.387, 363, 2024), one(11.916, 258, 2023)], "few"),
    ("median", [one(13.387, 400, 2024), one(11.916, 399, 2023)], "few"),
    # From there on as if the middle half were as wide as the figure: 2 · 1.2533/1.349 · √(13.387² + 11.916²)/√400 =
    # 1.665 apart.
    ("median", [one(13.387, 400, 2024), one(11.916, 400, 2023)], "chance"),
    ("median", [one(13.7, 400, 2024), one(11.916, 400, 2023)], "rise"),
    ("mean", [one(8.0, 19, 2024), one(13.0, 18, 2023)], "few"),
    ("mean", [one(11.95, 19, 2024), one(11.916, 18, 2023)], "little"),
    ("ratio", [one(8.0, 400, 2024), one(13.0, 399, 2023)], "few"),
    ("ratio", [one(8.0, 400, 2024), one(13.0, 400, 2023)], "fall"),
    ("ratio", [one(11.6, 400, 2024), one(13.0, 400, 2023)], "chance"),
    ("ratio", [one(11.6, 1600, 2024), one(13.0, 1600, 2023)], "fall"),
    ("index", [one(11.6, 399, 2024), one(13.0, 9000, 2023)], "few"),
    ("index", [one(11.6, 400, 2024), one(13.0, 400, 2023)], "chance"),
    ("estimate", [one(11.6, 399, 2024), one(13.0, 9000, 2023)], "few"),
    ("estimate", [one(11.6, 400, 2024), one(13.0, 400, 2023)], "chance"),
    ("estimate", [one(11.6, 1600, 2024), one(13.0, 1600, 2023)], "fall"),
    # A mean may be below zero.
    ("mean", [one(-11.6, 400, 2024), one(13.0, 400, 2023)], "fall"),
    # Sums, numbers and ranks are not tested, whatever they rest on.
    *((of, [one(13.0, 30, 2024), one(11.6, 30, 2023)], "rise") for of in ("sum", "count", "rank")),
    *((of, [one(13.0, 400, 2024), one(11.9, 400, 2023)], "rise") for of in ("sum", "count", "rank")),
    # What is no percentage is no part of a hundred.
    ("mean", [one(95.0, 400, 2024), one(91.0, 400, 2023)], "chance"),
    # Quartiles of a ratio in single records say nothing of the ratio of sums.
    (
        "ratio",
        [one(13.1, 363, 2024), one(11.9, 258, 2023), *with_spread(9, 17, 363, 2024), *with_spread(8, 16, 258, 2023)],
        "few",
    ),
    # With them: 2 · 1.2533/1.349 · √(8²/363 + 8²/258) = 1.210 apart.
    (
        "median",
        [one(13.1, 363, 2024), one(11.9, 258, 2023), *with_spread(9, 17, 363, 2024), *with_spread(8, 16, 258, 2023)],
        "chance",
    ),
    (
        "median",
        [one(13.2, 363, 2024), one(11.9, 258, 2023), *with_spread(9, 17, 363, 2024), *with_spread(8, 16, 258, 2023)],
        "rise",
    ),
    ("median", [one(13.2, 363, 2024), one(11.9, 258, 2023), *with_spread(9, 17, 363, 2024)], "few"),
    # Over many records, too, they go before the assumption, by which 0.99 would be chance.
    (
        "median",
        [one(12.0, 900, 2024), one(11.0, 900, 2023), *with_spread(11, 13, 900, 2024), *with_spread(10, 12, 900, 2023)],
        "rise",
    ),
    # Quartiles say nothing of a mean.
    (
        "mean",
        [one(13.2, 363, 2024), one(11.9, 258, 2023), *with_spread(9, 17, 363, 2024), *with_spread(8, 16, 258, 2023)],
        "few",
    ),
    # An interval does, of whatever it is: each is 2 wide, 2 · √2 · 1/1.96 = 1.443 apart.
    (
        "estimate",
        [
            one(13.3, 9000, 2024),
            one(11.9, 9000, 2023),
            *with_spread(12.3, 14.3, 9000, 2024, "95"),
            *with_spread(10.9, 12.9, 9000, 2023, "95"),
        ],
        "chance",
    ),
    (
        "mean",
        [
            one(13.4, 90, 2024),
            one(11.9, 90, 2023),
            *with_spread(12.3, 14.3, 90, 2024, "95"),
            *with_spread(10.9, 12.9, 90, 2023, "95"),
        ],
        "rise",
    ),
]


@pytest.mark.parametrize(("of", "rows", "expected"), MEDIANS)
def test_means_and_medians_move_only_beyond_chance(of: Kind, rows: list[dict[str, Any]], expected: str) -> None:
    figures = read_figures([table(rows)])
    now, before = figures.total("time", 2024), figures.total("time", 2023)
    assert now is not None
    assert compare(figures, of, now, before, "percent").outcome == expected


@pytest.mark.parametrize(
    ("now", "before", "records", "expected"),
    [
        # Of 40.66 and 42.12%: 2 · 1.2533/1.349 · √(40.66²/484 + 42.12²/565) = 4.75 points.
        (42.12, 40.66, (565, 484), "chance"),
        (45.8, 40.66, (565, 484), "rise"),
        # Above half of the whole it is what is left of it that counts: 2 · 1.2533/1.349 · √(9² + 5²)/√400 = 0.96.
        (95.0, 91.0, (400, 400), "rise"),
        (91.8, 91.0, (400, 400), "chance"),
        (5.0, 9.0, (400, 400), "fall"),
        (8.2, 9.0, (400, 400), "chance"),
        # What may be more than 100 is no part of a whole: 2 · 1.2533/1.349 · √(120² + 110²)/√400 = 15.1.
        (120.0, 110.0, (400, 400), "chance"),
        (130.0, 110.0, (400, 400), "rise"),
        (-3.0, -2.8, (400, 400), "chance"),
        (91.8, 91.0, (400, None), "rise"),
    ],
)
def test_a_ratio_of_sums_moves_only_beyond_what_is_assumed(
    now: float, before: float, records: tuple[int | None, int | None], expected: str
) -> None:
    one, other = (figure(now, records=records[0]), figure(before, 2023, records=records[1]))
    assert compare(ALONE, "ratio", one, other, "points").outcome == expected


def test_shares_that_divide_one_sum_are_not_tested() -> None:
    rows = [
        observation(
            "share", year, partner=code, value=part, numerator=part, denominator=100.0, unit="percent", records=30
        )
        for year, german in ((2024, 60.0), (2023, 59.0))
        for code, part in {"_T": 100.0, "DEU": german, "FRA": 100.0 - german}.items()
    ]
    figures = read_figures([table(rows)])
    now, before = (figures.part("share", year, "partner", "DEU") for year in (2024, 2023))
    assert now is not None
    assert compare(figures, "ratio", now, before, "points").outcome == "rise"


@pytest.mark.parametrize(
    ("code", "nature"),
    [
        ("screening_pass_rate", "rate"),
        ("local_content_share", "ratio"),
        ("contract_value_per_contract", "mean"),
        ("contract_concentration", "index"),
        # One whole to another, or to a plan, even where both are counts.
        ("contract_value_to_gdp", "whole"),
        ("contract_value_per_staff", "whole"),
        ("managers_per_billion", "whole"),
        ("register_coverage", "whole"),
        ("curriculum_share", "whole"),
        ("training_target_progress", "whole"),
    ],
)
def test_an_indicator_says_what_it_is_to_chance(code: str, nature: str) -> None:
    path = PROJECT / "include/sql/indicators" / code / "indicator.yml"
    assert nature_of(load_definition(path, Indicator)) == nature


def test_a_ratio_of_wholes_moves_like_a_sum_and_has_no_leader() -> None:
    assert compare(ALONE, "whole", rate(53, 100), rate(52, 100, 2023), "points").outcome == "rise"
    assert stands_out(ALONE, "whole", "points", rate(4400, 11300), [rate(50, 152), rate(173, 647)]) is False


def test_a_median_beside_a_ratio_is_one() -> None:
    rows = [one(13.2, 90, 2024, "statistic=median"), one(11.9, 90, 2023, "statistic=median")]
    figures = read_figures([table(rows)])
    now, before = (figures.total("time", year, "statistic=median") for year in (2024, 2023))
    assert now is not None
    assert compare(figures, "ratio", now, before, "percent").outcome == "few"


@pytest.mark.parametrize(
    ("leader", "others", "expected"),
    [
        # 36.3% against 223 of 799, 27.9%: one against one would need 9.1 points, one of three 10.2.
        (rate(41, 113), [rate(50, 152), rate(173, 647)], False),
        (rate(44, 113), [rate(50, 152), rate(173, 647)], True),
        # The same with more parts needs more: with ten others 12.8 points for 11.0.
        (rate(44, 113), [rate(5, 16)] * 9 + [rate(178, 655)], False),
        (rate(2054, 5690), [rate(1067, 2961), rate(1887, 5349)], False),
        # Of low rates the leader is below the others.
        (rate(12, 113), [rate(50, 152), rate(173, 647)], True),
        # No test fits what one of them does not count: it is not named over few records, and over more only where it
        # is further from the second than 2 · 1.2533/1.349 · √(36.28²/1130 + 32.93²/1520) = 2.55 points.
        (rate(410, 1130), [rate(500.5, 1520), rate(1730, 6470)], True),
        (rate(395, 1130), [rate(500.5, 1520), rate(1730, 6470)], False),
        (rate(41, 113), [rate(500.5, 1520), rate(1730, 6470)], False),
        (rate(410, 1130), [rate(50.5, 152), rate(1730, 6470)], False),
    ],
)
def test_a_leader_differs_from_all_others_together(leader: Figure, others: list[Figure], expected: bool) -> None:
    assert stands_out(ALONE, "rate", "points", leader, others) is expected


def test_a_first_edition_takes_the_published_growth() -> None:
    rows = [
        observation("contract_value", 2021, value=108.0),
        observation("contract_value_growth", 2021, value=8.0, numerator=108.0, denominator=100.0, unit="percent"),
    ]
    figures = read_figures([table(rows)])
    now = figures.total("contract_value", 2021)
    assert now is not None
    assert compare_with_last_year(figures, "sum", now, "percent") == Change("rise", "percent", 8.0, 100.0, 2020)
    unsure = read_figures([table([rows[0], rows[1] | {"status": "U"}])])
    assert compare_with_last_year(unsure, "sum", now, "percent").outcome == "unsure"
