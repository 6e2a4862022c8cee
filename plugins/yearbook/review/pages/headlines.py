"""Headlines before and after, as a page writes them; and what decisions would make of them that are not in them yet."""

from dataclasses import dataclass

from yearbook.model.observation import TOTAL
from yearbook.publish.language import load_language
from yearbook.publish.units import Units, load_units
from yearbook.review.figures import HeadlineChange, redo
from yearbook.review.overlay import overlay
from yearbook.review.pages.names import Names
from yearbook.workspace import Workspace

NONE = "–"
MORE_DECIMALS = 3
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


def preview_pending(workspace: Workspace) -> list[HeadlineChange]:
    """What the headlines become by all that was decided and is not in them yet. Writes nothing of the programme's."""
    with overlay(workspace) as tried:
        return redo(tried)


def _line(names: Names, units: Units, change: HeadlineChange) -> HeadlineLine:
    values = [value for value in (change.before, change.after) if value is not None]
    between = POINTS if units.get(change.unit).change == "points" else change.unit
    decimals = _enough_decimals(change)
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


def _enough_decimals(change: HeadlineChange) -> int:
    """As many as show that something moves, and a few more than usual at most."""
    moved = abs(change.difference or 0.0)
    most = change.decimals + MORE_DECIMALS
    return next((one for one in range(change.decimals, most) if moved == 0 or moved >= 10.0**-one), most)
