"""Runs that are overtaken, killed or stopped while they publish: what stands on the site is whole, and true."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tiny import HEADER, ROWS, Tiny, make_tiny
from yearbook.catalogue import Catalogue, Lease, StepRecord
from yearbook.catalogue.tables import LeaseRow
from yearbook.publish import edition, prerelease
from yearbook.publish.vintages import remember

EMBARGO = "editions: {2024: {embargoed_until: 2099-01-01T00:00Z, pre_release: [{en: Minister, zh: 部长}]}}\n"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """The programme, which nobody signs, on its site."""
    made = make_tiny(tmp_path)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    run(made, "run")
    return made


def run(tiny: Tiny, *command: str) -> None:
    done = tiny.yearbook(*command)
    assert done.exit_code == 0, done.output


def files(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.endswith(".lock")}


def write_records(tiny: Tiny, year: int, amount: str) -> None:
    """Another amount in the first record of a year."""
    rows = [row.replace(",10.5,", f",{amount},") if f"-{year}-01," in row else row for row in ROWS]
    tiny.records.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def overtaking(tiny: Tiny, build: Callable[..., dict[str, bytes]], *command: str) -> Callable[..., dict[str, bytes]]:
    """Make an edition, and then lose the lease of its year to another run, which publishes newer records."""
    others: list[Thread] = []

    def other_run() -> None:
        write_records(tiny, 2024, "999.5")
        run(tiny, *command)

    def built(*arguments: object) -> dict[str, bytes]:
        made = build(*arguments)
        if not others:
            others.append(Thread(target=other_run))
            with Session(tiny.catalogue().engine) as session:
                session.execute(delete(LeaseRow))
                session.commit()
            others[0].start()
            others[0].join()
        return made

    return built


def test_a_run_that_lost_its_lease_leaves_the_edition_of_the_other(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    write_records(tiny, 2024, "777.5")
    monkeypatch.setattr(edition, "build_edition", overtaking(tiny, edition.build_edition, "run", "--years", "2024"))
    late = tiny.yearbook("run", "--years", "2024")
    assert late.exit_code == 1
    assert "the lease of tiny, 2024 was lost before the work was done" in late.output
    site = files(tiny.home / "site")
    assert total(site["tiny/2024/observations.csv"]) == total(site["tiny/series.csv"])
    run(tiny, "publish")
    assert files(tiny.home / "site") == site


def total(table: bytes) -> str:
    (value,) = re.findall(r"^contract_value,2024,_T,_T,_T,_T,_T,_Z,_T,_T,(\d+)", table.decode(), re.MULTILINE)
    return str(value)


def test_a_run_that_lost_its_lease_leaves_the_copies_of_the_other(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda text: text + EMBARGO)
    build, told = prerelease.build_edition, ("prerelease", "--years", "2024")
    monkeypatch.setattr(prerelease, "build_edition", overtaking(tiny, build, "run", "--years", "2023"))
    late = tiny.yearbook(*told)
    assert late.exit_code == 1
    assert "the lease of tiny, 2024 was lost before the work was done" in late.output
    assert not list(tiny.home.glob("tiny/internal/2024/prerelease/*"))


def test_figures_that_a_killed_run_published_are_among_those_that_were_read(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_records(tiny, 2023, "500.5")
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "record_step", killed_before_it_remembers(Catalogue.record_step))
        tiny.yearbook("run", "--years", "2023")
    killed = tiny.catalogue().editions()[0].observations_ref
    write_records(tiny, 2023, "777.5")
    run(tiny, "run")
    assert [reference for _, reference in remember(tiny.workspace(), 2023, "2024-06-30")][1] == killed


def test_figures_first_published_by_a_killed_run_are_told_as_revised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder stood there, and people read it: what is published next are revisions."""
    new = make_tiny(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "record_step", killed_before_it_remembers(Catalogue.record_step))
        new.yearbook("run", "--years", "2023")
    assert (new.home / "site/tiny/2023/en.html").exists()
    write_records(new, 2023, "777.5")
    run(new, "run")
    for year in (2023, 2024):
        page = (new.home / f"site/tiny/{year}/en.html").read_text(encoding="utf-8")
        assert "The first published figures stand here" in page, year
        assert "was revised since it was first published" not in page, year


def killed_before_it_remembers(record: Callable[[Catalogue, StepRecord, Lease], None]) -> Callable[..., None]:
    def killed(self: Catalogue, step: StepRecord, lease: Lease) -> None:
        if step.step == "publish":
            raise KeyboardInterrupt
        record(self, step, lease)

    return killed


def test_where_one_page_cannot_be_made_all_over_the_editions_stay_of_one_time(tiny: Tiny) -> None:
    def over_editions() -> dict[str, bytes]:
        found = files(tiny.home / "site")
        return {name: text for name, text in found.items() if not name.startswith(("tiny/2023/", "tiny/2024/"))}

    before = over_editions()
    assert {"index.html", "tiny/series.csv", "tiny/series.csv-metadata.json", "tiny/en.html"} <= before.keys()
    own = tiny.source.parents[1] / "reports/templates/programme.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nope }}", encoding="utf-8")
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda text: text.replace("Tiny", "Small"))
    write_records(tiny, 2024, "777.5")
    assert tiny.yearbook("run").exit_code == 1
    assert over_editions() == before

    own.unlink()
    run(tiny, "publish")
    after = over_editions()
    assert {name for name in before if before[name] == after[name]} == {"tiny/zh-Hans.atom"}
