"""Write the demonstration records into a folder: whole or not at all, and only when they are not there already.

Not its business: what the records are, or who reads them.
"""

import fcntl
import gc
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yearbook.errors import SourceError
from yearbook.lake.hashing import code_fingerprint
from yearbook.scenario.achievements import make_achievements
from yearbook.scenario.contracts import make_contracts
from yearbook.scenario.faults import deliver_contracts
from yearbook.scenario.files.achievement_files import achievement_files
from yearbook.scenario.files.contract_files import contract_files
from yearbook.scenario.files.institution_files import institution_files
from yearbook.scenario.files.project_files import project_files
from yearbook.scenario.files.register_files import register_files
from yearbook.scenario.institutions import institution_rows, make_population
from yearbook.scenario.labels import MARK
from yearbook.scenario.parties import names_of_parties
from yearbook.scenario.projects import make_projects
from yearbook.scenario.register_totals import make_register_totals

MANIFEST = f"{MARK}.json"
NOTICE = (
    "模拟数据，由程序生成，不代表任何真实机构、合同或项目。 / "
    "SIMULATED records, made by a program; no real institution, contract or project."
)


def write_records(folder: Path, seed: int, scale: float) -> None:
    """Write the records of `seed` and `scale` (1 is about 60,000 contracts) into `folder`.

    A folder that already holds them is kept, also where its files were edited; other demonstration records are
    replaced. Raises `SourceError` where the folder holds anything else, or `scale` is not positive.
    """
    if not scale > 0:
        raise SourceError(f"scale {scale} makes no records", where="scale", fix="a number above 0; 1 is the usual size")
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    manifest = {"notice": NOTICE, "seed": seed, "scale": scale, "code": code_fingerprint("scenario")}
    with _alone(folder):
        found = _manifest_of(folder)
        if found == manifest:
            return
        beside = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(beside, ignore_errors=True)
        with _without_collector():
            files = make_files(seed, scale)
        _write_files(beside, {**files, MANIFEST: json.dumps(manifest, ensure_ascii=False).encode()})
        _put_in_place(beside, folder)


def make_files(seed: int, scale: float) -> dict[str, bytes]:
    """Return all files by path within the folder; the same seed and scale give the same bytes on every machine."""
    population = make_population(seed, scale)
    names = names_of_parties(population)
    contracts = make_contracts(population, seed, scale)
    return {
        **contract_files(deliver_contracts(contracts, seed), names, seed),
        **register_files(make_register_totals(contracts, seed)),
        **institution_files(institution_rows(population, seed)),
        **achievement_files(make_achievements(population, seed, scale), names, seed),
        **project_files(make_projects(population, seed, scale), seed),
    }


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against another writer; the system lets go when the holder dies."""
    with open(folder.with_name(f".{folder.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic collector: walking some million live objects again and again takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put_in_place(beside: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(beside, folder)
    shutil.rmtree(old, ignore_errors=True)
