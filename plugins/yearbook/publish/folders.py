"""Whole folders on the site: a reader sees the old edition or the new one, never half of each."""

import ctypes
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import fsspec

from yearbook.lake.atomic import is_local, write_bytes

MANIFEST = "edition.json"
HERE, EXCHANGE = -100, 2
"""What Linux calls `AT_FDCWD` and `RENAME_EXCHANGE`."""


def _at_once() -> None:
    """Nothing to do before a folder is replaced."""


def replace_folder(folder: str, files: dict[str, bytes], before: Callable[[], object] = _at_once) -> None:
    """Put a folder with exactly these files in the place of the one there.

    On a disk the new folder is written beside. Linux exchanges both at once; elsewhere two renames follow each other,
    and for a moment there is none. What did not get there is removed, and so is what a killed run left; an old folder
    is put back where it is the only one. A link in the folder's place is replaced, and what it leads to stays as it is.
    In an object store each file is replaced, the manifest last, and then what the manifest does not know is deleted.

    `before` is called before the first file is written, and again right before the old folder gives way, or before the
    manifest: what it raises leaves the folder on a disk as it is.
    """
    filesystem, target = fsspec.core.url_to_fs(folder)
    before()
    if not is_local(filesystem):
        for name in sorted(files, key=lambda name: name == MANIFEST):
            if name == MANIFEST:
                before()
            write_bytes(f"{folder}/{name}", files[name])
        ours = {f"{target}/{name}" for name in files}
        for left in sorted(set(filesystem.find(target)) - ours):
            filesystem.rm_file(left)
        return
    parent, name = os.path.split(target.rstrip("/"))
    new, old = _beside(parent, name), os.path.join(parent, f".{name}.old")
    _put_back(old, target)
    _discard(old)
    for left in _left_beside(parent, name):
        _remove(left)
    try:
        for file, content in files.items():
            write_bytes(os.path.join(new, file), content)
        before()
        if not os.path.lexists(target):
            os.rename(new, target)
        elif not _exchange(new, target):
            _swap(new, target, old)
    finally:
        # What was not whole, or, behind an exchange, what stood there before.
        _remove(new)


def put_back(folder: str) -> None:
    """Put back the folders in a folder that a run lost which was killed between its two renames."""
    filesystem, parent = fsspec.core.url_to_fs(folder)
    if is_local(filesystem) and os.path.isdir(parent):
        for name in map(_replaced, os.listdir(parent)):
            if name is not None:
                _put_back(os.path.join(parent, f".{name}.old"), os.path.join(parent, name))


def _put_back(old: str, target: str) -> None:
    # Another run may come before: then it stands there.
    if os.path.isdir(old) and not os.path.lexists(target):
        with suppress(OSError):
            os.rename(old, target)


def _exchange(one: str, other: str) -> bool:
    """Let two paths change their places at once; whether the platform and its disk could."""
    rename = _renameat2()
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0


@cache
def _renameat2() -> Callable[..., int] | None:
    try:
        rename: Callable[..., int] = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return None
    return rename


def _swap(new: str, target: str, old: str) -> None:
    """Two renames; where the second cannot be, the old folder is there again."""
    while True:
        os.rename(target, old)
        try:
            os.rename(new, target)
        except OSError:
            # Where it stands there by now, another run has put it back.
            if not os.path.lexists(target):
                os.rename(old, target)
                raise
        else:
            return _discard(old)


def _discard(path: str) -> None:
    """Remove a folder beside; what of it cannot be removed stands in nobody's way."""
    if os.path.lexists(path):
        parent, name = os.path.split(path)
        aside = _beside(parent, name[1:].removesuffix(".old"))
        with suppress(OSError):
            os.rename(path, aside)
        _remove(aside)


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        with suppress(OSError):
            os.unlink(path)


def _beside(parent: str, name: str) -> str:
    return os.path.join(parent, f".{name}.{uuid.uuid4().hex}.new")


def _left_beside(parent: str, name: str) -> list[str]:
    """What runs that were killed left: no other writes there, for each writes under a name of its own."""
    there = os.listdir(parent) if os.path.isdir(parent) else []
    return [os.path.join(parent, one) for one in there if one.startswith(f".{name}.") and one.endswith(".new")]


def _replaced(name: str) -> str | None:
    """Which folder waits under a name for the second of two renames; None for any other name."""
    return name[1:].removesuffix(".old") if name.startswith(".") and name.endswith(".old") else None


def list_folders(folder: str) -> list[str]:
    """The names of the folders in a folder, in order; one that is being replaced just now is among them."""
    filesystem, target = fsspec.core.url_to_fs(folder)
    try:
        found = filesystem.ls(target, detail=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    folders = [str(one["name"]) for one in found if one["type"] == "directory" or _leads_to_one(one)]
    names = {os.path.basename(name.rstrip("/")) for name in folders}
    replaced = {name for name in map(_replaced, names) if name}
    return sorted({name for name in names if not name.startswith(".")} | replaced)


def _leads_to_one(entry: dict[str, Any]) -> bool:
    return bool(entry.get("islink")) and os.path.isdir(entry["name"])


def read_manifest(folder: str) -> dict[str, Any] | None:
    """The manifest of a folder, or None where there is none that can be read (`is_damaged` tells which of the two).

    Between the two renames of `replace_folder` it is that of the old folder, which waits beside.
    """
    content = _manifest(folder)
    try:
        manifest = None if content is None else json.loads(content)
    except ValueError:
        return None
    return manifest if isinstance(manifest, dict) else None


def is_damaged(folder: str) -> bool:
    """Whether a manifest stands in a folder that cannot be read: what it said of the edition is not known."""
    return _manifest(folder) is not None and read_manifest(folder) is None


def manifest_sha256(folder: str) -> str | None:
    """The hash of a folder's manifest, by which it is known from any other that stood there; None where none is."""
    content = _manifest(folder)
    return None if content is None else hashlib.sha256(content).hexdigest()


def is_intact(folder: str, sha256: str | None) -> bool:
    """Whether the manifest with this hash stands in a folder, and all its files with their content.

    The hash comes from elsewhere: an older copy of a whole folder is in itself as sound as the one that it replaced.
    """
    if sha256 is None or manifest_sha256(folder) != sha256:
        return False
    filesystem, target = fsspec.core.url_to_fs(folder)
    try:
        manifest = json.loads(filesystem.cat_file(f"{target}/{MANIFEST}"))
        return all(
            hashlib.sha256(filesystem.cat_file(f"{target}/{name}")).hexdigest() == digest
            for name, digest in manifest["files"].items()
        )
    except (FileNotFoundError, NotADirectoryError):
        return False


def _manifest(folder: str) -> bytes | None:
    filesystem, target = fsspec.core.url_to_fs(folder)
    parent, name = os.path.split(target.rstrip("/"))
    for place in (target, f"{parent}/.{name}.old", target):
        try:
            return bytes(filesystem.cat_file(f"{place}/{MANIFEST}"))
        except (FileNotFoundError, NotADirectoryError):
            continue
    return None
