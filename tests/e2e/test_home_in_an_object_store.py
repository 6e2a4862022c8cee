"""A home that is no disk: the same site, byte by byte, with the catalogue in a database elsewhere."""

from pathlib import Path

import fsspec
import pytest

from tiny import make_tiny

HOME = "memory://office/home"


def test_the_site_is_the_same_as_on_a_disk(tmp_path: Path) -> None:
    tiny = make_tiny(tmp_path)
    store = fsspec.filesystem("memory")
    tiny.environment["YEARBOOK_CATALOGUE"] = f"sqlite:///{tmp_path}/on_disk.sqlite"
    run = tiny.yearbook("run")
    assert run.exit_code == 0, run.output
    site = {str(one.relative_to(tiny.home)): one.read_bytes() for one in tiny.home.rglob("site/**/*") if one.is_file()}

    tiny.environment.update(YEARBOOK_HOME=HOME, YEARBOOK_CATALOGUE=f"sqlite:///{tmp_path}/elsewhere.sqlite")
    run = tiny.yearbook("run")
    assert run.exit_code == 0, run.output
    assert f"{HOME}/site/index.html" in run.output
    found = {path.removeprefix("/office/home/"): store.cat_file(path) for path in store.find("/office/home/site")}
    assert found == {name: content for name, content in site.items() if not name.endswith(".lock")}
    run = tiny.yearbook("run")
    assert run.exit_code == 0, run.output
    assert not list(tmp_path.glob("memory*"))


@pytest.fixture(autouse=True)
def _forget() -> None:
    """The store lives as long as the process."""
    store = fsspec.filesystem("memory")
    if store.exists("/office"):
        store.rm("/office", recursive=True)
