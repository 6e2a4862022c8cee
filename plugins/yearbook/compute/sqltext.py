"""What a query reads, the order in which queries can run, and the same query for another engine.

Not its business: running them.
"""

from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from yearbook.compute.engine import read_sql
from yearbook.errors import ComputeError


@cache
def _tables(sql: str) -> frozenset[str]:
    tree = sqlglot.parse_one(sql, read="duckdb")
    named = {common.alias for common in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table)) - named


def tables_of(path: Path) -> frozenset[str]:
    """Return the tables and views that a query reads. Raises `ComputeError` where it is no SQL."""
    try:
        return _tables(read_sql(path))
    except SqlglotError as error:
        raise _not_sql(path, error) from None


def translate(path: Path, dialect: str) -> str:
    """Return the query in another dialect of SQLGlot, such as `spark`. Raises `ComputeError` where it does not pass."""
    try:
        return sqlglot.transpile(
            read_sql(path), read="duckdb", write=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False
        )[0]
    except SqlglotError as error:
        raise _not_sql(path, error) from None


def in_order(queries: dict[str, Path]) -> list[str]:
    """Order names so that a query comes after those that it reads. Raises `ComputeError` on a circle."""
    done: list[str] = []
    waiting = {name: tables_of(path) & set(queries) - {name} for name, path in sorted(queries.items())}
    while waiting:
        ready = [name for name, needs in waiting.items() if needs <= set(done)]
        if not ready:
            raise ComputeError(
                f"{' and '.join(sorted(waiting))} read each other",
                where=str(queries[min(waiting)]),
                fix="a query reads only what can be computed before it",
            )
        done.extend(ready)
        waiting = {name: needs for name, needs in waiting.items() if name not in done}
    return done


def all_tables_of(name: str, queries: dict[str, Path]) -> frozenset[str]:
    """Return what a query reads, also through the other queries that it reads."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        for table in tables_of(queries[one]) - found:
            found.add(table)
            if table in queries:
                waiting.append(table)
    return frozenset(found)


def _not_sql(path: Path, error: SqlglotError) -> ComputeError:
    return ComputeError(f"this is not SQL that travels: {error}", where=str(path), fix="write one plain SELECT")
