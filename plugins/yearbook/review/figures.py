"""What decisions do to the headlines: before and after, tried on an overlay, or done.

Both run the real steps, and of these only what depends on the decisions. Not its business: publishing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pyarrow.compute as pc

from yearbook.catalogue import Decision
from yearbook.compute import read_observations
from yearbook.compute.records import list_partitions
from yearbook.errors import SeveralErrors
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.pipeline import Job, validate
from yearbook.publish.figures import Figure, read_figures
from yearbook.review.desk import judge
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.overlay import overlay
from yearbook.staleness import stale_years
from yearbook.workspace import Workspace

NOBODY, NEVER = "preview", datetime(2000, 1, 1, tzinfo=UTC)
Headlines = dict[tuple[int, str, str], Figure | None]


@dataclass(frozen=True)
class HeadlineChange:
    """One headline of an edition, before and after (None: there is no figure). `variant` is the way of measuring."""

    year: int
    indicator: str
    variant: str
    title: Text
    unit: str
    decimals: int
    before: float | None
    after: float | None

    @property
    def is_changed(self) -> bool:
        """Whether the figure moves."""
        return self.before != self.after

    @property
    def difference(self) -> float | None:
        """By how much, in the figure's own unit; None where one of the two is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


def preview_figures(workspace: Workspace, drafts: Sequence[Draft]) -> list[HeadlineChange]:
    """Say what the headlines would become if drafts were decided. Writes nothing of the programme's.

    Told are the editions whose records would change. Raises as `decide` does, a missing reason apart.
    """
    decisions = _would_be(workspace, drafts)
    with overlay(workspace) as tried:
        if check_stale(tried):
            _compute(tried, _editions(tried))
        rested, before = _partitions(tried), _headlines(tried, _editions(tried))
        tried.catalogue.record_decisions(decisions)
        check_stale(tried)
        now = _partitions(tried)
        moved = [year for year in now if now[year] != rested[year]]
        _compute(tried, moved)
        return _changes(tried, moved, before, _headlines(tried, moved))


def redo(workspace: Workspace, years: Collection[int] = ()) -> list[HeadlineChange]:
    """Check anew what depends on decisions, and compute the editions that rest on it.

    Told are these editions, and those that rest on `years`, each headline before and after.
    """
    before = _headlines(workspace, _editions(workspace))
    checked = [*check_stale(workspace), *years]
    editions = [year for year in _editions(workspace) if checked and year >= min(checked)]
    _compute(workspace, editions)
    return _changes(workspace, editions, before, _headlines(workspace, editions))


def check_stale(workspace: Workspace) -> list[int]:
    """Check the years that are not current, and return them."""
    years = stale_years(workspace)
    for year in years:
        validate(workspace, year)
    return years


def _would_be(workspace: Workspace, drafts: Sequence[Draft]) -> list[Decision]:
    reasoned = [draft if draft.reason.strip() else replace(draft, reason=NOBODY) for draft in drafts]
    judged = judge(workspace, reasoned, NOBODY, NEVER)
    refused = [one for one in judged if isinstance(one, RefusedError)]
    if refused:
        raise refused[0] if len(refused) == 1 else SeveralErrors(list(refused))
    return [one for one in judged if isinstance(one, Decision)]


def _editions(workspace: Workspace) -> dict[int, date]:
    """The editions that were computed, with the day of each."""
    return {one.year: date.fromisoformat(one.as_of) for one in workspace.catalogue.editions()}


def _compute(workspace: Workspace, years: Collection[int]) -> None:
    for year, as_of in _editions(workspace).items():
        if year in years:
            Job(workspace, [year], as_of).compute(year)


def _partitions(workspace: Workspace) -> dict[int, list[str]]:
    return {year: [one.ref for one in list_partitions(workspace, year)] for year in _editions(workspace)}


def _headlines(workspace: Workspace, years: Collection[int]) -> Headlines:
    return {(year, *place): figure for year in years for place, figure in _of_edition(workspace, year)}


def _of_edition(workspace: Workspace, year: int) -> Iterator[tuple[tuple[str, str], Figure | None]]:
    recipe = workspace.recipe
    entries = [entry.partition(";") for entry in recipe.programme.headline or recipe.indicators]
    wanted = pc.field("indicator").isin([code for code, _, _ in entries])
    for name in DIMENSIONS:
        wanted &= pc.field(name).isin([TOTAL, NOT_APPLICABLE])
    figures = read_figures([read_observations(workspace, year).filter(wanted)])
    for code, _, variant in entries:
        yield (code, variant or TOTAL), figures.total(code, year, variant or TOTAL)


def _changes(workspace: Workspace, years: Collection[int], before: Headlines, after: Headlines) -> list[HeadlineChange]:
    return [_change(workspace, place, before.get(place), after[place]) for place in after if place[0] in years]


def _change(
    workspace: Workspace, place: tuple[int, str, str], before: Figure | None, after: Figure | None
) -> HeadlineChange:
    year, code, variant = place
    definition = workspace.recipe.indicators[code].definition
    return HeadlineChange(
        year=year,
        indicator=code,
        variant=variant,
        title=definition.title,
        unit=definition.unit,
        decimals=definition.decimals,
        before=before.value if before else None,
        after=after.value if after else None,
    )
