"""Whole folders on the site: a reader sees the old edition or the new one, never half of each."""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable
from typing import Any

import fsspec

from yearbook.lake.atomic import is_local, write_bytes

MANIFEST = "edition.json"


def _at_once() -> None:
    """Nothing to do before a folder is replaced."""


def replace_folder(folder: str, files: dict[str, bytes], before: Callable[[], object] = _at_once) -> None:
    """Put a folder with exactly these files in the place of the one there.

    On a disk the new folder is written beside and renamed; what a killed run left beside is cleared first, and an old
    folder put back where it is the only one. In an object store each file is replaced, the manifest last, and then what
    the manifest does not know is deleted.

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
    new, old = os.path.join(parent, f".{name}.{uuid.uuid4().hex}.new"), os.path.join(parent, f".{name}.old")
    if os.path.isdir(old) and not os.path.isdir(target):
        os.rename(old, target)
    for left in (old, *_left_beside(parent, name)):
        shutil.rmtree(left, ignore_errors=True)
    for file, content in files.items():
        write_bytes(os.path.join(new, file), content)
    before()
    if os.path.isdir(target):
        os.rename(target, old)
    os.rename(new, target)
    shutil.rmtree(old, ignore_errors=True)


def _left_beside(parent: str, name: str) -> list[str]:
    """What runs that were killed had begun to write: no other writes there, for each writes under a name of its own."""
    there = os.listdir(parent) if os.path.isdir(parent) else []
    return [os.path.join(parent, one) for one in there if one.startswith(f".{name}.") and one.endswith(".new")]


def list_folders(folder: str) -> list[str]:
    """The names of the folders in a folder, in order; one that is being replaced just now is among them."""
    filesystem, target = fsspec.core.url_to_fs(folder)
    try:
        found = filesystem.ls(target, detail=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    names = {os.path.basename(str(one["name"]).rstrip("/")) for one in found if one["type"] == "directory"}
    replaced = {name[1:].removesuffix(".old") for name in names if name.startswith(".") and name.endswith(".old")}
    return sorted({name for name in names if not name.startswith(".")} | replaced)


def read_manifest(folder: str) -> dict[str, Any] | None:
    """The manifest of a folder, or None where there is none that can be read.

    Between the two renames of `replace_folder` it is that of the old folder, which waits beside.
    """
    content = _manifest(folder)
    try:
        manifest: dict[str, Any] | None = None if content is None else json.loads(content)
    except ValueError:
        return None
    return manifest


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
    except FileNotFoundError:
        return False


def _manifest(folder: str) -> bytes | None:
    filesystem, target = fsspec.core.url_to_fs(folder)
    parent, name = os.path.split(target.rstrip("/"))
    for place in (target, f"{parent}/.{name}.old", target):
        try:
            return bytes(filesystem.cat_file(f"{place}/{MANIFEST}"))
        except FileNotFoundError:
            continue
    return None
