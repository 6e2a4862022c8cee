"""Where a browser puts things: texts of charts inside their pictures, and the brief and the contents on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
BRIEF = """lines => {
  for (const one of document.querySelectorAll('nav.contents, section.chapter, footer')) one.remove()
  const limits = document.querySelector('.asides > section:last-child ul'), own = [...limits.children]
  while (limits.children.length < lines) limits.append(own[limits.children.length % own.length].cloneNode(true))
  return [...document.querySelectorAll('.cards, .points')].map(list => list.children.length)
}"""
MOST = [6, 6]
"""Of key figures and main points."""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_leaves_its_picture(browser: Browser, edition_folder: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    outside: dict[str, list[str]] = {}
    pictures = 0
    for path in sorted(edition_folder.rglob("*.html")):
        page.goto(f"file://{path}")
        pictures += page.locator(".picture svg").count()
        if found := page.evaluate(OUTSIDE):
            outside[path.name] = found
    page.close()
    assert pictures > 40
    assert outside == {}


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_a_full_brief_is_printed_on_one_sheet(browser: Browser, edition_folder: Path, tag: str) -> None:
    """With fifteen lines of what the figures do not show, where the demonstration has twelve."""
    page = browser.new_page()
    page.goto(f"file://{edition_folder}/{tag}.html")
    assert page.evaluate(BRIEF, 15) == MOST
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_the_first_chapter_begins_on_the_page_of_the_contents(browser: Browser, edition_folder: Path, tag: str) -> None:
    pages = {}
    for with_chapter in (False, True):
        page = browser.new_page()
        page.goto(f"file://{edition_folder}/{tag}.html")
        page.evaluate(BEGINNING, with_chapter)
        pages[with_chapter] = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
        page.close()
    assert pages[True] == pages[False] > 1
