from decimal import Decimal

import pytest

from yearbook.extract.normalize.units import Unit, nearest_units, parse_unit


@pytest.mark.parametrize(
    ("text", "factor", "kind", "currency"),
    [
        ("元", "1", "money", "CNY"),
        ("万元", "1e4", "money", "CNY"),
        ("（万元）", "1e4", "money", "CNY"),
        ("单位：亿元", "1e8", "money", "CNY"),
        ("人民币万元", "1e4", "money", "CNY"),
        ("百万元", "1e6", "money", "CNY"),
        ("万亿元", "1e12", "money", "CNY"),
        ("RMB 10,000", "1e4", "money", "CNY"),
        ("(10000 yuan)", "1e4", "money", "CNY"),
        ("万美元", "1e4", "money", "USD"),
        ("港币万元", "1e4", "money", "HKD"),
        ("thousand USD", "1e3", "money", "USD"),
        ("USD m", "1e6", "money", "USD"),
        ("$bn", "1e9", "money", "USD"),
        ("m€", "1e6", "money", "EUR"),
        ("million", "1e6", "", None),
        ("亿", "1e8", "", None),
        ("项", "1", "count", None),
        ("万人次", "1e4", "count", None),
        ("%", "1", "percent", None),
        ("‰", "0.1", "percent", None),
        ("fraction", "100", "percent", None),
        ("个月", "1", "month", None),
        ("years", "12", "month", None),
    ],
)
def test_a_unit_is_a_factor_to_a_base(text: str, factor: str, kind: str, currency: str | None) -> None:
    assert parse_unit(text) == Unit(Decimal(factor), kind, currency)


@pytest.mark.parametrize("text", ["", "万园", "元/人", "元人", "USD EUR", "thosand", "fathom", "x" * 100])
def test_what_is_not_known_whole_is_no_unit(text: str) -> None:
    assert parse_unit(text) is None


def test_the_nearest_units_are_proposed() -> None:
    assert nearest_units("万园")[:2] == ["万", "万元"]
    assert "thousand USD" in nearest_units("thosand USD")
    assert nearest_units("?") == ["元", "千元", "万元", "百万元", "千万元"]
