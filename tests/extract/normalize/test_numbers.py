from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amounts import read_number
from yearbook.extract.normalize.numbers import Amount, read_amount
from yearbook.extract.normalize.units import Unit

YUAN = Unit(Decimal(1), "money", "CNY")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("-12.50", "-12.50"),
        ("4 0,408.32", "40408.32"),
        ("１２，３４５．６７", "12345.67"),
        ("1\u00a0234\u2009567", "1234567"),
        ("1'234'567.5", "1234567.5"),
        ("(1,234)", "-1234"),
        ("−7", "-7"),
        ("1.2E+16", "12000000000000000"),
        ("39065753.206057005", "39065753.206057005"),
        (".5", "0.5"),
    ],
)
def test_a_number_reads_exactly(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "NA",
        "NaN",
        "Inf",
        "约120",
        "120余",
        ">100",
        "12-15",
        "12/15",
        "10²",
        "5①",
        "½",
        "1,50",
        "1,2345",
        "1,234,56",
        "1.2.3",
        "--5",
        "(-5)",
        "1\n2",
        "1\t2",
        "3亿5000万",
        "2023年",
        "0x10",
        "1_000",
        "٣",
        "9" * 100,
    ],
)
def test_what_is_no_number_does_not_become_one(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("¥1,200", Amount(Decimal(1200), YUAN)),
        ("-¥1,200", Amount(Decimal(-1200), YUAN)),
        ("(￥1,200)", Amount(Decimal(-1200), YUAN)),
        ("120万元", Amount(Decimal(120), Unit(Decimal("1e4"), "money", "CNY"))),
        ("120 (万元)", Amount(Decimal(120), Unit(Decimal("1e4"), "money", "CNY"))),
        ("1.2 亿", Amount(Decimal("1.2"), Unit(Decimal("1e8")))),
        ("USD 3 million", Amount(Decimal(3), Unit(Decimal("1e6"), "money", "USD"))),
        ("12.5%", Amount(Decimal("12.5"), Unit(Decimal(1), "percent"))),
        ("120(估计)", None),
        ("120元/吨", None),
    ],
)
def test_an_amount_keeps_the_unit_that_it_states(text: str, amount: Amount | None) -> None:
    assert read_amount(text) == amount


def test_a_decimal_comma_is_read_only_where_the_source_says_so() -> None:
    assert read_number("1.234,56", decimal_comma=True) == Decimal("1234.56")
    assert read_number("1.234", decimal_comma=True) == Decimal(1234)
    assert read_number("1234.5", decimal_comma=True) is None
    assert read_number("1.234,56") is None


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)
wide = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@given(numbers, st.data())
def test_any_formatted_amount_reads_back(number: Decimal, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([f"{number:f}", f"{number:,f}", f"{number:E}"]))
    if text.startswith("-") and data.draw(st.booleans()):
        text = f"({text[1:]})"
    if data.draw(st.booleans()):
        text = text.translate(wide)
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.sampled_from(["", " ", "\u3000", "\u00a0"])) + text[at:]
    assert read_number(text) == number


@given(st.integers(-(10**15), 10**15))
def test_european_writing_reads_back(number: int) -> None:
    text = f"{number:,}".replace(",", ".") + ",25"
    expected = Decimal(f"{number}.25")
    assert read_number(text, decimal_comma=True) == expected


@given(st.text())
def test_whatever_becomes_a_number_has_only_its_digits(text: str) -> None:
    number = read_number(text)
    if number is not None:
        ascii_digits = "".join(
            str("０１２３４５６７８９".find(one)) if one in "０１２３４５６７８９" else one for one in text
        )
        assert set("0123456789") & set(ascii_digits)
        assert not any(one.isalpha() and one not in "eEｅＥ" for one in text)
