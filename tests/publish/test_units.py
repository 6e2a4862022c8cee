import pytest

from yearbook.publish.words.language import Language
from yearbook.publish.words.units import Units, load_units


@pytest.fixture
def units(languages: dict[str, Language], reports) -> dict[str, Units]:
    return {tag: load_units(reports, language) for tag, language in languages.items()}


@pytest.mark.parametrize(
    ("unit", "value", "decimals", "english", "chinese"),
    [
        ("CNY", 205_412_345_678.0, 0, "CNY 205.4 billion", "2,054亿元"),
        ("CNY", 4_688_000_000_000.0, 0, "CNY 4.69 trillion", "4.69万亿元"),
        ("CNY", 12_345.0, 0, "CNY 12,345", "1.23万元"),
        ("CNY", 0.0, 0, "CNY 0", "0元"),
        ("CNY", -3.2e9, 0, "CNY −3.20 billion", "−32.00亿元"),
        ("USD", 137.5e9, 0, "USD 137.5 billion", "1,375亿美元"),
        ("NAD", 2.5e6, 0, "NAD 2.50 million", "NAD 250.0万"),
        ("percent", 88.145, 2, "88.15%", "88.15%"),
        ("percent", 88.15, 1, "88.2%", "88.2%"),
        ("count", 61_234.0, 0, "61,234", "61,234个"),
        ("count:项", 61_234.0, 0, "61,234", "61,234项"),
        ("rank", 3.0, 0, "place 3", "第3位"),
        ("tonnes_per_hectare", 6.5, 1, "6.5 tonnes per hectare", "6.5 tonnes per hectare"),
    ],
)
def test_a_value_is_written_with_the_scale_of_the_language(
    unit: str, value: float, decimals: int, english: str, chinese: str, units: dict[str, Units]
) -> None:
    written = [units[tag].for_sentence(unit, value, decimals).full(value) for tag in ("en", "zh-Hans")]
    assert written == [english, chinese]


def test_a_chart_and_a_table_each_have_one_scale(units: dict[str, Units]) -> None:
    values = [1.041e12, 0.653e12, 0.17e12]
    chart, table = units["en"].for_parts("CNY", values, 0), units["en"].for_table("CNY", values, 0)
    assert (chart.label, [chart.short(value) for value in values]) == ("CNY billion", ["1,041", "653", "170"])
    assert (table.label, [table.short(value) for value in values]) == ("CNY billion", ["1,041.0", "653.0", "170.0"])


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ([763_113_900.0, 84_000_000.0, 9_500_000.0], "CNY 763.11 million", "76,311万元"),
        ([2_000_000.0, 52_000.0, 3_000.0], "CNY 2,000,000", "200.00万元"),
        ([900_000.0, 3_000.0], "CNY 900,000", "900,000元"),
        ([12_500_000_000.0, 40_000_000.0], "CNY 12,500 million", "125.00亿元"),
        ([], "CNY 0", "0元"),
    ],
)
def test_a_table_shows_about_six_digits(
    values: list[float], english: str, chinese: str, units: dict[str, Units]
) -> None:
    largest = max(values, default=0.0)
    written = [units[tag].for_table("CNY", values, 0).full(largest) for tag in ("en", "zh-Hans")]
    assert written == [english, chinese]


def test_what_is_not_nothing_never_reads_zero(units: dict[str, Units]) -> None:
    table = units["en"].for_table("CNY", [46_923e8, 3e5], 0)
    assert [table.number(value) for value in (3e5, 0.0, 6e8)] == ["<0.1", "0.0", "0.6"]


def test_a_change_has_a_sign(units: dict[str, Units]) -> None:
    written = units["en"].for_parts("percentage_points", [2.314, -1.178], 2, signed=True)
    assert [written.short(value) for value in (2.314, -1.178, 0.0)] == ["+2.31", "−1.18", "0.00"]
