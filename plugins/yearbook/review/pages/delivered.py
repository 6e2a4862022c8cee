"""The row of a record as it was delivered: where it stood, and its cells, read back from what was landed.

All of a delivery is read for one row: of a large one only when a reader asks for it.
"""

from itertools import islice
from os import SEEK_END

from yearbook.extract.raw_row import read_raw_row
from yearbook.extract.secrets import mask_address
from yearbook.publish.words.language import Language
from yearbook.review.pages.cells import MOST_CELLS, bounded
from yearbook.validate.lookup import RawRow
from yearbook.workspace import Workspace

READ_AT_ONCE = 250_000
"""Bytes: a page with a row of these is there in a moment."""


def read_if_small(
    workspace: Workspace, source: str, entry: str, uri: str, landed: str, row: int
) -> dict[str, str | None] | None:
    """Read a row, but of a large delivery none."""
    return None if is_large(workspace, landed) else read_raw_row(workspace, source, entry, uri, landed, row)


def is_large(workspace: Workspace, landed: str) -> bool:
    """Whether reading a delivery keeps a reader waiting."""
    try:
        with workspace.lake.open_landed(landed) as file:
            return file.seek(0, SEEK_END) > READ_AT_ONCE
    except FileNotFoundError:
        return False


def write_place(language: Language, uri: str, row: int) -> str:
    """The file and the row in it from which a record came."""
    return language.say("%(file)s, row %(row)s", file=bounded(mask_address(uri).rsplit("/", 1)[-1]), row=row)


def write_row(row: RawRow) -> list[tuple[str, str]]:
    """A row as columns and texts."""
    return [(bounded(name), bounded(text or "")) for name, text in islice(row.items(), MOST_CELLS)]
