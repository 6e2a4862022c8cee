"""A figure's place in a page: its name, once; and what is behind it at a pointer, a tap, or the Enter key."""

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from yearbook.publish.anchors import Anchors, Cell, name_figure
from yearbook.publish.figures import Figure

KEN = Figure("local_content_share", 2024, "partner", "KEN", "_T", 40.0, "percent", "E", None, 2e9, 5e9, 7)
CROSSED = Figure(
    "screening_score", 2024, "partner*sector", "KEN*energy", "unit=m;basis=real", 1.0, "m", "A", *[None] * 4
)
BY_FIELD = Figure("time", 2024, "field", "energy", "statistic=lower_95", None, "months", "M", "no_records", *[None] * 3)


@pytest.mark.parametrize(
    ("figure", "name", "facts"),
    [
        (KEN, "local_content_share.2024.partner=KEN", "7|2000000000|5000000000|E"),
        (CROSSED, "screening_score.2024.partner=KEN.sector=energy.basis=real.unit=m", ""),
        (BY_FIELD, "time.2024.field=energy.statistic=lower_95", "|||M"),
    ],
)
def test_a_cell_carries_its_name_and_the_first_is_the_anchor(figure: Figure, name: str, facts: str) -> None:
    anchors, cell = Anchors(), Cell.of("40", figure)
    assert name_figure(figure) == name
    assert [anchors.attributes(cell) for _ in range(2)] == [
        f' id="{name}" data-f="{facts}"',
        f' data-i="{name}" data-f="{facts}"',
    ]
    assert anchors.attributes("40") == ""


def test_every_anchor_is_a_figure_of_the_trace(files: dict[str, bytes]) -> None:
    traced = json.loads(files["trace.json"])
    first = next(iter(traced["figures"].values()))
    assert len(first) == len(traced["columns"])
    name = f"contract_value.{traced['year']}"
    assert name in traced["figures"]
    assert f'id="{name}"' in files["en.html"].decode()


@pytest.fixture(scope="module")
def page(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no browser: install chromium to see what is behind a figure")
    file = tmp_path_factory.mktemp("edition") / "en.html"
    file.write_bytes(files["en.html"])
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 700})
        page.goto(f"file://{file}")
        yield page
        browser.close()


def test_a_tap_shows_what_is_behind_a_figure_and_escape_closes_it(page: Page) -> None:
    panel, cell = page.locator(".figure-panel"), page.locator("td[data-f]").first
    name = cell.get_attribute("id")
    assert not panel.is_visible()
    cell.click()
    assert panel.is_visible()
    assert panel.locator("code").first.inner_text() == name
    assert panel.locator(".figure-method dt").first.inner_text() == "Definition"
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    assert not panel.is_visible()


def test_a_keyboard_reaches_every_figure_of_a_table(page: Page) -> None:
    cell = page.locator("td[data-f]").first
    cell.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown = page.locator(".figure-panel code").first.inner_text()
    assert shown != cell.get_attribute("id")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id || document.activeElement.dataset.i") == shown
