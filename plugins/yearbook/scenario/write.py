"""Write the demonstration records into a folder: whole or not at all, and only when they are not there already.

A dataset's writer is registered in one of two places: `FILES`, where it returns small files by their path, or
`STREAMS`, where it writes large ones into the folder. Not its business: what the records are, or who reads them.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yearbook.errors import SourceError
from yearbook.lake.hashing import code_fingerprint
from yearbook.scenario.beyond_contracts import files_beyond_contracts
from yearbook.scenario.contract_records import write_contract_records
from yearbook.scenario.files.folder import list_files, write_files
from yearbook.scenario.files.institution_files import institution_files
from yearbook.scenario.labels import MARK
from yearbook.scenario.plan import LARGEST_SCALE, SMALLEST_SCALE
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.survey import institution_rows

MANIFEST = f"{MARK}.json"
WRITERS_OWN = re.compile(r"\..+\.(lock|partial)")
"""What a writer of records leaves beside its folder, also where that stands in another one."""
NAMED_FILES = 3
NOTICE = (
    "模拟数据，由程序生成，不代表任何真实机构、合同或项目。 / "
    "SIMULATED records, made by a program; no real institution, contract or project."
)

FILES: tuple[Callable[[Scenario], dict[str, bytes]], ...] = (
    lambda one: institution_files(institution_rows(one.population, one.seed)),
    files_beyond_contracts,
)
"""Writers that return files by path. They do not depend on the scale."""

STREAMS: tuple[Callable[[Path, Scenario], None], ...] = (write_contract_records,)
"""Writers that write into a folder, because what they write may be large."""


def write_records(folder: Path, seed: int, scale: float, tell: Callable[[str], None] | None = None) -> bool:
    """Write the records of `seed` and `scale` (1 is 650,000 contracts a year on average) into `folder`.

    A folder that already holds them is kept, also where its files were edited or others added; other demonstration
    records are replaced. Returns whether anything was written. Raises `SourceError` where the folder would have to be
    replaced and holds anything else, or where the seed or the scale is out of range.
    """
    if seed < 0:
        raise SourceError(f"seed {seed}; 0 or more expected", where="seed", fix="any whole number from 0 on")
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise SourceError(
            f"scale {scale:g}; {SMALLEST_SCALE:g} to {LARGEST_SCALE:g} expected",
            where="scale",
            fix="1 is a full-size register, 650,000 contracts a year; the smallest still gives every published figure",
        )
    folder = Path(os.path.realpath(folder))
    if not folder.name or (folder.exists() and not folder.is_dir()):
        raise SourceError("no folder for records", where=str(folder), fix="name an empty folder, or one that is new")
    folder.parent.mkdir(parents=True, exist_ok=True)
    manifest = {"notice": NOTICE, "seed": seed, "scale": scale, "code": code_fingerprint("scenario")}
    with _alone(folder):
        there = _manifest_of(folder)
        if there and {**there, "files": None} == {**manifest, "files": None}:
            return False
        _refuse_other_files(folder, there)
        beside = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            fill_folder(beside, Scenario(seed, scale, *([tell] if tell else [])))
            listed = {**manifest, "files": [*list_files(beside), MANIFEST]}
            write_files(beside, {MANIFEST: json.dumps(listed, ensure_ascii=False).encode()})
            _put_in_place(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return True


def fill_folder(folder: Path, scenario: Scenario) -> None:
    """Write all files of a scenario; the same seed and scale give the same bytes on every machine."""
    for write in STREAMS:
        write(folder, scenario)
    for make in FILES:
        write_files(folder, make(scenario))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against another writer; the system lets go when the holder dies."""
    with open(folder.with_name(f".{folder.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _manifest_of(folder: Path) -> dict[str, Any] | None:
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files", []), list):
        raise SourceError(
            "the list of the demonstration records cannot be read",
            where=str(path),
            fix="remove the folder if nothing in it is yours, or name another; then run again",
        )
    return manifest


def _refuse_other_files(folder: Path, manifest: dict[str, Any] | None) -> None:
    there = [name for name in list_files(folder) if not any(map(WRITERS_OWN.fullmatch, Path(name).parts))]
    if manifest and "files" not in manifest:
        # Written before manifests listed their files: every one of them bears the mark in its name.
        others = [name for name in there if MARK not in Path(name).name]
    else:
        others = [name for name in there if name not in (manifest or {}).get("files", [])]
    if others:
        more = len(others) - NAMED_FILES
        named = ", ".join(others[:NAMED_FILES]) + (f" and {more} more" if more > 0 else "")
        raise SourceError(
            f"the folder holds files that are no demonstration records: {named}",
            where=str(folder),
            fix="move them elsewhere, or name an empty folder, or one that does not exist",
        )


def _put_in_place(beside: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    is_replaced = folder.exists()
    if is_replaced:
        os.replace(folder, old)
    try:
        os.replace(beside, folder)
    except OSError:
        if is_replaced:
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
