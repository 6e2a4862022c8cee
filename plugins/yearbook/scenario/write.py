"""Write the demonstration records into a folder: whole or not at all, and only when they are not there already.

A dataset's writer is registered in one of two places: `FILES`, where it returns small files by their path, or
`STREAMS`, where it writes large ones into the folder. Not its business: what the records are, or who reads them.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yearbook.errors import SourceError
from yearbook.lake.hashing import code_fingerprint
from yearbook.scenario.beyond_contracts import files_beyond_contracts
from yearbook.scenario.contract_records import write_contract_records
from yearbook.scenario.files.folder import write_files
from yearbook.scenario.files.institution_files import institution_files
from yearbook.scenario.labels import MARK
from yearbook.scenario.plan import LARGEST_SCALE, SMALLEST_SCALE
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.survey import institution_rows

MANIFEST = f"{MARK}.json"
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

    A folder that already holds them is kept, also where its files were edited; other demonstration records are
    replaced. Returns whether anything was written. Raises `SourceError` where the folder holds anything else, or the
    scale is out of range.
    """
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise SourceError(
            f"scale {scale:g}; {SMALLEST_SCALE:g} to {LARGEST_SCALE:g} expected",
            where="scale",
            fix="1 is a full-size register, 650,000 contracts a year; the smallest still gives every published figure",
        )
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    manifest = {"notice": NOTICE, "seed": seed, "scale": scale, "code": code_fingerprint("scenario")}
    with _alone(folder):
        if _manifest_of(folder) == manifest:
            return False
        beside = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        fill_folder(beside, Scenario(seed, scale, *([tell] if tell else [])))
        write_files(beside, {MANIFEST: json.dumps(manifest, ensure_ascii=False).encode()})
        _put_in_place(beside, folder)
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


def _manifest_of(folder: Path) -> object:
    path = folder / MANIFEST
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))
    if folder.exists() and any(folder.iterdir()):
        raise SourceError(
            "the folder holds files that are no demonstration records",
            where=str(folder),
            fix="name an empty folder, or one that does not exist",
        )
    return None


def _put_in_place(beside: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(beside, folder)
    shutil.rmtree(old, ignore_errors=True)
