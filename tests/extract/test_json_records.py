import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import cells, read
from yearbook.errors import SourceError
from yearbook.extract.readers.canonical import canonical
from yearbook.extract.readers.json_records import Parser


def test_cells_keep_what_the_file_says() -> None:
    table = read('[{"a": 446422994.0300024, "b": NaN, "c": null, "d": true}, {"a": 1.0, "e": "NA", "b": 1e-7}]', "json")
    assert cells(table) == [
        ["a", "b", "c", "d", "e"],
        ["446422994.0300024", None, None, "true", None],
        ["1.0", "1e-7", None, None, "NA"],
    ]
    assert table.facts == {"encoding": "utf-8", "nan_cells": 1}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, [["buyer.country", "lots"], ["CN", '[{"v":1.50},{"v":2}]'], [None, None]]),
        (
            {"columns": {"lots[0].v": "value"}},
            [["buyer.country", "lots[0].v", "lots[1].v"], ["CN", "1.50", "2"], [None] * 3],
        ),
        ({"ignore": ["buyer"]}, [["buyer", "lots"], ['{"country":"CN"}', '[{"v":1.50},{"v":2}]'], [None, None]]),
    ],
    ids=["as it is", "a path into a list", "an object ignored whole"],
)
def test_nested(stated: dict[str, object], expected: list[list[str | None]]) -> None:
    first, second = '{"buyer": {"country": "CN"}, "lots": [{"v": 1.50}, {"v": 2}]}', '{"buyer": null, "lots": []}'
    assert (
        cells(read(f'{{"data": {{"items": [{first}, {second}]}}}}', "json", records="data.items", **stated)) == expected
    )


def test_lines() -> None:
    table = read('{"a": "x\u2028y"}\n\n{"a": 2, "b": {"c": 3}}\n', "jsonl")
    assert cells(table) == [["a", "b.c"], ["x\u2028y", None], ["2", "3"]]
    assert table.row_numbers.to_pylist() == [1, 3]


def test_an_empty_list_holds_no_records() -> None:
    table = read("[]", "json")
    assert (table.rows, table.facts["header_only"]) == (0, True)


@pytest.mark.parametrize(
    ("text", "format", "stated", "says"),
    [
        ("", "json", {}, "empty"),
        (" \n", "jsonl", {}, "empty"),
        ('[{"a": 1},\n {"a": ', "json", {}, r"Expecting value(.|\n)*file:2(.|\n)*cut short"),
        ('{"a": 1}\n{"a"', "jsonl", {}, r"not valid JSON(.|\n)*file:2"),
        ('{"total": 1, "rows": []}', "json", {}, "keys at the top: total, rows"),
        ('{"rows": []}', "json", {"records": "row"}, "no list of records at `row`"),
        ("[1]", "json", {}, "record 1 is no object"),
        ('[{"a": 1, "a": 2}]', "json", {}, "the key `a` twice"),
        ('[{"a.b": 1, "a": {"b": 2}}]', "json", {}, "two cells at `a.b`"),
        ("[" * 100_000, "json", {}, "nested too deeply"),
        (f'[{{"a": 1}}, {{"a": {"[" * 950}1{"]" * 950}}}]', "json", {}, r"nested too deeply(.|\n)*where: file"),
        (f'[{{"a": 1}}, {{"a": {"[" * 600}1{"]" * 600}}}]', "json", {}, r"nested too deeply(.|\n)*where: file:2"),
        (f'[{{"{"k" * 300}": 1, "{"k" * 300}": 2}}]', "json", {}, "the key `k{80} …` twice"),
    ],
)
def test_refused_with_its_place(text: str, format: str, stated: dict[str, str], says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(text, format, **stated)


def test_half_of_a_surrogate_pair_is_no_character() -> None:
    table = read(r'[{"a\udfff": "\ud800x", "b": "\ud83d\ude00 \\ud800 \uD83D\ud83d\ude00"}]', "json")
    assert cells(table) == [["a\ufffd", "b"], ["\ufffdx", "\U0001f600 \\ud800 \ufffd\U0001f600"]]
    assert table.facts["lone_surrogates"] == 3


VALUES = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
)


@given(VALUES)
def test_canonical_json_reads_back(value: object) -> None:
    assert Parser().parse(canonical(value), "f") == value
