"""The demonstration folder: the same bytes for the same seed, whole or not at all, and marked as simulated."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from yearbook.errors import SourceError
from yearbook.scenario import write, write_records
from yearbook.scenario.draws import Draws, share_out, split
from yearbook.scenario.files.institution_files import institution_files
from yearbook.scenario.survey import institution_rows
from yearbook.settings import PROJECT

SCALE = 0.01
FILL = (
    "import sys; from pathlib import Path; from yearbook.scenario.scenario import Scenario; "
    f"from yearbook.scenario.write import fill_folder; fill_folder(Path(sys.argv[1]), Scenario(7, {SCALE}))"
)


def _digest(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "records"
    write_records(target, 7, SCALE)
    return target


@pytest.fixture
def only_institutions(monkeypatch) -> None:
    """What is written does not matter to how a folder is put in place."""
    monkeypatch.setattr(write, "STREAMS", ())
    monkeypatch.setattr(write, "FILES", (lambda one: institution_files(institution_rows(one.population, one.seed)),))


def test_bytes_do_not_depend_on_hash_seed_time_zone_or_locale(folder, tmp_path):
    variables = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "PYTHONHASHSEED": "2", "TZ": "America/Lima"}
    subprocess.run([sys.executable, "-c", FILL, tmp_path], env={**variables, "LC_ALL": "C"}, check=True)

    assert _digest(tmp_path) == {name: one for name, one in _digest(folder).items() if name != write.MANIFEST}


def test_draws_are_these_numbers():
    """The stream that every record hangs on: other numbers here mean other records on this machine."""
    draws = Draws(2024, "a stream")

    assert draws.below(6, 1_000).tolist() == [243, 11, 682, 921, 110, 445]
    assert share_out(1_000_003, [1, 5, 3], step=100) == [111_100, 555_503, 333_400]
    assert split(1_000_003, np.array([1, 5, 3]), step=100).tolist() == [111_100, 555_503, 333_400]
    assert draws.skewed(4, bits=5).tolist() == [1848, 2776, 2704, 1104]


def test_another_seed_makes_other_records(folder, tmp_path):
    write_records(tmp_path / "records", 8, SCALE)
    mine, other = _digest(folder), _digest(tmp_path / "records")

    assert mine.keys() == other.keys()
    assert not [name for name in mine if mine[name] == other[name]]


def test_every_file_sheet_table_and_title_says_simulated(folder):
    names = [path.name for path in folder.rglob("*") if path.is_file()]
    books = [CalamineWorkbook.from_path(path) for path in sorted(folder.rglob("*.xlsx"))]
    database = sqlite3.connect(next(folder.rglob("*.sqlite")))

    assert [name for name in names if not ("模拟" in name and "SIMULATED" in name)] == []
    assert [
        sheet for book in books for sheet in book.sheet_names if not ("模拟" in sheet and "SIMULATED" in sheet)
    ] == []
    assert all("SIMULATED" in book.get_sheet_by_index(0).to_python()[0][0] for book in books)
    assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("simulated_institutions",)]
    assert database.execute(
        "SELECT count(*) FROM simulated_institutions WHERE name_zh NOT LIKE '%模拟%' OR name_en NOT LIKE '%Simulated%'"
    ).fetchall() == [(0,)]
    database.close()
    assert "SIMULATED" in json.loads((folder / write.MANIFEST).read_text(encoding="utf-8"))["notice"]


@pytest.mark.usefixtures("only_institutions")
def test_what_is_there_is_kept_edits_included(tmp_path):
    target = tmp_path / "records"
    assert write_records(target, 7, SCALE)
    written = _digest(target)
    edited = next(target.rglob("*.sqlite"))
    edited.write_bytes(b"edited")

    assert not write_records(target, 7, SCALE)
    assert edited.read_bytes() == b"edited"

    assert write_records(target, 8, SCALE)
    assert write_records(target, 7, SCALE)
    assert _digest(target) == written
    assert sorted(path.name for path in tmp_path.iterdir()) == [".records.lock", "records"]


@pytest.mark.usefixtures("only_institutions")
@pytest.mark.parametrize("fails_at", ["write_files", "_put_in_place"])
def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch, fails_at):
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write, fails_at, fail)
        with pytest.raises(OSError, match="no space"):
            write_records(tmp_path / "records", 7, SCALE)
    assert not (tmp_path / "records").exists()

    assert write_records(tmp_path / "records", 7, SCALE)
    assert [path.suffix for path in sorted((tmp_path / "records").rglob("*")) if path.is_file()] == [".sqlite", ".json"]


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")

    with pytest.raises(SourceError, match="no demonstration records"):
        write_records(tmp_path, 7, SCALE)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("scale", [0.001, 0, -1, 11, float("nan")])
def test_a_scale_out_of_range_is_refused(tmp_path, scale):
    with pytest.raises(SourceError, match=r"0\.01 to 10 expected"):
        write_records(tmp_path / "records", 7, scale)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writer_leaves_nothing_that_counts(tmp_path, folder):
    target = tmp_path / "records"
    command = [sys.executable, "-m", "yearbook", "simulate", "--to", str(target), "--seed", "7", "--scale", str(SCALE)]
    writer = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not list(tmp_path.glob(".records.partial/contracts/*")):
        assert writer.poll() is None
        time.sleep(0.005)
    writer.kill()
    writer.wait()
    assert not target.exists()

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert _digest(target) == _digest(folder)
    assert f"yearbook run --programme demo --data {target}" in said
    assert "There already, and kept" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
