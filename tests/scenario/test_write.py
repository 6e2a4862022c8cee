"""The demonstration folder: the same bytes for the same seed, whole or not at all, and marked as simulated."""

import hashlib
import json
import os
import re
import shutil
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
def one_small_file(monkeypatch) -> None:
    """What is written does not matter to how a folder is put in place."""
    monkeypatch.setattr(write, "STREAMS", ())
    monkeypatch.setattr(write, "FILES", (lambda one: {f"survey/{write.MARK}.sqlite": b"%d" % one.seed},))


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


@pytest.mark.usefixtures("one_small_file")
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


@pytest.mark.usefixtures("one_small_file")
@pytest.mark.parametrize("fails_at", ["write_files", "_put_in_place"])
def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch, fails_at):
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write, fails_at, fail)
        with pytest.raises(OSError, match="no space"):
            write_records(tmp_path / "records", 7, SCALE)
    assert [path.name for path in tmp_path.iterdir()] == [".records.lock"]

    assert write_records(tmp_path / "records", 7, SCALE)
    assert [path.suffix for path in sorted((tmp_path / "records").rglob("*")) if path.is_file()] == [".sqlite", ".json"]


@pytest.mark.usefixtures("one_small_file")
@pytest.mark.parametrize("fails_at", ["write_files", "_put_in_place", "os.replace"])
def test_a_failure_keeps_what_was_there(tmp_path, monkeypatch, fails_at):
    write_records(tmp_path / "records", 7, SCALE)
    written = _digest(tmp_path)
    replace = os.replace

    def fail(source: Path | None = None, *rest: Path) -> None:
        if fails_at == "os.replace" and source.name != ".records.partial":
            return replace(source, *rest)
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(f"yearbook.scenario.write.{fails_at}", fail)
        with pytest.raises(OSError, match="no space"):
            write_records(tmp_path / "records", 8, SCALE)
    assert _digest(tmp_path) == written


@pytest.mark.usefixtures("one_small_file")
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["thesis.docx"], "records: thesis.docx$"),
        (["NOTES.txt", "own/real.csv"], "records: NOTES.txt, own/real.csv$"),
        (["a", "b", "c/d", "e", "f"], "records: a, b, c/d and 2 more$"),
        ([".inner.partial.csv"], "records: .inner.partial.csv$"),
    ],
)
@pytest.mark.parametrize("manifest", ["of today", "without a list", "none"])
def test_a_folder_with_files_of_the_user_is_refused(tmp_path, names, said, manifest):
    target = tmp_path / "records"
    if manifest != "none":
        write_records(target, 7, SCALE)
    if manifest == "without a list":
        _forget_files(target)
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text("mine")
    there = _digest(tmp_path)

    with pytest.raises(SourceError) as caught:
        write_records(target, 8, SCALE)
    assert re.search(said, caught.value.what)
    assert caught.value.where == str(target)
    assert _digest(tmp_path) == there | {".records.lock": hashlib.sha256().hexdigest()}
    if manifest != "none":
        assert not write_records(target, 7, SCALE)


@pytest.mark.usefixtures("one_small_file")
def test_records_without_a_list_of_files_are_replaced(tmp_path):
    write_records(tmp_path / "records", 7, SCALE)
    _forget_files(tmp_path / "records")

    assert write_records(tmp_path / "records", 8, SCALE)
    assert (tmp_path / f"records/survey/{write.MARK}.sqlite").read_bytes() == b"8"


def _forget_files(folder: Path) -> None:
    """Make it a manifest of the versions that did not list the files."""
    path = folder / write.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["files"]
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.usefixtures("one_small_file")
def test_what_other_writers_leave_is_no_file_of_the_user(tmp_path):
    write_records(tmp_path / "records", 7, SCALE)
    write_records(tmp_path / "records/inner", 7, SCALE)
    shutil.rmtree(tmp_path / "records/inner")
    (tmp_path / "records/.inner.partial").mkdir()
    (tmp_path / "records/.inner.partial/half.csv").touch()
    assert (tmp_path / "records/.inner.lock").exists()

    assert write_records(tmp_path / "records", 8, SCALE)
    assert not list((tmp_path / "records").glob(".*"))


@pytest.mark.usefixtures("one_small_file")
@pytest.mark.parametrize("text", [b"{", b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"files": 1}'])
def test_a_broken_manifest_is_refused(tmp_path, text):
    write_records(tmp_path / "records", 7, SCALE)
    (tmp_path / "records" / write.MANIFEST).write_bytes(text)
    there = _digest(tmp_path)

    with pytest.raises(SourceError, match="cannot be read") as caught:
        write_records(tmp_path / "records", 7, SCALE)
    assert caught.value.where.endswith(write.MANIFEST)
    assert _digest(tmp_path) == there


@pytest.mark.usefixtures("one_small_file")
def test_a_link_to_a_folder_stays_one(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    assert [write_records(tmp_path / "link", seed, SCALE) for seed in (7, 8, 8, 7)] == [True, True, False, True]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".real.lock", "link", "real"]
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / write.MANIFEST).exists()


@pytest.mark.parametrize("name", ["/", "{tmp}/a.txt"])
def test_what_is_no_folder_is_refused(tmp_path, name):
    (tmp_path / "a.txt").write_text("mine")

    with pytest.raises(SourceError, match="no folder for records"):
        write_records(Path(name.format(tmp=tmp_path)), 7, SCALE)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_seed_below_zero_is_refused(tmp_path):
    with pytest.raises(SourceError, match="0 or more expected"):
        write_records(tmp_path / "records", -1, SCALE)
    assert list(tmp_path.iterdir()) == []


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
