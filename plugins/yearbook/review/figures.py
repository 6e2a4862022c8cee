"""What decisions do to the headlines: before and after, tried on an overlay, or done.

Both run the real steps, and of these only what depends on the decisions. Not its business: publishing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Decision
from yearbook.checking import stale_partitions
from yearbook.compute import compute_some, read_observations
from yearbook.compute.edition import is_up_to_date
from yearbook.compute.records import list_partitions
from yearbook.errors import SeveralErrors
from yearbook.model.definition import Text
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL
from yearbook.pipeline import Job
from yearbook.publish.figures import Figure, read_figures
from yearbook.review.attempt import Attempt
from yearbook.review.desk import NEVER, NOBODY, judge
from yearbook.review.draft import Draft, RefusedError
from yearbook.review.fates import Fate, fates_of, find_standings
from yearbook.review.overlay import overlay
from yearbook.validate import settle_year, validate_dataset
from yearbook.workspace import Workspace

MORE_DECIMALS = 3
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

    @property
    def enough_decimals(self) -> int:
        """As many as show that something moves, and a few more than usual at most."""
        moved, most = abs(self.difference or 0.0), self.decimals + MORE_DECIMALS
        return next((one for one in range(self.decimals, most) if moved == 0 or moved >= 10.0**-one), most)


@dataclass(frozen=True)
class Outlook:
    """What decisions would do: to the headlines of the editions whose records change, and to the records themselves."""

    changes: list[HeadlineChange]
    fates: list[Fate]


def preview_figures(workspace: Workspace, drafts: Sequence[Draft]) -> Outlook:
    """Say what would become of headlines and records if drafts were decided. Writes nothing of the programme's.

    Raises as `decide` does, a missing reason apart.
    """
    decisions = _would_be(workspace, drafts)
    hashes = {one.record_hash for one in decisions}
    with overlay(workspace) as tried:
        attempt = Attempt.of(tried, decisions)
        attempt.keep_before(tried)
        rested, stood = _partitions(tried), find_standings(tried, attempt.places, hashes)
        before = {year: _headlines(tried, year) for year in rested}
        attempt.keep_after(tried)
        now, stands = _partitions(tried), find_standings(tried, attempt.places, hashes)
        moved = [year for year in now if now[year] != rested[year]]
        changes = [change for year in moved for change in _compare(tried, before[year], _headlines(tried, year))]
    return Outlook(changes, fates_of(decisions, stood, stands))


def preview_pending(workspace: Workspace) -> list[HeadlineChange]:
    """Say what `redo` would do to the headlines. Writes nothing of the programme's."""
    with overlay(workspace) as tried:
        Attempt.of_pending(tried).keep_after(tried)
        waiting = list(_waiting(tried))
        return [one for year in waiting for one in _compare(tried, _told(tried, year), _headlines(tried, year))]


def redo(workspace: Workspace) -> list[HeadlineChange]:
    """Check anew what depends on decisions, compute the editions that rest on it, and return their headlines."""
    check_stale(workspace)
    changes: list[HeadlineChange] = []
    for year, as_of in _waiting(workspace).items():
        before = _told(workspace, year)
        Job(workspace, [year], as_of).compute(year)
        changes += _compare(workspace, before, _told(workspace, year))
    return changes


def check_stale(workspace: Workspace) -> None:
    """Check the partitions that are not current, and settle their years."""
    for year, datasets in stale_partitions(workspace).items():
        for dataset in datasets:
            validate_dataset(workspace, dataset, year, workspace.recipe.programme.last_release_date)
        settle_year(workspace, year)


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


def _waiting(workspace: Workspace) -> dict[int, date]:
    """The editions that were not computed since their records changed, with the day of each."""
    editions = _editions(workspace).items()
    return {year: as_of for year, as_of in editions if not is_up_to_date(workspace, year, as_of)}


def _partitions(workspace: Workspace) -> dict[int, list[str]]:
    return {year: [one.ref for one in list_partitions(workspace, year)] for year in _editions(workspace)}


def _headlines(workspace: Workspace, year: int) -> Headlines:
    """The headlines of an edition, as they are computed from what there is now."""
    indicators = [code for code, _ in _entries(workspace)]
    return _read_headlines(workspace, compute_some(workspace, year, _editions(workspace)[year], indicators), year)


def _told(workspace: Workspace, year: int) -> Headlines:
    """The headlines of an edition, as it was computed last."""
    return _read_headlines(workspace, read_observations(workspace, year), year)


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
