"""How long something takes, beside a tenth of a second of work on the same machine at the same moment."""

import time
from collections.abc import Callable


def tenth_of_a_second() -> None:
    """What an idle machine of ours does in that time."""
    sum(number * number for number in range(2_400_000))


def seconds(act: Callable[[], object]) -> float:
    """How long one go takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin
