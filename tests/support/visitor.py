"""Somebody at Airflow's pages in a real browser, signed in as people do it."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

PATIENCE_SECONDS = 60


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window."""
    path = shutil.which("chromium") or pytest.skip("no browser: install chromium to test the pages as people use them")
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Visitor:
    """A browser window, and the Airflow that it looks at."""

    page: Page
    address: str

    @classmethod
    def sign_in(cls, browser: Browser, address: str, name: str, password: str) -> "Visitor":
        """Open Airflow in a window of one's own, and fill in what it asks for."""
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE_SECONDS * 1000)
        page.goto(address)
        page.locator("[name=username]").fill(name)
        page.locator("[name=password]").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/")
        return cls(page, address)

    def open_plugin(self, title: str) -> FrameLocator:
        """Go to one of our pages by Airflow's own navigation; return the frame that it stands in."""
        self.page.get_by_role("button", name="Plugins").click()
        self.page.get_by_role("menuitem", name="Yearbook").hover()
        self.page.get_by_role("menuitem", name=title).click()
        return self.page.frame_locator(f"iframe[title={title}]")

    def required_actions(self, count: int, seconds: float) -> list[str]:
        """Addresses of the requests that wait for an answer, once there are so many."""
        deadline = time.monotonic() + seconds
        links = self.page.locator("a[href*='/mapped/'][href$='/required_actions']")
        while time.monotonic() < deadline:
            self.page.goto(f"{self.address}/required_actions?response_received=false")
            self.page.wait_for_timeout(3000)
            found = sorted({str(link.get_attribute("href")) for link in links.all()})
            if len(found) == count:
                return [f"{self.address}{one}" for one in found]
        raise AssertionError(f"not {count} requests: {self.page.locator('body').inner_text()}")

    def approve(self, request: str) -> int:
        """Answer a request by its button; return what the server said to it."""
        self.page.goto(request)
        with self.page.expect_response(lambda one: one.request.method == "PATCH") as answer:
            self.page.get_by_role("button", name="Approve").click()
        return answer.value.status
