"""What a person writes into a decision is read as the same cell of a source would be, or not at all."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staging import CONTRACTS, PARTNERS, raw, rows, stage
from yearbook.model.values import parse_value, write_value

CODELISTS = {"partners": PARTNERS}
READ: list[tuple[str, str, Any]] = [
    ("sign_date", "2024-03-05", date(2024, 3, 5)),
    ("sign_date", " 2024/3/5 ", date(2024, 3, 5)),
    ("sign_date", "２０２４年3月5日", date(2024, 3, 5)),
    ("sign_date", "20240305", date(2024, 3, 5)),
    ("year", "2024年", 2024),
    ("partner", "Vietnam", "VNM"),
    ("partner", "越 南", "VNM"),
    ("partner", "NA", "NAM"),
    ("value", "1,234.5", Decimal("1234.500000")),
    ("value", "-0.0000005", Decimal("0.000000")),
    ("value", "１２", Decimal("12.000000")),
    ("count", "12.0", 12),
    ("share", "12.5%", 12.5),
    ("is_open", "是", True),
    ("is_open", "no", False),
    ("contract_id", " a\u200b１ ", "a1"),
    ("contract_id", "\u202ea\u202c\u2066b\u2067c\u2068d\u2069", "abcd"),
]
UNREADABLE = [
    ("sign_date", "2024-13-01"),
    ("sign_date", "2024-3/5"),
    ("sign_date", "March"),
    ("year", "24"),
    ("partner", "Atlantis"),
    ("value", "10²"),
    ("value", "1,50"),
    ("value", "about 5"),
    ("value", "1" * 33),
    ("count", "1.5"),
    ("is_open", "perhaps"),
    ("contract_id", "x" * 51),
]


@pytest.mark.parametrize(("field", "text", "value"), READ)
def test_a_text_is_read_as_a_cell_of_a_source_is(field: str, text: str, value: Any) -> None:
    read = parse_value(CONTRACTS.fields[field], CODELISTS, text)
    assert read == value
    assert rows(stage(raw(field, [text])), field) == [(value,)]
    assert parse_value(CONTRACTS.fields[field], CODELISTS, write_value(read)) == value


@pytest.mark.parametrize(("field", "text"), UNREADABLE)
def test_what_cannot_be_read_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read as"):
        parse_value(CONTRACTS.fields[field], CODELISTS, text)
    assert rows(stage(raw(field, [text])), field, "_unread") != [(None, None)]


@pytest.mark.parametrize("text", [None, "", "  ", "\u200b"])
def test_nothing_is_nothing(text: str | None) -> None:
    assert parse_value(CONTRACTS.fields["value"], CODELISTS, text) is None
