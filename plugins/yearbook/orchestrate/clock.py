"""How long the library itself was at work in this process: what is left of a run's time is Airflow's own share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Clock:
    """Adds up the seconds of the blocks that it measures; a block within a block counts once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure a block."""
        began = time.perf_counter()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self.seconds += time.perf_counter() - began

    def timed(self, function: Callable[P, R]) -> Callable[P, R]:
        """Measure every call of a function."""

        @wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.running():
                return function(*args, **kwargs)

        return measured


LIBRARY = Clock()
