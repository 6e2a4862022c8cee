"""What readers may see beside an edition, and what is asked once more before the first file of one is written."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import editions
from yearbook.catalogue import Accounting, Catalogue, Edition
from yearbook.errors import SignOffError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import SignOff
from yearbook.model.recipe import Recipe
from yearbook.publish import publish_year
from yearbook.publish.imprint import Imprint
from yearbook.publish.prerelease import write_prereleases
from yearbook.publish.standing import embargo_of_any, readable_years
from yearbook.settings import Settings
from yearbook.workspace import Workspace

NOON = datetime(2025, 7, 1, 12, 0, tzinfo=UTC)
AS_OF = date(2025, 6, 30)


@pytest.fixture
def workspace(tmp_path: Path, project: Path, recipe: Recipe) -> Workspace:
    """A programme with two computed editions."""
    address = f"sqlite:///{tmp_path}/catalogue.sqlite"
    settings = Settings(str(tmp_path), project / "include", project / "reports", address)
    made = Workspace(settings, recipe, Catalogue(address, "demo"))
    for year in (2023, 2024):
        compute(made, year)
        made.catalogue.record_accounting(Accounting("contracts", year, 10, 8, 1, 1, 0, "r"))
    return made


def compute(workspace: Workspace, year: int, **others: object) -> None:
    rows = [row | others for row in editions.year_rows(year)]
    reference = workspace.lake.write("observations", year, editions.table(rows))
    workspace.catalogue.record_edition(Edition(year, f"{year + 1}-06-30", "i", reference, "o"))


def planned(workspace: Workspace, **others: object) -> Workspace:
    programme = workspace.recipe.programme.model_copy(update=others)
    return replace(workspace, recipe=replace(workspace.recipe, programme=programme))


@pytest.mark.parametrize(
    "others",
    [{"sign_off": SignOff()}, {"editions": {2023: EditionPlan(embargoed_until=NOON)}}],
    ids=["people sign", "an embargo"],
)
def test_figures_that_nobody_released_come_out_by_no_later_year(
    workspace: Workspace, others: dict[str, object]
) -> None:
    """An earlier edition is read with the figures that it was published with, and not with newer ones."""
    guarded = planned(workspace, **others)
    assert readable_years(guarded, 2024) == [2024]
    publish_year(guarded, 2023, AS_OF)
    assert readable_years(guarded, 2024) == [2023, 2024]
    compute(workspace, 2023, records=11)
    assert readable_years(guarded, 2024) == [2024]
    assert readable_years(workspace, 2024) == [2023, 2024]


def test_of_several_embargoes_the_last_one_is_waited_for(workspace: Workspace) -> None:
    day = timedelta(days=1)
    plans = {
        2022: EditionPlan(embargoed_until=NOON + 2 * day),
        2023: EditionPlan(embargoed_until=NOON + day),
        2024: EditionPlan(embargoed_until=NOON + 3 * day),
    }
    programme = planned(workspace, editions=plans).recipe.programme
    waits = [embargo_of_any(programme, 2023, at) for at in (NOON, NOON + day, NOON + 2 * day)]
    assert waits == [NOON + 2 * day, NOON + 2 * day, None]


def changing() -> Callable[[], Imprint]:
    """An edition that is signed while its files are made."""
    imprints: Iterator[Imprint] = iter([Imprint(), Imprint("signed", 1, "2025-06-30", "d")])
    return lambda: next(imprints)


def test_what_is_signed_is_asked_again_before_an_edition_is_written(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SignOffError, match="what is signed of the edition 2024 changed while it was made"):
        publish_year(workspace, 2024, AS_OF, changing())
    assert not (tmp_path / "site/demo/2024").exists()


def test_what_is_signed_is_asked_again_before_a_copy_is_written(workspace: Workspace, tmp_path: Path) -> None:
    plan = EditionPlan(embargoed_until=NOON, pre_release=[Text(en="Bureau", zh="局")])
    with pytest.raises(SignOffError, match="what is signed of the edition 2024 changed while it was made"):
        write_prereleases(planned(workspace, editions={2024: plan}), 2024, AS_OF, changing(), NOON - timedelta(hours=1))
    assert not (tmp_path / "demo/internal/2024/prerelease").exists()


def test_the_checksums_are_those_of_the_files(files: dict[str, bytes], tmp_path: Path) -> None:
    """As readers are told to check them; every file is in the list but the list and the manifest, which is ours."""
    told = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sorted(told) == sorted(set(files) - {"SHA256SUMS", "edition.json"})
    assert told == {name: hashlib.sha256(files[name]).hexdigest() for name in told}
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum: the form of the list was not checked by it")
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    subprocess.run([tool, "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)
