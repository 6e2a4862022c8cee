"""Asking a step whether it is current: a step says so by its fingerprint, and nothing is done.

A preview workspace stops at the first step that is not current. Not its business: which steps there are.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from yearbook.errors import YearbookError
from yearbook.lake import Lake
from yearbook.workspace import RUN, Step, Workspace


class Stale(Exception):
    """A step would have to be redone."""


@dataclass(frozen=True)
class Preview(Workspace):
    """A workspace in which a step that is current is passed, and the first that is not ends the question.

    `is_told` writes what is passed to the run log as kept: a run that starts nothing says so, a mere question does not.
    `asked` is the workspace that the question is about, whose lake it reads.
    """

    is_told: bool = True
    asked: Workspace | None = None

    @classmethod
    def of(cls, workspace: Workspace, *, is_told: bool = True) -> "Preview":
        """The same programme, for asking only."""
        return cls(workspace.settings, workspace.recipe, workspace.catalogue, workspace.api, is_told, workspace)

    @cached_property
    def lake(self) -> Lake:
        """The lake of the workspace that is asked about."""
        return self.asked.lake if self.asked else Lake(self.settings.programme_home(self.programme))

    @contextmanager
    def step(self, step: str, *, subject: str = "", year: int | None = None) -> Iterator[Step]:
        """Pass a current step as kept. Raises for any other."""
        known = self.catalogue.find_step(step, subject, year)
        yield Step(known, self._are_intact, start=_end_the_question)
        if self.is_told:
            rows = known.rows if known else 0
            self.catalogue.log(RUN, "kept", step, subject=subject, year=year, rows=rows, seconds=0.0)


def _end_the_question() -> NoReturn:
    raise Stale


def is_current(question: Callable[[], object]) -> bool:
    """Whether all steps that `question` goes through are current. An error is not: the run itself must tell it."""
    try:
        question()
    except (Stale, YearbookError):
        return False
    return True
