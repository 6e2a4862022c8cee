"""Folders that are replaced while somebody reads, or while a run is killed: on a disk, and in an object store."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from yearbook.publish.folders import MANIFEST, is_intact, manifest_sha256, read_manifest, replace_folder

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
    from yearbook.publish import folders

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
