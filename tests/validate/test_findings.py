"""How a value is written in a finding: whole, in groups of three, without an exponent."""

from datetime import date
from decimal import Decimal

import pytest

from yearbook.validate.findings import show


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (15_678_119_460.0, "15,678,119,460"),
        (19_310_461_800.0, "19,310,461,800"),
        (1e15, "1,000,000,000,000,000"),
        (0.000002, "0.000002"),
        (1234.5, "1,234.5"),
        (Decimal("12345678.250000"), "12,345,678.25"),
        (2024, "2024"),
        (date(2024, 3, 5), "2024-03-05"),
        (None, "–"),
    ],
)
def test_a_value_is_written_whole(value: object, written: str) -> None:
    assert show(value) == written
