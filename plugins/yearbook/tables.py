"""Write tables for people's spreadsheets, so that no cell can do harm there."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

FORMULA = re.compile(
    r"'*[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@＝＋－＠]"
)
"""How a formula begins, be it behind what nobody sees, or a text that was made harmless before."""


def write_csv(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write rows as UTF-8 CSV with a byte-order mark, as spreadsheets expect it.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay as they are. All cells
    are quoted, since a spreadsheet also begins a new row at a carriage return.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([disarm(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def disarm(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and FORMULA.match(cell) and not _is_number(cell):
        return f"'{cell}"
    return cell


def rearm(cell: str) -> str:
    """Return what `disarm` was given, so that a table that comes back says what it said."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
