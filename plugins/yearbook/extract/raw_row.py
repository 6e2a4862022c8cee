"""One row of a delivery as it was landed, for a person who looks at the record made of it."""

import pyarrow.compute as pc

from yearbook.errors import SourceError
from yearbook.extract.deliveries import find_source
from yearbook.extract.readers.read import read_landed
from yearbook.extract.readers.table import RawTable
from yearbook.workspace import Workspace


def read_raw_row(
    workspace: Workspace, source: str, entry: str, uri: str, landed: str, row: int
) -> dict[str, str | None] | None:
    """Read a row by the lineage of its record, as texts under their headers.

    None where the bytes are gone, or the source as it is declared now no longer reads them.
    """
    try:
        entries = {one.name: one for one in find_source(workspace, source).entries}
        if entry not in entries:
            return None
        known = {delivery.uri for delivery in workspace.catalogue.deliveries(source)}
        file, _, sheet = (uri, "", "") if uri in known else uri.rpartition("#")
        for table in read_landed(workspace.lake, landed, file, entries[entry]):
            if not sheet or sheet == str(table.facts.get("sheet") or table.name):
                return _row(table, row)
    except (FileNotFoundError, SourceError):
        return None
    return None


def _row(table: RawTable, row: int) -> dict[str, str | None] | None:
    place = pc.index(table.row_numbers, row).as_py()
    if place < 0:
        return None
    return {name: column[place].as_py() for name, column in zip(table.headers, table.columns, strict=True)}
