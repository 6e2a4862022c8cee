"""Marks in square brackets in a table, of figures and of changes, and the notes below it that say what they mean."""

from collections.abc import Iterable

from yearbook.model.indicator import Indicator
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.words.changes import Change
from yearbook.publish.words.language import N_
from yearbook.publish.words.vocabulary import FLAGS, LOW, NOT_TOLD, NOT_TOLD_FLAG, REASONS, STATUSES

SHARED_FLAG = N_("All figures of this table are marked [%(flag)s]: %(meaning)s.")
FLAG_NOTE = N_("[%(flag)s] %(meaning)s.")
FLAG_NOTE_WHY = N_("[%(flag)s] %(meaning)s: %(reasons)s.")
EXPLAINED = frozenset({"M", "U"})
"""Statuses that differ by their reason."""


def mark_change(text: str, change: Change) -> str:
    """The text of a change with its mark where it has no direction."""
    return f"{text} [{NOT_TOLD_FLAG}]" if change.has_no_direction else text


def tell_not_told(context: Context, changes: Iterable[Change | None]) -> list[str]:
    """What the mark means, where one of the changes has it."""
    if not any(change is not None and change.has_no_direction for change in changes):
        return []
    return [context.language.say(FLAG_NOTE, flag=NOT_TOLD_FLAG, meaning=context.language.say(NOT_TOLD))]


class Flags:
    """Marks in square brackets: those that all cells share go into a note, the others to their cells."""

    def __init__(self, context: Context, indicator: Indicator, figures: Iterable[Figure]) -> None:
        self._context = context
        self._indicator = indicator
        self._figures = list(figures)
        known = {figure.status for figure in self._figures if figure.is_known}
        self.shared = known.pop() if len(known) == 1 else None

    def mark(self, figure: Figure) -> str:
        """The mark of one cell, or an empty text."""
        status = figure.status
        flag = FLAGS.get(status)
        return f"[{flag}]" if flag and status != self.shared else ""

    def own_mark(self, figure: Figure) -> str:
        """The mark of a figure that stands alone, which shares none with others."""
        flag = FLAGS.get(figure.status)
        return f"[{flag}]" if flag else ""

    def meanings(self) -> list[str]:
        """What the marks of figures mean that stand alone."""
        say = self._context.language.say
        found = sorted({figure.status for figure in self._figures} & set(FLAGS))
        return [say(FLAG_NOTE, flag=FLAGS[status], meaning=say(STATUSES[status])) for status in found]

    def notes(self) -> list[str]:
        """What the marks mean, each once."""
        say = self._context.language.say
        found = {status for figure in self._figures if (status := figure.status) in FLAGS}
        notes = []
        for status in sorted(found):
            meaning = {"flag": FLAGS[status], "meaning": say(STATUSES[status])}
            reasons = self._reasons(status)
            if status == self.shared:
                notes.append(say(SHARED_FLAG, **meaning))
            elif reasons:
                notes.append(say(FLAG_NOTE_WHY, **meaning, reasons=reasons))
            else:
                notes.append(say(FLAG_NOTE, **meaning))
        return notes

    def _reasons(self, status: str) -> str:
        if status not in EXPLAINED:
            return ""
        reasons = sorted({figure.reason for figure in self._figures if figure.status == status and figure.reason})
        say = self._context.language.say
        words = LOW if status == "U" else REASONS
        return self._context.language.enumerate([say(words.get(reason, reason)) for reason in reasons])
