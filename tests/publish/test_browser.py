"""The pages in a real browser: phone width, paper, nothing fetched, nobody kept out."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from checkers import AXE, axe_script

TAGS = ("en", "zh-Hans")
NOTHING = "Nothing found. A part of a word is enough: of an indicator, a term, a country or a sector."


@pytest.mark.parametrize("width", [320, 375, 1200])
def test_no_page_scrolls_sideways(browser: Browser, kinds: list[Path], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700}, java_script_enabled=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wide = []
    for path in kinds:
        page.goto(f"file://{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path.name)
    assert wide == []
    assert asked == [f"file://{path}" for path in kinds]
    page.close()


def test_axe_finds_nothing(browser: Browser, newest_pages: list[Path], site: Path) -> None:
    script = axe_script()
    context = browser.new_context(bypass_csp=True, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.set_default_timeout(120_000)
    wrong = {}
    for path in newest_pages:
        page.goto(f"file://{path}")
        page.add_script_tag(path=script)
        found = page.evaluate(AXE)
        if found:
            wrong[path.relative_to(site).as_posix()] = found
    context.close()
    assert wrong == {}


@pytest.mark.parametrize(
    ("tag", "words", "rows", "terms", "said"),
    [
        ("en", "", 10, None, ""),
        ("en", "growth contribution", 1, 1, "Found: 2"),
        ("en", "成交额 增长率", 1, 0, "Found: 1"),
        ("en", "year on year", 2, 2, "Found: 4"),
        ("zh-Hans", "同比", 2, 2, "找到4项"),
        ("en", "xyzzy", 0, 0, NOTHING),
        ("zh-Hans", "ＬＯＣＡＬ", 1, 1, "找到2项"),
    ],
)
def test_a_search_needs_no_server(
    browser: Browser, site: Path, tag: str, words: str, rows: int, terms: int | None, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/demo/{tag}.html?q={words}")
    shown = page.locator("tr[data-words]:visible").count(), page.locator("div[data-words]:visible").count()
    every = page.locator("div[data-words]").count()
    assert (*shown, page.locator(".search [role=status]").inner_text()) == (
        rows,
        every if terms is None else terms,
        said,
    )
    assert page.locator("dl.marks").is_visible() == (rows > 0)
    page.locator("#search").fill("")
    assert page.locator("[data-words]:visible").count() == page.locator("[data-words]").count()
    page.close()


@pytest.mark.parametrize("words", ["Viet Nam", "vietnam", "VNM", "越南"])
def test_a_search_for_a_country_leads_to_its_page(browser: Browser, site: Path, words: str) -> None:
    page = browser.new_page()
    page.goto(f"file://{site}/demo/en.html?q={words}")
    found = page.locator("li[data-words]:visible a")
    assert found.all_inner_texts() == ["Viet Nam"]
    found.click()
    assert page.locator("h1").inner_text() == "Viet Nam 2024"
    page.close()


def test_without_scripts_nothing_is_hidden_but_the_search(browser: Browser, site: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"file://{site}/demo/en.html?q=xyzzy")
    assert page.locator("[data-words]:visible").count() == page.locator("[data-words]").count() > 15
    assert page.locator("form.search:visible").count() == 0
    page.close()


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [320, 390])
def test_no_chapter_at_a_glance_is_cut_off(browser: Browser, edition_folder: Path, tag: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(f"file://{edition_folder}/{tag}.html")
    cut = "[...document.querySelectorAll('.overview')].map(one => one.scrollWidth - one.parentElement.clientWidth)"
    widths = page.evaluate(cut)
    assert widths
    assert max(widths) <= 0
    page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_a_key_figure_is_on_the_first_screen_of_a_phone(browser: Browser, edition_folder: Path, tag: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 568})
    page.goto(f"file://{edition_folder}/{tag}.html")
    box = page.locator(".cards .value").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 568
    page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_a_table_that_goes_on_stands_in_one_column_on_paper(browser: Browser, edition_folder: Path, tag: str) -> None:
    # A browser repeats the head of a table on every page, and in no second column.
    page = browser.new_page(viewport={"width": 800, "height": 700})
    page.goto(f"file://{edition_folder}/{tag}.html")
    page.emulate_media(media="print")
    assert page.evaluate(
        """() => {
        const columns = one => one ? [getComputedStyle(one).columnCount, ...columns(one.parentElement)] : []
        const heads = [...document.querySelectorAll('thead')]
        return [heads.length > 30, [...new Set(heads.flatMap(columns))],
          [...new Set(heads.map(one => getComputedStyle(one).display))]]
        }"""
    ) == [True, ["auto"], ["table-header-group"]]
    assert page.locator("nav.contents").is_visible()
    page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_folded_tables_print_open(browser: Browser, edition_folder: Path, tag: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 700})
    page.goto(f"file://{edition_folder}/{tag}.html")
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details table')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 30
    assert min(heights) > 20
    page.close()
