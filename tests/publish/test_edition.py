"""Editions and the index on a disk: kept, redone, swapped whole, and found by the site."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html
from rich.console import Console

import editions
from yearbook.catalogue import Accounting, Catalogue, Edition
from yearbook.errors import DefinitionError, YearbookError
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Erratum, Withdrawal
from yearbook.model.observation import PUBLIC_COLUMNS
from yearbook.model.recipe import Recipe
from yearbook.pipeline import Job, write_site
from yearbook.progress import show_progress
from yearbook.publish import publish_site, publish_year
from yearbook.publish.kept import require_all_said
from yearbook.settings import Settings
from yearbook.workspace import Workspace

YEARS = (2023, 2024)
FILES = (
    "SHA256SUMS",
    "edition.json",
    "observations.csv",
    "observations.csv-metadata.json",
    "sdmx-data.csv",
    "sdmx-structure.xml",
    "trace.json",
)


@pytest.fixture
def workspace(tmp_path: Path, project: Path, recipe: Recipe) -> Workspace:
    """A programme of which two editions have been computed."""
    settings = Settings(
        home=str(tmp_path),
        include=project / "include",
        reports=project / "reports",
        catalogue_url=f"sqlite:///{tmp_path}/catalogue.sqlite",
    )
    workspace = Workspace(settings, recipe, Catalogue(settings.catalogue_url, "demo"))
    for year in YEARS:
        reference = workspace.lake.write("observations", year, editions.table(editions.year_rows(year)))
        workspace.catalogue.record_edition(Edition(year, f"{year + 1}-06-30", "i", reference, "o"))
        workspace.catalogue.record_accounting(Accounting("contracts", year, 10, 8, 1, 1, 0, "r"))
    return workspace


def publish(workspace: Workspace) -> None:
    for year in YEARS:
        publish_year(workspace, year, date(year + 1, 6, 30))
    publish_site(workspace)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def states(workspace: Workspace) -> list[str]:
    return [
        event.state for event in workspace.catalogue.events() if event.step == "publish" and event.state != "started"
    ]


def test_a_second_run_keeps_everything(workspace: Workspace, tmp_path: Path) -> None:
    publish(workspace)
    before = contents(tmp_path / "site")
    publish(workspace)
    assert contents(tmp_path / "site") == before
    assert states(workspace) == ["done", "done", "kept", "kept"]
    profiles = re.compile(r"demo/20../(partners|sectors)/.+\.html")
    assert sorted(name for name in before if not name.startswith(".") and not profiles.fullmatch(name)) == sorted(
        [
            "index.html",
            *(f"demo/{name}" for name in ("series.csv", "series.csv-metadata.json")),
            *(f"demo/{tag}.{kind}" for tag in ("en", "zh-Hans") for kind in ("html", "atom")),
            *(f"demo/{year}/{tag}.{kind}" for year in YEARS for tag in ("en", "zh-Hans") for kind in ("html", "xlsx")),
            *(f"demo/{year}/{name}" for year in YEARS for name in FILES),
        ]
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "en.html").unlink(),
        lambda folder: (folder / "observations.csv").write_bytes(b""),
        lambda folder: (folder / "edition.json").unlink(),
        lambda folder: folder.rename(folder.with_name(".2024.old")),
    ],
    ids=["a file lost", "a file changed", "no manifest", "killed between the renames"],
)
def test_a_damaged_edition_is_mended(workspace: Workspace, tmp_path: Path, damage: Callable[[Path], object]) -> None:
    publish(workspace)
    before = contents(tmp_path / "site")
    for _ in range(2):
        damage(tmp_path / "site/demo/2024")
        publish(workspace)
        assert contents(tmp_path / "site") == before


def test_no_withdrawal_is_undone_by_a_manifest_that_cannot_be_read(workspace: Workspace, tmp_path: Path) -> None:
    """Nothing is written, of whatever year, until the file or the whole folder is put right by somebody who knows."""
    publish(changed(workspace, editions={2023: EditionPlan(withdrawn=GONE)}))
    manifest = tmp_path / "site/demo/2023/edition.json"
    manifest.write_bytes(b"")
    stood = contents(tmp_path / "site")
    for write in (partial(publish_year, year=2024, as_of=date(2025, 6, 30)), publish_site):
        with pytest.raises(YearbookError, match="was withdrawn, is not known; nothing was written") as refused:
            write(changed(workspace, editions={}))
        assert refused.value.where == str(manifest)
        assert contents(tmp_path / "site") == stood


@pytest.mark.parametrize(
    ("content", "is_read"),
    [
        ("", False),
        ("{", False),
        ("null", False),
        ("[]", False),
        ("{}", False),
        ('{"year": "two"}', False),
        ('{"year": 2023, "release": "2024-06-30"}', False),
        ('{"year": 2023, "release": {"errata": [{"date": "2025-09-01"}]}}', False),
        ('{"year": 2023, "release": {"errata": [{"date": "2025-09-01", "text": {"zh": "更正"}}]}}', False),
        ('{"year": 2023, "release": {"errata": [], "withdrawn": null}}', True),
        ('{"year": 2023}', True),
        (None, True),
    ],
)
def test_what_a_manifest_must_tell(workspace: Workspace, tmp_path: Path, content: str | None, is_read: bool) -> None:
    (tmp_path / "site/demo/2023").mkdir(parents=True)
    if content is not None:
        (tmp_path / "site/demo/2023/edition.json").write_text(content, encoding="utf-8")
    with nullcontext() if is_read else pytest.raises(YearbookError, match="is not known"):
        require_all_said(workspace)


def test_an_edition_with_a_damaged_manifest_is_made_anew_where_its_folder_is_taken_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    publish(workspace)
    before = contents(tmp_path / "site")
    (tmp_path / "site/demo/2024/edition.json").write_bytes(b"")
    with pytest.raises(YearbookError, match="take its folder away and publish it again"):
        publish(workspace)
    shutil.rmtree(tmp_path / "site/demo/2024")
    publish(workspace)
    assert contents(tmp_path / "site") == before


def test_an_older_copy_of_an_edition_is_no_edition(workspace: Workspace, tmp_path: Path) -> None:
    """Put back from a backup, or by a run that was late, it is as sound in itself as the one that was published."""
    publish(workspace)
    shutil.copytree(tmp_path / "site/demo/2024", tmp_path / "older")
    rows = [row | {"records": 11} for row in editions.year_rows(2024)]
    reference = workspace.lake.write("observations", 2024, editions.table(rows))
    workspace.catalogue.record_edition(Edition(2024, "2025-06-30", "i", reference, "o"))
    publish(workspace)
    after = contents(tmp_path / "site")
    for _ in range(2):
        shutil.rmtree(tmp_path / "site/demo/2024")
        shutil.copytree(tmp_path / "older", tmp_path / "site/demo/2024")
        publish(workspace)
        assert contents(tmp_path / "site") == after
    assert states(workspace) == ["done", "done", "kept", "done", "kept", "done", "kept", "done"]


def test_new_figures_of_an_earlier_year_redo_the_later_edition(workspace: Workspace) -> None:
    publish(workspace)
    rows = [row | {"records": 11} for row in editions.year_rows(2023)]
    reference = workspace.lake.write("observations", 2023, editions.table(rows))
    workspace.catalogue.record_edition(Edition(2023, "2024-06-30", "i", reference, "o"))
    publish(workspace)
    assert states(workspace) == ["done"] * 4


def test_data_files_hold_public_columns_in_order(workspace: Workspace, tmp_path: Path) -> None:
    publish(workspace)
    series = (tmp_path / "site/demo/series.csv").read_text(encoding="utf-8").splitlines()
    years = [
        (tmp_path / f"site/demo/{year}/observations.csv").read_text(encoding="utf-8").splitlines() for year in YEARS
    ]
    assert series[0] == years[0][0] == ",".join(PUBLIC_COLUMNS)
    assert sorted(series[1:]) == sorted(line for lines in years for line in lines[1:])
    assert series[1:] == sorted(series[1:], key=lambda line: line.split(",")[:10])
    assert not any("institution=" in line for line in series)
    assert "contract_value,2024,VNM,energy,_T,_T,_T,_T,_T,_T,1000000,CNY,A,,,,30" in series


def test_the_index_lists_what_stands_on_the_site(workspace: Workspace, tmp_path: Path) -> None:
    publish(workspace)
    (tmp_path / "site/demo/.2022.new").mkdir()
    (tmp_path / "site/demo/.2022.new/edition.json").write_text("{}")
    path = Path(publish_site(workspace))
    page = html.fromstring(path.read_text(encoding="utf-8"))
    links = page.xpath("//main//a/@href")
    overall = ["demo/en.html", "demo/zh-Hans.html"]
    assert links == [
        *overall,
        *(f"demo/{year}/{name}" for year in (2024, 2023) for name in ("en.html", "zh-Hans.html", "observations.csv")),
        *overall,
        "demo/series.csv",
    ]
    assert all((tmp_path / "site" / link).exists() for link in links)
    assert page.xpath("//*[@class='tag']/text()") == ["SIMULATED RECORDS", "模拟数据"]


def test_an_office_changes_one_stretch_of_the_page(workspace: Workspace, tmp_path: Path, recipe: Recipe) -> None:
    own = tmp_path / "include/programmes/demo"
    (own / "reports/templates").mkdir(parents=True)
    (own / "reports/templates/report.html").write_text(
        '{% extends "common/report.html" %}{% block footer %}<footer>Our office</footer>{% endblock %}',
        encoding="utf-8",
    )
    publish_year(replace(workspace, recipe=replace(recipe, root=own)), 2024, date(2025, 6, 30))
    page = html.fromstring((tmp_path / "site/demo/2024/en.html").read_text(encoding="utf-8"))
    assert page.xpath("//footer/text()") == ["Our office"]
    assert page.xpath("//ul[@class='cards']")


def test_an_empty_series_has_a_head(tmp_path: Path, project: Path, recipe: Recipe) -> None:
    from yearbook.publish.site.pages import series_csv

    settings = Settings(str(tmp_path), project / "include", project / "reports", f"sqlite:///{tmp_path}/c.sqlite")
    empty = Workspace(settings, recipe, Catalogue(settings.catalogue_url, "demo"))
    assert series_csv(empty, []).decode() == ",".join(PUBLIC_COLUMNS) + "\n"


def test_a_home_may_have_any_name(workspace: Workspace, tmp_path: Path) -> None:
    home = f"{tmp_path}/br[1]*"
    settings = replace(workspace.settings, home=home)
    (tmp_path / "br[1]*").mkdir()
    moved = replace(workspace, settings=settings)
    for year in YEARS:
        reference = moved.lake.write("observations", year, editions.table(editions.year_rows(year)))
        moved.catalogue.record_edition(Edition(year, f"{year + 1}-06-30", "i", reference, "o"))
    publish(moved)
    assert len((tmp_path / "br[1]*/site/demo/series.csv").read_text(encoding="utf-8").splitlines()) > 1


def test_a_code_may_hold_the_sign_of_a_cross(workspace: Workspace, tmp_path: Path) -> None:
    """What a source calls a standard or a sector is its own: alone and in a cross each part keeps its name."""
    places: list[dict[str, str]] = [
        {},
        {"breakdown": "pair=GB/T 18451*/IEC 61400"},
        *({"sector": sector} for sector in ("solar*", "solar")),
        *({"partner": partner} for partner in ("KEN", "*KEN")),
        *({"sector": sector, "partner": partner} for sector, partner in (("solar*", "KEN"), ("solar", "*KEN"))),
    ]
    rows = [editions.observation("screening_score", 2024, value=50.0 + at, **one) for at, one in enumerate(places)]
    reference = workspace.lake.write("observations", 2024, editions.table(rows))
    workspace.catalogue.record_edition(Edition(2024, "2025-06-30", "i", reference, "o"))
    publish_year(workspace, 2024, date(2025, 6, 30))
    names = [
        "screening_score.2024",
        "screening_score.2024.pair=GB/T%2018451*/IEC%2061400",
        "screening_score.2024.partner=*KEN",
        "screening_score.2024.partner=*KEN.sector=solar",
        "screening_score.2024.partner=KEN",
        "screening_score.2024.partner=KEN.sector=solar*",
        "screening_score.2024.sector=solar",
        "screening_score.2024.sector=solar*",
    ]
    edition = tmp_path / "site/demo/2024"
    assert sorted(json.loads((edition / "trace.json").read_text(encoding="utf-8"))["figures"]) == names
    sheet = openpyxl.load_workbook(edition / "en.xlsx")["Screening score"]
    assert [(code, name) for code, name in sheet.iter_rows(min_col=2, max_col=3, values_only=True) if name] == [
        ("Code", "Name"),
        ("_T", "Total"),
        ("KEN", "Kenya"),
        ("*KEN", "*KEN"),
        ("solar", "solar"),
        ("solar*", "solar*"),
        ("GB/T 18451*/IEC 61400", "GB/T 18451*/IEC 61400"),
        ("solar%2A*KEN", "solar*; Kenya"),
        ("solar*%2AKEN", "solar; *KEN"),
    ]
    shown = html.fromstring((edition / "en.html").read_text(encoding="utf-8")).xpath("//td/@id")
    assert {"screening_score.2024.partner=KEN.sector=solar*", names[1]} < set(shown)


def test_a_language_given_up_leaves_the_site(workspace: Workspace, tmp_path: Path, recipe: Recipe) -> None:
    publish(workspace)
    programme = recipe.programme.model_copy(update={"languages": ["en"]})
    publish(replace(workspace, recipe=replace(recipe, programme=programme)))
    assert sorted(path.name for path in (tmp_path / "site/demo").iterdir() if path.is_file()) == [
        "en.atom",
        "en.html",
        "series.csv",
        "series.csv-metadata.json",
    ]


def test_an_edition_that_is_being_replaced_is_still_there(workspace: Workspace, tmp_path: Path) -> None:
    from yearbook.publish.site.shelf import list_programmes

    publish(workspace)
    before = list_programmes(f"{tmp_path}/site")
    (tmp_path / "site/demo/2024").rename(tmp_path / "site/demo/.2024.old")
    assert list_programmes(f"{tmp_path}/site") == before


def changed(workspace: Workspace, **changes: Any) -> Workspace:
    """The same programme with some of it changed, in a file of its own."""
    programme = workspace.recipe.programme.model_copy(update=changes)
    root = Path(workspace.settings.home) / "include/programmes/demo"
    root.mkdir(parents=True, exist_ok=True)
    (root / "programme.yml").write_text(programme.model_dump_json(), encoding="utf-8")
    return replace(workspace, recipe=replace(workspace.recipe, programme=programme, root=root))


FAULT = Erratum(date=date(2025, 9, 1), text=Text(en="Table 1.1 was mended.", zh="表1.1已更正。"))
GONE = Withdrawal(date=date(2025, 9, 2), reason=Text(en="A source was counted twice.", zh="一项来源重复计数。"))
RIGHT = Erratum(date=date(2025, 9, 5), text=Text(en="It was counted once.", zh="并未重复计数。"), lifts=GONE)
OTHER_REASON = Text(en="A source was counted twice.", zh="统计口径调整。")
OTHERWISE = Withdrawal(date=GONE.date, reason=OTHER_REASON)
IN_FRENCH = FAULT.model_copy(
    update={"text": Text.model_validate({**FAULT.text.model_dump(), "fr": "Le tableau 1.1 a été corrigé."})}
)
TAKEN_OUT: dict[str, tuple[int, EditionPlan, EditionPlan, str]] = {
    "an erratum": (2024, EditionPlan(erratum=[FAULT]), EditionPlan(), "with the erratum of 2025-09-01, “Table 1.1 was"),
    "an erratum under another day": (
        2024,
        EditionPlan(erratum=[FAULT]),
        EditionPlan(erratum=[FAULT.model_copy(update={"date": date(2025, 9, 3)})]),
        "with the erratum of 2025-09-01",
    ),
    "a withdrawal": (2024, EditionPlan(withdrawn=GONE), EditionPlan(), "stands on the site as withdrawn on 2025-09-02"),
    "that of an earlier edition": (2023, EditionPlan(withdrawn=GONE), EditionPlan(), "the edition of 2023 stands on"),
    "a withdrawal, and an erratum that lifts another": (
        2024,
        EditionPlan(withdrawn=GONE.model_copy(update={"date": date(2025, 9, 4)})),
        EditionPlan(erratum=[RIGHT]),
        "stands on the site as withdrawn on 2025-09-04",
    ),
    "the erratum that lifted one": (
        2024,
        EditionPlan(erratum=[RIGHT]),
        EditionPlan(withdrawn=GONE),
        "with the erratum of 2025-09-05",
    ),
    "the Chinese words of an erratum": (
        2024,
        EditionPlan(erratum=[FAULT]),
        EditionPlan(erratum=[FAULT.model_copy(update={"text": Text(en=FAULT.text.en, zh="未作更正。")})]),
        r"with the erratum of 2025-09-01, “Table 1.1 was mended.”, which .* any more in these words \(`zh`\)",
    ),
    "a third language of an erratum": (
        2024,
        EditionPlan(erratum=[IN_FRENCH]),
        EditionPlan(erratum=[FAULT]),
        r"any more in these words \(`fr`\)",
    ),
    "the reason of a withdrawal": (
        2023,
        EditionPlan(withdrawn=GONE),
        EditionPlan(withdrawn=GONE.model_copy(update={"reason": Text(en="Nothing.", zh="无。")})),
        r"withdrawn on 2025-09-02, “A source was counted twice.”, which .* in these words \(`en`, `zh`\)",
    ),
    "its Chinese words": (
        2023,
        EditionPlan(withdrawn=GONE),
        EditionPlan(withdrawn=OTHERWISE),
        r"in these words \(`zh`\)",
    ),
    "the reason of one that was lifted": (
        2024,
        EditionPlan(erratum=[RIGHT]),
        EditionPlan(erratum=[RIGHT.model_copy(update={"lifts": OTHERWISE})]),
        r"withdrawn on 2025-09-02, .* in these words \(`zh`\)",
    ),
    "the reason of one that is lifted now": (
        2024,
        EditionPlan(withdrawn=GONE),
        EditionPlan(erratum=[RIGHT.model_copy(update={"lifts": OTHERWISE})]),
        r"withdrawn on 2025-09-02, .* in these words \(`zh`\)",
    ),
}


@pytest.mark.parametrize(("year", "before", "after", "said"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_what_was_said_in_public_is_not_taken_out(
    workspace: Workspace, tmp_path: Path, year: int, before: EditionPlan, after: EditionPlan, said: str
) -> None:
    publish_year(changed(workspace, editions={year: before}), year, date(2025, 6, 30))
    stood = contents(tmp_path / "site")
    with pytest.raises(DefinitionError, match=said) as refused:
        publish_year(changed(workspace, editions={year: after}), 2024, date(2025, 6, 30))
    assert refused.value.where.endswith(f"demo/programme.yml, editions: {year}")
    assert contents(tmp_path / "site") == stood


@pytest.mark.parametrize(
    "write",
    [
        lambda workspace: publish_year(workspace, 2023, date(2024, 6, 30)),
        publish_site,
        lambda workspace: Job(workspace, [2023]).release(),
        write_site,
    ],
    ids=["an earlier edition", "the site's pages", "a run over an earlier edition", "a run that has nothing to redo"],
)
def test_what_was_said_of_an_edition_binds_all_that_is_written(
    workspace: Workspace, tmp_path: Path, write: Callable[[Workspace], object]
) -> None:
    said = changed(workspace, editions={2024: EditionPlan(withdrawn=GONE)})
    publish(said)
    stood = contents(tmp_path / "site")
    with pytest.raises(DefinitionError, match="the edition of 2024 stands on the site as withdrawn on 2025-09-02"):
        write(changed(workspace, editions={}))
    assert contents(tmp_path / "site") == stood
    write(changed(workspace, editions=said.recipe.programme.editions))


def test_an_edition_ahead_of_its_day_goes_out_and_the_log_is_told(
    workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    early = changed(workspace, editions={2023: EditionPlan(released=date(2024, 7, 2))})
    Job(early, [2023], at=datetime(2024, 7, 1, 9, 0, tzinfo=UTC)).release()
    stood = contents(tmp_path / "site")
    [(where, said)] = [line.partition(", editions: ")[::2] for line in caplog.messages if "day of release" in line]
    assert Path(where) == tmp_path / "include/programmes/demo/programme.yml"
    assert said == (
        "2023: the day of release is 2024-07-02, and the edition stands on the site from now on;"
        " `embargoed_until` keeps one back until its time"
    )
    caplog.clear()
    Job(early, [2023], at=datetime(2024, 7, 2, 9, 0, tzinfo=UTC)).release()
    assert (contents(tmp_path / "site"), caplog.messages) == (stood, [])


def test_no_early_copy_holds_growth_against_what_was_withdrawn(workspace: Workspace, tmp_path: Path) -> None:
    publish_year(changed(workspace, editions={2023: EditionPlan(withdrawn=GONE)}), 2023, date(2024, 6, 30))
    until = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
    early = EditionPlan(embargoed_until=until, pre_release=[Text(en="Minister", zh="部长")])
    with pytest.raises(DefinitionError, match="the edition of 2023 stands on the site as withdrawn"):
        Job(changed(workspace, editions={2024: early}), [2024], at=until - timedelta(hours=1)).prerelease(2024)
    assert not list(tmp_path.rglob("prerelease"))


def test_a_lifted_withdrawal_is_not_taken_out_of_its_erratum(workspace: Workspace) -> None:
    publish_year(changed(workspace, editions={2024: EditionPlan(erratum=[RIGHT])}), 2024, date(2025, 6, 30))
    bare = EditionPlan(erratum=[RIGHT.model_copy(update={"lifts": None})])
    with pytest.raises(DefinitionError, match="stands on the site as withdrawn on 2025-09-02"):
        publish_year(changed(workspace, editions={2024: bare}), 2024, date(2025, 6, 30))


def test_a_year_of_which_something_was_said_stays_among_the_years(workspace: Workspace) -> None:
    publish_year(changed(workspace, editions={2023: EditionPlan(erratum=[FAULT])}), 2023, date(2024, 6, 30))
    with pytest.raises(DefinitionError, match="published with the erratum of 2025-09-01") as refused:
        publish_year(changed(workspace, years=[2024], editions={}), 2024, date(2025, 6, 30))
    assert refused.value.fix.endswith("; and the year back into `years`, which `editions` needs")


def test_how_yaml_breaks_an_erratum_into_lines_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    names = set()
    for text, chinese in (
        ("Table 1.1\nwas mended.\n", "表1.1\n已更正。\n"),
        ("Table 1.1 was mended.", "表1.1已更正。"),
        (" Table 1.1  was\tmended.", "表1.1 已更正。"),
    ):
        fault = FAULT.model_copy(update={"text": Text(en=text, zh=chinese)})
        told = changed(workspace, editions={2024: EditionPlan(erratum=[fault])})
        publish_year(told, 2024, date(2025, 6, 30))
        publish_site(told)
        feed = (tmp_path / "site/demo/en.atom").read_text(encoding="utf-8")
        names.add(tuple(re.findall("<id>(.*)</id>", feed)))
    [ids] = names
    assert len(set(ids)) == len(ids) == 3


def test_what_is_added_to_what_was_said_is_published(workspace: Workspace, tmp_path: Path) -> None:
    structure = tmp_path / "site/demo/2024/sdmx-structure.xml"
    versions = []
    for plan in (
        EditionPlan(),
        EditionPlan(erratum=[FAULT]),
        EditionPlan(erratum=[FAULT], withdrawn=GONE),
        EditionPlan(erratum=[IN_FRENCH], withdrawn=GONE),
        EditionPlan(erratum=[IN_FRENCH, RIGHT]),
    ):
        told = changed(workspace, editions={2024: plan})
        publish_year(told, 2024, date(2025, 6, 30))
        versions += re.findall(r"Dataflow id=\S+ \S+ version=\"(\S+)\"", structure.read_text(encoding="utf-8"))
    assert versions == ["2024.0.0", "2024.1.0", "2024.1.0", "2024.1.0", "2024.2.0"]
    page = html.fromstring((tmp_path / "site/demo/2024/en.html").read_text(encoding="utf-8")).text_content()
    assert ("It was counted once." in page, "WITHDRAWN" in page) == (True, False)
    publish_site(told)
    feed = (tmp_path / "site/demo/en.atom").read_text(encoding="utf-8")
    assert [feed.count(one) for one in ("A source was counted twice.", "It was counted once.")] == [1, 1]


def test_entries_of_feeds_keep_their_names_whatever_is_said_after_them(workspace: Workspace, tmp_path: Path) -> None:
    again = Withdrawal(date=date(2025, 8, 8), reason=Text(en="Two sources were.", zh="两项来源。"))
    right = Erratum(date=date(2025, 9, 9), text=Text(en="None was.", zh="并无重复。"), lifts=again)
    known: set[tuple[str, ...]] = set()
    for plan, count in (
        (EditionPlan(withdrawn=GONE), 2),
        (EditionPlan(erratum=[RIGHT]), 3),
        (EditionPlan(erratum=[RIGHT], withdrawn=again), 4),
        (EditionPlan(erratum=[RIGHT, right]), 5),
    ):
        told = changed(workspace, editions={2024: plan})
        publish_year(told, 2024, date(2025, 6, 30))
        publish_site(told)
        feed = (tmp_path / "site/demo/en.atom").read_text(encoding="utf-8")
        entries = set(re.findall(r"<entry>\s*<id>(.*)</id>\s*<title>(.*)</title>\s*<updated>(.*)</updated>", feed))
        assert known <= entries
        assert len({name for name, *_ in entries}) == len(entries) == feed.count("<entry>") == count
        known = entries


def test_a_run_ends_with_what_left_the_site(workspace: Workspace, tmp_path: Path) -> None:
    publish(workspace)
    fewer = changed(workspace, languages=["en"])
    written = StringIO()
    for _ in range(2):
        with show_progress(workspace.catalogue, Console(file=written)):
            publish(fewer)
    [said, *more] = [line for line in written.getvalue().splitlines() if "no longer" in line]
    assert said.startswith(
        f"publish 2023: no longer on the site, in {tmp_path}/site/demo/2023: zh-Hans.html, zh-Hans.xlsx, partners/"
    )
    assert [line.partition(":")[0] for line in more] == ["publish 2024"]
    assert written.getvalue().splitlines()[-2:] == [said, *more]


def test_growth_against_a_withdrawn_edition_is_in_no_file(workspace: Workspace, tmp_path: Path) -> None:
    publish(changed(workspace, editions={2023: EditionPlan(withdrawn=GONE)}))
    site = tmp_path / "site/demo"
    for name in ("2024/observations.csv", "series.csv"):
        lines = (site / name).read_text(encoding="utf-8").splitlines()
        [total] = [one for one in lines if one.startswith("contract_value_growth,2024,_T,_T,_T,_T,_T,_T,_T,_T,")]
        assert total.split(",")[10:16] == ["", "percent", "M", "withdrawn_base", "", ""], name
    trace = json.loads((site / "2024/trace.json").read_text(encoding="utf-8"))["figures"]
    assert trace["contract_value_growth.2024"][:4] == [None, "percent", "M", "withdrawn_base"]
    page = html.fromstring((site / "2024/en.html").read_text(encoding="utf-8")).text_content()
    told = (
        "the earlier edition to be compared with was withdrawn",
        "No longer available",
        "Growth of contract value came",
    )
    assert [one in page for one in told] == [True, False, False]


def test_a_link_to_the_contact_leads_to_that_address_alone(workspace: Workspace, tmp_path: Path) -> None:
    contact = workspace.recipe.programme.contact.model_copy(update={"email": "o'brien%3Fbcc=1+科@大学.中国"})
    publish(changed(workspace, contact=contact))
    for name in ("2024/en.html", "en.html"):
        page = html.fromstring((tmp_path / "site/demo" / name).read_text(encoding="utf-8"))
        assert set(page.xpath("//a/@href[starts-with(., 'mailto:')]")) == {
            "mailto:o%27brien%253Fbcc%3D1%2B%E7%A7%91@%E5%A4%A7%E5%AD%A6.%E4%B8%AD%E5%9B%BD"
        }, name
