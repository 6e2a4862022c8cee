import pyarrow as pa
import pytest

from yearbook.extract.normalize.columns import read_column
from yearbook.extract.normalize.flags import read_flag
from yearbook.extract.normalize.text import clean_text, is_missing


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000\u00a0", "-", "—", "——", "…", "...", "N/A", "#N/A", "null", "NaN", "\ufeff"]
)
def test_a_cell_that_says_nothing(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["NA", "na", "None", "无", "0", "-1", " D", "/", "?", "x" * 20_000])
def test_a_cell_that_says_something(text: str) -> None:
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  清华大学\u3000", "清华大学"),
        ("ＡＢＣ（北京）", "ABC(北京)"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202eover\u202cride, \u2066iso\u2067la\u2068te\u2069", "override, isolate"),
        ("two\nlines", "two\nlines"),
        ("a\x1fb", "ab"),
    ],
)
def test_a_text_is_trimmed_and_made_nfkc(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_yes_and_no_in_both_languages() -> None:
    words = ["是", "否", "Yes", "no", "TRUE", "false", "1", "0", "１", "2", "maybe"]
    expected = [True, False, True, False, True, False, True, False, True, None, None]
    assert [read_flag(word) for word in words] == expected


def test_a_column_is_read_by_its_distinct_texts() -> None:
    seen: list[str] = []

    def reader(text: str) -> int | None:
        seen.append(text)
        return int(text) if text.isdigit() else None

    read = read_column(pa.chunked_array([["1", "x", None], ["1", "-", "2"]]), reader, pa.int64())
    assert read.values.to_pylist() == [1, None, None, 1, None, 2]
    assert read.unread.to_pylist() == [False, True, False, False, False, False]
    assert seen == ["1", "x", "2"]
