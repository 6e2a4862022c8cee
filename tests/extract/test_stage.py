import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staging import CONTRACTS, ORIGIN, raw, rows, stage, staging
from yearbook.errors import SourceError
from yearbook.extract.lineage import LONGEST_RAW, staged_schema
from yearbook.extract.normalize.text import is_missing
from yearbook.extract.readers.table import RawTable
from yearbook.extract.reshape import Counts
from yearbook.extract.stage import split_by_year, stage_tables, write_partitions
from yearbook.lake import Lake

BY_ROW = {"columns": {"金额": {"field": "value", "unit_column": "单位"}}}
BY_ROW_OR_THOUSAND = {"columns": {"金额": {"field": "value", "unit_column": "单位", "unit": "千元"}}}
FIELDS = ("contract_id", "sign_date", "partner", "value")


def test_a_dirty_table_becomes_typed_records_with_their_lineage() -> None:
    table = raw(
        "合同编号|签订日期|国别|金额|币种|项数|比例|是否公开",
        "Ａ-1 |2024年3月5日|Viet  Nam|4 0,408.32|CNY|3项|12.5%|是",
        "A-2|45356|NA|—||２|40|no",
        "A-3|someday|Atlantis|about 5|CNY|2.5||perhaps",
    )
    staged = stage(table, unit="万元", ignore=[])
    assert staged.table.schema == staged_schema(CONTRACTS)
    fields = ["contract_id", "sign_date", "partner", "value", "count", "share", "is_open", "_row", "_uri", "_landed"]
    assert rows(staged, *fields) == [
        ("A-1", date(2024, 3, 5), "VNM", Decimal("404083200"), 3, 12.5, True, 2, ORIGIN.uri, ORIGIN.landed),
        ("A-2", date(2024, 3, 5), "NAM", None, 2, 40.0, False, 3, ORIGIN.uri, ORIGIN.landed),
        ("A-3", None, None, None, None, None, None, 4, ORIGIN.uri, ORIGIN.landed),
    ]
    unread = staged.table.column("_unread").to_pylist()
    assert unread[:2] == [None, None]
    assert json.loads(unread[2]) == {
        "sign_date": "someday", "partner": "Atlantis", "value": "about 5", "count": "2.5", "is_open": "perhaps",
    }  # fmt: skip
    assert staged.counts == Counts(rows_read=3, received=3)


@pytest.mark.parametrize(
    ("headers", "row", "values", "value", "currency", "unread"),
    [
        ("金额", "7", {}, "7", None, None),
        ("金额", "7", {"unit": "亿元"}, "700000000", None, None),
        ("金额(万元)", "7", {"unit": "元"}, "70000", None, None),
        ("金额", "7", {"columns": {"金额": {"field": "value", "unit": "thousand USD"}}}, "7000", "USD", None),
        ("金额", "7", {"unit": "million"}, "7000000", None, None),
        ("金额|单位", "7|万元", BY_ROW, "70000", None, None),
        ("金额|单位", "7|", BY_ROW, None, None, "7"),
        ("金额|单位", "7|", BY_ROW_OR_THOUSAND, "7000", None, None),
        ("金额", "7亿元", {"unit": "万元"}, "700000000", None, None),
        ("金额", "7元", {"unit": "万元"}, None, None, "7元"),
        ("金额", "USD 7", {}, "7", "USD", None),
        ("金额", "USD 7", {"unit": "元"}, None, None, "USD 7"),
        ("金额|币种", "USD 7|USD", {}, "7", "USD", None),
        ("金额|币种", "USD 7|EUR", {}, None, "EUR", "USD 7"),
        ("金额|币种", "7|USD", {"unit": "万元"}, "70000", "USD", None),
        ("金额", "7个月", {}, None, None, "7个月"),
        ("金额", "39065753.206057005", {"unit": "万元"}, "390657532060.570050", None, None),
        ("金额", "0.10", {}, "0.100000", None, None),
        ("金额", "1e33", {}, None, None, "1e33"),
    ],
)  # fmt: skip
def test_the_nearest_stated_unit_counts(
    headers: str, row: str, values: dict[str, object], value: str | None, currency: str | None, unread: str | None
) -> None:
    staged = stage(raw(headers, row), **values)
    assert rows(staged, "value", "currency") == [(None if value is None else Decimal(value), currency)]
    found = staged.table.column("_unread")[0].as_py()
    assert (json.loads(found) if found else {}) == ({"value": unread} if unread else {})


def test_a_unit_of_money_does_not_scale_what_is_counted() -> None:
    staged = stage(raw("金额|项数|比例", "1|2|3"), unit="万元")
    assert rows(staged, "value", "count", "share") == [(Decimal(10_000), 2, 3.0)]


def test_the_table_states_its_unit_and_the_source_must_not_gainsay_it() -> None:
    assert rows(stage(raw("金额", "7", unit="万元")), "value") == [(Decimal(70_000),)]
    with pytest.raises(SourceError, match="the source says `元`, the table itself says `万元`"):
        stage(raw("金额", "7", unit="万元"), unit="元")


