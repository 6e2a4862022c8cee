"""An embargoed edition: copies for its named readers, and nothing of it on the site."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import html

import editions
from yearbook.catalogue import Accounting, Catalogue, Edition
from yearbook.errors import EmbargoError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan
from yearbook.model.recipe import Recipe
from yearbook.pipeline import Job
from yearbook.publish.imprint import Imprint
from yearbook.publish.prerelease import write_prereleases
from yearbook.settings import Settings
from yearbook.workspace import Workspace

RELEASE = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
READERS = [Text(en="Office of the Minister", zh="部长办公室"), Text(en="Statistics Bureau", zh="统计局")]


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
        assert reader.en in (folder / "sdmx-structure.xml").read_text(encoding="utf-8")
        assert (
            json.loads((folder / "edition.json").read_text(encoding="utf-8"))["release"]["recipient"]["en"] == reader.en
        )


def test_without_readers_there_is_nothing_to_write(workspace: Workspace) -> None:
    with pytest.raises(EmbargoError, match="nobody reads the edition of 2023"):
        write_prereleases(workspace, 2023, date(2024, 6, 30), Imprint)
