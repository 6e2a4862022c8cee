"""The review pages in a real browser, without any script: a statistician finds, filters, corrects and waives."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from desk import copy_of, finding, make_doubtful
from pages import PEOPLE, make_app
from yearbook.review.pages import write_review
from yearbook.workspace import Workspace

TAGS = ("en", "zh-Hans")
DECIDE = re.compile("^Decide")
Examine = Callable[[Page], list[list[str]]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("tiny")
    return copy_of(make_doubtful(folder / "made"), folder)


@pytest.fixture(scope="module")
def address(workspace: Workspace) -> Iterator[str]:
    """The pages on a port of their own, for one statistician."""
    with served(workspace) as address:
        yield address


@contextmanager
def served(workspace: Workspace) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = make_app(workspace, lambda _: PEOPLE["stan"])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


def open_page(browser: Browser, width: int = 1200) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page.set_default_timeout(120_000)
    return page


def all_pages(workspace: Workspace) -> list[str]:
    found = finding(workspace, "模拟-x", "unknown_code")
    record = f"dataset=contracts&key=模拟-x&hash={found.record_hash}"
    return [
        "/", "/tiny/2024", "/tiny/2024/signing",
        "/tiny/findings?year=2024&state=all", f"/tiny/record?{record}", "/tiny/bulk?year=2024",
        "/tiny/records?year=2024&disposition=held",
        f"/tiny/decide?{record}&rule=unknown_code", "/tiny/decisions", "/tiny/figures", "/tiny/1999",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_no_page_scrolls_sideways(browser: Browser, workspace: Workspace, address: str, tag: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "404" not in message.text else None)
    for path in all_pages(workspace):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={tag}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []
    page.close()


def test_a_statistician_finds_filters_corrects_and_waives(browser: Browser, workspace: Workspace, address: str) -> None:
    page = open_page(browser)
    page.goto(f"{address}/?lang=en")
    page.get_by_role("link", name="2024").click()
    page.get_by_role("link", name="Findings", exact=True).click()

    page.get_by_label("Severity").select_option("critical")
    page.get_by_label("Key, cell or message holds").fill("模拟-z")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("status").inner_text() == "One finding."
    page.get_by_role("link", name="模拟-z").click()
    page.get_by_role("link", name=DECIDE).first.click()
    page.get_by_label("Correct", exact=True).check()
    page.get_by_label("Field to correct").select_option(label="Contract value")
    page.get_by_label("It should read").fill("990000")
    page.get_by_label("Why?").fill("seven nines too many")
    page.get_by_role("button", name="Show what the figures become").click()
    assert page.get_by_text("CNY +990,000").is_visible()
    page.get_by_role("button", name="Decide", exact=True).click()
    assert page.get_by_text("Decision 1 is kept.").is_visible()
    page.get_by_role("button", name="Bring it into the figures now").click()
    assert page.get_by_text("The figures are up to date.").is_visible()

    page.get_by_role("link", name="Findings", exact=True).click()
    page.get_by_label("Severity").select_option("warning")
    page.get_by_label("Key, cell or message holds").fill("模拟-x")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="模拟-x").click()
    page.get_by_role("link", name=DECIDE).first.click()
    page.get_by_label("Waive", exact=True).check()
    page.get_by_label("Until").fill("2026-12-31")
    page.get_by_label("Why?").fill("they mean an island")
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_role("button", name="Bring it into the figures now").click()

    page.get_by_role("link", name="Decisions").click()
    told = page.get_by_role("row").all_inner_texts()
    assert [("Contract value: 999999999990000 → 990000" in told[2], "until 2026-12-31" in told[1])] == [(True, True)], (
        told
    )
    standing = {(one.record_key, one.rule): one.state for one in workspace.catalogue.findings()}
    assert standing["模拟-x", "unknown_code"] == "waived"
    assert ("模拟-z", "impossible_amount") not in standing
    page.close()


def test_a_form_is_filled_in_by_the_keyboard_alone(browser: Browser, address: str) -> None:
    page = open_page(browser)
    page.goto(f"{address}/tiny/findings?year=unknown&lang=en")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the content"
    page.get_by_role("link", name="模拟-y").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=DECIDE).first.focus()
    page.keyboard.press("Enter")
    page.locator("#kind-waive").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#kind-correct").is_checked()
    assert page.get_by_label("It should read").is_visible()
    assert not page.get_by_label("Until").is_visible()
    page.close()


@pytest.fixture
def examined() -> Examine:
    """What axe-core finds wrong with the page that is open."""
    package = find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("no axe-core: install axe-playwright-python to look for what keeps people out")
    script = next(Path(package.origin).parent.rglob("axe*.js"))

    def examine(page: Page) -> list[list[str]]:
        page.add_script_tag(path=script)
        found: list[list[str]] = page.evaluate(
            "axe.run().then(result => result.violations.map(one => [one.id, one.nodes[0].html]))"
        )
        return found

    return examine


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page into which axe-core can be put in spite of its own policy."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.set_default_timeout(120_000)
    yield page
    context.close()


@pytest.mark.parametrize("tag", TAGS)
def test_axe_finds_nothing(workspace: Workspace, address: str, page: Page, examined: Examine, tag: str) -> None:
    wrong = {}
    for path in all_pages(workspace):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={tag}")
        wrong[path] = examined(page)
    for file in Path(write_review(workspace, 2024)).glob(f"*{tag}.html"):
        page.goto(file.as_uri())
        wrong[file.name] = examined(page)
    assert {where: found for where, found in wrong.items() if found} == {}


def test_axe_finds_nothing_in_what_forms_answer(
    workspace: Workspace, address: str, page: Page, examined: Examine
) -> None:
    wrong = {}
    page.goto(f"{address}/tiny/findings?year=unknown&lang=en")
    page.get_by_role("link", name="模拟-y").click()
    wrong["record with its list"] = examined(page)
    page.get_by_role("link", name=DECIDE).first.click()
    for kind in ("Waive", "Correct", "Merge two names"):
        page.get_by_label(kind, exact=True).check()
        wrong[kind] = examined(page)
    page.get_by_label("Correct", exact=True).check()
    page.get_by_label("It should read").fill("2024-13-02")
    page.get_by_label("Why?").fill("no such month")
    page.get_by_role("button", name="Decide", exact=True).click()
    assert page.get_by_role("alert").is_visible()
    wrong["refused"] = examined(page)
    page.get_by_label("It should read").fill("2024-03-01")
    page.get_by_role("button", name="Show what the figures become").click()
    wrong["previewed"] = examined(page)
    page.get_by_role("button", name="Decide", exact=True).click()
    wrong["decided"] = examined(page)
    page.goto(f"{address}/tiny/bulk?year=2024&lang=en")
    page.get_by_label("Hold", exact=True).check()
    page.get_by_label("Why?").fill("asked")
    page.get_by_role("button", name="Show what it would be").click()
    wrong["several"] = examined(page)
    page.goto(f"{address}/tiny/decisions?lang=en")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    wrong["decision"] = examined(page)
    assert {where: found for where, found in wrong.items() if found} == {}
