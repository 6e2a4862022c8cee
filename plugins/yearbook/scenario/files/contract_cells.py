"""The columns of a contract file as bytes, a page of rows at a time: words for codes, days, amounts, numbers.

Not its business: which columns a layout has (`contract_layouts.py`), or which rows a file (`contract_files.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.scenario.columns import NOTHING, Rows, size_of
from yearbook.scenario.draws import Draws, Integers
from yearbook.scenario.faults import LETTERS, RAW
from yearbook.scenario.files import cells
from yearbook.scenario.parties import Parties
from yearbook.scenario.plan import YEARS

NAMES_PERCENT = (80, 14, 6)  # in the language of the file, in the other one, the old name
UNITS_PERCENT = (35, 60, 5)  # 元, 万元, 亿元
ODD_DATES_PER_MILLE = 12
PER = np.array([1, 10_000, 100_000_000], dtype=np.int64)
DIGITS = 7
FIRST_DAY, LAST_DAY = date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal()


@dataclass(frozen=True)
class Page:
    """Some rows of a file, and how it is encoded."""

    rows: Rows
    parties: Parties
    encoding: str

    def words(self, vocabulary: Sequence[str], positions: Integers) -> pa.Array:
        """Return the words at positions, and an empty text for nothing."""
        known = _encoded((*vocabulary, ""), self.encoding)
        return known.take(pa.array(np.where(positions == NOTHING, len(vocabulary), positions)))

    def with_raw(self, field: str, texts: pa.Array) -> pa.Array:
        """Return the texts, but where the office got something that nobody can read, that."""
        raw = self.rows.get(f"raw_{field}")
        if raw is None or not raw.any():
            return texts
        return pc.if_else(pa.array(raw > 0), self.words(RAW[field], raw - 1), texts)


Write = Callable[[Page], pa.Array]


def with_hands(contracts: Rows, year: int, seed: int) -> Rows:
    """Return the contracts with the hand each is written in: whatever is sent twice is written alike."""
    count = size_of(contracts)
    draws = Draws(seed, f"handwriting of contracts {year}")
    return {
        **contracts,
        "hand": draws.pick(count, cells.HAND_PER_MILLE).astype(np.int8),
        "name_hand": draws.pick(count, NAMES_PERCENT).astype(np.int8),
        "unit_hand": draws.pick(count, UNITS_PERCENT).astype(np.int8),
        "has_odd_date": draws.chance(count, ODD_DATES_PER_MILLE),
    }


def lines(columns: Sequence[pa.Array]) -> memoryview:
    """Return rows of CSV as they stand in a file."""
    text = pc.binary_join_element_wise(*columns, pa.scalar(b","))
    text = pc.binary_join_element_wise(text, pa.scalar(b"\r\n"), pa.scalar(b""))
    _, offsets, content = text.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[text.offset : text.offset + len(text) + 1]
    return memoryview(content)[int(ends[0]) : int(ends[-1])]


@cache
def _encoded(words: tuple[str, ...], encoding: str) -> pa.Array:
    return pa.array([quoted(word).encode(encoding) for word in words], pa.binary())


def quoted(text: str) -> str:
    """Return a cell of CSV."""
    return f'"{text}"' if "," in text else text


def code(field: str, vocabulary: Sequence[str]) -> Write:
    """A code, by its word."""
    words = tuple(vocabulary)
    return lambda page: page.words(words, page.rows[field])


def number(field: str) -> Write:
    """A small whole number."""
    return lambda page: pa.array(page.rows[field]).cast(pa.string()).cast(pa.binary())


def identifier(kind: str, *, amended: bool = False) -> Write:
    """The number of a contract (C) or of its registration (R); `amended`, that of the contract which it amends."""
    prefixes = tuple(f"SIM-{kind}-{year}-{letter}" for year in YEARS for letter in LETTERS)

    def write(page: Page) -> pa.Array:
        rows = page.rows
        prefix = page.words(prefixes, (rows["year"] - YEARS[0]) * len(LETTERS) + rows["letter"])
        digits = pc.utf8_lpad(pa.array(rows["number"]).cast(pa.string()), DIGITS, "0").cast(pa.binary())
        is_renamed = rows["is_renamed"] & rows["is_amendment"]
        if amended:
            whole = pc.binary_join_element_wise(prefix, digits, pa.scalar(b""))
            return pc.if_else(pa.array(is_renamed), whole, pa.scalar(b""))
        suffix = page.words(("", "-A1"), is_renamed.astype(np.int64) * (kind == "C"))
        return pc.binary_join_element_wise(prefix, digits, suffix, pa.scalar(b""))

    return write


def party(role: str) -> Write:
    """The code of the seller or the buyer."""
    return lambda page: page.words(tuple(page.parties.ids), page.rows[role])


def party_name(role: str, order: tuple[int, int, int]) -> Write:
    """One of the names of a party; `order` says which is usual in the file: Chinese (0), English (1), the old one."""

    def write(page: Page) -> pa.Array:
        vocabulary = tuple(name for which in order for name in page.parties.names[which])
        return page.words(vocabulary, page.rows["name_hand"].astype(np.int64) * len(page.parties.ids) + page.rows[role])

    return write


def country(role: str, vocabulary: Sequence[str]) -> Write:
    """The country of a party."""
    words = tuple(vocabulary)
    field = f"{role}_country"
    return lambda page: page.with_raw(field, page.words(words, page.parties.countries[page.rows[role]]))


def province(role: str, vocabulary: Sequence[str]) -> Write:
    """The province of a party at home."""
    words = tuple(vocabulary)

    def write(page: Page) -> pa.Array:
        raw = page.rows.get(f"raw_{role}_country", np.zeros(1, dtype=np.int64))
        return page.words(words, np.where(raw > 0, NOTHING, page.parties.provinces[page.rows[role]]))

    return write


def day(field: str, usual: cells.DateStyle, odd: cells.DateStyle) -> Write:
    """A day, in the usual style of the file or, rarely, in another one."""
    days = range(FIRST_DAY, LAST_DAY + 1)
    words = tuple(style(one) for style in (usual, odd) for one in days)

    def write(page: Page) -> pa.Array:
        positions = page.rows[field] - FIRST_DAY + page.rows["has_odd_date"] * len(days)
        return page.with_raw(field, page.words(words, positions))

    return write


def money(field: str, per: int | None = 1) -> Write:
    """An amount in units of `per`; without one, in the unit of the row."""

    def write(page: Page) -> pa.Array:
        values = page.rows[field]
        units = PER[page.rows["unit_hand"]] if per is None else np.full(len(values), per, dtype=np.int64)
        return page.with_raw(field, amounts(values, page.rows["hand"], units, page.encoding))

    return write


def amounts(values: Integers, hands: Integers, units: Integers, encoding: str) -> pa.Array:
    """Return amounts as text in units of their own, each in its hand: nearly all of them plainly."""
    wholes, rests = np.divmod(values, units)
    plain = pc.binary_join_element_wise(
        pa.array(wholes).cast(pa.string()).cast(pa.binary()), *_decimals(rests, units), pa.scalar(b"")
    )
    odd = np.flatnonzero((hands != cells.PLAIN) & (values != NOTHING))
    if len(odd):
        triples = zip(values[odd].tolist(), hands[odd].tolist(), units[odd].tolist(), strict=True)
        texts = [quoted(cells.amount(*triple)).encode(encoding) for triple in triples]
        is_odd = np.zeros(len(values), dtype=bool)
        is_odd[odd] = True
        plain = pc.replace_with_mask(plain, pa.array(is_odd), pa.array(texts, pa.binary()))
    return pc.if_else(pa.array(values == NOTHING), pa.scalar(b""), plain)


def _decimals(rests: Integers, units: Integers) -> tuple[pa.Array, pa.Array]:
    """Return the point with up to four decimals, and up to four more, without zeros at the end."""
    eight = rests * (PER[2] // units)
    high, low = np.divmod(eight, 10_000)
    first, second = _decimal_tables()
    return first.take(pa.array(np.where(low == 0, high, high + 10_000))), second.take(pa.array(low))


@cache
def _decimal_tables() -> tuple[pa.Array, pa.Array]:
    four = [f"{number:04d}" for number in range(10_000)]
    ended = [digits.rstrip("0") for digits in four]
    first = [f".{digits}" if digits else "" for digits in ended] + [f".{digits}" for digits in four]
    return pa.array([text.encode() for text in first]), pa.array([text.encode() for text in ended])
