"""A table as CSV inside the page: raw values, one observation a line, safe to open in a spreadsheet.

It travels in the page itself (a data address), so that a report sent by mail still gives its figures.
"""

import base64
import csv
import io
from collections.abc import Sequence
from urllib.parse import quote

from yearbook.tables import disarm

PLAIN = ",;:=()/*'"
"""What an address may hold as it is, beside letters, digits and `_.-~`."""
# Excel takes UTF-8 for a local code page unless the file begins with it.
BYTE_ORDER_MARK = "\ufeff"


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write rows as CSV; texts that a spreadsheet would run as a formula begin with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + buffer.getvalue()


def data_address(text: str) -> str:
    """The text as an address that holds its own content, in the shorter of the two ways there are."""
    plain = "data:text/csv;charset=utf-8," + quote(text, safe=PLAIN)
    coded = "data:text/csv;charset=utf-8;base64," + base64.b64encode(text.encode()).decode()
    return min(plain, coded, key=len)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    return str(disarm(str(value)))
