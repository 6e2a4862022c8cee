"""What is wrong among the contracts that reach the office: cancelled, unreadable, contradictory, in a wrong unit.

It is added to the true contracts, in small amounts and between enterprises at home, so that no pinned figure moves. Not
its business: how cells are spelt.
"""

from collections.abc import Callable, Iterator

import numpy as np

from yearbook.scenario.columns import NOTHING, Rows, joined, size_of, take
from yearbook.scenario.contracts import CHANNELS, STATUSES, Bounds
from yearbook.scenario.draws import Draws, Integers
from yearbook.scenario.histories import LAST_DAY
from yearbook.scenario.parties import Parties
from yearbook.scenario.plan import STOCKS

PER_TEN_THOUSAND = {"cancelled": 25, "unread_date": 8, "unread_amount": 8, "unknown_country": 8}
SMALL_PART, SMALL_STEP = 20, 100
ENTERPRISE = next(at for at, stock in enumerate(STOCKS) if stock.name == "enterprise")

BAD_DATES = ("不详", "2023年13月45日", "二〇二三年", "31/02/2023", "待补")
BAD_AMOUNTS = ("面议", "见附件", "约120", "12-15")
BAD_COUNTRIES = ("亚特兰蒂斯", "Atlantis", "某国")
RAW = {"sign_date": BAD_DATES, "value": BAD_AMOUNTS, "buyer_country": BAD_COUNTRIES}
"""What stands in a cell that nobody can read, by field; `raw_<field>` is a position here."""

LETTERS = ["", "C", "D", "A", "L", "U", "X", "W", "Y", "N"]
"""What marks a contract that was added, in its number: cancelled, unread date, amount or country (location), a wrong
unit, a contradiction, the two sellers who once mistake the unit, and what only receipts know (nobody's)."""

# A value of ten thousand times what the technology in it cost (元 in a column of 万元): a contract in each year.
WRONG_UNIT_IN, WRONG_UNIT_VALUE, WRONG_UNIT_TECHNOLOGY = (2021, 2024), 3_200_000_000, 300_000
CONTRADICTED_IN, CONTRADICTION = 2023, 50_000
# Two sellers with an even history but for one year: 10⁴ times too much, and a part in 10⁸ (亿元 in a column of 元).
CARELESS = {"SIM-E9001": (2022, 420_000, 10_000, 1), "SIM-E9002": (2023, 360_000_000, 1, 100_000_000)}
PER_YEAR = 3


def with_faults(papers: Rows, year: int, parties: Parties, seed: int) -> Rows:
    """Return the papers on the true contracts of a year and those on what goes wrong beside them."""
    draws = Draws(seed, f"faults {year}")
    sound = papers | {name: np.zeros(size_of(papers), dtype=np.int32) for name in ("letter", *map(_raw, RAW))}
    is_plain = ~sound["is_amendment"] & (sound["registration_date"] <= Bounds.of(year).last)
    models = take(sound, (sound["stock"] == ENTERPRISE) & is_plain)
    return joined([sound, *_added(models, year, size_of(papers), parties, draws)])


def _raw(field: str) -> str:
    return f"raw_{field}"


def _added(models: Rows, year: int, count: int, parties: Parties, draws: Draws) -> Iterator[Rows]:
    for letter, (kind, make) in _KINDS.items():
        number = max(1, count * PER_TEN_THOUSAND[kind] // 10_000)
        turns = draws.below(number, 10_000)
        yield make(_small(models, letter, turns, draws), turns)
    for letter, (years, make_one) in _SINGLE.items():
        turns = draws.below(1, 10_000)
        if year in years:
            yield make_one(_small(models, letter, turns, draws), turns)
    for letter, seller in zip("WY", CARELESS, strict=True):
        turns = draws.below(PER_YEAR, 10_000)
        rows = _small(models, letter, turns, draws)
        yield _careless(rows, turns, year, parties.by_id[seller], *CARELESS[seller])


def _small(models: Rows, letter: str, turns: Integers, draws: Draws) -> Rows:
    """Services like those of enterprises, of small value, each under a number of its own."""
    rows = take(models, draws.below(len(turns), size_of(models)))
    same = {
        "channel": CHANNELS["service"],
        "equity_value": NOTHING,
        "researcher_equity_value": NOTHING,
        "letter": LETTERS.index(letter),
        "status": STATUSES["active"],
        "is_renamed": False,
    }
    rows |= {name: np.full(len(turns), value, dtype=rows[name].dtype) for name, value in same.items()}
    return rows | {
        "number": np.arange(1, len(turns) + 1),
        **_worth(rows["value"] // SMALL_PART // SMALL_STEP * SMALL_STEP),
    }


def _worth(values: Integers) -> Rows:
    return {"value": values, "technology_value": values * 8 // 10}


def _cancelled(rows: Rows, turns: Integers) -> Rows:
    later = np.minimum(rows["registration_date"] + 30 + turns % 200, LAST_DAY).astype(np.int32)
    status = np.full(len(turns), STATUSES["cancelled"], dtype=np.int32)
    last = rows | {"status": status, "registration_date": later}
    return joined([take(rows, later > rows["registration_date"]), last])


def _unread(field: str) -> Callable[[Rows, Integers], Rows]:
    return lambda rows, turns: rows | {_raw(field): (1 + turns % len(RAW[field])).astype(np.int32)}


def _wrong_unit(rows: Rows, turns: Integers) -> Rows:
    return rows | {
        "value": np.full(len(turns), WRONG_UNIT_VALUE),
        "technology_value": np.full(len(turns), WRONG_UNIT_TECHNOLOGY),
    }


def _contradiction(rows: Rows, _: Integers) -> Rows:
    return joined([rows, rows | {"value": rows["value"] + CONTRADICTION}])


def _careless(
    rows: Rows, turns: Integers, year: int, seller: int, wrong_in: int, usual: int, times: int, part: int
) -> Rows:
    values = usual * (90 + turns % 21) // 100
    technology = values * 8 // 10
    if year == wrong_in:
        values[0] = values[0] * times // part
        technology[0] = technology[0] // part
    return rows | {
        "seller": np.full(len(turns), seller, dtype=rows["seller"].dtype),
        "value": values,
        "technology_value": technology,
    }


_KINDS: dict[str, tuple[str, Callable[[Rows, Integers], Rows]]] = {
    "C": ("cancelled", _cancelled),
    "D": ("unread_date", _unread("sign_date")),
    "A": ("unread_amount", _unread("value")),
    "L": ("unknown_country", _unread("buyer_country")),
}
_SINGLE: dict[str, tuple[tuple[int, ...], Callable[[Rows, Integers], Rows]]] = {
    "U": (WRONG_UNIT_IN, _wrong_unit),
    "X": ((CONTRADICTED_IN,), _contradiction),
}
