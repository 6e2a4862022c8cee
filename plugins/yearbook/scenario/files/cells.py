"""How people write amounts and dates: 万元, full-width digits, a blank inside a number, four shapes of a day."""

from collections.abc import Callable
from datetime import date

from yearbook.scenario.draws import Draws

PLAIN, FULL_WIDTH, BLANK_INSIDE, SEPARATED = range(4)
HAND_PER_MILLE = (985, 5, 4, 6)
EXCEL_DAY_ZERO = date(1899, 12, 30).toordinal()
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
DateStyle = Callable[[int], str]


def hands(count: int, draws: Draws) -> list[int]:
    """Return for each row how its numbers are written: nearly always plainly."""
    return [int(hand) for hand in draws.pick(count, HAND_PER_MILLE)]


def amount(value: int | None, hand: int = PLAIN, per: int = 1) -> str:
    """Write `value` in units of `per` (a power of ten), without rounding; nothing for None."""
    if value is None:
        return ""
    whole, rest = divmod(value, per)
    digits = f"{rest:0{len(str(per)) - 1}d}".rstrip("0") if rest else ""
    text = f"{whole:,}" if hand in (BLANK_INSIDE, SEPARATED) else str(whole)
    if hand == BLANK_INSIDE and len(text) > 1:
        at = 3 if text[1] == "," else 1
        text = f"{text[:at]} {text[at:]}"
    text = f"{text}.{digits}" if digits else text
    return text.translate(_WIDE) if hand == FULL_WIDTH else text


def iso(day: int) -> str:
    """`2024-03-05`."""
    return date.fromordinal(day).isoformat()


def chinese(day: int) -> str:
    """`2024年3月5日`."""
    one = date.fromordinal(day)
    return f"{one.year}年{one.month}月{one.day}日"


def slashed(day: int) -> str:
    """`2024/3/5`."""
    one = date.fromordinal(day)
    return f"{one.year}/{one.month}/{one.day}"


def day_first(day: int) -> str:
    """`05/03/2024`."""
    one = date.fromordinal(day)
    return f"{one.day:02d}/{one.month:02d}/{one.year}"


def compact(day: int) -> str:
    """`20240305`."""
    return iso(day).replace("-", "")


def serial(day: int) -> str:
    """Excel's number of a day."""
    return str(day - EXCEL_DAY_ZERO)
