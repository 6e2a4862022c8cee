"""Files as offices and researchers publish them."""

from decimal import Decimal
from pathlib import Path

import pytest

from files import entry, rows_of
from yearbook.extract.readers import RawTable, read_bytes

pytestmark = pytest.mark.real


def _read(file: Path, format: str) -> RawTable:
    (table,) = read_bytes(file.name, file.read_bytes(), entry(format))
    return table


def test_all_tables_of_the_technology_market_open(real_data: Path) -> None:
    tables = [_read(file, "excel") for file in sorted((real_data / "china_techmarket/raw").iterdir())]
    assert len(tables) == 16
    for table in tables:
        areas = ["".join(cell.split()) for cell in table.columns[0].to_pylist()]
        assert (len(areas), areas[0], areas[-2]) == (38, "全国", "港澳台"), table.name
        assert table.facts["unit"] == ("项" if "amount" in table.name.split("[")[0] else "万元")
    encrypted = [table.name for table in tables if table.facts.get("encrypted")]
    pages = [table.name for table in tables if table.facts.get("format") == "html"]
    assert (len(encrypted), len(pages)) == (2, 2)


def test_a_name_over_two_rows_keeps_its_values(real_data: Path) -> None:
    table = _read(real_data / "china_techmarket/raw/push__raw-type-funds-2021.xlsx", "excel")
    last = rows_of(table)[-2]
    assert (last["Region"], last["2010"], last["2000"]) == ("Hong Kong, Macao & Taiwan", "126750.439143", None)
    assert table.facts["joined_rows"] == [52]


def test_aiddata(real_data: Path) -> None:
    table = _read(real_data / "aiddata_gcof_v1/GlobalChineseOfficialFinanceDataset_v1.0.xlsx", "excel")
    amounts = table.column("amount").to_pylist()
    constant = [Decimal(cell) for cell in table.column("usd_defl_2014").to_pylist() if cell and cell.strip()]
    assert (table.rows, len(table.headers), amounts.count(" ")) == (5466, 54, 1949)
    assert sum(constant).quantize(Decimal("0.01")) == Decimal("877655767899.49")
    assert table.column("recipient_iso2").to_pylist().count("NA") == 78


def test_ted(real_data: Path) -> None:
    table = _read(real_data / "eu_ted_sample/eu_procurement_500_sample_v1.1.json", "json")
    assert (table.rows, len(table.headers), table.facts["nan_cells"]) == (500, 29, 76)
    assert table.column("award_date").null_count == 111


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("china_nkrdp/PubNKRDP.csv", (2579, 17)),
        ("china_techmarket/MarketPush.csv", (960, 6)),
        ("reference/BRI_2020.tab", (138, 5)),
        ("reference/country-codes.csv", (249, 56)),
    ],
)
def test_delimited(real_data: Path, path: str, shape: tuple[int, int]) -> None:
    table = _read(real_data / path, "csv")
    assert (table.rows, len(table.headers)) == shape
