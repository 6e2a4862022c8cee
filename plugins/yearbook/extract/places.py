"""Where an entry's records are now: the files that its path matches, or the address of its API or database.

Not its business: reading them.
"""

import glob
from pathlib import PurePosixPath

import fsspec

from yearbook.errors import DefinitionError, SourceError
from yearbook.extract.fetch.database import shown_database
from yearbook.extract.secrets import mask_address
from yearbook.model.definition import nearest
from yearbook.model.source import Entry

LOCK_FILE = "~$"
"""Excel leaves such a file beside a workbook that is open; it holds a user's name and no records."""


def list_uris(entry: Entry, data_root: str) -> list[str]:
    """The places of an entry's records, sorted. `{data}` in its path is `data_root`, `{year}` each of its years.

    The address of an API or a database stands without password and query, as places are shown and kept. Raises
    `SourceError` where nothing is there and the entry is not optional; the message has the nearest name.
    """
    if entry.format == "api":
        return [mask_address(with_data(entry.url or "", data_root))]
    if entry.format == "sql":
        return [f"{shown_database(with_data(entry.url or '', data_root), entry)}#{entry.database_table or entry.name}"]
    uris = {uri for path in _paths(entry) for uri in _matching(path, data_root, entry)}
    return sorted(uris)


def with_data(text: str, data_root: str) -> str:
    """Put the folder of records in the place of `{data}`."""
    return text.replace("{data}", data_root.rstrip("/"), 1)


def _paths(entry: Entry) -> list[str]:
    path = entry.path or ""
    if "{year}" not in path:
        return [path]
    if not entry.years:
        raise DefinitionError(
            "`path` has `{year}`, and the entry no years", where=f"entry {entry.name}", fix="years: [2023, 2024]"
        )
    return [path.replace("{year}", str(year)) for year in entry.years]


def _matching(stated: str, data_root: str, entry: Entry) -> list[str]:
    said = with_data(stated, data_root)
    filesystem, path = fsspec.core.url_to_fs(said)
    if glob.has_magic(stated):
        # What looks like a pattern in the folder's own name is none.
        _, pattern = fsspec.core.url_to_fs(with_data(stated, glob.escape(data_root)))
        # Asked of each, a link is what it points to.
        found = [name for name in filesystem.glob(pattern) if filesystem.isfile(name)]
    else:
        found = [path] if filesystem.isfile(path) else []
    found = [name for name in found if not PurePosixPath(name).name.startswith(LOCK_FILE)]
    if not found and not entry.optional:
        raise _missing(filesystem, path, said, entry)
    local = filesystem.protocol == "file" or "file" in filesystem.protocol
    return found if local else [filesystem.unstrip_protocol(name) for name in found]


def _missing(filesystem: fsspec.AbstractFileSystem, path: str, said: str, entry: Entry) -> SourceError:
    fix = _nearest_there(filesystem, PurePosixPath(path))
    return SourceError(
        f"no file at {mask_address(said)}",
        where=f"entry {entry.name}",
        fix=f"{fix}; or `optional: true` where it may be missing",
    )


def _nearest_there(filesystem: fsspec.AbstractFileSystem, path: PurePosixPath) -> str:
    for folder, missing in zip(path.parents, path.parts[::-1], strict=False):
        if filesystem.isdir(str(folder)):
            there = [PurePosixPath(name).name for name in filesystem.ls(str(folder), detail=False)]
            names = sorted(name for name in there if not name.startswith(LOCK_FILE))
            right = nearest(missing, names)
            if right:
                return f"did you mean `{right}`, in {folder}?"
            return f"{folder} is there and holds {', '.join(names[:5]) or 'nothing'}{' …' if len(names) > 5 else ''}"
    return "put the records there, or correct `path`"
