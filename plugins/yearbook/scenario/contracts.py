"""The contracts as they truly are, as columns: every stock of the plan filled, its value met to the yuan.

Codes are positions in the lists below, days are ordinals, amounts whole units of the currency. Beside the fields of
the dataset there are `stock` and `value_cny`, which no office reports. Not its business: amendments, duplicates and
mistakes (`histories.py`, `faults.py`), or how offices write a contract (`files/`).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from yearbook.scenario import labels
from yearbook.scenario.columns import NOTHING, Rows, draw_codes, filled, joined, places_of, size_of, take
from yearbook.scenario.draws import Draws, Integers, split
from yearbook.scenario.parties import COMPANIES_PER_COUNTRY, COUNTRIES, TYPES, Parties, sellers_at_home
from yearbook.scenario.plan import STOCKS, YEARS, Seller, Stock, Weights, stocks_of

CHANNELS, SECTORS, PLATFORMS = (places_of(words) for words in (labels.CHANNELS, labels.SECTORS, labels.PLATFORMS))
PRICING, CURRENCIES, STATUSES = (places_of(words) for words in (labels.PRICING, labels.CURRENCIES, labels.STATUSES))
TECHNOLOGIES = [*(f"SIM-T-{number:05d}" for number in range(10_000)), "intelligent_transmission"]

HOW_PRICED: dict[Seller, Weights] = {
    "public_research": {"negotiation": 66, "listing": 14, "valuation": 13, "bidding": 7},
    "enterprise": {"negotiation": 84, "listing": 6, "valuation": 6, "bidding": 4},
    "platform": {"negotiation": 30, "listing": 45, "valuation": 10, "bidding": 15},
    "foreign": {"negotiation": 92, "valuation": 8},
}
# What of the value pays for technology, per mille, from and to: in a service more is equipment and labour.
TECHNOLOGY_PART = {
    "development": (700, 950), "transfer": (850, 1_000), "license": (900, 1_000), "consulting": (800, 1_000),
    "service": (450, 850), "equity": (900, 1_000),
}  # fmt: skip
EQUITY_PART, RESEARCHERS_PART = (300, 700), (500, 900)
MATURITY = [1, 2, 4, 7, 10, 20, 24, 20, 12]
FOREIGN_MONEY: Weights = {"CNY": 45, "USD": 40, "EUR": 15}
YUAN_PER_HUNDRED = {
    "CNY": dict.fromkeys(YEARS, 100),
    "USD": dict(zip(YEARS, (691, 690, 645, 673, 708, 720), strict=True)),
    "EUR": dict(zip(YEARS, (773, 788, 763, 709, 766, 779), strict=True)),
}
VALUE_BITS, VALUE_STEP = 3, 100
LATE_PER_MILLE = 10
LAST_YEAR = YEARS[-1]


class Bounds(NamedTuple):
    """The first and the last day of a year."""

    first: int
    last: int

    @classmethod
    def of(cls, year: int) -> "Bounds":
        """Return those of a year."""
        return cls(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())


def make_contracts(parties: Parties, seed: int, scale: float) -> Iterator[tuple[int, Rows]]:
    """Yield the contracts of each year, by their number in it."""
    for year in YEARS:
        draws = Draws(seed, f"contracts {year}")
        rows = joined(list(_stocks_of(year, parties, draws, scale)))
        rows = take(rows, draws.shuffled(size_of(rows)))
        yield year, {"number": np.arange(1, size_of(rows) + 1, dtype=np.int64), **rows}


def _stocks_of(year: int, parties: Parties, draws: Draws, scale: float) -> Iterator[Rows]:
    stocks = list(stocks_of(year, scale))
    waiting = {seller: _sellers(seller, year, stocks, parties, draws) for seller in TYPES}
    customers = parties.existing(year, "enterprise")
    for stock, count, value in stocks:
        named = "seller_id" in stock.fixed
        sellers = filled(count, parties.by_id[str(stock.fixed["seller_id"])]) if named else filled(count, NOTHING)
        if not named and stock.seller in waiting:
            sellers, waiting[stock.seller] = np.split(waiting[stock.seller], [count])
        yield _stock_rows(stock, year, count, value, sellers, customers, parties, draws)


def _sellers(
    seller: Seller, year: int, stocks: list[tuple[Stock, int, int]], parties: Parties, draws: Draws
) -> Integers:
    mine = [(stock, count) for stock, count, _ in stocks if stock.seller == seller]
    named = {stock.fixed["seller_id"] for stock, _ in mine if "seller_id" in stock.fixed}
    total = sum(count for stock, count in mine if "seller_id" not in stock.fixed)
    return sellers_at_home(seller, year, total, parties, draws, len(named))


def _stock_rows(
    stock: Stock,
    year: int,
    count: int,
    value: int,
    sellers: Integers,
    customers: Integers,
    parties: Parties,
    draws: Draws,
) -> Rows:
    rows: Rows = {
        "stock": filled(count, STOCKS.index(stock)),
        **_dates(year, count, draws),
        "channel": draw_codes(draws, count, stock.channels, CHANNELS),
        "sector": draw_codes(draws, count, stock.sectors, SECTORS),
        "platform": draw_codes(draws, count, stock.platforms, PLATFORMS),
        **_both_parties(stock, count, sellers, customers, parties, draws),
        "pricing_mechanism": draw_codes(draws, count, HOW_PRICED[stock.seller], PRICING),
        "trl": draws.pick(count, MATURITY) + 1,
        "technology": draws.below(count, len(TECHNOLOGIES) - 1),
        "has_stock_options": draws.chance(count, 30).astype(np.int64),
    }
    weights = parties.levels[rows["seller"]] * draws.skewed(count, VALUE_BITS)
    rows |= _money(stock, year, split(value, weights, VALUE_STEP), rows["channel"], draws)
    for field, fixed in stock.fixed.items():
        if field == "technology_id":
            rows["technology"] = filled(count, TECHNOLOGIES.index(str(fixed)))
        elif field in rows:
            rows[field] = filled(count, int(fixed))
    return {name: column.astype(np.int64 if "value" in name else np.int32) for name, column in rows.items()}


def _dates(year: int, count: int, draws: Draws) -> Rows:
    bounds = Bounds.of(year)
    signed = draws.between(count, *bounds)
    registered = np.minimum(signed + draws.between(count, 5, 90), bounds.last)
    late = bounds.last + draws.between(count, 20, 300)
    is_late = draws.chance(count, LATE_PER_MILLE if year < LAST_YEAR else 0)
    return {"sign_date": signed, "registration_date": np.where(is_late, late, registered)}


def _both_parties(
    stock: Stock, count: int, sellers: Integers, customers: Integers, parties: Parties, draws: Draws
) -> Rows:
    country = draw_codes(draws, count, stock.partners, COUNTRIES)
    abroad = parties.abroad(country, draws.below(count, COMPANIES_PER_COUNTRY))
    chosen = draws.below(count, len(customers))
    if stock.flow == "export":
        return {"seller": sellers, "buyer": abroad}
    if stock.flow == "import":
        return {"seller": abroad, "buyer": customers[chosen]}
    is_seller = customers[chosen] == sellers
    return {"seller": sellers, "buyer": customers[(chosen + is_seller) % len(customers)]}


def _money(stock: Stock, year: int, value_cny: Integers, channels: Integers, draws: Draws) -> Rows:
    count = len(value_cny)
    currency = draw_codes(draws, count, FOREIGN_MONEY if stock.in_foreign_currency else {"CNY": 1}, CURRENCIES)
    rates = np.array([YUAN_PER_HUNDRED[code][year] for code in CURRENCIES], dtype=np.int64)
    values = value_cny * 100 // rates[currency]
    parts = np.array([TECHNOLOGY_PART[code] for code in CHANNELS], dtype=np.int64)[channels]
    part = parts[:, 0] + draws.below(count, 1_000) * (parts[:, 1] - parts[:, 0]) // 1_000
    equity = values * draws.between(count, *EQUITY_PART) // 1_000
    researchers = equity * draws.between(count, *RESEARCHERS_PART) // 1_000
    is_equity = channels == CHANNELS["equity"]
    return {
        "currency": currency,
        "value_cny": value_cny,
        "value": values,
        "technology_value": values * part // 1_000,
        "equity_value": np.where(is_equity, equity, NOTHING),
        "researcher_equity_value": np.where(is_equity, researchers, NOTHING),
    }
