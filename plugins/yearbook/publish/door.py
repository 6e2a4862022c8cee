"""The one door through which published figures come, so that disclosure control can stand in it.

Not its business: how figures are shown.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute import read_observations
from yearbook.model.observation import KEY, PUBLIC_COLUMNS
from yearbook.workspace import Workspace

PARTIES = frozenset({"institution", "technology"})
"""Breakdowns that name a party or what it sells: they stay inside, whatever an indicator says."""
PUBLIC_BREAKDOWNS = frozenset(
    [
        *("approval", "area", "basis", "cause", "cohort", "course", "direction", "expected_year", "field", "horizon"),
        *("measure", "mechanism", "over", "pair", "part", "recommended", "scope", "stage", "statistic", "subject"),
        *("tier", "type", "unit"),
    ]
)
"""Breakdowns of the common indicators that may be read: classes, ways of measuring, and pairs of published standards.

All others stay inside, unless a programme's indicator names them under `public_breakdowns`.
"""


def computed_years(workspace: Workspace) -> list[int]:
    """Years of which there is an edition, in order."""
    return [edition.year for edition in workspace.catalogue.editions()]


def published_observations(workspace: Workspace, year: int) -> pa.Table:
    """Return the public observations of one edition in `PUBLIC_COLUMNS`, sorted by key."""
    return public_part(read_observations(workspace, year), declared_public(workspace))


def earlier_observations(workspace: Workspace, reference: str) -> pa.Table | None:
    """Return the public observations that an edition had before, or None where the lake holds them no more."""
    if not workspace.lake.is_intact(reference):
        return None
    return public_part(workspace.lake.read(reference), declared_public(workspace))


def declared_public(workspace: Workspace) -> frozenset[str]:
    """The breakdowns that the programme's own indicators let be read."""
    folders = workspace.recipe.indicators.values()
    return frozenset(name for folder in folders for name in folder.definition.public_breakdowns)


def public_part(table: pa.Table, declared: frozenset[str] = frozenset()) -> pa.Table:
    """Leave out every breakdown that is not known to be public, and every column that is not."""
    table = table.select(list(PUBLIC_COLUMNS))
    if table.num_rows == 0:
        return table
    names = "|".join(map(re.escape, sorted((PUBLIC_BREAKDOWNS | declared) - PARTIES)))
    pattern = rf"(?s)\A(_T|(({names})=[^;]*)(;({names})=[^;]*)*)\z"
    known = pc.match_substring_regex(table["breakdown"].cast(pa.string()), pattern)
    kept = table.filter(pc.fill_null(known, False))
    return kept.sort_by([(column, "ascending") for column in KEY])


def compared_observations(workspace: Workspace, year: int) -> pa.Table:
    """Return the observations of one edition that comparators may be held against, in `PUBLIC_COLUMNS`.

    Figures of one institution stand in the internal edition only, unless its records are simulated or public.
    """
    table = read_observations(workspace, year)
    if workspace.recipe.programme.confidentiality == "confidential":
        return public_part(table, declared_public(workspace))
    return table.select(list(PUBLIC_COLUMNS))
