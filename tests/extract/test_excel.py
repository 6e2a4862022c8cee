import datetime
import io
import zipfile

import msoffcrypto.format.ooxml
import pytest

from files import cells, entry, read, xls, xlsx
from yearbook.errors import SourceError
from yearbook.extract.readers import read_bytes

YEARBOOK_PAGE = [
    ["8-37  技术输出地域(合同金额)"],
    ["Value of Contract Exportation"],
    [],
    ["单位：万元"],
    ["地    区", "Region", 2000, 2021],
    [],
    ["全    国", "National Total", 6507519, 372943029.73],
    ["", "   "],
    ["海    南", "Hainan", None, 5],
    ["港 澳 台", "Hong Kong,", None, 599483.25],
    [None, "Macao & Taiwan"],
    ["其    他", "Others"],
    ["注：2021年为初步数。"],
]


def test_a_yearbook_page() -> None:
    table = read(xlsx({"Sheet1": YEARBOOK_PAGE}), "excel")
    assert cells(table) == [
        ["地 区", "Region", "2000", "2021"],
        ["全    国", "National Total", "6507519", "372943029.73"],
        ["海    南", "Hainan", None, "5"],
        ["港 澳 台", "Hong Kong, Macao & Taiwan", None, "599483.25"],
        ["其    他", "Others", None, None],
    ]
    assert table.row_numbers.to_pylist() == [7, 9, 10, 12]
    assert table.facts == {
        "sheet": "Sheet1",
        "excel_errors": 0,
        "header_rows": [5],
        "title": "8-37  技术输出地域(合同金额)\nValue of Contract Exportation\n单位：万元",
        "unit": "万元",
        "blank_rows": 2,
        "notes": ["注：2021年为初步数。"],
        "joined_rows": [11],
    }


def test_values_beside_the_second_half_of_a_name_belong_to_the_name() -> None:
    table = read(xlsx({"S": [["地区", "Region", 2020], ["港澳台", "Hong Kong,", None], [None, "Macao", 7]]}), "excel")
    assert cells(table) == [["地区", "Region", "2020"], ["港澳台", "Hong Kong, Macao", "7"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["东部", "北京", 1], [None, "天津", 2]],
        [["东部", "北京", None], [None, None, 2]],
        [["a", "b", "c"], [None, "d", "e"]],
    ],
    ids=["values in both", "a value alone", "two texts"],
)
def test_rows_of_their_own_are_not_joined(rows: list[list[object]]) -> None:
    assert read(xlsx({"S": [["地区", "市", "数"], *rows]}), "excel").rows == 2


def test_two_header_rows_and_merged_cells() -> None:
    rows = [
        ["地区", "合同数", None, "金额", None],
        [None, "2020", "2021", "2020", "2021"],
        ["东部", 1, 2, 3, 4],
        [None, 5, 6, 7, 8],
    ]
    merged = read(xlsx({"S": rows}, ["A1:A2", "B1:C1", "D1:E1", "A3:A4"]), "excel", header_rows=2)
    assert cells(merged) == [
        ["地区", "合同数 2020", "合同数 2021", "金额 2020", "金额 2021"],
        ["东部", "1", "2", "3", "4"],
        ["东部", "5", "6", "7", "8"],
    ]
    padded = read(xlsx({"S": rows[:3]}), "excel", header_rows=2)
    assert padded.headers == merged.headers


def test_a_merged_amount_counts_once() -> None:
    table = read(
        xlsx({"S": [["合同", "金额", "年"], ["a", 10, 2020], ["b"], ["c", 1, 2021]]}, ["B2:B3", "C2:C3"]), "excel"
    )
    assert cells(table)[1:] == [["a", "10", "2020"], ["b", None, "2020"], ["c", "1", "2021"]]
    assert table.facts["merged_amounts"] == 1


def test_kinds_of_cells() -> None:
    row = [
        3.0,
        0.1,
        True,
        datetime.date(2024, 3, 5),
        datetime.datetime.fromisoformat("2024-03-05T12:30"),
        "4 0,408.32",
        " ",
        "NA",
    ]
    table = read(xlsx({"S": [list("abcdefgh"), row]}), "excel")
    assert cells(table)[1] == ["3", "0.1", "true", "2024-03-05", "2024-03-05T12:30:00", "4 0,408.32", " ", "NA"]


def test_old_workbooks() -> None:
    assert cells(read(xls([["a", "b"], [1, "万元"]]), "excel")) == [["a", "b"], ["1", "万元"]]


def test_errors_and_uncomputed_formulas_do_not_become_blanks() -> None:
    table = read(xlsx({"S": [["a", "b", "c"], ["#DIV/0!", "=1+1", 1]]}), "excel")
    assert cells(table)[1] == ["#DIV/0!", "=1+1", "1"]
    assert table.facts["excel_errors"] == 2


def test_which_sheets() -> None:
    content = xlsx(
        {"1": [["a", "b"], [1, 2]], "CNKI": [["http://x"]], "h": [["z", "y"], [1, 1]], "e": []}, hidden=["h"]
    )
    table = read(content, "excel")
    assert (table.name, table.facts["sheets_left_out"]) == ("file[1]", ["CNKI", "h", "e"])
    assert read(content, "excel", sheet="h").headers == ["z", "y"]
    assert [one.facts["sheet"] for one in read_bytes("f", content, entry("excel", sheet="[1h]"))] == ["1", "h"]
    with pytest.raises(SourceError, match=r"no sheet `2023`(.|\n)*1, CNKI, h, e"):
        read(content, "excel", sheet="2023")


@pytest.mark.parametrize(("password", "stated"), [("VelvetSweatshop", None), ("secret", "secret")])
def test_encrypted(password: str, stated: str | None) -> None:
    table = read(_encrypted(password), "excel", password=stated)
    assert (cells(table), table.facts["encrypted"]) == ([["a", "b"], ["1", "2"]], True)


@pytest.mark.parametrize(("stated", "says"), [(None, "no password is stated"), ("wrong", "its password differs")])
def test_encrypted_with_another_password(stated: str | None, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(_encrypted("secret"), "excel", password=stated)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.99])
@pytest.mark.parametrize("content", [xlsx({"S": [["a", "b"], [1, 2]]}), xls([["a", "b"], [1, 2]])], ids=["xlsx", "xls"])
def test_cut_short(content: bytes, share: float) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read(content[: int(len(content) * share)], "excel", name="register.xlsx")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"a,b\n1,2\n", "the file is text"), (xlsx({"S": []}), "all sheets are empty")],
    ids=["0 bytes", "csv", "no cells"],
)
def test_refused(content: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(content, "excel")


def test_only_a_header() -> None:
    table = read(xlsx({"S": [["a", "b"]]}), "excel")
    assert (table.rows, table.headers, table.facts["header_only"]) == (0, ["a", "b"], True)


def test_ten_megabytes_in_one_cell_are_kept() -> None:
    small = xlsx({"S": [["a", "b"], ["MARK", 1]]})
    large = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as old, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"MARK", b"x" * 10_000_000))
    assert [len(cell or "") for cell in cells(read(large.getvalue(), "excel"))[1]] == [10_000_000, 1]


def _encrypted(password: str) -> bytes:
    secret = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx({"S": [["a", "b"], [1, 2]]}))).encrypt(password, secret)
    return secret.getvalue()
