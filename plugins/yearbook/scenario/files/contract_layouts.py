"""The four layouts of the register's contract files: their headers, and what writes the cells below each.

Not its business: which contract goes into which file (`contract_files.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from yearbook.scenario.contracts import Contract
from yearbook.scenario.files import cells
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

Names = dict[str, tuple[str, str, str]]
WAN, YI = 10_000, 100_000_000


@dataclass(frozen=True)
class Hand:
    """How one row is written: its numbers, which of a party's names stands, the unit, whether days look unusual."""

    number: int
    name: int
    unit: int
    odd_date: bool
    names: Names


Write = Callable[[Contract, Hand], str]
Column = tuple[str, Write]


@dataclass(frozen=True)
class Layout:
    """One layout: the header of each column with the field it shows and what writes its cells."""

    encoding: str
    columns: dict[str, Column]


def _text(field: str) -> Column:
    return field, lambda contract, _: contract[field] or ""


def _number(field: str) -> Column:
    return field, lambda contract, _: str(contract[field])


def _code(field: str, labels: dict[str, Label], language: int) -> Column:
    words = {code: label[language] for code, label in labels.items()}
    return field, lambda contract, _: words[contract[field]]


def _as_code(field: str) -> Column:
    return _text(field)


def _province(field: str, *, english: bool) -> Column:
    words = {name: labels[0] if english else name for name, labels in PROVINCES.items()} | {None: ""}
    return field, lambda contract, _: words[contract[field]]


def _name(party: str, order: tuple[int, int, int]) -> Column:
    return f"{party}_name", lambda contract, hand: hand.names[contract[f"{party}_id"]][order[hand.name]]


def _money(field: str, per: int = 1) -> Column:
    return field, lambda contract, hand: cells.amount(contract[field], hand.number, per)


def _day(field: str, usual: cells.DateStyle, odd: cells.DateStyle) -> Column:
    return field, lambda contract, hand: (odd if hand.odd_date else usual)(contract[field])


def _flag(field: str, yes: str, no: str) -> Column:
    return field, lambda contract, _: yes if contract[field] else no


_PER = (1, WAN, YI)
_UNIT_NAMES = {"CNY": ("元", "万元", "亿元"), "USD": ("美元", "万美元", "亿美元"), "EUR": ("欧元", "万欧元", "亿欧元")}


def _money_by_row(field: str) -> Column:
    return field, lambda contract, hand: cells.amount(contract[field], hand.number, _PER[hand.unit])


_UNIT_OF_ROW: Column = ("", lambda contract, hand: _UNIT_NAMES[contract["currency"]][hand.unit])

_CHINESE_NAMES, _ENGLISH_NAMES = (0, 1, 2), (1, 0, 2)

_WAN_YUAN: dict[str, Column] = {
    "合同编号": _text("contract_id"),
    "合同登记编号": _text("registration_number"),
    "合同类别": _code("channel", CHANNELS, 0),
    "技术领域": _code("sector", SECTORS, 0),
    "签订日期": _day("sign_date", cells.chinese, cells.slashed),
    "登记日期": _day("registration_date", cells.chinese, cells.iso),
    "卖方代码": _text("seller_id"),
    "卖方名称": _name("seller", _CHINESE_NAMES),
    "卖方国别": _code("seller_country", PARTNERS, 0),
    "卖方省份": _province("seller_province", english=False),
    "买方代码": _text("buyer_id"),
    "买方名称": _name("buyer", _CHINESE_NAMES),
    "买方国别": _code("buyer_country", PARTNERS, 0),
    "买方省份": _province("buyer_province", english=False),
    "合同金额": _money("value", WAN),
    "技术交易额": _money("technology_value", WAN),
    "币种": _code("currency", CURRENCIES, 0),
    "平台": _code("platform", PLATFORMS, 0),
    "定价方式": _code("pricing_mechanism", PRICING, 0),
    "作价入股金额": _money("equity_value", WAN),
    "合同状态": _code("status", STATUSES, 0),
    "原合同编号": _text("amends_contract_id"),
}

_UNIT_IN_ROW: dict[str, Column] = {
    "序号": ("", lambda contract, _: contract["contract_id"][-6:].lstrip("0")),
    "技术合同编号": _text("contract_id"),
    "认定登记编号": _text("registration_number"),
    "技术合同类型": _code("channel", CHANNELS, 0),
    "所属技术领域": _code("sector", SECTORS, 0),
    "签约日期": _day("sign_date", cells.slashed, cells.chinese),
    "认定登记日期": _day("registration_date", cells.slashed, cells.compact),
    "输出方代码": _text("seller_id"),
    "技术输出方": _name("seller", _CHINESE_NAMES),
    "输出方国别": _code("seller_country", PARTNERS, 0),
    "技术输出地": _province("seller_province", english=False),
    "吸纳方代码": _text("buyer_id"),
    "技术吸纳方": _name("buyer", _CHINESE_NAMES),
    "吸纳方国别": _code("buyer_country", PARTNERS, 0),
    "技术流向地": _province("buyer_province", english=False),
    "合同成交额": _money_by_row("value"),
    "其中：技术交易额": _money_by_row("technology_value"),
    "作价投资金额": _money_by_row("equity_value"),
    "金额单位": _UNIT_OF_ROW,
    "币种": _code("currency", CURRENCIES, 0),
    "技术转移平台": _code("platform", PLATFORMS, 0),
    "技术成熟度": _number("trl"),
    "定价方式": _code("pricing_mechanism", PRICING, 0),
    "状态": _code("status", STATUSES, 0),
    "变更前合同编号": _text("amends_contract_id"),
}


def _english(usual: cells.DateStyle, odd: cells.DateStyle) -> dict[str, Column]:
    return {
        "Contract number": _text("contract_id"),
        "Registration number": _text("registration_number"),
        "Date of signature": _day("sign_date", usual, odd),
        "Date of registration": _day("registration_date", usual, odd),
        "Contract type": _code("channel", CHANNELS, 1),
        "Sector": _code("sector", SECTORS, 1),
        "Technology ID": _text("technology_id"),
        "TRL at signature": _number("trl"),
        "Seller code": _text("seller_id"),
        "Name of the seller": _name("seller", _ENGLISH_NAMES),
        "Country of the seller": _code("seller_country", PARTNERS, 1),
        "Province of the seller": _province("seller_province", english=True),
        "Buyer code": _text("buyer_id"),
        "Name of the buyer": _name("buyer", _ENGLISH_NAMES),
        "Country of the buyer": _code("buyer_country", PARTNERS, 1),
        "Province of the buyer": _province("buyer_province", english=True),
        "Contract value": _money("value"),
        "Value of the technology": _money("technology_value"),
        "Currency": _as_code("currency"),
        "Platform": _code("platform", PLATFORMS, 1),
        "Pricing mechanism": _as_code("pricing_mechanism"),
        "Equity value": _money("equity_value"),
        "Researcher equity value": _money("researcher_equity_value"),
        "Stock options granted": _flag("has_stock_options", "yes", "no"),
        "Status": _as_code("status"),
        "Amends contract": _text("amends_contract_id"),
    }


LAYOUTS: dict[str, Layout] = {
    "2020": Layout("gb18030", _WAN_YUAN),
    "2021": Layout("gb18030", _WAN_YUAN),
    "2022": Layout("utf-8", _UNIT_IN_ROW),
    "2023": Layout("utf-8-sig", _english(cells.iso, cells.slashed)),
    "2024": Layout("utf-8", _english(cells.day_first, cells.iso)),
}
