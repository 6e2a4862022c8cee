"""The records of years: checking them, and which of them are to be checked. Not its business: figures."""

from functools import partial

from yearbook.asking import Preview, is_current
from yearbook.errors import YearbookError
from yearbook.model.recipe import year_label
from yearbook.validate import Ledger, datasets_of, settle_year, validate_dataset, years_of_corrections
from yearbook.workspace import Workspace


def years_with_records(workspace: Workspace) -> list[int]:
    """Years of staged records (`UNKNOWN_YEAR` too), of accounts whose records are gone, of corrections; sorted."""
    staged = {part.year for delivery in workspace.catalogue.deliveries() for part in delivery.partitions}
    accounted = {account.year for account in workspace.catalogue.accountings()}
    return sorted(staged | accounted | years_of_corrections(workspace))


def validate(workspace: Workspace, year: int, ledger: Ledger | None = None) -> None:
    """Check one year's records of every dataset, and that none was lost.

    They are checked once, for all editions: nothing may lie behind the day on which the last of them comes out.
    `ledger` is for questions about many years, as in `validate_dataset`.
    """
    for dataset in datasets_of(workspace, year):
        validate_dataset(workspace, dataset, year, workspace.recipe.programme.last_release_date, ledger)
    settle_year(workspace, year, ledger)


def stale_years(workspace: Workspace, *, until: int | None = None, is_told: bool = False) -> list[int]:
    """Years whose records have to be checked: they changed, or something that their rules look at did."""
    preview = Preview.of(workspace, is_told=is_told)
    years = [year for year in years_with_records(workspace) if until is None or year <= until]
    ledger = Ledger(preview, workspace.recipe.programme.last_release_date)
    return [year for year in years if not is_current(partial(validate, preview, year, ledger))]


def stale_partitions(workspace: Workspace) -> dict[int, list[str]]:
    """The datasets to check of each year that `stale_years` gives; of a year that only has to be settled none."""
    preview, as_of = Preview.of(workspace, is_told=False), workspace.recipe.programme.last_release_date
    ledger = Ledger(preview, as_of)
    stale: dict[int, list[str]] = {}
    for year in years_with_records(workspace):
        questions = {
            name: partial(validate_dataset, preview, name, year, as_of, ledger) for name in datasets_of(workspace, year)
        }
        names = [name for name, question in questions.items() if not is_current(question)]
        if names or not is_current(partial(settle_year, preview, year, ledger)):
            stale[year] = names
    return stale


def require_checked(workspace: Workspace, edition: int) -> None:
    """Raise `YearbookError` where an edition would rest on records that are not all there, or not all checked."""
    workspace.require_settled_sources()
    if waiting := [year_label(year) for year in stale_years(workspace, until=edition)]:
        raise YearbookError(
            f"the records of {', '.join(waiting)} wait to be checked",
            where=f"{workspace.programme}, edition {edition}",
            fix=f"run `yearbook validate --programme {workspace.programme}` first",
        )
