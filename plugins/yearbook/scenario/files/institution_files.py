"""Institutions as the survey keeps them: one table in a SQLite database, a row per institution and year."""

import sqlite3
import tempfile
from pathlib import Path

from yearbook.scenario.labels import MARK
from yearbook.scenario.survey import Row

COLUMNS = ("institution_id", "year", "name_zh", "name_en", "type", "province", "transfer_staff", "remark")
SETTINGS = ("page_size=4096", "encoding='UTF-8'", "auto_vacuum=NONE", "journal_mode=OFF", "synchronous=OFF")
# Bytes 92-99 of the header name the SQLite library that wrote the file.
VERSION_AT = slice(92, 100)
FULL_WIDTH_EVERY, SENT_TWICE_EVERY = 211, 503
_WIDE = str.maketrans("0123456789 ", "０１２３４５６７８９　")


def institution_files(rows: list[Row]) -> dict[str, bytes]:
    """Return the database by path; a few names are in full width, a few rows stand twice."""
    written = [_written(number, row) for number, row in enumerate(rows, start=1)]
    written += [row for number, row in enumerate(written, start=1) if number % SENT_TWICE_EVERY == 0]
    return {f"institutions/{MARK}_institutions.sqlite": _database(written)}


def _written(number: int, row: Row) -> tuple[object, ...]:
    values = dict(row)
    if number % FULL_WIDTH_EVERY == 0:
        values["name_zh"] = f" {row['name_zh']}　".translate(_WIDE)
    return tuple(values[column] for column in COLUMNS)


def _database(rows: list[tuple[object, ...]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "institutions.sqlite"
        connection = sqlite3.connect(path)
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"CREATE TABLE simulated_institutions ({', '.join(COLUMNS)})")
        places = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO simulated_institutions VALUES ({places})", rows)
        connection.commit()
        connection.close()
        content = bytearray(path.read_bytes())
    content[VERSION_AT] = bytes(8)
    return bytes(content)
