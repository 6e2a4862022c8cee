import io
import struct
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from files import cells, read, xls, xlsx
from yearbook.errors import SourceError
from yearbook.extract.readers import limits

SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml: str, *, part: str = SHEET) -> bytes:
    """A workbook whose one sheet is `xml`."""
    return repacked(xlsx({"S": [["a", "b"], [1, 2]]}), {part: xml.encode()})


def repacked(content: bytes, parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def sheet(data: str, before: str = "", prefix: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    declared = f'xmlns:{prefix}="{space}"' if prefix else f'xmlns="{space}"'
    mark = f"{prefix}:" if prefix else ""
    body = data.replace("</", f"</{mark}") if mark else data
    for element in ("row", "c", "v", "f"):
        body = body.replace(f"<{element} ", f"<{mark}{element} ").replace(f"<{element}>", f"<{mark}{element}>")
    return f"{before}<{mark}worksheet {declared}><{mark}sheetData>{body}</{mark}sheetData></{mark}worksheet>"


HEADER = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'
LAST = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "xml",
    [
        sheet(LAST),
        sheet(HEADER + LAST),
        sheet(LAST, prefix="x"),
        sheet("<row r='1048576'>" + "<c><v>1</v></c>" * 100 + "</row>"),
        sheet('<row r="1"><c r="xfd1"><v>1</v></c><c t="x > y" r="A1048576"><f>1</f></c></row>'),
    ],
    ids=["one cell", "two cells", "a prefix", "no references", "small letters"],
)
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_laid_out(xml: str) -> None:
    with pytest.raises(SourceError, match=r"\(up to row 1,048,576, column \d+(,384)?\), where at most 50,000,000"):
        read(with_sheet(xml), "excel")


def test_an_old_workbook_that_reaches_too_far() -> None:
    number = struct.pack("<HHHH", 0x027E, 10, 1, 0)
    content = xls([["a", "b"], [1, "x"]])
    assert content.count(number) == 1
    with pytest.raises(SourceError, match=r"4,294,967,296 cells \(up to row 65,536, column 65,536\)"):
        read(content.replace(number, struct.pack("<HHHH", 0x027E, 10, 65_535, 65_535)), "excel")


def test_cells_that_only_have_a_style_do_not_count() -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert cells(read(with_sheet(sheet(HEADER + styled)), "excel")) == [["a", "b"]]


def test_a_workbook_that_unpacks_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    content = repacked(xlsx({"S": [["a", "b"], [1, 2]]}), {"xl/media/image1.png": bytes(1_000_000)})
    # A header may state less than what is there: the size is measured, too.
    lying = content.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 500_000)
    for packed in (content, lying):
        with pytest.raises(SourceError, match=r"unpacks to more than 500,000 bytes(.|\n)*split it by year"):
            read(packed, "excel")
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 2_000_000)
    assert read(content, "excel").rows == 1


DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY e "e">]>'
ERROR = '<row r="2"><c r="A2" t="{}"><v>#DIV/0!</v></c><c r="B2"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (with_sheet(sheet(HEADER + ERROR.format("&e;"), DOCTYPE)), "DOCTYPE"),
        (with_sheet(sheet(HEADER) + "x"), "cannot be looked into"),
        (with_sheet("x" + sheet(HEADER)), "cannot be looked into"),
        (with_sheet(sheet(HEADER + '<row r="2"><c t="e"><v>#N/A</v></c></row>')), "has no place"),
        (repacked(xlsx({"S": [["a"]]}), {"xl/_rels/workbook.xml.rels": b"<"}), "cannot be read"),
        (repacked(xlsx({"S": [["a"]]}), {SHEET.upper(): sheet(HEADER).encode()}), "a part twice"),
    ],
    ids=["doctype", "behind the root", "before the root", "no place", "relations", "twice"],
)
def test_a_workbook_that_cannot_be_looked_into_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        read(content, "excel")


