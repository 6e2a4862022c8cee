"""The contracts as they truly are: every stock of the plan filled, its value met to the yuan.

Not its business: amendments, duplicates and mistakes (`faults.py`), or how offices write a contract (`files/`).
"""

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from yearbook.scenario.draws import Draws, share_out
from yearbook.scenario.institutions import Institution, Population
from yearbook.scenario.parties import COMPANIES_PER_COUNTRY, company_abroad, drawn_from, sellers_at_home
from yearbook.scenario.plan import YEARS, Seller, Stock, stocks_of

Contract = dict[str, Any]

PRICING = {"negotiation": 72, "listing": 12, "valuation": 10, "bidding": 6}
MATURITY = [1, 2, 4, 7, 10, 20, 24, 20, 12]
RATES_PER_HUNDRED = {
    "USD": {2020: 690, 2021: 645, 2022: 673, 2023: 708, 2024: 720},
    "EUR": {2020: 787, 2021: 763, 2022: 707, 2023: 766, 2024: 779},
}
SELLERS_AT_HOME: tuple[Seller, ...] = ("public_research", "enterprise", "platform")
LATE_PER_MILLE = 10
LAST_YEAR = YEARS[-1]


class Party(NamedTuple):
    """One side of a contract; the province is known at home only."""

    id: str
    country: str
    province: str | None = None


def make_contracts(population: Population, seed: int, scale: float) -> list[Contract]:
    """Return all contracts, by year; dates are ordinals, amounts whole units of `currency`.

    Beside the fields of the dataset a contract holds `stock` and `value_cny`, which no office reports.
    """
    contracts: list[Contract] = []
    for year in YEARS:
        draws = Draws(seed, f"contracts {year}")
        of_year = _contracts_of(year, population, draws, scale)
        for number, position in enumerate(draws.shuffled(len(of_year)).tolist(), start=1):
            contract = of_year[position]
            contract["contract_id"] = f"SIM-C-{year}-{number:06d}"
            contract["registration_number"] = f"SIM-R-{year}-{number:06d}"
            contracts.append(contract)
    return contracts


def _contracts_of(year: int, population: Population, draws: Draws, scale: float) -> list[Contract]:
    stocks = list(stocks_of(year, scale))
    waiting = {seller: _sellers(seller, year, stocks, population, draws, scale) for seller in SELLERS_AT_HOME}
    contracts: list[Contract] = []
    for stock, count, value in stocks:
        common = _common_fields(stock, year, count, value, draws)
        parties = _parties(stock, year, [one["partner"] for one in common], waiting, population, draws)
        contracts += [_contract(stock, year, one, *pair) for one, pair in zip(common, parties, strict=True)]
    return contracts


def _sellers(
    seller: Seller, year: int, stocks: list[tuple[Stock, int, int]], population: Population, draws: Draws, scale: float
) -> list[Institution]:
    mine = [(stock, count) for stock, count, _ in stocks if stock.seller == seller]
    named = sum(count for stock, count in mine if "seller_id" in stock.fixed)
    total = sum(count for _, count in mine)
    return sellers_at_home(seller, year, total - named, population, draws, scale, named)


def _common_fields(stock: Stock, year: int, count: int, value: int, draws: Draws) -> list[Contract]:
    values = share_out(value, draws.skewed(count), step=100)
    signed, registered = _dates(year, count, draws)
    columns: dict[str, list[Any]] = {
        "sign_date": signed,
        "registration_date": registered,
        "channel": _codes(stock.channels, count, draws),
        "sector": _codes(stock.sectors, count, draws),
        "platform": _codes(stock.platforms, count, draws),
        "partner": _codes(stock.partners, count, draws),
        "pricing_mechanism": _codes(PRICING, count, draws),
        "trl": (draws.pick(count, MATURITY) + 1).tolist(),
        "currency": _currencies(stock, count, draws),
        "value_cny": values,
        "technology_part": draws.between(count, 550, 1_000).tolist(),
        "equity_part": draws.between(count, 300, 700).tolist(),
        "has_stock_options": draws.chance(count, 30).tolist(),
        "technology": draws.below(count, 10_000).tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _dates(year: int, count: int, draws: Draws) -> tuple[list[int], list[int]]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    signed = draws.between(count, first, last)
    registered = np.minimum(signed + draws.between(count, 5, 90), last)
    late = last + draws.between(count, 20, 300)
    is_late = draws.chance(count, LATE_PER_MILLE if year < LAST_YEAR else 0)
    return signed.tolist(), np.where(is_late, late, registered).tolist()


def _codes(weights: dict[str, int], count: int, draws: Draws) -> list[str]:
    codes = list(weights)
    return [codes[position] for position in draws.pick(count, list(weights.values()))]


def _currencies(stock: Stock, count: int, draws: Draws) -> list[str]:
    if not stock.in_foreign_currency:
        return ["CNY"] * count
    return _codes({"CNY": 45, "USD": 40, "EUR": 15}, count, draws)


def _parties(
    stock: Stock,
    year: int,
    partners: list[str],
    waiting: dict[Seller, list[Institution]],
    population: Population,
    draws: Draws,
) -> list[tuple[Party, Party]]:
    count = len(partners)
    numbers = draws.between(count, 1, COMPANIES_PER_COUNTRY).tolist()
    abroad = [
        Party(company_abroad(country, number), country) for country, number in zip(partners, numbers, strict=True)
    ]
    customers = population.existing(year, "enterprise")
    buyers = [_at_home(one) for one in drawn_from(customers, count, draws)]
    if stock.seller == "foreign":
        return list(zip(abroad, buyers, strict=True))
    if "seller_id" in stock.fixed:
        sellers = [_at_home(population.by_id[str(stock.fixed["seller_id"])])] * count
    else:
        sellers = [_at_home(waiting[stock.seller].pop()) for _ in range(count)]
    if stock.flow == "export":
        return list(zip(sellers, abroad, strict=True))
    return [
        (seller, buyer if buyer.id != seller.id else _at_home(next(one for one in customers if one.id != seller.id)))
        for seller, buyer in zip(sellers, buyers, strict=True)
    ]


def _at_home(one: Institution) -> Party:
    return Party(one.id, "CHN", one.province)


def _contract(stock: Stock, year: int, common: Contract, seller: Party, buyer: Party) -> Contract:
    value = common["value_cny"]
    if common["currency"] != "CNY":
        value = value * 100 // RATES_PER_HUNDRED[common["currency"]][year]
    equity = value * common["equity_part"] // 1_000 if common["channel"] == "equity" else None
    contract = {
        "contract_id": "",
        "registration_number": "",
        "sign_date": common["sign_date"],
        "registration_date": common["registration_date"],
        "channel": common["channel"],
        "seller_id": seller.id,
        "seller_country": seller.country,
        "seller_province": seller.province,
        "buyer_id": buyer.id,
        "buyer_country": buyer.country,
        "buyer_province": buyer.province,
        "value": value,
        "technology_value": value * common["technology_part"] // 1_000,
        "currency": common["currency"],
        "sector": common["sector"],
        "technology_id": f"SIM-T-{common['technology']:05d}",
        "platform": common["platform"],
        "trl": common["trl"],
        "pricing_mechanism": common["pricing_mechanism"],
        "equity_value": equity,
        "researcher_equity_value": equity and equity * common["equity_part"] // 1_000,
        "has_stock_options": common["has_stock_options"],
        "status": "active",
        "amends_contract_id": None,
        "stock": stock.name,
        "value_cny": common["value_cny"],
    }
    return {**contract, **stock.fixed}
