"""Units that an entry states are checked before anything is fetched, also those that no column would need."""

from pathlib import Path

import pytest

from tiny import make_tiny
from yearbook.errors import SourceError
from yearbook.extract.deliveries import find_places

MONEY = "    unit: 万元\n"


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("    unit: 万园\n", "`unit`"),
        ("    columns: {合同成交额: {field: value, unit: 万园}}\n", "`合同成交额`"),
        ("    unpivot: {columns: '^(20..)$', names_to: sign_date, values_to: value, unit: 万园}\n", "`unpivot`"),
        ("    pivot: {names_from: a, values_from: b, measures: {金额: {field: value, unit: 万园}}}\n", "`金额`"),
    ],
)
def test_an_unknown_unit_is_named_with_its_place(tmp_path: Path, stated: str, place: str) -> None:
    tiny = make_tiny(tmp_path)
    tiny.records.unlink()
    tiny.edit(tiny.source, lambda text: text.replace(MONEY, stated))
    with pytest.raises(SourceError) as raised:
        find_places(tiny.workspace(), "register")
    assert raised.value.what == "unknown unit `万园`"
    assert raised.value.where == f"{tiny.source}, entry `contracts`, {place}"
    assert "万元" in raised.value.fix


def test_a_unit_that_stands_in_a_column_is_no_unit_yet(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    columns = '    columns: {合同成交额: {field: value, unit: "column: 币种单位"}}\n'
    tiny.edit(tiny.source, lambda text: text.replace(MONEY, columns))
    assert len(find_places(tiny.workspace(), "register")) == 1