@pytest.mark.parametrize(
    ("table", "values", "says"),
    [
        (raw("金额", "7"), {"unit": "万园"}, ["unknown unit `万园`", "all.csv", "万元"]),
        (
            raw("金额|单位", "7|万元", "8|万园"),
            BY_ROW,
            ["unknown unit `万园`", "all.csv", "row 3", "`value`", "万元"],
        ),
        (
            raw("项数", "7"),
            {"columns": {"项数": {"field": "count", "unit": "元"}}},
            ["`元` cannot become an amount in count", "`count`"],
        ),
    ],
)
def test_an_unknown_unit_stops_the_source(table: object, values: dict[str, object], says: list[str]) -> None:
    with pytest.raises(SourceError) as error:
        stage(table, **values)
    assert [word for word in says if word not in str(error.value)] == []


def test_constants_come_from_the_entry_the_files_name_the_sheet_and_the_title() -> None:
    constants = {
        "currency": "CNY",
        "contract_id": {"from": "name", "pattern": r"^(all|none)", "values": {"all": "ALL", "none": "NONE"}},
        "year": {"from": "title", "pattern": r"(\d{4})年度"},
        "partner": {"from": "sheet", "pattern": "^.+$"},
    }
    staged = stage(raw("金额", "7", title="2023年度统计\n单位：元", sheet="越南"), constants=constants)
    assert rows(staged, "contract_id", "year", "partner", "currency") == [("ALL", 2023, "VNM", "CNY")]
    constants["contract_id"] = {"from": "name", "pattern": r"^(push|pull)"}
    with pytest.raises(SourceError, match=r"constant `contract_id`.*does not occur in the name `all.csv`"):
        stage(raw("金额", "7"), constants=constants)


def test_a_text_too_long_is_kept_apart_with_its_length() -> None:
    long = "长" * (10 << 20)
    staged = stage(raw("合同编号", [long]))
    assert rows(staged, "contract_id") == [(None,)]
    text = json.loads(staged.table.column("_unread")[0].as_py())["contract_id"]
    assert text.startswith("长" * LONGEST_RAW + "… (10485760 characters, sha256 ")


def test_records_belong_to_the_year_of_their_first_reference_date() -> None:
    staged = stage(raw("合同编号|签订日期|年份", "a|2021-12-31|2022", "b||2022", "c||", "d|2021-01-01|"))
    parts = {
        year: part.column("contract_id").to_pylist() for year, part in split_by_year(staged.table, CONTRACTS).items()
    }
    assert parts == {0: ["c"], 2021: ["a", "d"], 2022: ["b"]}


def test_the_hash_is_of_the_content_wherever_it_stands() -> None:
    here = stage(raw("合同编号|金额", "a|10,000", "b|1", "c|x", "d|y"))
    there = stage(raw("金额（万元）|合同编号", "0.0001|b", "１|a", "x|c", "z|d"))
    first, second = (dict(rows(one, "contract_id", "_record_hash")) for one in (here, there))
    assert {name: first[name] == second[name] for name in "abcd"} == {"a": True, "b": True, "c": True, "d": False}
    assert len(set(first.values())) == 4


def test_the_same_bytes_staged_twice_give_the_same_references(tmp_path: Path) -> None:
    table = raw("合同编号|签订日期|金额", *[f"c{n}|{2020 + n % 3}-01-01|{n}.5" for n in range(50)])
    first, second = (write_partitions(Lake(str(tmp_path / name)), stage(table).table, CONTRACTS) for name in "ab")
    assert first == second
    assert [(one.year, one.rows) for one in first] == [(2020, 17), (2021, 17), (2022, 16)]


def test_rows_of_several_sheets_are_told_apart() -> None:
    staged = stage(raw("合同编号", "a", sheet="one"), raw("合同编号", "b", sheet="two"))
    assert rows(staged, "contract_id", "_uri", "_row") == [
        ("a", "{data}/all.csv#one", 2),
        ("b", "{data}/all.csv#two", 2),
    ]


def test_only_a_header_is_no_record_and_a_nameless_blank_column_no_header() -> None:
    table = raw("合同编号|column 2")
    assert stage(table).table.num_rows == 0
    assert rows(stage(raw("合同编号|column 2", "a|")), "contract_id") == [("a",)]
    with pytest.raises(SourceError, match="the header `column 2`"):
        stage(raw("合同编号|column 2", "a|7"))


cell = st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["1", "2024-01-01", "越南", " ", "-", "NA"]))


@given(st.lists(st.tuples(cell, cell, cell, cell), max_size=20))
def test_every_row_is_staged_exactly_once_and_every_cell_kept(table: list[tuple[str | None, ...]]) -> None:
    staged = stage(raw("合同编号|签订日期|国别|金额", *table))
    filled = [{name for name, text in zip(FIELDS, row, strict=True) if text and not is_missing(text)} for row in table]
    expected = [(at, names) for at, names in enumerate(filled, 2) if names]
    found = [
        (
            record["_row"],
            {name for name in FIELDS if record[name] is not None} | set(json.loads(record["_unread"] or "{}")),
        )
        for record in staged.table.to_pylist()
    ]
    assert found == expected
    parts = split_by_year(staged.table, CONTRACTS).values()
    assert sorted(row for part in parts for row in part.column("_row").to_pylist()) == [at for at, _ in expected]


def test_an_answer_without_a_record_has_no_header_either() -> None:
    empty = RawTable("api", [], [], pa.array([], pa.int64()), {"header_only": True})
    staged = stage_tables([empty], staging(format="api", url="http://127.0.0.1", path=None), ORIGIN)
    assert staged.table.schema == staged_schema(CONTRACTS)
    assert staged.counts == Counts()
