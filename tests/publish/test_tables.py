"""Tables: notes that tell the marks they stand under, units of their own, nothing that says nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from editions import observation
from yearbook.publish.context import Context
from yearbook.publish.rankings import rank
from yearbook.publish.report.about import make_parameters
from yearbook.publish.report.brief import make_points
from yearbook.publish.report.document import make_document
from yearbook.publish.report.outline import outline
from yearbook.publish.report.overview import make_notes, make_overview
from yearbook.publish.tables.dimensions import Plan, parts_table, years_table
from yearbook.publish.view import Table

PERCENT = {"unit": "percent"}
MEDIAN = "statistic=median"
ContextOf = Callable[..., Context]


def rows(indicator: str, dimension: str, values: dict[str, float | None], **others: Any) -> list[dict[str, Any]]:
    missing = {"status": "M", "reason": "small_base"}
    return [
        observation(indicator, 2024, value=value, **{dimension: code}, **(missing if value is None else {}), **others)
        for code, value in values.items()
    ]


def table_of(context: Context, indicator: str, dimension: str) -> Table:
    definition = context.material.recipe.indicators[indicator].definition
    make = years_table if dimension == "year" else parts_table
    return make(context, Plan(definition, dimension, "_T", "1.1", has_download=False))


def test_a_note_names_the_reasons_of_all_columns(context_of: ContextOf) -> None:
    made = [
        observation("commercialization_rate", 2024, value=30.0, **PERCENT),
        *rows("commercialization_rate", "sector", {"ict": 20.0, "energy": 40.0}, **PERCENT),
        *rows(
            "commercialization_rate", "sector", {"ict": 1.0, "energy": None}, breakdown="statistic=median", **PERCENT
        ),
    ]
    table = table_of(context_of(made), "commercialization_rate", "sector")
    assert any(cell == "[x]" for row in table.rows for cell in row.cells)
    assert "[x] not available: there are too few records." in table.notes


@pytest.mark.parametrize(
    ("statuses", "cells", "note"),
    [
        ({"ict": "P", "energy": "P"}, ["20.0", "40.0"], "All figures of this table are marked [p]: provisional."),
        ({"ict": "P", "energy": "A"}, ["20.0 [p]", "40.0"], "[p] provisional."),
    ],
)
def test_a_mark_that_all_cells_share_stands_in_the_note_alone(
    statuses: dict[str, str], cells: list[str], note: str, context_of: ContextOf
) -> None:
    values = {"ict": 20.0, "energy": 40.0}
    made = [
        observation("commercialization_rate", 2024, value=values[code], sector=code, status=status, **PERCENT)
        for code, status in statuses.items()
    ]
    table = table_of(context_of(made), "commercialization_rate", "sector")
    assert sorted(row.cells[0] for row in table.rows) == cells
    assert note in table.notes


def test_an_overview_without_a_mark_has_no_note_on_it(context_of: ContextOf) -> None:
    missing = {"value": None, "status": "M", "reason": "mixed_units"}
    made = [
        observation("commercialization_rate", 2024, **missing, **PERCENT),
        *rows("commercialization_rate", "sector", {"ict": 20.0, "energy": 40.0, "materials": 4.0}, **PERCENT),
    ]
    context = context_of(made)
    assert make_notes(context, outline(context)) == []


@pytest.mark.parametrize(
    ("tag", "heads"),
    [
        ("en", ["2024, per cent", "percentage points"]),
        ("zh-Hans", ["2024年（%）", "（百分点）"]),
    ],
)
def test_a_column_has_its_own_unit(tag: str, heads: list[str], context_of: ContextOf) -> None:
    entry = {"breakdown": "part=entry", "unit": "percentage_points"}
    made = [
        observation("contract_value_growth", 2024, value=7.0, **PERCENT),
        *rows("contract_value_growth", "sector", {"ict": 5.0, "energy": 9.0}, **PERCENT),
        *rows("contract_value_growth", "sector", {"ict": 1.0, "energy": 2.0}, **entry),
    ]
    columns = table_of(context_of(made, tag), "contract_value_growth", "sector").columns
    assert columns[1] == heads[0]
    assert columns[2].endswith(heads[1])


NOT_TOLD = {
    "en": "[n] not told as a rise or a fall: the difference may be chance, or a figure is of low reliability.",
    "zh-Hans": "[n] 不判断升降：差异可能出于偶然，或有数据可靠性低。",
}


def of_two_years(values: dict[str, tuple[float, float]], records: int, **others: Any) -> list[dict[str, Any]]:
    """Local content by sector, in the two last years."""
    return [
        observation("local_content_share", 2023 + place, value=value, sector=code, records=records, **PERCENT, **others)
        for code, two in values.items()
        for place, value in enumerate(two)
    ]


@pytest.mark.parametrize(
    ("records", "status", "by_parts", "over_years", "glance"),
    [
        (400, "A", ["+10.0", "+0.1"], "+10.0", "+10.0 points"),
        (399, "A", ["+10.0 [n]", "+0.1"], "+10.0 [n]", "+10.0 points [n]"),
        (400, "U", ["+10.0 [n]", "+0.1 [n]"], "+10.0 [n]", "+10.0 points [n]"),
    ],
)
def test_a_change_that_is_not_told_is_marked_wherever_it_stands(
    records: int, status: str, by_parts: list[str], over_years: str, glance: str, context_of: ContextOf
) -> None:
    """By the parts, over the years, at a glance; what the mark means stands below once, where there is one."""
    made = of_two_years({"_T": (30.0, 40.0), "energy": (40.0, 40.1)}, records, status=status)
    context = context_of(made)
    sections, tables = outline(context), [table_of(context, "local_content_share", one) for one in ("sector", "year")]
    assert [row.cells[2] for row in tables[0].rows] == by_parts
    assert [row.cells[1] for row in tables[1].rows] == [over_years, "–"]
    assert [row.change for row in make_overview(context, sections)] == [glance]
    for tag, note in NOT_TOLD.items():
        context = context_of(made, tag)
        tables = [table_of(context, "local_content_share", one) for one in ("sector", "year")]
        counts = [notes.count(note) for notes in (*(one.notes for one in tables), make_notes(context, sections))]
        assert counts == [int("[n]" in glance)] * 3


def test_a_bar_has_no_line_for_a_year_of_few_records(context_of: ContextOf) -> None:
    """As such a figure is not ranked either: it stands in the table alone."""
    made = of_two_years({"_T": (30.0, 40.0), "energy": (40.0, 41.0), "vehicles": (50.0, 59.0)}, 40)
    for row in made:
        if (row["sector"], row["year"]) == ("vehicles", 2023):
            row["records"] = 9
    context = context_of(made)
    ranking = rank(context, context.material.recipe.indicators["local_content_share"].definition, "sector", "_T")
    assert ranking is not None
    assert [(row.code, row.previous) for row in ranking.rows] == [("vehicles", None), ("energy", 40.0)]


def test_a_growth_over_the_years_has_no_change_beside_it(context_of: ContextOf) -> None:
    made = [observation("contract_value_growth", year, value=year - 2015.5, **PERCENT) for year in (2023, 2024)]
    table = table_of(context_of(made), "contract_value_growth", "year")
    assert [(row.head, row.cells[0]) for row in table.rows] == [("2024", "+8.5"), ("2023", "+7.5")]
    assert not any(column.startswith("Change") for column in table.columns)


ROUNDED = "Changes and shares are computed from unrounded figures."


@pytest.mark.parametrize(
    ("indicator", "values", "others", "columns", "notes"),
    [
        # What is a change itself has none beside it, and no last year's figure to make one with;
        (
            "adaptation_cycle_reduction",
            {"_T": (40.0, 44.7), "dual_base": (50.0, 52.7)},
            {"unit": "percent", "records": 50},
            ["Delivery model", "2024, per cent"],
            [],
        ),
        # all else has, and the note tells how it is computed,
        (
            "local_content_share",
            {"_T": (30.0, 40.0), "dual_base": (50.0, 60.0)},
            {"unit": "percent", "records": 4000},
            ["Delivery model", "2024, per cent", "2023", "Change, points"],
            [ROUNDED],
        ),
        # where one is told,
        (
            "local_content_share",
            {"_T": (30.0, 40.0), "dual_base": (50.0, 60.0)},
            {"unit": "percent", "records": 9},
            ["Delivery model", "2024, per cent", "2023"],
            [],
        ),
        # or a share.
        (
            "contract_value",
            {"_T": (None, 40e8), "dual_base": (None, 10e8)},
            {"unit": "CNY"},
            ["Delivery model", "2024, CNY million", "Share of total, %"],
            [ROUNDED],
        ),
    ],
)
def test_a_table_of_parts_has_the_year_before_where_it_is_compared_with(
    indicator: str,
    values: dict[str, tuple[float | None, float]],
    others: dict[str, Any],
    columns: list[str],
    notes: list[str],
    context_of: ContextOf,
) -> None:
    made = [
        observation(indicator, 2023 + place, value=value, delivery_model=code, **others)
        for code, two in values.items()
        for place, value in enumerate(two)
        if value is not None
    ]
    table = table_of(context_of(made), indicator, "delivery_model")
    assert (table.columns, table.notes) == (columns, notes)


@pytest.mark.parametrize(
    ("indicator", "two", "others", "in_table", "glance"),
    [
        ("contract_value_rank", (1.0, 1.0), {"unit": "rank"}, "unchanged", "unchanged"),
        ("contract_value_rank", (3.0, 1.0), {"unit": "rank"}, "−2", "−2 places"),
        ("contract_value", (40e8, 50e8), {"unit": "CNY"}, "+25.0", "+25.0%"),
        ("local_content_share", (30.0, 40.0), {"unit": "percent", "records": 4000}, "+10.0", "+10.0 points"),
        ("screening_score", (60.0, 70.0), {"unit": "score", "records": 4000}, "+10.0", "+10.0 points"),
    ],
)
def test_a_change_reads_alike_at_a_glance_and_in_its_table(
    indicator: str, two: tuple[float, float], others: dict[str, Any], in_table: str, glance: str, context_of: ContextOf
) -> None:
    """But for its unit, which stands over the column of a table."""
    context = context_of([observation(indicator, 2023 + place, value=one, **others) for place, one in enumerate(two)])
    changes = [row.change for row in make_overview(context, outline(context))]
    assert ([table_of(context, indicator, "year").rows[0].cells[1]], changes) == ([in_table], [glance])


def shares(indicator: str = "pricing_mechanism_share") -> list[dict[str, Any]]:
    whole = {"numerator": 50.0, "denominator": 50.0, **PERCENT}
    made = [observation(indicator, 2024, value=100.0, **whole)]
    for code, size in (("university", 30.0), ("enterprise", 20.0)):
        own = {"numerator": size, "denominator": size, **PERCENT}
        made.append(observation(indicator, 2024, value=100.0, institution_type=code, **own))
    for code, size in (("bidding", 10.0), ("listing", 40.0)):
        part = {"numerator": size, "denominator": 50.0, "breakdown": f"mechanism={code}", **PERCENT}
        made.append(observation(indicator, 2024, value=2 * size, **part))
    return made


@pytest.mark.parametrize(
    ("tag", "title"),
    [("en", "Contracts by pricing mechanism, 2024"), ("zh-Hans", "2024年按定价方式的合同占比")],
)
def test_a_whole_of_100_is_told_by_its_parts_alone(tag: str, title: str, context_of: ContextOf) -> None:
    (chapter,) = make_document(context_of(shares(), tag), []).chapters
    (section,) = chapter.sections
    assert section.lead == ""
    (exhibit,) = section.exhibits
    assert exhibit.table.title == title
    assert [row.cells[0] for row in exhibit.table.rows] == ["80.0", "20.0"]


def test_of_scores_the_largest_are_shown(context_of: ContextOf) -> None:
    countries = ("VNM", "DEU", "KEN", "TZA", "THA", "LAO", "EGY", "MAR", "ARE", "PAK", "ETH", "BGD", "USA", "JPN")
    values = {code: 75.7 if place < 3 else 70.0 - place for place, code in enumerate(countries)}
    made = [
        observation("screening_score", 2024, value=70.0, unit="score"),
        *rows("screening_score", "partner", values, unit="score"),
    ]
    context = context_of(made)
    ranking = rank(context, context.material.recipe.indicators["screening_score"].definition, "partner", "_T")
    assert ranking is not None
    assert (ranking.extreme, ranking.largest, ranking.rows[0].value) == ("largest", 75.7, 75.7)


def test_a_year_is_written_without_groups(context_of: ContextOf) -> None:
    context = context_of([observation("training_target_progress", 2024, value=10.0, **PERCENT)])
    indicator = context.material.recipe.indicators["training_target_progress"].definition
    numbers = dict(make_parameters(context, indicator))
    assert numbers["First year of the target"].startswith("2024")
    assert any(number.startswith("30,000") for number in numbers.values())


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        (
            "en",
            (
                "Viet Nam came first among partners abroad by value of technology contracts in 2024: CNY 1.20 billion,"
                " 20.0% more than the year before."
            ),
        ),
        ("zh-Hans", "2024年，越南在国外合作方中技术合同成交额居首位，为12.00亿元，比上年增长20.0%。"),
    ],
)
def test_a_main_point_names_the_first_partner_abroad(tag: str, sentence: str, context_of: ContextOf) -> None:
    cny = {"unit": "CNY"}
    codes = {"CHN": 70e8, "_F": 30e8, "VNM": 12e8, "DEU": 9e8}
    made = [
        observation("contract_value", 2024, value=100e8, **cny),
        observation("contract_value", 2023, value=90e8, **cny),
        observation("contract_value", 2023, value=10e8, partner="VNM", **cny),
        *rows("contract_value", "partner", codes, **cny),
    ]
    context = context_of(made, tag)
    document = make_document(context, [])
    points = make_points(context, outline(context), document.chapters, "")
    assert [point.sentence for point in points][1] == sentence
