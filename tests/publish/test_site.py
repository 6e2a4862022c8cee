"""What stands over the editions: which there are, what each says, where a figure is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

import editions
import sites
from yearbook.catalogue import Catalogue
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context
from yearbook.publish.site.history import make_history
from yearbook.publish.site.names import make_names, newest_usable
from yearbook.publish.site.pages import make_programme_pages
from yearbook.publish.site.shelf import EditionEntry, Mark, list_programmes
from yearbook.publish.words.synonyms import SYNONYMS, also_called
from yearbook.settings import Settings
from yearbook.workspace import Workspace

LANGUAGES = [("en", "English"), ("zh-Hans", "中文 (简体)")]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_shelf_says_what_the_manifests_say(site: Path) -> None:
    [programme] = list_programmes(str(site))
    newest, withdrawn = programme.editions
    assert programme.marks == [("en", "SIMULATED RECORDS"), ("zh-Hans", "模拟数据")]
    assert newest == EditionEntry(
        year=2024,
        as_of=date(2025, 6, 30),
        released=date(2025, 6, 30),
        next_release=date(2026, 6, 30),
        described=date(2025, 9, 1),
        languages=LANGUAGES,
        status={"en": "Final figures", "zh-Hans": "最终数据"},
        files=newest.files,
        errata=[Mark(date(2025, 9, 1), sites.ERRATUM.text)],
        profiles=newest.profiles,
    )
    assert {"partners/vnm.en.html", "sectors/energy.zh-Hans.html"} <= set(newest.profiles)
    assert {"observations.csv", "observations.csv-metadata.json"} <= set(newest.files)
    assert (withdrawn.year, withdrawn.withdrawn, withdrawn.described, withdrawn.next_release) == (
        2023,
        Mark(date(2025, 2, 3), sites.WITHDRAWAL.reason),
        date(2025, 2, 3),
        date(2025, 6, 30),
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("demo/en.html", ["Withdrawn on 3 February 2025", "A source was counted twice."]),
        ("demo/zh-Hans.html", ["2025年2月3日撤回", "一项来源重复计数。"]),
        ("index.html", ["Withdrawn 2025-02-03 2025-02-03 撤回"]),
    ],
)
def test_a_withdrawn_edition_is_marked_and_stays_where_it_is(site: Path, page: str, expected: list[str]) -> None:
    [card] = html.parse(str(site / page)).xpath("//li[contains(@class, 'withdrawn')]")
    told = [" ".join(one.text_content().split()) for one in card.iterchildren("p")]
    assert told[: len(expected)] == expected
    assert "2023" in card.xpath("string(.//a[@lang='en']/@href)")


def test_the_index_says_what_was_corrected(site: Path) -> None:
    cards = html.parse(str(site / "index.html")).xpath("//ul[@class='editions']/li")
    told = {
        card.findtext("h3"): [one.text_content() for one in card.xpath(".//strong[@class='tag']")] for card in cards
    }
    assert told == {
        "2024": ["Corrected 2025-09-01", "2025-09-01 更正"],
        "2023": ["Withdrawn 2025-02-03", "2025-02-03 撤回"],
    }


def test_a_withdrawn_edition_has_no_status_any_more(site: Path) -> None:
    cards = html.parse(str(site / "demo/en.html")).xpath("//ul[@class='editions']/li")
    assert {card.findtext("h3"): "Final figures" in card.text_content() for card in cards} == {
        "2024": True,
        "2023": False,
    }


def test_a_figure_has_its_series_over_the_editions(context_of: Callable[..., Context]) -> None:
    rows = [
        editions.observation("contract_value", 2023, value=6.0e9, unit="CNY"),
        editions.observation("contract_value", 2024, value=6.6e9, unit="CNY", status="P"),
        editions.observation("contract_count", 2023, unit="count", status="M", reason="no_records", records=0),
        editions.observation("contract_count", 2024, value=12_000, unit="count"),
        editions.observation("contract_value_share", 2024, partner="VNM", value=5.0, unit="percent"),
    ]
    found = {
        tag: {
            row.title: (row.unit, [(cell.text, cell.link) for cell in row.cells])
            for chapter in make_history(context_of(rows, tag), [2023, 2024], {2023, 2024})
            for row in chapter.rows
        }
        for tag in ("en", "zh-Hans")
    }
    assert found["en"] == {
        "Technology contracts": ("number", [("–", ""), ("12,000", "2024/en.html#contract_count.2024")]),
        "Value of technology contracts": (
            "CNY million",
            [
                ("6,000.0", "2023/en.html#contract_value.2023"),
                ("6,600.0 [p]", "2024/en.html#contract_value.2024"),
            ],
        ),
        "Share of contract value": (
            "",
            [("–", ""), ("by its parts", "2024/en.html#indicator-contract_value_share")],
        ),
    }
    assert found["zh-Hans"]["技术合同成交额"] == (
        "万元",
        [
            ("600,000", "2023/zh-Hans.html#contract_value.2023"),
            ("660,000 [p]", "2024/zh-Hans.html#contract_value.2024"),
        ],
    )


def test_the_newest_year_says_which_way_of_measuring_speaks(context_of: Callable[..., Context]) -> None:
    """An edition that had the register's total alone is shown by what its successors have."""
    rows = [
        editions.observation("contract_count", 2023, unit="count", value=900, breakdown="scope=national_register"),
        editions.observation("contract_count", 2024, unit="count", value=700, breakdown="scope=national_register"),
        editions.observation("contract_count", 2024, unit="count", value=12_000),
    ]
    (row,) = [
        row for chapter in make_history(context_of(rows), [2023, 2024], {2024}) for row in chapter.rows if row.cells
    ]
    assert [cell.text for cell in row.cells] == ["by its parts", "12,000"]


