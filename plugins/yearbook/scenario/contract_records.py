"""All that hangs on the contracts, in one pass over their years: contract files, receipts, the register's totals.

Its business is the order of the steps alone.
"""

from pathlib import Path

from yearbook.scenario.columns import Rows
from yearbook.scenario.contracts import make_contracts
from yearbook.scenario.faults import with_faults
from yearbook.scenario.files.contract_cells import with_hands
from yearbook.scenario.files.contract_files import ContractFiles
from yearbook.scenario.files.folder import write_files
from yearbook.scenario.files.receipt_files import ReceiptFiles
from yearbook.scenario.files.register_files import register_files
from yearbook.scenario.histories import registered, with_histories
from yearbook.scenario.receipts import receipts_of
from yearbook.scenario.register_totals import Sums, make_register_totals, sums_of
from yearbook.scenario.scenario import Scenario


def write_contract_records(folder: Path, scenario: Scenario) -> None:
    """Write the contracts, the receipts and the register's totals."""
    seed, parties = scenario.seed, scenario.parties
    contract_files, receipt_files = ContractFiles(folder, parties), ReceiptFiles(folder, parties, seed)
    sums: list[Sums] = []
    for year, made in make_contracts(parties, seed, scenario.scale):
        sums += sums_of(made, year, parties)
        contracts: Rows = with_histories(with_hands(made, year, seed), year, seed)
        for received, receipts in receipts_of(contracts, year, parties, seed):
            receipt_files.add(received, receipts)
        written = contract_files.add(year, with_faults(registered(contracts), year, parties, seed))
        scenario.tell(f"{year}: {written:,} contracts, {receipt_files.write(year):,} receipts")
    contract_files.close()
    write_files(folder, register_files(make_register_totals(sums, seed)))
