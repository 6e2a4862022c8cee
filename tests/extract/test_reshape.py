from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staging import raw, rows, stage
from yearbook.errors import SourceError
from yearbook.extract.reshape import Counts

UNPIVOT = {"columns": r"^(\d{4})", "names_to": "year", "values_to": "value", "unit": "万元"}
PIVOT = {
    "names_from": "指标",
    "values_from": "数值",
    "unit_column": "单位",
    "measures": {"数量": {"field": "count"}, "金额": {"field": "value"}},
}


def test_years_as_columns_become_rows() -> None:
    table = raw("国别|2000.0|2001|2015年", "全    国|1|2|3", "越南||5|—", "||| ")
    staged = stage(table, unpivot=UNPIVOT)
    assert rows(staged, "partner", "year", "value", "_row") == [
        ("_T", 2000, Decimal(10_000), 2),
        ("_T", 2001, Decimal(20_000), 2),
        ("_T", 2015, Decimal(30_000), 2),
        ("VNM", 2001, Decimal(50_000), 3),
    ]
    assert staged.counts == Counts(rows_read=3, spread=4, empty=3, received=4)


def test_measures_as_rows_become_one_record_each_in_its_unit() -> None:
    table = raw(
        "国别|年份|指标|数值|单位",
        "全国|2023|金额|61.5|亿元",
        "全国|2023|数量|945946|项",
        "越南|2023|金额|3|万元",
        "越南|2022|数 量|7|项",
    )
    staged = stage(table, pivot=PIVOT)
    assert rows(staged, "partner", "year", "count", "value", "_row") == [
        ("_T", 2023, 945_946, Decimal(6_150_000_000), 2),
        ("VNM", 2023, None, Decimal(30_000), 4),
        ("VNM", 2022, 7, None, 5),
    ]
    assert staged.counts == Counts(rows_read=4, merged=1, received=3)


def test_a_measure_that_stands_twice_loses_nothing() -> None:
    table = raw("国别|年份|指标|数值|单位", "全国|2023|数量|1|项", "全国|2023|数量|2|项", "全国|2023|金额|3|元")
    assert rows(stage(table, pivot=PIVOT), "count", "value") == [(1, Decimal(3)), (2, None)]


def test_years_as_columns_and_measures_as_rows() -> None:
    table = raw("指标|2022|2023", "数量|1|2", "金额|10|20")
    unpivot = {"columns": r"^\d{4}$", "names_to": "year", "values_to": "value"}
    pivot = {
        "names_from": "指标",
        "values_from": "value",
        "measures": {"数量": {"field": "count"}, "金额": {"field": "value", "unit": "万元"}},
    }
    staged = stage(table, unpivot=unpivot, pivot=pivot)
    assert rows(staged, "year", "count", "value") == [(2022, 1, Decimal(100_000)), (2023, 2, Decimal(200_000))]
    assert staged.counts == Counts(rows_read=2, spread=2, merged=2, received=2)


def test_an_unknown_measure_stops_the_source() -> None:
    with pytest.raises(SourceError, match=r"(?s)`全额` under `指标`.*row 3.*did you mean `金额`"):
        stage(raw("国别|年份|指标|数值|单位", "全国|2023|数量|1|项", "全国|2023|全额|1|元"), pivot=PIVOT)


cells = st.sampled_from(["1", "2.5", "x", "", "-", " "])


@given(st.lists(st.tuples(cells, cells, cells), max_size=12))
def test_every_filled_cell_of_a_spread_table_is_staged_exactly_once(table: list[tuple[str, str, str]]) -> None:
    staged = stage(raw("编号|2020|2021", *map(list, table)), columns={"编号": "contract_id"}, unpivot=UNPIVOT)
    filled = [
        (at, 2020 + column)
        for at, row in enumerate(table, 2)
        for column in (0, 1)
        if row[column + 1] in ("1", "2.5", "x")
    ]
    assert rows(staged, "_row", "year") == filled
    assert staged.counts.received == len(filled)


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.sampled_from(["数量", "金额"]), st.sampled_from(["1", "2"])), max_size=12
    )
)
def test_every_measure_is_staged_exactly_once(table: list[tuple[str, str, str]]) -> None:
    pivot = {name: part for name, part in PIVOT.items() if name != "unit_column"}
    staged = stage(raw("编号|指标|数值", *map(list, table)), columns={"编号": "contract_id"}, pivot=pivot)
    found = [
        (record["contract_id"], name, str(int(record[field])))
        for record in staged.table.to_pylist()
        for name, field in (("数量", "count"), ("金额", "value"))
        if record[field] is not None
    ]
    assert sorted(found) == sorted(table)
