"""The four layouts of the register's contract files: their headers, and what writes the cells below each.

Not its business: which contract goes into which file (`contract_files.py`).
"""

from dataclasses import dataclass

from yearbook.scenario.contracts import TECHNOLOGIES
from yearbook.scenario.files import cells
from yearbook.scenario.files.contract_cells import (
    Page,
    Write,
    code,
    country,
    day,
    identifier,
    money,
    number,
    party,
    party_name,
    province,
)
from yearbook.scenario.labels import (
    CHANNELS,
    CURRENCIES,
    PARTNERS,
    PLATFORMS,
    PRICING,
    PROVINCES,
    SECTORS,
    STATUSES,
    Label,
)

WAN = 10_000
_CHINESE, _ENGLISH = (0, 1, 2), (1, 0, 2)
_UNIT_NAMES = ("元", "万元", "亿元", "美元", "万美元", "亿美元", "欧元", "万欧元", "亿欧元")


@dataclass(frozen=True)
class Layout:
    """One layout: its encoding, and the header of each column with what writes its cells."""

    encoding: str
    columns: dict[str, Write]


def _words(labels: dict[str, Label], language: int) -> list[str]:
    return [label[language] for label in labels.values()]


def _unit_of_row(page: Page) -> object:
    return page.words(_UNIT_NAMES, page.rows["currency"].astype(int) * 3 + page.rows["unit_hand"])


_WAN_YUAN: dict[str, Write] = {
    "合同编号": identifier("C"),
    "合同登记编号": identifier("R"),
    "合同类别": code("channel", _words(CHANNELS, 0)),
    "技术领域": code("sector", _words(SECTORS, 0)),
    "签订日期": day("sign_date", cells.chinese, cells.slashed),
    "登记日期": day("registration_date", cells.chinese, cells.iso),
    "卖方代码": party("seller"),
    "卖方名称": party_name("seller", _CHINESE),
    "卖方国别": country("seller", _words(PARTNERS, 0)),
    "卖方省份": province("seller", list(PROVINCES)),
    "买方代码": party("buyer"),
    "买方名称": party_name("buyer", _CHINESE),
    "买方国别": country("buyer", _words(PARTNERS, 0)),
    "买方省份": province("buyer", list(PROVINCES)),
    "合同金额": money("value", WAN),
    "技术交易额": money("technology_value", WAN),
    "币种": code("currency", _words(CURRENCIES, 0)),
    "平台": code("platform", _words(PLATFORMS, 0)),
    "定价方式": code("pricing_mechanism", _words(PRICING, 0)),
    "作价入股金额": money("equity_value", WAN),
    "合同状态": code("status", _words(STATUSES, 0)),
    "原合同编号": identifier("C", amended=True),
}

_UNIT_IN_ROW: dict[str, Write] = {
    "序号": number("number"),
    "技术合同编号": identifier("C"),
    "认定登记编号": identifier("R"),
    "技术合同类型": code("channel", _words(CHANNELS, 0)),
    "所属技术领域": code("sector", _words(SECTORS, 0)),
    "签约日期": day("sign_date", cells.slashed, cells.chinese),
    "认定登记日期": day("registration_date", cells.slashed, cells.compact),
    "输出方代码": party("seller"),
    "技术输出方": party_name("seller", _CHINESE),
    "输出方国别": country("seller", _words(PARTNERS, 0)),
    "技术输出地": province("seller", list(PROVINCES)),
    "吸纳方代码": party("buyer"),
    "技术吸纳方": party_name("buyer", _CHINESE),
    "吸纳方国别": country("buyer", _words(PARTNERS, 0)),
    "技术流向地": province("buyer", list(PROVINCES)),
    "合同成交额": money("value", None),
    "其中：技术交易额": money("technology_value", None),
    "作价投资金额": money("equity_value", None),
    "金额单位": _unit_of_row,
    "币种": code("currency", _words(CURRENCIES, 0)),
    "技术转移平台": code("platform", _words(PLATFORMS, 0)),
    "技术成熟度": number("trl"),
    "定价方式": code("pricing_mechanism", _words(PRICING, 0)),
    "状态": code("status", _words(STATUSES, 0)),
    "变更前合同编号": identifier("C", amended=True),
}


def _english(usual: cells.DateStyle, odd: cells.DateStyle) -> dict[str, Write]:
    provinces = [english for english, _, _ in PROVINCES.values()]
    return {
        "Contract number": identifier("C"),
        "Registration number": identifier("R"),
        "Date of signature": day("sign_date", usual, odd),
        "Date of registration": day("registration_date", usual, odd),
        "Contract type": code("channel", _words(CHANNELS, 1)),
        "Sector": code("sector", _words(SECTORS, 1)),
        "Technology ID": code("technology", TECHNOLOGIES),
        "TRL at signature": number("trl"),
        "Seller code": party("seller"),
        "Name of the seller": party_name("seller", _ENGLISH),
        "Country of the seller": country("seller", _words(PARTNERS, 1)),
        "Province of the seller": province("seller", provinces),
        "Buyer code": party("buyer"),
        "Name of the buyer": party_name("buyer", _ENGLISH),
        "Country of the buyer": country("buyer", _words(PARTNERS, 1)),
        "Province of the buyer": province("buyer", provinces),
        "Contract value": money("value"),
        "Value of the technology": money("technology_value"),
        "Currency": code("currency", list(CURRENCIES)),
        "Platform": code("platform", _words(PLATFORMS, 1)),
        "Pricing mechanism": code("pricing_mechanism", list(PRICING)),
        "Equity value": money("equity_value"),
        "Researcher equity value": money("researcher_equity_value"),
        "Stock options granted": code("has_stock_options", ["no", "yes"]),
        "Status": code("status", list(STATUSES)),
        "Amends contract": identifier("C", amended=True),
    }


LAYOUTS: dict[int, Layout] = {
    **dict.fromkeys((2019, 2020, 2021), Layout("gb18030", _WAN_YUAN)),
    2022: Layout("utf-8", _UNIT_IN_ROW),
    2023: Layout("utf-8-sig", _english(cells.iso, cells.slashed)),
    2024: Layout("utf-8", _english(cells.day_first, cells.iso)),
}
"""The layout of a file by the year in which its contracts were registered."""
