"""The demonstration folder: the same bytes for the same seed, whole or not at all, and marked as simulated."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from yearbook.errors import SourceError
from yearbook.scenario import write, write_records
from yearbook.scenario.draws import Draws, share_out
from yearbook.settings import PROJECT

SCALE = 0.01
PRINT_DIGEST = (
    "import hashlib; from yearbook.scenario.write import make_files; "
    f"files = make_files(7, {SCALE}); "
    "print(hashlib.sha256(b''.join(name.encode() + files[name] for name in sorted(files))).hexdigest())"
)


def _digest(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "records"
    write_records(target, 7, SCALE)
    return target


def test_bytes_do_not_depend_on_hash_seed_time_zone_or_locale():
    def digest(**environment: str) -> str:
        variables = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), **environment}
        command = [sys.executable, "-c", PRINT_DIGEST]
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout

    assert digest(PYTHONHASHSEED="1", TZ="Asia/Shanghai") == digest(PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C")


def test_draws_are_these_numbers():
    """The stream that every record hangs on: other numbers here mean other records on this machine."""
    draws = Draws(2024, "a stream")

    assert draws.below(6, 1_000).tolist() == [243, 11, 682, 921, 110, 445]
    assert share_out(1_000_003, [1, 5, 3], step=100) == [111_100, 555_603, 333_300]


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


def test_what_is_there_is_kept_edits_included(folder, tmp_path):
    target = tmp_path / "records"
    write_records(target, 7, SCALE)
    edited = next(target.rglob("*2023.csv"))
    edited.write_bytes(b"edited")

    write_records(target, 7, SCALE)
    assert edited.read_bytes() == b"edited"

    write_records(target, 8, SCALE)
    write_records(target, 7, SCALE)
    assert _digest(target) == _digest(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".records.lock", "records"]


@pytest.mark.parametrize("fails_at", ["_write_files", "_put_in_place"])
def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch, folder, fails_at):
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write, fails_at, fail)
        with pytest.raises(OSError, match="no space"):
            write_records(tmp_path / "records", 7, SCALE)
    assert not (tmp_path / "records").exists()

    write_records(tmp_path / "records", 7, SCALE)
    assert _digest(tmp_path / "records") == _digest(folder)


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")

    with pytest.raises(SourceError, match="no demonstration records"):
        write_records(tmp_path, 7, SCALE)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("scale", [0, -1, float("nan")])
def test_a_scale_that_makes_nothing_is_refused(tmp_path, scale):
    with pytest.raises(SourceError, match="makes no records"):
        write_records(tmp_path / "records", 7, scale)
