"""The one door through which published figures come, so that disclosure control can stand in it.

Not its business: how figures are shown.
"""

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute import read_observations
from yearbook.model.observation import KEY, PUBLIC_COLUMNS
from yearbook.workspace import Workspace

INSTITUTION_PATTERN = r"(^|;)(institution|technology)="


def published_years(workspace: Workspace) -> list[int]:
    """Years of which there is an edition, in order."""
    return [edition.year for edition in workspace.catalogue.editions()]


def published_observations(workspace: Workspace, year: int) -> pa.Table:
    """Return the public observations of one edition in `PUBLIC_COLUMNS`, sorted by key."""
    return public_part(read_observations(workspace, year))


def earlier_observations(workspace: Workspace, reference: str) -> pa.Table | None:
    """Return the public observations that an edition had before, or None where the lake holds them no more."""
    return public_part(workspace.lake.read(reference)) if workspace.lake.is_intact(reference) else None


def public_part(table: pa.Table) -> pa.Table:
    """Leave out what names an institution or a technology, and every column that is not public."""
    table = table.select(list(PUBLIC_COLUMNS))
    if table.num_rows == 0:
        return table
    named = pc.match_substring_regex(table["breakdown"].cast(pa.string()), INSTITUTION_PATTERN)
    kept = table.filter(pc.invert(pc.fill_null(named, False)))
    return kept.sort_by([(column, "ascending") for column in KEY])


def compared_observations(workspace: Workspace, year: int) -> pa.Table:
    """Return the observations of one edition that comparators may be held against, in `PUBLIC_COLUMNS`.

    Figures of one institution stand in the internal edition only, unless its records are simulated or public.
    """
    table = read_observations(workspace, year)
    if workspace.recipe.programme.confidentiality == "confidential":
        return public_part(table)
    return table.select(list(PUBLIC_COLUMNS))
