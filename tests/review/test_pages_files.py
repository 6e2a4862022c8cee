"""The pages of a year as files: beside the internal figures, whole, harmless, and asking nobody for anything."""

import re
from dataclasses import replace
from pathlib import Path

from desk import make_doubtful
from yearbook.review.pages import write_review
from yearbook.review.pages.files import MOST_FINDINGS


def test_a_year_is_written_in_both_languages(tmp_path: Path) -> None:
    tiny = make_doubtful(tmp_path)
    workspace = tiny.workspace()
    folder = Path(write_review(workspace, 2024))
    assert folder == tiny.home / "tiny/internal/2024/review"
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert sorted(files) == ["en.html", "findings.en.html", "findings.zh-Hans.html", "zh-Hans.html"]
    assert not (tiny.home / "site").exists()
    for name, page in files.items():
        links = set(re.findall(r'(?:href|src|action)="([^"]*)"', page))
        assert links <= {"#main", *files}, name
        assert "<script" not in page
        assert "<form" not in page
        assert "default-src 'none'" in page
    assert "at a glance" in files["en.html"]
    assert "=cmd()" in files["findings.en.html"]
    assert "检查结果" in files["findings.zh-Hans.html"]

    (one, *_) = workspace.catalogue.findings(year=2024)
    many = [replace(one, record_key=f"k{number}") for number in range(MOST_FINDINGS + 1)]
    workspace.catalogue.replace_findings("contracts", 2024, many)
    write_review(workspace, 2024)
    assert f"The first {MOST_FINDINGS} of {MOST_FINDINGS + 1} findings" in (folder / "findings.en.html").read_text()
    write_review(workspace, 0)
    assert (tiny.home / "tiny/internal/unknown/review/en.html").exists()
