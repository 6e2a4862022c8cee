"""What decisions do, in words: headlines before and after, and what becomes of records."""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.model.observation import TOTAL
from yearbook.model.recipe import UNKNOWN_YEAR
from yearbook.publish.words.language import load_language
from yearbook.publish.words.units import Units, load_units
from yearbook.review.fates import Fate
from yearbook.review.figures import HeadlineChange
from yearbook.review.pages.names import Names

NONE = "–"
MOST_FATES = 10
POINTS = "percentage_points"
"""The unit of what lies between two percentages."""


@dataclass(frozen=True)
class HeadlineLine:
    """One headline of an edition."""

    year: int
    title: str
    before: str
    after: str
    difference: str
    is_changed: bool


def write_changes(names: Names, changes: list[HeadlineChange]) -> list[HeadlineLine]:
    """Write headlines in their units, the changed first."""
    reports = names.workspace.settings.reports
    units = load_units(reports, load_language(names.language.tag, reports))
    lines = [_line(names, units, one) for one in changes]
    return sorted(lines, key=lambda one: not one.is_changed)


def list_fates(names: Names, fates: Sequence[Fate]) -> list[str]:
    """Say what becomes of records, one line each."""
    say = names.language.say
    return [say("%(what)s: %(why)s", what=one.record_key, why=_write_fate(names, one)) for one in fates]


def write_fates(names: Names, fates: Sequence[Fate]) -> list[str]:
    """Say what becomes of records; of many, of the first."""
    lines = list_fates(names, fates[:MOST_FATES])
    more = len(fates) - len(lines)
    return [*lines, names.language.say("and %(count)s more", count=str(more))] if more else lines


def _write_fate(names: Names, fate: Fate) -> str:
    before, after = fate.before, fate.after
    what = names.disposition(fate.dataset, after.disposition, after.reason)
    if before.year == after.year:
        return names.language.say("after this the record is %(what)s", what=what)
    if before.year == UNKNOWN_YEAR:
        return names.language.say(
            "after this the record belongs to %(after)s, and is %(what)s", after=names.year(after.year), what=what
        )
    return names.language.say(
        "after this the record belongs to %(after)s, no longer to %(before)s, and is %(what)s",
        after=names.year(after.year),
        before=names.year(before.year),
        what=what,
    )


def _line(names: Names, units: Units, change: HeadlineChange) -> HeadlineLine:
    values = [value for value in (change.before, change.after) if value is not None]
    between = POINTS if units.get(change.unit).change == "points" else change.unit
    decimals = change.enough_decimals
    scale = units.for_table(change.unit, values, decimals)
    title = change.title.get(names.language.tag)
    moved = change.difference
    return HeadlineLine(
        year=change.year,
        title=title if change.variant == TOTAL else f"{title} ({change.variant})",
        before=NONE if change.before is None else scale.full(change.before),
        after=NONE if change.after is None else scale.full(change.after),
        difference=units.for_sentence(between, moved, decimals, signed=True).full(moved) if moved else "",
        is_changed=change.is_changed,
    )
