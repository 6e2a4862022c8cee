import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import cells, read, rows_of
from yearbook.errors import SourceError


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("a,b\n1,\n , x\n", {}, [["a", "b"], ["1", None], [" ", " x"]]),
        ("a;b\n1,5;2\n", {}, [["a", "b"], ["1,5", "2"]]),
        ("a\tb\r\n1\t2\r\n", {}, [["a", "b"], ["1", "2"]]),
        ("only\n1\n", {}, [["only"], ["1"]]),
        ("a,,a\n1,,2\n", {}, [["a", "a (2)"], ["1", "2"]]),
        ("a,\n1,2\n", {}, [["a", "column 2"], ["1", "2"]]),
        ("Title\nunit: 万元\na,b\n1,2\n", {"skip": 2}, [["a", "b"], ["1", "2"]]),
        ("合同,,金额\n数,额,元\n1,2,3\n", {"header_rows": 2}, [["合同 数", "额", "金额 元"], ["1", "2", "3"]]),
        ("a,b\n1,2\nTotal,2\n", {"until": "^Total"}, [["a", "b"], ["1", "2"]]),
        ("1,2\n3,4\n", {"header_rows": 0}, [["column 1", "column 2"], ["1", "2"], ["3", "4"]]),
    ],
)
def test_cells(text: str, stated: dict[str, object], expected: list[list[str | None]]) -> None:
    assert cells(read(text, "csv", **stated)) == expected


def test_what_was_found_is_recorded() -> None:
    table = read("表1\n单位：万元\na,b\n\n1\n2,3\n注：初步统计,\n", "csv", skip=2)
    assert cells(table) == [["a", "b"], ["1", None], ["2", "3"]]
    assert table.facts == {
        "encoding": "utf-8",
        "delimiter": ",",
        "short_rows": 1,
        "header_rows": [3],
        "title": "表1\n单位：万元",
        "unit": "万元",
        "blank_rows": 1,
        "notes": ["注：初步统计"],
    }


def test_rows_are_lines_of_the_file_even_after_line_ends_in_cells() -> None:
    table = read('a,b\n"x\ny",1\nz,2\n', "csv")
    assert table.row_numbers.to_pylist() == [2, 4]


def test_a_file_with_only_a_header_holds_no_records() -> None:
    table = read("a,b\n", "csv")
    assert (cells(table), table.facts["header_only"]) == ([["a", "b"]], True)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("a,b\n1,2\n1,2,3\n", r"3 cells, where the header has 2.*\n.*file:3"),
        ('a,b\n1,"2\n3,4\n', r"unexpected end of data\n.*file:2"),
        ('a,b\n"1"x,2\n', r"expected after.*\n.*file:2"),
        ("title\n", "no header"),
        ("PK\x03\x04", "format: excel"),
    ],
    ids=["empty", "blank", "long row", "open quote", "stray quote", "all skipped", "a workbook"],
)
def test_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(text, "csv", skip=1 if text == "title\n" else None)


def test_ten_megabytes_in_one_cell_are_kept() -> None:
    large = "x" * 10_000_000
    assert cells(read(f"a,b\n{large},1\n", "csv")) == [["a", "b"], [large, "1"]]


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=8)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6))
def test_no_cell_is_lost_or_changed(rows: list[list[str]]) -> None:
    lines = [",".join(["k", *('"' + cell.replace('"', '""') + '"' for cell in row)]) for row in rows]
    table = read("\n".join(["k,a,b,c", *lines]), "csv", delimiter=",")
    assert [list(row.values())[1:] for row in rows_of(table)] == [[cell or None for cell in row] for row in rows]
