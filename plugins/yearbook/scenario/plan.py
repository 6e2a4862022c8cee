"""The plan of the contracts: stocks, each with its value, and the figures that are pinned to published ones.

A stock is a set of contracts of one year that agree in who sells, which way they go and over which platform. Its value
is met to the yuan; the scale says only into how many contracts it falls. Not its business: making the contracts
(`contracts.py`), or how offices write them (`files/`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
# At scale 1: 650,000 a year on average, as in a full-size national register.
CONTRACTS = {2019: 440_000, 2020: 530_000, 2021: 620_000, 2022: 700_000, 2023: 780_000, 2024: 830_000}
SMALLEST_SCALE, LARGEST_SCALE = 0.01, 10
FEWEST = 10

# What the register prints for the nation, in thousand millions of yuan: a few percent above what the records hold.
NATIONAL_REGISTER = {2019: "2330", 2020: "2890", 2021: "3730", 2022: "4245", 2023: "4580", 2024: "4915"}

# Institutions that sell in a year: universities and research institutes, enterprises, platforms.
ACTIVE = {
    "public_research": {2019: 2_990, 2020: 3_210, 2021: 3_430, 2022: 3_650, 2023: 3_860, 2024: 4_059},
    "enterprise": {2019: 2_110, 2020: 2_170, 2021: 2_230, 2022: 2_310, 2023: 2_390, 2024: 2_500},
    "platform": {2019: 45, 2020: 46, 2021: 48, 2022: 50, 2023: 52, 2024: 55},
}

Seller = Literal["public_research", "enterprise", "platform", "foreign"]
Flow = Literal["domestic", "export", "import"]
Weights = dict[str, int]

LEADING: Weights = {"photovoltaics": 5, "agricultural_machinery": 3, "infrastructure_equipment": 4}
DOMESTIC: Weights = {
    "ict": 24, "biomedicine": 12, "materials": 9, "other_manufacturing": 12, "robotics": 4, "electronics": 10,
    "optical_sensing": 3, "photovoltaics": 4, "wind_power": 2, "hydropower": 1, "other_energy": 3,
    "new_energy_vehicles": 5, "other_vehicles": 2, "agricultural_machinery": 2, "crop_cultivation": 2,
    "infrastructure_equipment": 3, "resource_processing": 1, "photovoltaics_hydrogen": 1, "other": 4,
}  # fmt: skip
ABROAD: Weights = {
    "ict": 6, "biomedicine": 3, "new_energy_vehicles": 5, "wind_power": 3, "hydropower": 3, "electronics": 4,
    "photovoltaics_hydrogen": 1, "palm_oil_processing": 1, "crop_cultivation": 2, "materials": 2,
    "resource_processing": 2, "robotics": 1, "other_manufacturing": 3,
}  # fmt: skip
ADVANCED: Weights = {"ict": 7, "materials": 4, "other_manufacturing": 5, "electronics": 6, "optical_sensing": 3}

BELT_AND_ROAD: Weights = {
    "VNM": 10, "THA": 9, "IDN": 10, "MYS": 8, "SGP": 8, "LAO": 3, "KHM": 3, "KAZ": 6, "UZB": 4, "PAK": 8, "BGD": 4,
    "KEN": 3, "TZA": 3, "ETH": 3, "NAM": 2, "EGY": 4, "MAR": 3, "SAU": 7, "ARE": 7,
}  # fmt: skip
CENTRAL_EUROPE: Weights = {"POL": 4, "HUN": 4, "SRB": 3}
OVERSEAS: Weights = {
    "USA": 20, "DEU": 16, "JPN": 15, "GBR": 8, "FRA": 7, "CHE": 6, "NLD": 6, "SWE": 4, "IND": 5, "BRA": 4, "AUS": 4,
    "CAN": 4,
}  # fmt: skip

CHANNELS_HOME: Weights = {"development": 33, "service": 42, "consulting": 9, "license": 8, "transfer": 7, "equity": 1}
CHANNELS_ABROAD: Weights = {"license": 30, "service": 26, "transfer": 18, "development": 16, "consulting": 10}

NO_PLATFORM: Weights = {"none": 1}
G60: Weights = {"g60_corridor": 1}
BRI_PLATFORMS: Weights = {"none": 80, "china_asean_technology_transfer_center": 15, "chongqing_open_call": 5}
HOME_PLATFORMS: Weights = {"none": 88, "g60_corridor": 7, "zhongguancun": 5}


def bn(amount: str | int) -> int:
    """Return thousands of millions of yuan in yuan."""
    return int(Decimal(amount) * 10**9)


@dataclass(frozen=True)
class Stock:
    """One stock over the years: `values` in thousand millions of yuan, by year; `size` its weight in the counts.

    `fixed` are values of fields that every contract has. `in_foreign_currency` stocks are met only approximately, so
    nothing that is pinned stands in them. `contracts`, where given, is the number of contracts at any scale;
    `fewest` how many there are in a year at least.
    """

    name: str
    seller: Seller
    flow: Flow
    values: dict[int, str]
    sectors: Weights
    size: int = 0
    partners: Weights = field(default_factory=lambda: {"CHN": 1})
    channels: Weights = field(default_factory=lambda: CHANNELS_HOME)
    platforms: Weights = field(default_factory=lambda: NO_PLATFORM)
    in_foreign_currency: bool = False
    contracts: int | None = None
    fewest: dict[int, int] = field(default_factory=dict)
    fixed: dict[str, str | int | bool] = field(default_factory=dict)


def _series(*values: str) -> dict[int, str]:
    return dict(zip(YEARS, values, strict=True))


def _abroad(
    name: str, seller: Seller, values: dict[int, str], sectors: Weights, size: int, partners: Weights, **more: object
) -> Stock:
    flow: Flow = "import" if seller == "foreign" else "export"
    return Stock(name, seller, flow, values, sectors, size, partners, CHANNELS_ABROAD, **more)  # type: ignore[arg-type]


STOCKS: tuple[Stock, ...] = (
    # Public research sells 206 bn in 2023 and 226.6 bn in 2024, all its stocks taken together: a tenth more. At any
    # scale there are as many contracts as institutions that sell.
    Stock("public", "public_research", "domestic", _series("124", "140", "157", "172", "186", "202.8122"), DOMESTIC,
          590, platforms=HOME_PLATFORMS, fewest=ACTIVE["public_research"]),
    Stock("enterprise", "enterprise", "domestic", _series("1890", "2370", "3120", "3560", "3830", "4100"), DOMESTIC,
          235, platforms=HOME_PLATFORMS),
    Stock("platform", "platform", "domestic", _series("20", "24", "28", "32", "36", "40"), DOMESTIC, 18),
    Stock("hong_kong", "enterprise", "export", _series("12", "14", "16", "19", "22", "25"), ADVANCED, 12, {"HKG": 1}),
    # With Belt and Road countries 89 bn in 2024, 56 bn of it in the leading sectors.
    _abroad("bri_leading_public", "public_research", _series("4.2", "5", "6.2", "7.4", "8.8", "10.6"), LEADING, 20,
            BELT_AND_ROAD, platforms=BRI_PLATFORMS),
    _abroad("bri_leading_enterprise", "enterprise", _series("18", "22", "27", "33", "38", "45.4"), LEADING, 26,
            BELT_AND_ROAD, platforms=BRI_PLATFORMS),
    _abroad("bri_other_public", "public_research", _series("1.7", "2", "2.4", "2.8", "3.2", "4"), ABROAD, 10,
            BELT_AND_ROAD, platforms=BRI_PLATFORMS),
    _abroad("bri_other_enterprise", "enterprise", _series("7.6", "9", "10.5", "12", "14", "16.2"), ABROAD, 12,
            BELT_AND_ROAD, platforms=BRI_PLATFORMS),
    _abroad("bri_import", "foreign", _series("2.5", "3", "3.6", "4.2", "5", "5.68"), ABROAD, 6, BELT_AND_ROAD),
    _abroad("laos", "public_research", {2024: "0.12"}, {"medicinal_plant_processing": 1}, 0, {"LAO": 1}, contracts=12),
    # Across the border through the G60 corridor, 2023: 28 bn of biomedicine, 47 % of the whole.
    _abroad("g60_biomedicine_east", "enterprise", _series("2.4", "3", "4", "5", "6", "7"), {"biomedicine": 1}, 5,
            CENTRAL_EUROPE, platforms=G60),
    _abroad("g60_biomedicine_west", "enterprise", _series("10.5", "13", "16", "19", "22", "23.5"), {"biomedicine": 1},
            6, OVERSEAS, platforms=G60),
    _abroad("g60_other", "enterprise", _series("19", "22", "25", "29", "31.574468085", "33"), ADVANCED, 10, OVERSEAS,
            platforms=G60),
    _abroad("overseas_public", "public_research", _series("4.9", "5.5", "6.2", "7.1", "8", "9"), ADVANCED, 10,
            OVERSEAS),
    _abroad("overseas_enterprise", "enterprise", _series("33", "38", "43", "49", "55", "60"), ADVANCED, 20, OVERSEAS,
            in_foreign_currency=True),
    _abroad("overseas_import", "foreign", _series("66", "75", "84", "95", "104", "110"), ADVANCED, 20, OVERSEAS,
            in_foreign_currency=True),
    Stock("cqu_license", "public_research", "domestic", {2024: "0.05"}, {"intelligent_transmission": 1},
          channels={"license": 1}, contracts=1,
          fixed={"seller_id": "cqu", "technology_id": "intelligent_transmission"}),
    Stock("cqupt_equity", "public_research", "domestic", {2024: "0.0178"}, {"electronics": 1}, channels={"equity": 1},
          contracts=1, fixed={"seller_id": "cqupt", "equity_value": 17_800_000, "researcher_equity_value": 10_680_000,
                              "has_stock_options": True}),
)  # fmt: skip
SIZES = sum(stock.size for stock in STOCKS)


def contracts_in(stock: Stock, year: int, scale: float) -> int:
    """How many contracts a stock has in a year: by its size, and enough for a figure even at a small scale."""
    if year not in stock.values:
        return 0
    if stock.contracts is not None:
        return stock.contracts
    return max(FEWEST, stock.fewest.get(year, 0), round(CONTRACTS[year] * scale * stock.size / SIZES))


def stocks_of(year: int, scale: float) -> Iterator[tuple[Stock, int, int]]:
    """Yield the stocks of a year, each with its number of contracts and its value in yuan."""
    for stock in STOCKS:
        count = contracts_in(stock, year, scale)
        if count:
            yield stock, count, bn(stock.values[year])
