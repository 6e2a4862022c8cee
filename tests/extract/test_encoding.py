import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.errors import SourceError
from yearbook.extract.readers.encoding import decode

CHINESE = "地区,金额\n内蒙古自治区,12\n镕基公司,3\n"
GERMAN = "Straße,Größe\nMünchen,5\n"


@pytest.mark.parametrize(
    ("content", "stated", "expected"),
    [
        (CHINESE.encode(), "auto", (CHINESE, "utf-8")),
        (codecs.BOM_UTF8 + CHINESE.encode(), "auto", (CHINESE, "utf-8-sig")),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8", (CHINESE, "utf-8-sig")),
        (CHINESE.encode("utf-16"), "auto", (CHINESE, "utf-16")),
        (CHINESE.encode("gb18030"), "auto", (CHINESE, "gb18030")),
        (CHINESE.encode("gb18030"), "gbk", (CHINESE, "gb18030")),
        (GERMAN.encode("latin-1"), "auto", (GERMAN, "latin-1")),
        (GERMAN.encode("latin-1"), "latin-1", (GERMAN, "iso8859-1")),
        ("5 €\n".encode("cp1252"), "auto", ("5 €\n", "cp1252")),
        (b"plain", "auto", ("plain", "utf-8")),
    ],
)
def test_text_and_encoding(content: bytes, stated: str, expected: tuple[str, str]) -> None:
    assert decode(content, stated, "f.csv") == expected


@pytest.mark.parametrize(
    ("content", "stated", "says"),
    [
        (CHINESE.encode("gb18030"), "utf-8", "encoding: gb18030"),
        (CHINESE.encode(), "gb18030", "the file is UTF-8"),
        (CHINESE.encode(), "latin-1", "the file is UTF-8"),
        (CHINESE.encode(), "utf8x", "no encoding that is known"),
        ((CHINESE * 20).encode()[:-2] + b"\xe4\n", "auto", "line 60"),
        ((CHINESE * 20).encode("gb18030") + b"\xff\xff\n", "auto", "not readable as gb18030"),
    ],
    ids=["gb18030 as utf-8", "utf-8 as gb18030", "utf-8 as latin-1", "misspelt", "damaged utf-8", "damaged gb18030"],
)
def test_refused_rather_than_garbled(content: bytes, stated: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        decode(content, stated, "f.csv")


@given(
    st.text(st.characters(codec="gb2312", exclude_characters="\ufffd"), min_size=1),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_chinese_text_is_never_garbled(text: str, encoding: str) -> None:
    text = f"地区与金额的合计数据{text}"
    assert decode(text.encode(encoding), "auto", "f")[0] == text