@pytest.mark.parametrize(("tag", "name"), [("en", "Viet Nam"), ("zh-Hans", "越南")])
def test_partners_and_sectors_are_found_by_all_their_names(
    site: Path, tag: str, name: str, context_of: Callable[..., Context]
) -> None:
    [programme] = list_programmes(str(site))
    newest = newest_usable(programme.editions, tag)
    assert newest is not None
    groups = make_names(context_of(editions.year_rows(2024), tag), newest)
    assert [group.id for group in groups] == ["partners", "sectors"]
    (found,) = [one for one in groups[0].names if one.name == name]
    assert found.link == f"2024/partners/vnm.{tag}.html"
    assert (site / "demo" / found.link).exists()
    assert {"VNM", "越南", "Vietnam"} <= set(found.words.split())
    linked = html.parse(str(site / f"demo/{tag}.html")).xpath("//section[@id='names']//a/@href")
    assert linked == [one.link for group in groups for one in group.names]


def test_no_names_lead_to_an_edition_that_was_withdrawn(site: Path, context_of: Callable[..., Context]) -> None:
    [programme] = list_programmes(str(site))
    withdrawn = [one for one in programme.editions if one.withdrawn]
    assert [one.year for one in withdrawn] == [2023]
    assert newest_usable(withdrawn, "en") is None
    assert make_names(context_of(editions.year_rows(2024)), None) == []


def test_synonyms_are_found_by_what_stands_in_a_title() -> None:
    assert also_called("Certified technology managers", "持证技术经理人数") == "broker transfer professional 技术经纪人"
    assert {"year on year", "同比"} <= {*SYNONYMS[0][1]}
    assert also_called("Growth of contract value").startswith("year on year yoy")
    assert also_called("Province", "省份") == ""


@pytest.mark.parametrize(
    ("title", "word", "is_found"),
    [
        ("Technology contracts", "deal", True),
        ("Contraction of trade", "deal", False),
        ("Change of yield", "difference", True),
        ("Exchange of staff", "difference", False),
        ("Growth of the partner's output", "host country", True),
        ("GDP增速", "gross domestic product", True),
        ("Records held", "pending", True),
        ("暂缓的记录", "pending", True),
        ("Records withheld", "pending", False),
        ("Share of rights held by the research team", "pending", False),
    ],
)
def test_a_synonym_stands_for_whole_words(title: str, word: str, is_found: bool) -> None:
    assert (word in also_called(title)) == is_found


