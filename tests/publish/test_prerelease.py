"""An embargoed edition: copies for its named readers, and nothing of it on the site."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from lxml import html

import editions
from yearbook.catalogue import Accounting, Catalogue, Edition
from yearbook.errors import EmbargoError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Withdrawal
from yearbook.model.recipe import Recipe
from yearbook.pipeline import Job
from yearbook.publish import publish_site
from yearbook.publish.imprint import Imprint
from yearbook.publish.prerelease import write_prereleases
from yearbook.publish.standing import embargo_of_any, readable_years
from yearbook.settings import Settings
from yearbook.workspace import Workspace

RELEASE = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
READERS = [Text(en="Office of the Minister", zh="部长办公室"), Text(en="Statistics Bureau", zh="统计局")]
LONG = Text(en="b" * 150, zh="部" * 150)


@pytest.fixture
def workspace(tmp_path: Path, project: Path, recipe: Recipe) -> Workspace:
    """A programme with two computed editions, of which the newer one is embargoed."""
    plan = EditionPlan(embargoed_until=RELEASE, pre_release=READERS)
    own = replace(recipe, programme=recipe.programme.model_copy(update={"editions": {2024: plan}}))
    address = f"sqlite:///{tmp_path}/catalogue.sqlite"
    settings = Settings(str(tmp_path), project / "include", project / "reports", address)
    made = Workspace(settings, own, Catalogue(address, "demo"))
    for year in (2023, 2024):
        reference = made.lake.write("observations", year, editions.table(editions.year_rows(year)))
        made.catalogue.record_edition(Edition(year, f"{year + 1}-06-30", "i", reference, "o"))
        made.catalogue.record_accounting(Accounting("contracts", year, 10, 8, 1, 1, 0, "r"))
    return made


def test_before_its_time_the_site_has_nothing_of_it(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EmbargoError, match="embargoed until"):
        Job(workspace, [2023, 2024], at=datetime(2025, 7, 1, 1, 59, tzinfo=UTC)).release()
    site = tmp_path / "site/demo"
    assert sorted(path.name for path in site.iterdir() if path.is_dir()) == ["2023"]
    assert {line.split(",")[1] for line in (site / "series.csv").read_text(encoding="utf-8").splitlines()[1:]} == {
        "2023"
    }
    assert "/2024/" not in (site / "en.atom").read_text(encoding="utf-8")
    Job(workspace, [2024], at=RELEASE).release()
    assert (site / "2024/en.html").exists()


def test_what_was_withdrawn_is_in_no_series_and_every_file_says_so(workspace: Workspace, tmp_path: Path) -> None:
    plan = EditionPlan(withdrawn=Withdrawal(date=date(2025, 9, 1), reason=Text(en="wrong source", zh="来源有误")))
    programme = workspace.recipe.programme.model_copy(update={"editions": {2023: plan}})
    Job(replace(workspace, recipe=replace(workspace.recipe, programme=programme)), [2023, 2024]).release()
    site = tmp_path / "site/demo"
    lines = (site / "series.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == {"2024"}
    for name in ("en.html", "sdmx-data.csv", "sdmx-structure.xml", "observations.csv-metadata.json", "trace.json"):
        assert "wrong source" in (site / "2023" / name).read_text(encoding="utf-8"), name


def test_every_copy_names_its_reader(workspace: Workspace, tmp_path: Path) -> None:
    folders = write_prereleases(workspace, 2024, date(2025, 6, 30), Imprint)
    assert [Path(one).relative_to(tmp_path).as_posix() for one in folders] == [
        "demo/internal/2024/prerelease/1-office-of-the-minister",
        "demo/internal/2024/prerelease/2-statistics-bureau",
    ]
    for folder, reader in zip(map(Path, folders), READERS, strict=True):
        page = html.fromstring((folder / "zh-Hans.html").read_text(encoding="utf-8"))
        cover = openpyxl.load_workbook(folder / "en.xlsx").worksheets[0]
        assert reader.zh in page.text_content()
        assert any(reader.en in str(cell.value) for row in cover.iter_rows() for cell in row)
        assert not any("Final figures" in str(cell.value) for row in cover.iter_rows() for cell in row)
        for name in ("sdmx-structure.xml", "sdmx-data.csv", "observations.csv-metadata.json", "trace.json"):
            text = (folder / name).read_text(encoding="utf-8")
            assert (reader.en in text, "1 July 2025" in text) == (True, True), name
        assert (
            json.loads((folder / "edition.json").read_text(encoding="utf-8"))["release"]["recipient"]["en"] == reader.en
        )


def test_without_readers_there_is_nothing_to_write(workspace: Workspace) -> None:
    with pytest.raises(EmbargoError, match="nobody reads the edition of 2023"):
        write_prereleases(workspace, 2023, date(2024, 6, 30), Imprint)


def test_the_copies_of_before_go(workspace: Workspace, tmp_path: Path) -> None:
    write_prereleases(workspace, 2024, date(2025, 6, 30), Imprint, RELEASE - timedelta(minutes=1))
    longer = with_plans(workspace, {2024: EditionPlan(embargoed_until=RELEASE, pre_release=[LONG])})
    write_prereleases(longer, 2024, date(2025, 6, 30), Imprint, RELEASE - timedelta(minutes=1))
    folders = (tmp_path / "demo/internal/2024/prerelease").iterdir()
    assert [one.name for one in folders] == ["1-" + "b" * 58]


def test_when_the_embargo_is_over_there_are_no_copies(workspace: Workspace) -> None:
    with pytest.raises(EmbargoError, match="the embargo of the edition of 2024 is over"):
        write_prereleases(workspace, 2024, date(2025, 6, 30), Imprint, RELEASE)


def test_a_later_edition_gives_no_earlier_one_away(workspace: Workspace, tmp_path: Path) -> None:
    earlier = with_plans(workspace, {2023: EditionPlan(embargoed_until=RELEASE)})
    with pytest.raises(EmbargoError, match="the edition of 2024 tells figures of 2023, which is embargoed"):
        Job(earlier, [2024], at=RELEASE - timedelta(minutes=1)).release()
    assert not (tmp_path / "site/demo/2024").exists()
    assert readable_years(earlier, 2024) == [2024]
    assert embargo_of_any(earlier.recipe.programme, 2024, RELEASE - timedelta(minutes=1)) == RELEASE
    Job(earlier, [2023, 2024], at=RELEASE).release()
    assert readable_years(earlier, 2024) == [2023, 2024]


def test_a_copy_for_a_reader_of_this_year_alone_gives_no_earlier_one_away(workspace: Workspace) -> None:
    plan = EditionPlan(embargoed_until=RELEASE, pre_release=READERS)
    fewer = with_plans(workspace, {2023: plan.model_copy(update={"pre_release": READERS[:1]}), 2024: plan})
    with pytest.raises(EmbargoError, match="tells figures of 2023"):
        write_prereleases(fewer, 2024, date(2025, 6, 30), Imprint)
    assert write_prereleases(with_plans(workspace, {2023: plan, 2024: plan}), 2024, date(2025, 6, 30), Imprint)


def test_what_is_computed_since_waits_for_its_own_run(workspace: Workspace, tmp_path: Path) -> None:
    Job(workspace, [2023], at=RELEASE).release()
    before = contents(tmp_path / "site/demo")
    rows = [row | {"records": 11} for row in editions.year_rows(2023)]
    reference = workspace.lake.write("observations", 2023, editions.table(rows))
    workspace.catalogue.record_edition(Edition(2023, "2024-06-30", "i", reference, "o"))
    publish_site(with_plans(workspace, {2023: EditionPlan(embargoed_until=RELEASE)}))
    assert contents(tmp_path / "site/demo") == before


def with_plans(workspace: Workspace, plans: dict[int, EditionPlan]) -> Workspace:
    """The same programme with other plans for its editions."""
    programme = workspace.recipe.programme.model_copy(update={"editions": plans})
    return replace(workspace, recipe=replace(workspace.recipe, programme=programme))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
