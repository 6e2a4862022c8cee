"""A run that is killed at any moment leaves nothing that the next run does not put right, to the byte."""

import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yearbook.scenario import write_records
from yearbook.settings import PROJECT

SCALE = 0.01
YEARS = "2023-2024"
SOURCES = ("contracts", "institutions", "projects", "training")
INDICATORS = """
indicators: [contract_value, contract_count, contract_value_growth, transfer_staff, trl_6_8_share, training_completions]
headline: [contract_value, training_completions]
"""
"""A part of the demonstration: files, a database, an API; what is killed a dozen times should not take an hour."""


@pytest.fixture(scope="module", autouse=True)
def include(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("part") / "include"
    shutil.copytree(PROJECT / "include", folder)
    demo = folder / "programmes/demo"
    for path in (demo / "sources").iterdir():
        if path.stem not in SOURCES:
            path.unlink()
    definition = demo / "programme.yml"
    text = re.sub(r"^(headline|comparators):.*\n(  .*\n)*", "", definition.read_text(), flags=re.MULTILINE)
    definition.write_text(text + INDICATORS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YEARBOOK_INCLUDE", str(folder))
        yield


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records") / "demo"
    write_records(folder, seed=1, scale=SCALE)
    return folder


@pytest.fixture(scope="module")
def undisturbed(records: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("undisturbed")
    assert start(home, records).wait() == 0
    return digest(home)


@pytest.mark.parametrize("events", [1, 30, 60, 90])
def test_a_killed_run_is_finished_by_the_next(
    events: int, undisturbed: dict[str, str], records: Path, tmp_path: Path
) -> None:
    run = start(tmp_path, records)
    while run.poll() is None and count_events(tmp_path) < events:
        time.sleep(0.01)
    assert run.poll() is None, "the run ended before it could be killed: ask for fewer events"
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert start(tmp_path, records).wait() == 0
    assert digest(tmp_path) == undisturbed


def test_a_second_run_keeps_everything(undisturbed: dict[str, str], records: Path, tmp_path: Path) -> None:
    assert start(tmp_path, records).wait() == 0
    first = count_events(tmp_path)
    assert start(tmp_path, records).wait() == 0
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as catalogue:
        states = {state for (state,) in catalogue.execute("SELECT state FROM event WHERE id > ?", (first,))}
    assert states == {"kept"}
    assert digest(tmp_path) == undisturbed


def test_two_runs_at_once_end_as_one(undisturbed: dict[str, str], records: Path, tmp_path: Path) -> None:
    runs = [start(tmp_path, records) for _ in range(2)]
    assert sorted(run.wait() for run in runs) in ([0, 0], [0, 1])
    assert digest(tmp_path) == undisturbed


def start(home: Path, records: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "YEARBOOK_HOME": str(home), "YEARBOOK_DATA": str(records)}
    command = [sys.executable, "-m", "yearbook", "run", "--programme", "demo", "--years", YEARS]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def count_events(home: Path) -> int:
    try:
        with sqlite3.connect(f"file:{home}/catalogue.sqlite?mode=ro", uri=True) as catalogue:
            return int(catalogue.execute("SELECT count(*) FROM event").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def digest(home: Path) -> dict[str, str]:
    """The hash of every file that a run leaves; the catalogue (it holds times) and unfinished writes left out."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith("catalogue.sqlite") and path.suffix != ".part"
    }
