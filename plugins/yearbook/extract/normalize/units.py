"""Units: 元, 万元, 亿美元, thousand USD, RMB 10,000, 项, 万人, %, months … as a factor to the kind's base.

A unit is scales (万, million) times one base (a currency, a noun, a time); each part may stand before or after the
other. What does not read whole is no unit: `元/人` is refused, not read as 元.
"""

import difflib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from yearbook.extract.normalize.currencies import CODES, NAMES
from yearbook.model.codelist import fold

MONEY = "money"
PERCENT = "percent"
COUNT = "count"
YUAN = "CNY"


@dataclass(frozen=True)
class Unit:
    """`factor` base units. `kind` is money, count, percent, a time or a measure, or empty for a scale alone."""

    factor: Decimal
    kind: str = ""
    currency: str | None = None

    @property
    def base(self) -> tuple[str, str | None]:
        """What is counted, without how many at a time."""
        return self.kind, self.currency


_SCALES = {
    "百": "1e2",
    "千": "1e3",
    "万": "1e4",
    "萬": "1e4",
    "亿": "1e8",
    "億": "1e8",
    "ten": "10",
    "hundred": "1e2",
    "thousand": "1e3",
    "thousands": "1e3",
    "k": "1e3",
    "lakh": "1e5",
    "crore": "1e7",
    "million": "1e6",
    "millions": "1e6",
    "mio": "1e6",
    "mln": "1e6",
    "mn": "1e6",
    "m": "1e6",
    "billion": "1e9",
    "billions": "1e9",
    "bn": "1e9",
    "trillion": "1e12",
    "trillions": "1e12",
    "tn": "1e12",
}
_NOUNS: dict[tuple[str, str], str] = {
    (COUNT, "1"): "项 件 个 份 家 人 人次 名 户 套 台 所 条 item items person persons people piece pieces unit units "
    "contract contracts project projects household households case cases count number",
    (PERCENT, "1"): "% percent pct 百分比 百分点 percentagepoint percentagepoints",
    (PERCENT, "100"): "ratio fraction 小数 比例",
    (PERCENT, "0.1"): "‰ permille 千分比",
    ("hour", "1"): "小时 hour hours h",
    ("hour", "24"): "天 日 day days",
    ("month", "1"): "月 个月 month months",
    ("month", "12"): "年 year years",
    ("watt", "1e3"): "千瓦 kw",
    ("watt", "1e6"): "兆瓦 mw",
    ("watt", "1e9"): "吉瓦 gw",
    ("kilogram", "1"): "千克 公斤 kg",
    ("kilogram", "1e3"): "吨 ton tons tonne tonnes",
    ("hectare", "1"): "公顷 ha hectare hectares",
}
_COMMON = (
    *("元", "千元", "万元", "百万元", "千万元", "亿元", "美元", "万美元", "亿美元", "欧元", "万", "亿"),
    *("CNY", "thousand CNY", "million CNY", "billion CNY", "RMB 10,000", "USD", "thousand USD", "million USD"),
    *("billion USD", "EUR", "million EUR", "thousand", "million", "billion"),
    *("项", "件", "人", "万人", "items", "persons"),
    *("%", "percent", "ratio", "‰", "hours", "days", "months", "years", "kW", "MW", "GW"),
)
_SEPARATORS = re.compile(r"[\s()\[\]【】,.:;_|'\-]+")
_LABEL = re.compile(r"^(?:金额|计量|货币)?(?:单位|unitof\w+|units?)[:：]")
_POWER_OF_TEN = re.compile(r"10+")
_LONGEST = 60


@cache
def _tokens() -> dict[str, Unit]:
    tokens = {word: Unit(Decimal(factor)) for word, factor in _SCALES.items()}
    for (kind, factor), words in _NOUNS.items():
        tokens |= {fold(word): Unit(Decimal(factor), kind) for word in words.split()}
    tokens |= {code.casefold(): Unit(Decimal(1), MONEY, code) for code in CODES}
    tokens |= {fold(name): Unit(Decimal(1), MONEY, code) for name, code in NAMES.items()}
    # 元 is the yuan unless another currency stands with it.
    tokens |= dict.fromkeys(("元", "圆"), Unit(Decimal(1), MONEY))
    return tokens


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Read a unit, with or without brackets and a label such as `单位：`. None where any part of it is unknown."""
    if len(text) > _LONGEST:
        return None
    bare = _SEPARATORS.sub("", _LABEL.sub("", fold(text).strip("()[]【】")))
    unit = _read(bare) if bare else None
    return replace(unit, currency=YUAN) if unit is not None and unit.base == (MONEY, None) else unit


def _read(text: str) -> Unit | None:
    if not text:
        return Unit(Decimal(1))
    for length in range(len(text), 0, -1):
        head = _token(text[:length])
        if head is None:
            continue
        rest = _read(text[length:])
        joined = _join(head, rest) if rest is not None else None
        if joined is not None:
            return joined
    return None


def _token(word: str) -> Unit | None:
    if _POWER_OF_TEN.fullmatch(word):
        return Unit(Decimal(word))
    return _tokens().get(word)


def _join(head: Unit, rest: Unit) -> Unit | None:
    one_currency = head.kind == rest.kind == MONEY and len({head.currency, rest.currency} - {None}) == 1
    if head.kind and rest.kind and not one_currency:
        # One currency said twice (人民币万元, 港币万元, RMB … yuan) counts once; two bases are a rate, and no unit.
        return None
    return Unit(head.factor * rest.factor, head.kind or rest.kind, head.currency or rest.currency)


def nearest_units(text: str, how_many: int = 5) -> list[str]:
    """Known units most like an unknown one, for the message that names it."""
    by_fold = {fold(unit): unit for unit in _COMMON}
    close = difflib.get_close_matches(fold(text), list(by_fold), n=how_many, cutoff=0.34)
    return [by_fold[one] for one in close] or list(_COMMON[:how_many])
