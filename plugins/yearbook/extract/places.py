"""Where an entry's records are now: the files that its path matches, or the address of its API or database.

Not its business: reading them.
"""

import glob
from pathlib import PurePosixPath

import fsspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from yearbook.errors import DefinitionError, SourceError
from yearbook.model.definition import nearest
from yearbook.model.source import Entry

LOCK_FILE = "~$"
"""Excel leaves such a file beside a workbook that is open; it holds a user's name and no records."""


def list_uris(entry: Entry, data_root: str) -> list[str]:
    """The places of an entry's records, sorted. `{data}` in its path is `data_root`, `{year}` each of its years.

    Raises `SourceError` where nothing is there and the entry is not optional; the message has the nearest name.
    """
    if entry.format == "api":
        return [with_data(entry.url or "", data_root)]
    if entry.format == "sql":
        return [_database_place(entry, data_root)]
    uris = {uri for pattern in _patterns(entry, data_root) for uri in _matching(pattern, entry)}
    return sorted(uris)


def with_data(text: str, data_root: str) -> str:
    """Put the folder of records in the place of `{data}`."""
    return text.replace("{data}", data_root.rstrip("/"))


def _patterns(entry: Entry, data_root: str) -> list[str]:
    pattern = with_data(entry.path or "", data_root)
    if "{year}" not in pattern:
        return [pattern]
    if not entry.years:
        raise DefinitionError(
            "`path` has `{year}`, and the entry no years", where=f"entry {entry.name}", fix="years: [2023, 2024]"
        )
    return [pattern.replace("{year}", str(year)) for year in entry.years]


def _matching(pattern: str, entry: Entry) -> list[str]:
    filesystem, path = fsspec.core.url_to_fs(pattern)
    if glob.has_magic(path):
        found = [name for name, detail in filesystem.glob(path, detail=True).items() if detail["type"] == "file"]
    else:
        found = [path] if filesystem.isfile(path) else []
    found = [name for name in found if not PurePosixPath(name).name.startswith(LOCK_FILE)]
    if not found and not entry.optional:
        raise _missing(filesystem, path, pattern, entry)
    local = filesystem.protocol == "file" or "file" in filesystem.protocol
    return found if local else [filesystem.unstrip_protocol(name) for name in found]


def _missing(filesystem: fsspec.AbstractFileSystem, path: str, pattern: str, entry: Entry) -> SourceError:
    fix = _nearest_there(filesystem, PurePosixPath(path))
    return SourceError(
        f"no file at {pattern}", where=f"entry {entry.name}", fix=f"{fix}; or `optional: true` where it may be missing"
    )


def _nearest_there(filesystem: fsspec.AbstractFileSystem, path: PurePosixPath) -> str:
    for folder, missing in zip(path.parents, path.parts[::-1], strict=False):
        if not glob.has_magic(str(folder)) and filesystem.isdir(str(folder)):
            names = sorted(PurePosixPath(name).name for name in filesystem.ls(str(folder), detail=False))
            right = nearest(missing, names)
            if right:
                return f"did you mean `{right}`, in {folder}?"
            return f"{folder} is there and holds {', '.join(names[:5]) or 'nothing'}{' …' if len(names) > 5 else ''}"
    return "put the records there, or correct `path`"


def _database_place(entry: Entry, data_root: str) -> str:
    """The database's address without its password: places are shown and stored."""
    try:
        url = make_url(with_data(entry.url or "", data_root))
    except ArgumentError:
        raise DefinitionError(
            "`url` is no address of a database", where=f"entry {entry.name}", fix="sqlite:///{data}/register.sqlite"
        ) from None
    return f"{url.render_as_string(hide_password=True)}#{entry.database_table or entry.name}"
