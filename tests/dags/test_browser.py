"""Airflow in a real browser: a statistician works off what is doubtful, a lead signs, and the report is there."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from desk import DOUBTFUL
from standalone import CHAIN_SECONDS, Up, airflow_up, passwords, wait
from tiny import PROGRAMME, Tiny
from visitor import Visitor
from yearbook.statement import make_statement

pytestmark = pytest.mark.services

SIGN_OFF = "sign_off: {signers: 1, not_the_corrector: true}\n"
USERS = "admin:admin,vera:viewer,stan:user,lea:user"
PEOPLE = "people:\n  stan: {roles: [statistician]}\n  lea: {roles: [lead]}\n"
DECIDE = re.compile("^Decide")


@pytest.fixture
def up(tiny: Tiny, tmp_path: Path) -> Iterator[Up]:
    """Airflow with a programme that is signed, four users, and records to doubt."""
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: PROGRAMME + SIGN_OFF)
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), *DOUBTFUL, ""]))
    (tmp_path / "people.yml").write_text(PEOPLE, encoding="utf-8")
    named = {
        "YEARBOOK_PEOPLE": str(tmp_path / "people.yml"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": USERS,
    }
    with airflow_up(named, tmp_path, dags=4) as up:
        yield up


def test_from_doubt_to_a_signed_report(browser: Browser, up: Up, tiny: Tiny) -> None:
    assert up.trigger("tiny.collect.register").is_success
    wait(lambda: open_critical(tiny) == {"模拟-y", "模拟-z"}, CHAIN_SECONDS)
    keys = passwords(up.home)

    stan = Visitor.sign_in(browser, up.address, "stan", keys["stan"])
    review = stan.open_plugin("Review")
    review.get_by_role("link", name="2024").first.click()
    find(review, "模拟-z", year="2024", severity="critical")
    correct(review, "Contract value", "990000")
    find(review, "模拟-y", year="year not readable", severity="critical")
    correct(review, "Date of signature", "2024-03-13")
    find(review, "模拟-x", year="2024", severity="warning")
    review.get_by_label("Waive", exact=True).check()
    review.get_by_label("Until").fill("2030-12-31")
    keep(review, "they mean an island")
    review.get_by_role("button", name="Bring it into the figures now").click()
    expect(review.get_by_text("The figures are up to date.")).to_be_visible()
    assert open_critical(tiny) == set()

    requests = stan.required_actions(2, CHAIN_SECONDS)
    assert not list((tiny.home / "site").glob("*/*/en.html")), "nothing is published before it is signed"
    assert stan.approve(requests[0]) == 403

    lea = Visitor.sign_in(browser, up.address, "lea", keys["lea"])
    figures = [
        line.now
        for year in tiny.workspace().recipe.programme.years
        for lines in make_statement(tiny.workspace(), year).figures.values()
        for line in lines
    ]
    for request in requests:
        lea.page.goto(request)
        # By its address: in which window Airflow opens a link is its own matter.
        leads = lea.page.get_by_role("link", name="the edition to be signed").get_attribute("href")
        lea.page.goto(f"{up.address}{leads}")
        expect(lea.page.get_by_role("columnheader", name="Key figure")).to_be_visible()
        expect(lea.page.get_by_role("columnheader", name="核心数据")).to_be_visible()
        shown = lea.page.locator("body").inner_text()
        assert len([one for one in figures if one in shown]) == 2
        assert lea.approve(request) == 200
    # Not by the state of runs: one that had found nothing to do ended well before.
    wait(lambda: years_in(tiny.home / "site/index.html") == {"2023", "2024"}, CHAIN_SECONDS)
    assert {(one.year, one.signed_by) for one in tiny.catalogue().signatures()} == {(2023, "lea"), (2024, "lea")}

    kept = stored_by_airflow(up)
    assert "### Sign Tiny, 2024" in kept
    assert [one for one in figures if one in kept] == []

    vera = Visitor.sign_in(browser, up.address, "vera", keys["vera"])
    reports = vera.open_plugin("Reports")
    reports.get_by_role("link", name="English").first.click()
    expect(reports.get_by_text("Signed by 1 person").first).to_be_visible()
    refused = vera.page.goto(f"{up.address}/yearbook/review/tiny/findings")
    assert refused is not None
    assert refused.status == 403


def stored_by_airflow(up: Up) -> str:
    """Its database and the logs of its tasks."""
    with sqlite3.connect(up.home / "airflow.db") as database:
        rows = "\n".join(database.iterdump())
    return rows + "".join(path.read_text(encoding="utf-8") for path in (up.home / "logs").rglob("*.log"))


def years_in(index: Path) -> set[str]:
    """The editions that the site's index leads to."""
    return set(re.findall(r"tiny/(\d{4})/en\.html", index.read_text(encoding="utf-8"))) if index.exists() else set()


def open_critical(tiny: Tiny) -> set[str]:
    return {one.record_key for one in tiny.catalogue().findings() if (one.severity, one.state) == ("critical", "open")}


def find(review: FrameLocator, key: str, *, year: str, severity: str) -> None:
    """Filter the findings, and open the form to decide about the one that is left."""
    review.get_by_role("link", name="Findings", exact=True).click()
    review.get_by_role("combobox", name="Year").select_option(label=year)
    review.get_by_label("Severity").select_option(severity)
    review.get_by_label("Key, cell or message holds").fill(key)
    review.get_by_role("button", name="Show").click()
    review.get_by_role("link", name=key).first.click()
    review.get_by_role("link", name=DECIDE).first.click()


def correct(review: FrameLocator, field: str, value: str) -> None:
    review.get_by_label("Correct", exact=True).check()
    review.get_by_label("Field to correct").select_option(label=field)
    review.get_by_label("It should read").fill(value)
    keep(review, "as in the paper file")


def keep(review: FrameLocator, reason: str) -> None:
    review.get_by_label("Why?").fill(reason)
    review.get_by_role("button", name="Decide", exact=True).click()
    expect(review.get_by_text(re.compile(r"Decision \d is kept\."))).to_be_visible()
