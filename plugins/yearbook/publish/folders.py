"""Whole folders on the site: a reader sees the old edition or the new one, never half of each."""

import hashlib
import json
import os
import shutil
from typing import Any

import fsspec

from yearbook.lake.atomic import is_local, write_bytes

MANIFEST = "edition.json"


def replace_folder(folder: str, files: dict[str, bytes]) -> None:
    """Put a folder with exactly these files in the place of the one there.

    On a disk the new folder is written beside and renamed; what a killed run left beside is cleared first, and an old
    folder put back where it is the only one. In an object store each file is replaced, the manifest last, and then what
    the manifest does not know is deleted.
    """
    filesystem, target = fsspec.core.url_to_fs(folder)
    if not is_local(filesystem):
        for name in sorted(files, key=lambda name: name == MANIFEST):
            write_bytes(f"{folder}/{name}", files[name])
        ours = {f"{target}/{name}" for name in files}
        for left in sorted(set(filesystem.find(target)) - ours):
            filesystem.rm_file(left)
        return
    parent, name = os.path.split(target.rstrip("/"))
    new, old = os.path.join(parent, f".{name}.new"), os.path.join(parent, f".{name}.old")
    if os.path.isdir(old) and not os.path.isdir(target):
        os.rename(old, target)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    for file, content in files.items():
        write_bytes(os.path.join(new, file), content)
    if os.path.isdir(target):
        os.rename(target, old)
    os.rename(new, target)
    shutil.rmtree(old, ignore_errors=True)


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
    filesystem, target = fsspec.core.url_to_fs(folder)
    parent, name = os.path.split(target.rstrip("/"))
    for place in (target, f"{parent}/.{name}.old", target):
        try:
            manifest: dict[str, Any] = json.loads(filesystem.cat_file(f"{place}/{MANIFEST}"))
        except FileNotFoundError:
            continue
        except ValueError:
            return None
        return manifest
    return None


def is_intact(folder: str, manifest: dict[str, Any] | None) -> bool:
    """Whether all files of a manifest are there with their content."""
    if manifest is None:
        return False
    filesystem, target = fsspec.core.url_to_fs(folder)
    try:
        return all(
            hashlib.sha256(filesystem.cat_file(f"{target}/{name}")).hexdigest() == digest
            for name, digest in manifest["files"].items()
        )
    except FileNotFoundError:
        return False
