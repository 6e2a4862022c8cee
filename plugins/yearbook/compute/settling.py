"""Tell the records that touch a figure from those that do not, by asking what groups of them make.

A group of records that make nothing by themselves and whose absence changes nothing is left out as a whole; a group
whose records are all counted touches as a whole; any other is divided, down to one record. A group is counted whole
where a number of records grows by its size as it comes, or falls by its size as it goes; and where the value, numerator
or denominator does so by the exact sum of what its records say in one field, none of them nothing. Not its business:
how a figure is made, and into what a group is best divided (`tracing`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from math import ulp
from typing import Any

from yearbook.compute.worlds import BASE, Row

NUMBERS = ("value", "numerator", "denominator")
COUNTS = ("records", BASE)

Group = list[int]
Divide = Callable[[Group], list[Group]]
Told = tuple[Any, ...]
Amounts = Mapping[int, Decimal]
"""What each record says in one field, by number: those alone that say more than nothing."""


class Search:
    """Tell records that touch a figure from those that do not, while `goes_on` says so of the questions asked so far.

    `amounts` are what records say in fields that a figure may be a sum of. Where the search ends early, what was not
    told apart is `unsettled`.
    """

    def __init__(
        self,
        make: Callable[[set[int]], Row | None],
        everything: set[int],
        goes_on: Callable[[int], bool],
        amounts: Sequence[Amounts] = (),
    ) -> None:
        self._make, self._everything, self._goes_on, self._amounts = make, everything, goes_on, amounts
        self._questions = 0
        self.row = make(everything)
        self.found: set[int] = set()
        self.unsettled: set[int] = set()
        self.full, self.nothing = _told(self.row), self.ask(set())

    def ask(self, numbers: set[int]) -> Told:
        """What records make by themselves."""
        self._questions += 1
        self._is_asking = self._goes_on(self._questions)
        return _told(self._make(numbers))

    def settle(self, groups: list[Group], divide: Divide) -> None:
        """Ask what each group makes by itself, and last whether the silent ones are missed; `divide` divides one."""
        silent: list[Group] = []
        while groups and self._is_asking:
            group = groups.pop(0)
            alone = self.ask(set(group))
            if alone == self.nothing:
                silent.append(group)
            elif self._is_whole(group, self.nothing, alone):
                self.found.update(group)
            else:
                groups += divide(group)
        self.unsettled.update(one for group in groups for one in group)
        quiet = {one for group in silent for one in group}
        if quiet and (without := self.ask(self._everything - quiet)) != self.full:
            self._need(silent, self._everything, without, divide)

    def _need(self, groups: list[Group], around: set[int], without: Told, divide: Divide) -> None:
        """Find in groups, which are missed together by the records around them, those that are.

        `without` is what is left without all of them. Where neither half is missed, each stands in for the other: then
        it is missed where the other is out.
        """
        members = {one for group in groups for one in group}
        if self._is_whole(members, without, self.full):
            self.found |= members
            return
        if not self._is_asking:
            self.unsettled |= members
            return
        halves = _two(groups if len(groups) > 1 else divide(groups[0]))
        inside = [{one for group in half for one in group} for half in halves]
        left = [self.ask(around - half) for half in inside]
        missed = [place for place in (0, 1) if left[place] != self.full]
        for place in missed:
            self._need(halves[place], around, left[place], divide)
        for place in () if missed else (0, 1):
            self._need(halves[place], around - inside[1 - place], without, divide)
        rest = members - self.found - self.unsettled
        if missed and rest and (left_over := self.ask(around - rest)) != self.full:
            self._need([sorted(rest)], around, left_over, divide)

    def _is_whole(self, group: Collection[int], less: Told, more: Told) -> bool:
        """Whether all records of a group count, whose presence makes more of less: one that makes anything does."""
        grown = [now - then for then, now in zip(less, more, strict=True)]
        return (
            len(group) == 1
            or len(group) in grown[len(NUMBERS) :]
            or any(
                _is_sum(grown[place], max(abs(less[place]), abs(more[place])), group, amounts)
                for place in range(len(NUMBERS))
                for amounts in self._amounts
            )
        )


def _is_sum(grown: float, size: float, group: Collection[int], amounts: Amounts) -> bool:
    """Whether a number of some size grew by the amounts of a group, each of which it is fine enough to show."""
    if not all(one in amounts for one in group):
        return False
    parts = [amounts[one] for one in group]
    noise = 2 * ulp(size)
    return min(parts) > 2 * noise and abs(grown - float(sum(parts))) <= noise


def _two(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    middle = len(groups) // 2
    return groups[:middle], groups[middle:]


def _told(row: Row | None) -> Told:
    """What of a figure must be the same; no figure is the same as one of nothing."""
    return tuple((row or {}).get(name) or 0 for name in (*NUMBERS, *COUNTS))


def grouped(numbers: Iterable[int], class_of: Callable[[int], str]) -> list[Group]:
    """Numbers by their class."""
    return [list(group) for _, group in groupby(sorted(numbers, key=class_of), key=class_of)]