def test_the_same_records_give_the_same_bytes_anywhere(site: Path, recipe, project: Path, tmp_path: Path) -> None:
    again = contents(sites.make_site(tmp_path, project, recipe))
    assert [name for name, content in contents(site).items() if again.get(name) != content] == []


@pytest.mark.parametrize(
    ("page", "path", "expected"),
    [
        ("demo/en.html", "//table[@class='history']/thead//th[3]", "2023 (withdrawn)"),
        ("demo/zh-Hans.html", "//table[@class='history']/thead//th[3]", "2023（已撤回）"),
        ("demo/2024/en.html", "//table//th[contains(text(), '2023')]", "2023 (withdrawn)"),
        ("demo/2024/zh-Hans.html", "//table//th[contains(text(), '2023')]", "2023（已撤回）"),
    ],
)
def test_a_withdrawn_year_is_marked_wherever_its_figures_stand(site: Path, page: str, path: str, expected: str) -> None:
    heads = {one.text_content().strip() for one in html.parse(str(site / page)).xpath(path)}
    assert heads == {expected}


def test_a_later_report_says_on_its_first_page_that_an_earlier_one_was_withdrawn(site: Path) -> None:
    text = " ".join((site / "demo/2024/en.html").read_text(encoding="utf-8").split())
    assert "The edition of 2023 was withdrawn on 3 February 2025" in text


def test_a_language_that_was_given_up_is_led_to_no_more(site: Path) -> None:
    [programme] = list_programmes(str(site))
    told = programme.only(["en"])
    assert told.languages == LANGUAGES[:1]
    assert {tag for pairs in (told.titles, told.marks) for tag, _ in pairs} == {"en"}
    assert [edition.languages for edition in told.editions] == [LANGUAGES[:1]] * 2


FORM = '<form class="search"><input></form>'
STATUS = '<form class="search"><input><p role="status"></p></form>'
ROWS = '<p data-words="copper">Cu</p><p data-words="tin">Sn</p>'


@pytest.mark.parametrize(
    ("figures", "hidden", "says"),
    [
        (ROWS, [False, False], []),
        (f'<form class="search"></form>{ROWS}', [False, False], []),
        (f"{FORM}{ROWS}", [True, False], []),
        (f"{STATUS}{ROWS}", [True, False], ["1"]),
        (f'{STATUS}{ROWS}<dl class="marks"></dl>', [True, False], ["1"]),
        (f"{FORM}no rows", [], []),
    ],
)
def test_an_office_may_leave_parts_of_the_search_out(
    figures: str,
    hidden: list[bool],
    says: list[str],
    browser: Browser,
    site: Path,
    recipe: Recipe,
    project: Path,
    tmp_path: Path,
) -> None:
    template = tmp_path / "reports/templates/programme.html"
    template.parent.mkdir(parents=True)
    own = {"figures": figures, "names": "", "glossary": '<section id="glossary">See ours.</section>'}
    blocks = "".join(f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in own.items())
    template.write_text(f'{{% extends "common/programme.html" %}}{blocks}')
    address = f"sqlite:///{site.parent}/catalogue.sqlite"
    settings = Settings(str(site.parent), project / "include", project / "reports", address)
    workspace = Workspace(settings, replace(recipe, root=tmp_path), Catalogue(address, "demo"))
    (tmp_path / "en.html").write_text(make_programme_pages(workspace, list_programmes(str(site)))["en.html"])
    wrong: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"file://{tmp_path}/en.html?q=tin")
    found = page.eval_on_selector_all("[data-words]", "all => all.map(one => one.hidden)")
    told = page.locator("form.search [role=status]").all_inner_texts()
    is_other_there = page.locator("#glossary").is_visible()
    page.close()
    assert (wrong, found, told, is_other_there) == ([], hidden, says, True)
