"""The SQL of a source's entry: which records are wanted (`filter`), and fields computed from others (`derive`).

The expressions see the mapped fields, typed, and every column as it was received, as text: under its header, and
where a field has the same name, as `received."<header>"`. They see no file and no other table.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.errors import SourceError
from yearbook.extract.mapping import check_field
from yearbook.extract.normalize.cells import reader_of
from yearbook.extract.normalize.columns import flat, read_column
from yearbook.extract.records import Records
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset
from yearbook.model.source import Entry
from yearbook.model.types import ARROW_TYPES, SQL_TYPES

RECEIVED = "received"
_POSITION = "_position"


def apply_filter(records: Records, entry: Entry, where: str) -> Records:
    """Keep the records for which the entry's filter is true. Raises `SourceError` with the engine's message."""
    if entry.filter is None:
        return records
    kept = _evaluate(records, f"coalesce(CAST(({entry.filter}) AS BOOLEAN), false)", "filter", entry, where)
    return records.only(kept)


def apply_derived(
    records: Records, entry: Entry, dataset: Dataset, codelists: Mapping[str, Codelist], where: str
) -> Records:
    """Compute the entry's derived fields, all from the mapped ones. Raises `SourceError` with the engine's message.

    A derived value takes the place of a mapped one, and of a cell that could not be read.
    """
    values, raw, unread = dict(records.values), dict(records.raw), dict(records.unread)
    for name, expression in entry.derive.items():
        check_field(name, dataset, f"derive of entry `{entry.name}`", where)
        field = dataset.fields[name]
        sql = f"CAST(({expression}) AS {SQL_TYPES[field.type]})"
        result = _evaluate(records, sql, f"derive, `{name}`", entry, where)
        if field.type in ("text", "code"):
            read = read_column(result, reader_of(field, codelists), pa.string())
            values[name] = read.values
            raw[name] = pc.coalesce(flat(result), raw[name]) if name in raw else flat(result)
            unread[name] = pc.or_(unread[name], read.unread) if name in unread else read.unread
        else:
            values[name] = result.cast(ARROW_TYPES[field.type])
        if name in unread:
            unread[name] = pc.and_(unread[name], values[name].is_null())
    return Records(values, raw, unread, records.received, records.rows)


def _evaluate(records: Records, sql: str, what: str, entry: Entry, where: str) -> pa.Array:
    with duckdb.connect(config={"enable_external_access": "false", "threads": "2"}) as connection:
        connection.register("records", _visible(records, sql))
        try:
            found = connection.sql(f"SELECT {sql} AS result FROM records ORDER BY {_POSITION}")
            column = found.to_arrow_table().column("result")
        except duckdb.Error as error:
            raise SourceError(
                f"the SQL of `{what}` failed: {str(error).splitlines()[0]}",
                where=f"{where}, entry `{entry.name}`",
                fix=f"fields: {', '.join(records.values)}; received: {', '.join(records.received)}"[:600],
            ) from None
    return column.combine_chunks()


def _visible(records: Records, sql: str) -> pa.Table:
    columns: dict[str, pa.Array] = dict(records.values)
    received = _without_doubles(records.received)
    taken = {name.casefold() for name in columns}
    columns |= {header: column for header, column in received.items() if header.casefold() not in taken}
    if RECEIVED in sql and RECEIVED not in columns and received:
        columns[RECEIVED] = pa.StructArray.from_arrays(list(received.values()), list(received))
    return pa.table({**columns, _POSITION: pa.array(range(records.height), pa.int64())})


def _without_doubles(columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """The first of columns whose names differ only in case: SQL does not tell them apart."""
    first = {name.casefold(): name for name in reversed(columns)}
    return {name: column for name, column in columns.items() if first[name.casefold()] == name}
