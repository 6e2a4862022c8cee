"""The SQL engine: DuckDB in process, with errors that name the file at fault.

Not its business: what the SQL says. Results do not depend on the number of threads: sums are taken over decimals and
integers, and whoever keeps rows sorts them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import duckdb
import fsspec
import pyarrow as pa

from yearbook.errors import ComputeError
from yearbook.lake.atomic import is_local
from yearbook.model.sql import quote

MEMORY_LIMIT = "4GB"
"""What the engine holds before it spills to disk; Python, Arrow and a second worker share the machine with it."""

DATA = "correct the value in the records, or let the SQL take it (`try_cast`, a wider type)"
FILE = "see that the file is there and whole; delete a broken one, and run again"
MEMORY = "leave the machine more memory, or let it do less at the same time"
SQL = "correct the line that the message shows"


def literal(text: str) -> str:
    """Quote a text."""
    return "'" + text.replace("'", "''") + "'"


class Engine:
    """One connection with tables in memory. Close it, or use it in a `with` block."""

    def __init__(self, *, threads: int | None = None, spill: str | None = None) -> None:
        options = {"threads": threads, "temp_directory": spill}
        given = {name: value for name, value in options.items() if value is not None}
        self._connection = duckdb.connect(
            config={"memory_limit": MEMORY_LIMIT, "preserve_insertion_order": False, **given}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Forget at the end of a `with` block what was created, replaced and inserted in it."""
        self._connection.execute("begin transaction")
        try:
            yield
        finally:
            self._connection.execute("rollback")

    def mount(self, location: str) -> None:
        """Let SQL read the files of a location that is no disk, through the library that writes them."""
        filesystem, _ = fsspec.core.url_to_fs(location)
        if not is_local(filesystem):
            self._connection.register_filesystem(filesystem)

    def execute(self, sql: str, *, where: str) -> None:
        """Run a statement. Raises `ComputeError` naming `where`, with the engine's message."""
        try:
            self._connection.execute(sql)
        except duckdb.Error as error:
            raise _explain(error, where) from None

    def fetch(self, sql: str, *, where: str) -> pa.Table:
        """Run a query and return its rows. Raises `ComputeError` as `execute` does."""
        try:
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise _explain(error, where) from None

    def columns(self, sql: str, *, where: str) -> dict[str, str]:
        """Return the names and types of a query's columns."""
        try:
            relation = self._connection.sql(sql)
        except duckdb.Error as error:
            raise _explain(error, where) from None
        return dict(zip(relation.columns, map(str, relation.types), strict=True))

    def create_table(self, name: str, query: str, *, where: str) -> None:
        """Keep a query's rows under a name."""
        self.execute(f"create or replace table {quote(name)} as {query}", where=where)

    def create_view(self, name: str, query: str, *, where: str) -> None:
        """Give a query a name."""
        self.execute(f"create or replace view {quote(name)} as {query}", where=where)

    def load(self, name: str, rows: pa.Table, *, where: str) -> None:
        """Copy rows into a table of the engine; `where` is where they come from."""
        self._connection.register("_loading", rows)
        self.create_table(name, "select * from _loading", where=where)
        self._connection.unregister("_loading")


def _explain(error: duckdb.Error, where: str) -> ComputeError:
    what, fix = "the SQL fails", SQL
    if isinstance(error, duckdb.OutOfMemoryException):
        what, fix = "the memory is used up", MEMORY
    elif isinstance(error, duckdb.IOException) or _is_about_a_file(error):
        what, fix = "a file cannot be read", FILE
    elif isinstance(error, duckdb.DataError):
        what, fix = "a value does not fit", DATA
    return ComputeError(f"{what}: {error}", where=where, fix=fix)


def _is_about_a_file(error: duckdb.Error) -> bool:
    # What is no Parquet is "invalid input" to DuckDB, as are some faults of the SQL.
    return isinstance(error, duckdb.InvalidInputException) and ".parquet" in str(error)


def read_sql(path: Path) -> str:
    """Read the one query of a file, without a closing semicolon."""
    return path.read_text(encoding="utf-8").strip().rstrip(";")
