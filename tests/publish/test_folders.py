"""Folders that were being replaced when a run was killed."""

import os
from pathlib import Path

import pytest

from yearbook.publish.folders import replace_folder


def test_an_edition_whose_replacement_was_killed_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "2024"
    replace_folder(str(target), {"a": b"old"})
    os.rename(target, tmp_path / ".2024.old")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("yearbook.publish.folders.write_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            replace_folder(str(target), {"a": b"new"})
    assert (target / "a").read_bytes() == b"old"
    replace_folder(str(target), {"a": b"new"})
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {"2024", "2024/a"}
