"""A table in a SQLite database whose bytes depend on its rows alone, not on the library that wrote it."""

import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

SETTINGS = ("page_size=4096", "encoding='UTF-8'", "auto_vacuum=NONE", "journal_mode=OFF", "synchronous=OFF")
# Bytes 92-99 of the header name the SQLite library that wrote the file.
VERSION_AT = slice(92, 100)


def database(table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    """Return a database with one table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.sqlite"
        connection = sqlite3.connect(path)
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
        connection.commit()
        connection.close()
        content = bytearray(path.read_bytes())
    content[VERSION_AT] = bytes(8)
    return bytes(content)
