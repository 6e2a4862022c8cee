"""The equation of a year: received = accepted + held + excluded + superseded, for every dataset."""

from datetime import date

import pyarrow.compute as pc

from yearbook.catalogue import Accounting
from yearbook.errors import AccountingError
from yearbook.model.recipe import year_label
from yearbook.validate.received import Ledger
from yearbook.validate.years import datasets_of
from yearbook.workspace import Workspace


def settle_year(workspace: Workspace, year: int, ledger: Ledger | None = None) -> list[int]:
    """Check that no record of a year was lost, and return the editions that may read it.

    A record that a corrected date moved is received where it now belongs.

    Raises `AccountingError` where a dataset was not checked since it was last staged, or its account does not add up.
    """
    accounts = {account.dataset: account for account in workspace.catalogue.accountings(year)}
    ledger = ledger or Ledger(workspace, workspace.recipe.programme.last_release_date)
    for dataset in datasets_of(workspace, year):
        staged = ledger.of(dataset).count(year)
        _check(accounts.get(dataset), staged, f"{dataset}, {year_label(year)}")
    first = min([year, *(_earliest_year(workspace, account) for account in accounts.values())])
    return [edition for edition in workspace.recipe.programme.years if edition >= first]


def _earliest_year(workspace: Workspace, account: Accounting) -> int:
    """The earliest year in which something happened to the records."""
    names = workspace.recipe.datasets[account.dataset].earlier_dates
    if not names:
        return account.year
    days = workspace.lake.read(account.ref, names)
    found: list[date | None] = [pc.min(days.column(name)).as_py() for name in names]
    return min([account.year, *(day.year for day in found if day is not None)])


def _check(account: Accounting | None, staged: int, where: str) -> None:
    received = account.received if account else 0
    if received != staged:
        raise AccountingError(
            f"{staged} records are staged, and {received} were checked", where=where, fix="validate this year again"
        )
    if account and not account.balances:
        raise AccountingError(
            f"received {account.received}, but accepted {account.accepted} + held {account.held} + "
            f"excluded {account.excluded} + superseded {account.superseded} is another number",
            where=where,
            fix="report it: records were lost between receiving and checking",
        )