@pytest.mark.parametrize(
    "xml",
    [sheet(HEADER + ERROR.format("e"), prefix="x"), sheet(HEADER + ERROR.format("e").replace('"', "'"))],
    ids=["a prefix", "single quotes"],
)
def test_errors_are_found_however_the_xml_is_written(xml: str) -> None:
    assert cells(read(with_sheet(xml), "excel"))[1] == ["#DIV/0!", "1"]


def test_other_zip_files_are_no_workbooks() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", "a,b")
    with pytest.raises(SourceError, match=r"no \.xlsx workbook"):
        read(file.getvalue(), "excel")


@pytest.mark.parametrize("merged", ["A1:XFD1", "H1:XFD1048576", "Z2:AB3", "B2:B1048576"])
def test_merged_cells_beyond_the_table(merged: str) -> None:
    xml = sheet(HEADER + '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>x</v></c></row>')
    xml = xml.replace("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>')
    headers = ["a", "a (2)"] if merged.startswith("A1") else ["a", "b"]
    assert cells(read(with_sheet(xml), "excel")) == [headers, ["1", "x"]]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr>" + "<td rowspan=1000 colspan=1000>x" * 30 + "</tr>" + "<tr></tr>" * 1000 + "</table>",
        ("<table><tr><td rowspan=999 colspan=999>x</tr>" + "<tr></tr>" * 998 + "</table>") * 6,
        "<table><tr>" + "<td colspan=1000>x" * 1000 + "</tr>" + "<tr><td>y</tr>" * 10 + "</table>",
    ],
    ids=["one table", "many tables", "one long row"],
)
def test_a_page_that_lays_out_too_far(page: str) -> None:
    with pytest.raises(SourceError, match=r"more than 5,000,000 cells(.|\n)*rowspan"):
        read(page, "html")


def _parquet(columns: dict[str, pa.Array]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


LONG = "x" * 1_000


@pytest.mark.parametrize(
    "column",
    [
        pa.array([LONG] * 2_000),
        pa.array([LONG] * 2_000, pa.large_string()),
        pa.array([LONG.encode()] * 2_000),
        pa.array([{"c": LONG}] * 2_000),
        pa.array([[LONG] * 20] * 100),
        pa.array([[{"k": LONG}] * 20] * 100),
        pa.array([[("k", LONG)] * 20] * 100, pa.map_(pa.string(), pa.string())),
    ],
    ids=["text", "large", "bytes", "object", "list", "list of objects", "map"],
)
def test_a_parquet_file_that_says_more_than_it_stores(column: pa.Array, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _parquet({"a": column})
    assert len(content) < 10_000
    (expected,) = {cell for row in cells(read(content, "parquet"))[1:] for cell in row}
    assert expected is not None
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", 1_500_000)
    with pytest.raises(SourceError, match="unpacks to more than 1,500,000 bytes"):
        read(content, "parquet")


def test_a_parquet_file_of_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_TABLE", 100)
    for column in (pa.array([1] * 101), pa.array([[1] * 101])):
        with pytest.raises(SourceError, match=r"(101|102) cells \(\d+ rows of 1 columns\), where at most 100"):
            read(_parquet({"a": column}), "parquet")


def test_a_parquet_value_that_cannot_be_written() -> None:
    content = _parquet({"a": pa.array([2**62], pa.timestamp("ms"))})
    with pytest.raises(SourceError, match="no Parquet file that can be read"):
        read(content, "parquet")


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    with pytest.raises(SourceError, match=r"larger than 10 bytes(.|\n)*split it by year"):
        read("a,b\n1,2\n3,4\n", "csv")


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("a" + "," * 9_999 + "\nx" * 10_000, "csv"),
        ("[" + ",".join(f'{{"k{at}": 1}}' for at in range(10_000)) + "]", "json"),
        ("\n".join(f'{{"k{at}": 1}}' for at in range(10_000)), "jsonl"),
    ],
)
def test_a_text_that_is_mostly_filled_up(text: str, format: str) -> None:
    with pytest.raises(SourceError, match=r"mostly blank\), where at most 50,000,000"):
        read(text, format)
