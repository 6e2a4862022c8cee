"""The pages in a real browser: phone width, paper, nothing fetched. Skipped, with the reason, where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

TAGS = ("en", "zh-Hans")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no browser: install chromium to test the pages at phone width and on paper")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [320, 375, 1200])
def test_no_page_scrolls_sideways(browser: Browser, folder: Path, tag: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700}, java_script_enabled=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{folder}/{tag}.html")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [f"file://{folder}/{tag}.html"]
    page.close()


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [320, 390])
def test_no_chapter_at_a_glance_is_cut_off(browser: Browser, folder: Path, tag: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(f"file://{folder}/{tag}.html")
    cut = "[...document.querySelectorAll('.overview')].map(one => one.scrollWidth - one.parentElement.clientWidth)"
    widths = page.evaluate(cut)
    assert widths
    assert max(widths) <= 0
    page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_a_key_figure_is_on_the_first_screen_of_a_phone(browser: Browser, folder: Path, tag: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 568})
    page.goto(f"file://{folder}/{tag}.html")
    box = page.locator(".cards .value").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 568
    page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_folded_tables_print_open(browser: Browser, folder: Path, tag: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 700})
    page.goto(f"file://{folder}/{tag}.html")
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details table')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 30
    assert min(heights) > 20
    page.close()
