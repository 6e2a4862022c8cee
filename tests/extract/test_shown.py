import pytest

from yearbook.extract.shown import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合同　编号", "合同 编号"),
        ("a\r\n b\u2028c", "a b c"),
        ("\x1b[31m\u202e", "\ufffd[31m\ufffd"),
        ("x" * 80, "x" * 80),
        ("x" * 10_000_000, "x" * 80 + " …"),
        (" " * 1_000 + "x", " …"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected
