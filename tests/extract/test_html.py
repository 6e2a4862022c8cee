import pytest

from files import cells, entry, read
from yearbook.errors import SourceError
from yearbook.extract.readers import read_bytes

PAGE = """
<!-- saved as a workbook -->
<html><head><style>td {height: 25px}</style></head><body>
<div>技术流向地域(合同金额)</div>
<table id="tab0"><tr><td>单位:万元</td></tr></table>
<table id="tab1">
<tr><td>地区</td><td>2000</td><td>2021</td></tr>
<tr><td>全<br>国</td><td>6<b>5</b>07519</td><td>&nbsp;</td></tr>
<tr><td colspan="3">资料来源：年鉴</td></tr>
</table></body></html>
"""


@pytest.mark.parametrize("format", ["html", "excel"])
def test_a_page_that_calls_itself_a_workbook(format: str) -> None:
    table = read(PAGE, format, name="totals.xls")
    assert cells(table) == [["地区", "2000", "2021"], ["全\n国", "6507519", "\xa0"]]
    assert table.facts == {
        "format": "html",
        "encoding": "utf-8",
        "table": 2,
        "title": "技术流向地域(合同金额)\n单位:万元",
        "unit": "万元",
        "header_rows": [1],
        "notes": ["资料来源：年鉴"],
    }


def test_spans_are_laid_out() -> None:
    page = (
        "<table><tr><th rowspan=2>地区<th colspan=2>金额</tr><tr><th>2020<th>2021</tr>"
        "<tr><td rowspan=2>东部<td>1<td>2</tr><tr><td>3<td>4</tr></table>"
    )
    assert cells(read(page, "html", header_rows=2)) == [
        ["地区", "金额 2020", "金额 2021"],
        ["东部", "1", "2"],
        ["东部", "3", "4"],
    ]


def test_which_tables() -> None:
    page = "<table id=a><tr><td>x<td>y</table><table id=b><tr><td>z<td>w<tr><td><table><tr><td>i<td>j</table></table>"
    assert [table.headers for table in read_bytes("p", page.encode(), entry("html"))] == [
        ["x", "y"],
        ["z", "w"],
        ["i", "j"],
    ]
    assert read(page, "html", table=2).headers == read(page, "html", table="b").headers == ["z", "w"]
    with pytest.raises(SourceError, match="no table `4`"):
        read(page, "html", table=4)


def test_the_encoding_is_what_the_bytes_are() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html><meta charset="utf-8"><table><tr><td>地区<td>金额</table></html>'
    )
    table = read(page.encode("gb18030"), "html")
    assert (table.headers, table.facts["encoding"]) == (["地区", "金额"], "gb18030")


@pytest.mark.parametrize("page", ["<html><body>moved</body></html>", "<html></html>", "no markup"])
def test_a_page_without_a_table_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="holds no table"):
        read(page, "html")
