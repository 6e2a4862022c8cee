"""The one door through which published figures come, so that disclosure control can stand in it.

Not its business: how figures are shown.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.compute import read_observations
from yearbook.model.observation import KEY, PUBLIC_COLUMNS, WITHDRAWN_BASE
from yearbook.model.recipe import Recipe
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
    return _opened(workspace, read_observations(workspace, year))


def earlier_observations(workspace: Workspace, reference: str) -> pa.Table | None:
    """Return the public observations that an edition had before, or None where the lake holds them no more."""
    if not workspace.lake.is_intact(reference):
        return None
    return _opened(workspace, workspace.lake.read(reference))


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
        return _opened(workspace, table)
    return without_withdrawn_bases(table.select(list(PUBLIC_COLUMNS)), workspace.recipe)


def without_withdrawn_bases(table: pa.Table, recipe: Recipe) -> pa.Table:
    """Take the numbers from figures that hold their year against one whose edition is withdrawn, and say why.

    A figure that was missing or withheld before keeps its own reason, or none.
    """
    codes, years = table["indicator"].cast(pa.string()), table["year"]
    rests = pa.chunked_array([pa.repeat(False, table.num_rows)])
    for year in pc.unique(years).to_pylist():
        held = pa.array(_held_against_withdrawn(recipe, year), pa.string())
        rests = pc.or_(rests, pc.and_(pc.equal(years, year), pc.is_in(codes, value_set=held)))
    if not pc.any(rests).as_py():
        return table
    known = pc.and_(rests, pc.invert(pc.is_in(table["status"], value_set=pa.array(["M", "Q"]))))
    changed = {
        "status": pc.if_else(known, "M", table["status"]),
        "reason": pc.if_else(known, WITHDRAWN_BASE, table["reason"]),
        **{name: pc.if_else(rests, None, table[name]) for name in ("value", "numerator", "denominator")},
    }
    for name, column in changed.items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _held_against_withdrawn(recipe: Recipe, year: int) -> list[str]:
    """The indicators whose figures of a year rest on an edition that is withdrawn."""
    gone = recipe.programme.withdrawn_years
    is_gone = {"last_year": year - 1 in gone, "earlier_years": any(one < year for one in gone)}
    return sorted(
        code for code, folder in recipe.indicators.items() if is_gone.get(folder.definition.base or "", False)
    )


def _opened(workspace: Workspace, table: pa.Table) -> pa.Table:
    return without_withdrawn_bases(public_part(table, declared_public(workspace)), workspace.recipe)
