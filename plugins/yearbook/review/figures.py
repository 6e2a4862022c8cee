"""What decisions do to the headlines: before and after, tried on an overlay, or done.

Both run the real steps, and of these only what depends on the decisions. Not its business: publishing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Decision
from yearbook.compute import compute_some, read_observations
from yearbook.compute.records import list_partitions
from yearbook.errors import SeveralErrors
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.pipeline import Job, validate
from yearbook.publish.figures import Figure, read_figures
from yearbook.review.attempt import Attempt
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
        attempt = Attempt.of(tried, decisions)
        attempt.keep_before(tried)
        rested = _partitions(tried)
        before = {year: _headlines(tried, year) for year in rested}
        attempt.keep_after(tried)
        now = _partitions(tried)
        moved = [year for year in now if now[year] != rested[year]]
        return [change for year in moved for change in _compare(tried, before[year], _headlines(tried, year))]


def redo(workspace: Workspace, years: Collection[int] = ()) -> list[HeadlineChange]:
    """Check anew what depends on decisions, and compute the editions that rest on it.

    Told are these editions, and those that rest on `years`, each headline before and after.
    """
    checked = [*check_stale(workspace), *years]
    editions = {year: as_of for year, as_of in _editions(workspace).items() if checked and year >= min(checked)}
    changes: list[HeadlineChange] = []
    for year, as_of in editions.items():
        before = _read_headlines(workspace, read_observations(workspace, year), year)
        Job(workspace, [year], as_of).compute(year)
        changes += _compare(workspace, before, _headlines(workspace, year))
    return changes


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


def _partitions(workspace: Workspace) -> dict[int, list[str]]:
    return {year: [one.ref for one in list_partitions(workspace, year)] for year in _editions(workspace)}


def _headlines(workspace: Workspace, year: int) -> Headlines:
    """The headlines of an edition, as they are computed from what there is now."""
    indicators = [code for code, _ in _entries(workspace)]
    return _read_headlines(workspace, compute_some(workspace, year, _editions(workspace)[year], indicators), year)


def _read_headlines(workspace: Workspace, observations: pa.Table, year: int) -> Headlines:
    entries = _entries(workspace)
    wanted = pc.field("indicator").isin({code for code, _ in entries})
    wanted &= pc.field("breakdown").isin({variant for _, variant in entries})
    for name in DIMENSIONS:
        wanted &= pc.field(name).isin([TOTAL, NOT_APPLICABLE])
    figures = read_figures([observations.filter(wanted)])
    return {(year, code, variant): figures.total(code, year, variant) for code, variant in entries}


def _entries(workspace: Workspace) -> list[tuple[str, str]]:
    """The headlines: indicator and way of measuring."""
    recipe = workspace.recipe
    entries = [entry.partition(";") for entry in recipe.programme.headline or recipe.indicators]
    return [(code, variant or TOTAL) for code, _, variant in entries]


def _compare(workspace: Workspace, before: Headlines, after: Headlines) -> list[HeadlineChange]:
    return [_change(workspace, place, before[place], after[place]) for place in after]


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
