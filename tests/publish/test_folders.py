"""Folders that are replaced while somebody reads, or while a run is killed: on a disk, and in an object store."""

import hashlib
import json
import os
import re
import resource
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from tiny import make_tiny
from yearbook.publish import folders
from yearbook.publish.folders import (
    MANIFEST,
    is_intact,
    list_folders,
    manifest_sha256,
    put_back,
    read_manifest,
    replace_folder,
)

STORE = "memory://office/site/2024"


@pytest.fixture(params=["disk", "object store"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an edition stands, on each kind of home."""
    return str(tmp_path / "2024") if request.param == "disk" else STORE


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """The store lives as long as the process."""
    yield
    store = fsspec.filesystem("memory")
    if store.exists("/office"):
        store.rm("/office", recursive=True)


def edition(**pages: bytes) -> dict[str, bytes]:
    """Pages with their manifest, which stands first: it is written last wherever it stands."""
    files = {name.replace("_", "."): content for name, content in pages.items()}
    manifest = {"files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}}
    return {MANIFEST: json.dumps(manifest).encode(), **files}


def sha256(files: dict[str, bytes]) -> str:
    return hashlib.sha256(files[MANIFEST]).hexdigest()


def contents(folder: str) -> dict[str, bytes]:
    """All that stands in the folder and beside it, by its path under the folder that holds both."""
    filesystem, target = fsspec.core.url_to_fs(folder)
    parent = target.rpartition("/")[0]
    return {path.removeprefix(f"{parent}/"): filesystem.cat_file(path) for path in filesystem.find(parent)}


OLD, NEW = edition(en_html=b"old", left_html=b"of another"), edition(en_html=b"new")


def test_a_folder_holds_exactly_the_new_files(folder: str) -> None:
    for files in (OLD, NEW):
        replace_folder(folder, files)
        assert contents(folder) == {f"2024/{name}": content for name, content in files.items()}


class Killed(BaseException):
    """What ends a run at once."""


def killed() -> None:
    raise Killed


def test_what_is_refused_before_the_first_file_changes_nothing(folder: str) -> None:
    replace_folder(folder, OLD)
    with pytest.raises(Killed):
        replace_folder(folder, NEW, killed)
    assert contents(folder) == {f"2024/{name}": content for name, content in OLD.items()}


def test_what_is_refused_at_the_last_moment_leaves_the_old_manifest(folder: str) -> None:
    """On a disk the whole old folder; an object store has no folders, and the manifest says that it is not whole."""
    replace_folder(folder, OLD)
    asked = []

    def lost_meanwhile() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            raise Killed

    with pytest.raises(Killed):
        replace_folder(folder, NEW, lost_meanwhile)
    assert manifest_sha256(folder) == sha256(OLD)
    assert is_intact(folder, sha256(OLD)) == (folder != STORE)
    replace_folder(folder, NEW)
    assert contents(folder) == {f"2024/{name}": content for name, content in NEW.items()}


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_killed_run_leaves_the_old_folder_or_one_that_is_known_as_half(
    written: int, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = edition(en_html=b"new", other_html=b"too")
    replace_folder(folder, OLD)
    left, write = iter(range(written)), folders.write_bytes

    def write_some(path: str, content: bytes) -> None:
        if next(left, None) is None:
            raise Killed
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(folders, "write_bytes", write_some)
        with pytest.raises(Killed):
            replace_folder(folder, new)
    assert read_manifest(folder) == json.loads(OLD[MANIFEST]), "the manifest is written last"
    assert is_intact(folder, sha256(OLD)) == (folder != STORE or written == 0)
    assert not is_intact(folder, sha256(new))
    replace_folder(folder, new)
    assert contents(folder) == {f"2024/{name}": content for name, content in new.items()}


def test_a_run_that_was_overtaken_leaves_the_folder_of_the_other(folder: str) -> None:
    other, asked = edition(other_html=b"of the other"), []

    def overtaken() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            replace_folder(folder, other)
            raise Killed

    with pytest.raises(Killed):
        replace_folder(folder, NEW, overtaken)
    assert contents(folder) == {f"2024/{name}": content for name, content in other.items()}


def test_between_the_two_renames_the_old_manifest_is_read(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    replace_folder(str(target), OLD)
    os.rename(target, tmp_path / ".2024.old")
    assert read_manifest(str(target)) == json.loads(OLD[MANIFEST])
    assert manifest_sha256(str(target)) == sha256(OLD)
    assert not is_intact(str(target), sha256(OLD)), "no reader finds it there"


def test_an_edition_whose_replacement_was_killed_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    replace_folder(str(target), {"a": b"old"})
    os.rename(target, tmp_path / ".2024.old")
    asked = []

    def killed_later() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            raise Killed

    with pytest.raises(Killed):
        replace_folder(str(target), {"a": b"new"}, killed_later)
    assert (target / "a").read_bytes() == b"old"
    replace_folder(str(target), {"a": b"new"})
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {"2024", "2024/a"}


@pytest.fixture(params=["exchanged at once", "two renames"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Linux does it, and as a platform or a disk that cannot exchange."""
    if request.param == "two renames":
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)


def test_no_reader_finds_nothing_while_a_folder_is_replaced(tmp_path: Path) -> None:
    target, seen, is_over = tmp_path / "2024", set[bytes | None](), threading.Event()
    replace_folder(str(target), OLD)

    def read() -> None:
        while not is_over.is_set():
            try:
                seen.add((target / "en.html").read_bytes())
            except FileNotFoundError:
                seen.add(None)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(100):
        for files in (NEW, OLD):
            replace_folder(str(target), files)
    is_over.set()
    reader.join()
    assert seen == {b"old", b"new"}


def killed_at(folder: Path, step: str, number: int) -> None:
    """Replace a folder in a process that is killed right before it calls `os.<step>` for the nth time."""
    child = os.fork()
    if child == 0:
        take, left = getattr(os, step), iter(range(number - 1))

        def act(*given: object, **named: object) -> object:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return take(*given, **named)

        try:
            setattr(os, step, act)
            replace_folder(str(folder), NEW)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL


@pytest.mark.parametrize(
    ("number", "left", "there"),
    [(1, {"2024", ".2024.new"}, OLD), (2, {".2024.old", ".2024.new"}, OLD), (3, {"2024", ".2024.old"}, NEW)],
    ids=["before the first rename", "between them", "before the old folder goes"],
)
def test_a_folder_that_a_kill_lost_is_put_back(
    number: int, left: set[str], there: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    target = tmp_path / "2024"
    replace_folder(str(target), OLD)
    killed_at(target, "rename", number)
    assert {beside(one) for one in tmp_path.iterdir()} == left
    put_back(str(tmp_path))
    assert {path.name: path.read_bytes() for path in target.iterdir()} == there
    replace_folder(str(target), NEW)
    assert contents(str(target)) == {f"2024/{name}": content for name, content in NEW.items()}


def beside(path: Path) -> str:
    """A name without what makes it one of its own."""
    return re.sub(r"\.[0-9a-f]{32}\.", ".", path.name)


def test_a_run_killed_behind_the_exchange_has_replaced_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "2024"
    replace_folder(str(target), OLD)
    killed_at(target, "rmdir", 1)
    assert {beside(one) for one in tmp_path.iterdir()} == {"2024", ".2024.new"}
    assert {path.name: path.read_bytes() for path in target.iterdir()} == NEW
    replace_folder(str(target), NEW)
    assert [one.name for one in tmp_path.iterdir()] == ["2024"]


def test_where_nothing_was_lost_nothing_is_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put_back(str(site))
    put_back("memory://office/site")
    replace_folder(str(site / "2024"), NEW)
    replace_folder(str(site / ".2024.old"), OLD)
    before = contents(str(site))
    put_back(str(site))
    assert contents(str(site)) == before


def test_publishing_one_year_puts_back_another_that_was_lost(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    assert tiny.yearbook("run").exit_code == 0
    site = tiny.home / "site/tiny"
    before = contents(str(site))
    (site / "2023").rename(site / ".2023.old")
    assert tiny.yearbook("publish", "--years", "2024").exit_code == 0
    assert contents(str(site)) == before


def link_to_a_folder(place: Path) -> None:
    place.symlink_to(place.parents[1] / "elsewhere")


def link_to_nothing(place: Path) -> None:
    place.symlink_to(place.parents[1] / "nowhere")


def file(place: Path) -> None:
    place.write_bytes(b"no folder")


@pytest.mark.usefixtures("_each_way")
@pytest.mark.parametrize("name", ["2024", ".2024.old"])
@pytest.mark.parametrize(
    ("put", "known"), [(link_to_a_folder, json.loads(NEW[MANIFEST])), (link_to_nothing, None), (file, None)]
)
def test_what_is_no_folder_gives_way_to_one(
    put: Callable[[Path], None], known: object, name: str, tmp_path: Path
) -> None:
    """And what a link leads to stays as it is."""
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "site/2024"
    replace_folder(str(elsewhere), NEW)
    target.parent.mkdir()
    if name != target.name:
        replace_folder(str(target), OLD)
    put(target.with_name(name))
    assert read_manifest(str(target)) == (json.loads(OLD[MANIFEST]) if name != target.name else known)
    for files in (NEW, OLD, NEW):
        replace_folder(str(target), files)
        assert contents(str(target)) == {f"2024/{file}": content for file, content in files.items()}
        assert [one.name for one in target.parent.iterdir()] == ["2024"]
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == NEW


def test_a_link_to_a_folder_is_listed_as_one(tmp_path: Path) -> None:
    replace_folder(str(tmp_path / "elsewhere"), NEW)
    (tmp_path / "site/2023").mkdir(parents=True)
    link_to_a_folder(tmp_path / "site/2024")
    link_to_nothing(tmp_path / "site/2025")
    file(tmp_path / "site/2026")
    assert list_folders(str(tmp_path / "site")) == ["2023", "2024"]


@pytest.mark.usefixtures("_each_way")
def test_an_old_folder_that_cannot_be_removed_stands_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "2024"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        replace_folder(str(tmp_path / ".2024.old"), OLD)
        for files in (OLD, NEW, OLD, NEW):
            replace_folder(str(target), files)
            assert {path.name: path.read_bytes() for path in target.iterdir()} == files
    replace_folder(str(target), NEW)
    assert [one.name for one in tmp_path.iterdir()] == ["2024"]


@pytest.mark.usefixtures("_each_way")
def test_what_finds_no_room_leaves_nothing_beside(tmp_path: Path) -> None:
    target, (soft, hard) = tmp_path / "2024", resource.getrlimit(resource.RLIMIT_FSIZE)
    replace_folder(str(target), OLD)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            replace_folder(str(target), {"a.html": b"fits", "b.html": bytes(2 << 20)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(str(target)) == {f"2024/{name}": content for name, content in OLD.items()}
    assert [one.name for one in tmp_path.iterdir()] == ["2024"]


def test_a_rename_that_cannot_be_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, rename = tmp_path / "2024", os.rename
    replace_folder(str(target), OLD)

    def refuse_new(path: str, other: str) -> None:
        if str(path).endswith(".new"):
            raise PermissionError(path)
        rename(path, other)

    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", refuse_new)
    with pytest.raises(PermissionError):
        replace_folder(str(target), NEW)
    assert contents(str(target)) == {f"2024/{name}": content for name, content in OLD.items()}
    assert [one.name for one in tmp_path.iterdir()] == ["2024"]


def test_a_folder_put_back_between_the_renames_of_another_run_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, rename, moved = tmp_path / "2024", os.rename, list[str]()
    replace_folder(str(target), OLD)

    def rename_beside_another(path: str, other: str) -> None:
        rename(path, other)
        moved.append(path)
        if len(moved) == 1:
            put_back(str(tmp_path))

    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", rename_beside_another)
    replace_folder(str(target), NEW)
    assert contents(str(target)) == {f"2024/{name}": content for name, content in NEW.items()}


@pytest.mark.parametrize(
    ("files", "known", "is_sound"),
    [
        (NEW, sha256(NEW), True),
        (OLD, sha256(NEW), False),
        (NEW, None, False),
        ({**NEW, "en.html": b"changed"}, sha256(NEW), False),
        ({MANIFEST: NEW[MANIFEST]}, sha256(NEW), False),
        ({"en.html": b"new"}, sha256(NEW), False),
        ({**NEW, MANIFEST: b"{"}, sha256(NEW), False),
    ],
    ids=["as it was left", "an older copy", "never left", "a page changed", "a page lost", "no manifest", "half a one"],
)
def test_intact_is_what_was_left_there(files: dict[str, bytes], known: str | None, is_sound: bool, folder: str) -> None:
    replace_folder(folder, files)
    assert is_intact(folder, known) == is_sound


@pytest.mark.parametrize(
    ("content", "manifest"), [(None, None), (b"{", None), (b"\xff", None), (b'{"year": 2024}', {"year": 2024})]
)
def test_a_manifest_that_cannot_be_read_is_none(content: bytes | None, manifest: object, folder: str) -> None:
    replace_folder(folder, {"en.html": b""} | ({} if content is None else {MANIFEST: content}))
    assert read_manifest(folder) == manifest
