"""Where a browser puts things: texts of charts inside their pictures, and the contents on paper.

Skipped, with the reason, where there is none.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

OUTSIDE = """() => [...document.querySelectorAll('.picture svg')].flatMap(svg => {
  const box = svg.getBoundingClientRect()
  const leaves = one => one.left < box.left || one.right > box.right || one.top < box.top || one.bottom > box.bottom
  const texts = [...svg.querySelectorAll('text')].filter(text => leaves(text.getBoundingClientRect()))
  return texts.map(text => `${svg.querySelector('title').id}: ${text.textContent}`)
})"""
BEGINNING = """withChapter => {
  document.querySelector('nav.contents').style.breakBefore = 'page'
  const [first, ...others] = document.querySelectorAll('section.chapter')
  for (const one of others) one.remove()
  for (const one of [...first.children].slice(1)) one.remove()
  if (!withChapter) first.remove()
  document.querySelector('footer').remove()
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no browser: install chromium to see where a page puts things")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    for name, content in files.items():
        if name.endswith(".html"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_leaves_its_picture(browser: Browser, folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    outside: dict[str, list[str]] = {}
    pictures = 0
    for path in sorted(folder.rglob("*.html")):
        page.goto(f"file://{path}")
        pictures += page.locator(".picture svg").count()
        if found := page.evaluate(OUTSIDE):
            outside[path.name] = found
    page.close()
    assert pictures > 40
    assert outside == {}


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_the_first_chapter_begins_on_the_page_of_the_contents(browser: Browser, folder: Path, tag: str) -> None:
    pages = {}
    for with_chapter in (False, True):
        page = browser.new_page()
        page.goto(f"file://{folder}/{tag}.html")
        page.evaluate(BEGINNING, with_chapter)
        pages[with_chapter] = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
        page.close()
    assert pages[True] == pages[False] > 1
