"""Fetch the rows of a table or query of a database, as canonical JSON Lines in an order that does not depend on it.

Not its business: which rows are new. A database has no bytes of its own, so that equal rows must give equal ones.
"""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from yearbook.errors import DefinitionError, SourceError, SourceUnavailableError
from yearbook.extract.readers.canonical import Number, canonical
from yearbook.extract.secrets import Secrets, mask_address
from yearbook.model.definition import nearest
from yearbook.model.source import Entry

READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET TRANSACTION READ ONLY",
}
"""A query that would write is refused by the database itself."""


def shown_database(url: str, entry: Entry) -> str:
    """Return a database's address without password and query. Raises `DefinitionError` where it is none."""
    address = _parsed(url)
    if address is not None:
        rendered = address.render_as_string(hide_password=True)
        return mask_address(re.sub(r"%24%7B(\w+)%7D", r"${\1}", rendered))
    if "${" in url:  # The whole address, or its port, is a variable.
        return mask_address(url)
    raise DefinitionError(
        "`url` is no address of a database", where=f"entry {entry.name}", fix="sqlite:///{data}/register.sqlite"
    )


def fetch_rows(url: str, entry: Entry) -> bytes:
    """Fetch all rows. Raises `SourceUnavailableError` where the database does not answer, `SourceError` else."""
    where = shown_database(url, entry)
    secrets = Secrets.named_in([url], where)
    address = _address(url, secrets, where)
    with secrets.also("password", address.password).unsaid():
        return _fetch(address, entry, where)


def _address(url: str, secrets: Secrets, where: str) -> URL:
    """The address with its variables put in; into its parts where it has them, as a value may hold `@` or `/`."""
    parts = _parsed(url)
    if parts is None:
        whole = _parsed(secrets.put_into(url))
        if whole is None:
            raise SourceError("no address of a database", where=where, fix="correct the variable in `url`")
        return whole
    named = {"username": parts.username, "password": parts.password, "host": parts.host, "database": parts.database}
    filled: dict[str, Any] = {name: secrets.put_into(text) for name, text in named.items() if text}
    query = {
        name: secrets.put_into(said) if isinstance(said, str) else tuple(map(secrets.put_into, said))
        for name, said in parts.query.items()
    }
    return parts.set(**filled).set(query=query)


def _parsed(url: str) -> URL | None:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        return None


def _fetch(address: URL, entry: Entry, where: str) -> bytes:
    _require_sqlite_file(address, where)
    try:
        engine = create_engine(address)
    except (NoSuchModuleError, ImportError) as error:
        raise SourceError(f"no driver for this database: {error}", where=where, fix="install the driver") from None
    try:
        with _connect(engine, where) as connection:
            lines = sorted(_lines(connection, entry, where))
    finally:
        engine.dispose()
    return "".join(f"{line}\n" for line in lines).encode()


def _require_sqlite_file(address: URL, where: str) -> None:
    # SQLite makes a file that is missing, and would deliver nothing for ever after.
    file = address.database
    if address.get_backend_name() == "sqlite" and file and file != ":memory:" and not Path(file).is_file():
        raise SourceError("the database's file is missing", where=where, fix="correct `url`")


def _connect(engine: Engine, where: str) -> Connection:
    try:
        return engine.connect()
    except SQLAlchemyError as error:
        raise SourceUnavailableError(
            f"the database does not answer: {_first_line(error)}", where=where, fix="try again later, or correct `url`"
        ) from None


def _lines(connection: Connection, entry: Entry, where: str) -> list[str]:
    try:
        if read_only := READ_ONLY.get(connection.dialect.name):
            connection.exec_driver_sql(read_only)
        statement = text(entry.query) if entry.query else select(_table(connection, entry.database_table or "", where))
        result = connection.execution_options(stream_results=True).execute(statement)
        names = list(result.keys())
        return [canonical(dict(zip(names, map(_plain, row), strict=True))) for row in result]
    except SQLAlchemyError as error:
        is_gone = isinstance(error, DBAPIError) and error.connection_invalidated
        kind = SourceUnavailableError if is_gone else SourceError
        raise kind(
            f"the database refused: {_first_line(error)}", where=where, fix="correct `query` in the entry"
        ) from None


def _table(connection: Connection, name: str, where: str) -> Table:
    schema, _, plain = name.rpartition(".")
    inspector = inspect(connection)
    known = inspector.get_table_names(schema or None) + inspector.get_view_names(schema or None)
    if plain not in known:
        right = nearest(plain, known)
        fix = f"did you mean `{right}`?" if right else f"tables: {', '.join(sorted(known)) or 'none'}"
        raise SourceError(f"no table `{name}`", where=where, fix=fix)
    return Table(plain, MetaData(), schema=schema or None, autoload_with=connection)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, float):
        return Number(repr(value)) if math.isfinite(value) else repr(value)
    if isinstance(value, Decimal):
        return Number(format(value, "f")) if value.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, int):
        return Number(value)
    return value.decode("utf-8", errors="backslashreplace") if isinstance(value, bytes) else str(value)


def _first_line(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).splitlines()[0] if str(cause) else type(error).__name__
