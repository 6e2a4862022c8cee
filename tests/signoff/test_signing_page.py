"""What a signer sees before an edition is published: on the page in Review, and on the command line."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from desk import DOUBTFUL
from pages import Reader
from tiny import Tiny
from yearbook.signoff import sign
from yearbook.statement import make_statement

Make = Callable[..., Tiny]
NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
COMMAND = "yearbook sign --programme tiny --year 2024"
CELLS = re.compile(r"<t[hd][^>]*>([^<]*)</t[hd]>")
TABLES = [
    ["Key figure", "On the site", "To be signed"],
    ["Value of technology contracts", "–", "CNY 21.10 million"],
    ["核心数据", "网站现有", "待签发"],
    ["技术合同成交额", "–", "2,110万元"],
]
FINDINGS = [
    ["Findings", "Open", "Worked off"],
    ["critical", "0", "0"],
    ["warning", "0", "0"],
    ["info", "0", "0"],
]


def rows(page: str) -> list[list[str]]:
    return [CELLS.findall(row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page)]


def test_an_edition_is_shown_with_its_figures_and_signatures(make: Make) -> None:
    tiny = make()
    assert tiny.yearbook("run").exit_code == 1
    work = tiny.workspace()
    lea, digest = Reader.of(work, "lea"), make_statement(work, 2024).digest.digest
    assert "/tiny/2024/signing?lang=en" in lea.get("/tiny/2024").text
    page = lea.get("/tiny/2024/signing").text
    assert rows(page) == TABLES + FINDINGS
    missing = [one for one in (digest, "Nobody has signed it.", f"{COMMAND}.") if one not in page]
    assert missing == []
    shown = tiny.yearbook("sign", "--year", "2024", "--show").output
    assert [row for row in TABLES if f"| {' | '.join(row)} |" not in shown] == []

    sign(work, 2024, digest, "lea", NOON)
    assert "lea, 2025-06-01 12:00 (UTC): holds</li>" in lea.get("/tiny/2024/signing").text
    work.catalogue.record_signature(replace(work.catalogue.signatures(2024)[0], digest="0" * 64, signed_by="lou"))
    assert "lou, 2025-06-01 12:00 (UTC): holds no longer" in lea.get("/tiny/2024/signing").text


def test_what_keeps_an_edition_from_being_signed_is_told(make: Make) -> None:
    tiny = make()
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), DOUBTFUL[1], ""]))
    assert tiny.yearbook("run").exit_code == 1
    page = Reader.of(tiny.workspace(), "lea").get("/tiny/2024/signing").text
    assert "It cannot be signed yet: one critical finding is open. " in page


def test_an_edition_that_is_not_computed_is_not_shown(make: Make) -> None:
    lea = Reader.of(make().workspace(), "lea")
    assert "/signing" not in lea.get("/tiny/2024").text
    assert lea.get("/tiny/2024/signing").status_code == 409


def test_where_nobody_signs_no_page_leads_to_it(make: Make) -> None:
    tiny = make("")
    assert tiny.yearbook("run").exit_code == 0
    lea = Reader.of(tiny.workspace(), "lea")
    assert "/signing" not in lea.get("/tiny/2024").text
    assert "This programme asks for no signature." in lea.get("/tiny/2024/signing").text
