"""The years of a programme that have to be checked: those of its records, and those that decisions reach.

A corrected date brings a record into a year in which nothing was staged; a correction whose record is gone must still
stop the year that it was made for.
"""

from yearbook.validate.received import Ledger
from yearbook.workspace import Workspace


def datasets_of(workspace: Workspace, year: int) -> list[str]:
    """Return the datasets with records of a year, with an account of records that are gone, or corrections; sorted."""
    parts = [part for delivery in workspace.catalogue.deliveries() for part in delivery.partitions]
    staged = {part.dataset for part in parts if part.year == year}
    accounted = {account.dataset for account in workspace.catalogue.accountings(year)}
    return sorted(staged | accounted | {name for name, one in _corrected(workspace) if one == year})


def years_of_corrections(workspace: Workspace) -> set[int]:
    """Return the years that corrections are made for, or move a record to."""
    return {year for _, year in _corrected(workspace)}


def _corrected(workspace: Workspace) -> set[tuple[str, int]]:
    """Datasets and years that active corrections are made for, or move a record to."""
    known = workspace.recipe.datasets
    corrections = [
        one for one in workspace.catalogue.decisions(state="active") if one.kind == "correct" and one.dataset in known
    ]
    ledger = Ledger(workspace, workspace.recipe.programme.last_release_date)
    moved = {
        (name, year)
        for name in {one.dataset for one in corrections if one.column in known[one.dataset].reference_date}
        for _, year in ledger.of(name).judged.changes.moves
    }
    return moved | {(one.dataset, one.year) for one in corrections}
