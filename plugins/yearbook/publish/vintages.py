"""The vintages of an edition: which figures it was published with, from the first time on.

The catalogue remembers them as what the step left, and what it is about to leave while it replaces the folder; the
lake keeps the figures. Not its business: how they differ (`revisions`).
"""

from collections.abc import Iterable
from typing import Any

from yearbook.catalogue import StepRecord
from yearbook.model.recipe import year_label
from yearbook.publish.context import Vintage
from yearbook.publish.door import earlier_observations
from yearbook.publish.figures import read_figures
from yearbook.publish.folders import manifest_sha256
from yearbook.workspace import LEASE_WAIT_SECONDS, Workspace

ANNOUNCED = "announce"
"""Beside `publish`, the memory of an edition that is being replaced."""

Published = list[list[str]]
"""The day and the figures (their place in the lake) of each time that an edition was published with others."""


def remember(workspace: Workspace, year: int, as_of: str) -> Published:
    """What an edition was published with up to now, the present figures included."""
    known = _published(workspace, year)
    present = _present(workspace, year)
    return known if not present or (known and known[-1][1] == present) else [*known, [as_of, present]]


def first_published(workspace: Workspace, years: Iterable[int]) -> list[tuple[int, str, str]]:
    """Year, day and figures of the first publication, of each year whose figures are others now."""
    found = []
    for year in years:
        known = _published(workspace, year)
        if known and known[0][1] != _present(workspace, year):
            found.append((year, known[0][0], known[0][1]))
    return found


def last_published(workspace: Workspace, year: int) -> str | None:
    """The figures with which an edition was published the last time; None of one that never was."""
    known = _published(workspace, year)
    return known[-1][1] if known else None


def read_vintages(workspace: Workspace, years: Iterable[int]) -> list[Vintage]:
    """The first figures of each year that has others now; none of what the lake keeps no more."""
    vintages = []
    for year, as_of, reference in first_published(workspace, years):
        table = earlier_observations(workspace, reference)
        if table is not None:
            vintages.append(Vintage(year, as_of, read_figures([table])))
    return vintages


def announce(workspace: Workspace, year: int, left: dict[str, Any]) -> None:
    """Write down what publishing an edition is about to leave: a run may be killed once its folder stands there.

    Raises `LeaseError` where another run took the year over.
    """
    record = StepRecord(ANNOUNCED, "", year, left["manifest"], left, 0, 0.0)
    with workspace.catalogue.lease(year_label(year), wait_seconds=LEASE_WAIT_SECONDS) as lease:
        workspace.catalogue.record_step(record, lease)


def _published(workspace: Workspace, year: int) -> Published:
    """What a run announced counts where it stands on the site, though that run did not live to record it."""
    outputs: dict[str, Any] = workspace.catalogue.outputs("publish", year=year) or {}
    announced: dict[str, Any] = workspace.catalogue.outputs(ANNOUNCED, year=year) or {}
    is_unrecorded = bool(announced) and announced["manifest"] != outputs.get("manifest")
    if is_unrecorded and manifest_sha256(announced["folder"]) == announced["manifest"]:
        outputs = announced
    published: Published = outputs.get("vintages", [])
    return published


def _present(workspace: Workspace, year: int) -> str:
    return next((one.observations_ref for one in workspace.catalogue.editions() if one.year == year), "")
