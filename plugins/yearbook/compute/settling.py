"""Tell the records that touch a figure from those that do not, by asking what groups of them make.

A group of records that make nothing by themselves and whose absence changes nothing is left out as a whole; a group
whose records are all counted touches as a whole; any other is divided, down to one record. Not its business: how a
figure is made, and into what a group is best divided (`tracing`).
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from yearbook.compute.worlds import BASE, Row

NUMBERS = ("value", "numerator", "denominator")
COUNTS = ("records", BASE)

Group = list[int]
Divide = Callable[[Group], list[Group]]
Told = tuple[Any, ...]


class Search:
    """Tell records that touch a figure from those that do not; `divide` says into what a group falls."""

    def __init__(self, make: Callable[[set[int]], Row | None], everything: set[int], most: int) -> None:
        self._make, self._left = make, most
        self._everything = everything
        self.row = make(everything)
        self.full, self.nothing = _told(self.row), self.ask(set())
        self.found: set[int] = set()
        self.unsettled: set[int] = set()

    def ask(self, numbers: set[int]) -> Told:
        """What records make by themselves."""
        self._left -= 1
        return _told(self._make(numbers))

    def settle(self, groups: list[Group], divide: Divide) -> None:
        """Ask what each group makes by itself, and last whether the silent ones are missed."""
        silent: list[Group] = []
        while groups and self._left > 0:
            group = groups.pop(0)
            alone = self.ask(set(group))
            if alone == self.nothing:
                silent.append(group)
            elif len(group) == 1 or len(group) in _grown(self.nothing, alone):
                self.found.update(group)
            else:
                groups += divide(group)
        self.unsettled.update(one for group in groups for one in group)
        quiet = {one for group in silent for one in group}
        if quiet and self.ask(self._everything - quiet) != self.full:
            self._need(silent, self._everything, divide)

    def _need(self, groups: list[Group], around: set[int], divide: Divide) -> None:
        """Find in groups, which are missed together by the records around them, those that are.

        Where neither half is missed, each stands in for the other: then it is missed where the other is out.
        """
        members = {one for group in groups for one in group}
        if self._left <= 0 or len(members) == 1:
            (self.found if len(members) == 1 else self.unsettled).update(members)
            return
        halves = _two(groups if len(groups) > 1 else divide(groups[0]))
        inside = [{one for group in half for one in group} for half in halves]
        missed = [place for place in (0, 1) if self.ask(around - inside[place]) != self.full]
        for place in missed or (0, 1):
            self._need(halves[place], around if missed else around - inside[1 - place], divide)
        rest = members - self.found - self.unsettled
        if missed and rest and self.ask(around - rest) != self.full:
            self._need([sorted(rest)], around, divide)


def _two(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    middle = len(groups) // 2
    return groups[:middle], groups[middle:]


def _grown(before: Told, after: Told) -> list[int]:
    """By how much each count has grown."""
    return [int(now - then) for then, now in zip(before, after, strict=True)][len(NUMBERS) :]


def _told(row: Row | None) -> Told:
    """What of a figure must be the same; no figure is the same as one of nothing."""
    return tuple((row or {}).get(name) or 0 for name in (*NUMBERS, *COUNTS))


def grouped(numbers: Iterable[int], class_of: Callable[[int], str]) -> list[Group]:
    """Numbers by their class."""
    return [list(group) for _, group in groupby(sorted(numbers, key=class_of), key=class_of)]
