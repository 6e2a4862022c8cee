"""The list of records by what became of them: what stands in it, page by page, whatever the records hold."""

import html
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pytest

from desk import bring_up, copy_of
from pages import Reader
from speed import seconds, tenth_of_a_second
from tiny import Tiny, make_tiny
from yearbook.catalogue import Accounting
from yearbook.workspace import Workspace

SCRIPT = "<script>alert(1)</script>"
ROWS = [
    "模拟-z,2024-05-01,2024-06-01,技术开发,S1,中国,99999999999,光伏,有效",
    f"{SCRIPT},2024-05-01,2024-06-01,技术开发,S1,中国,99999999999,光伏,有效",
    "模拟-k,2024-05-01,2024-06-01,技术开发,S1,中国,5,光伏,有效",
    "模拟-k,2024-05-01,2024-06-01,技术开发,S1,中国,6,光伏,有效",
    "模拟-c,2024-05-01,2024-06-01,技术开发,S1,中国,7,光伏,注销",
    "模拟-t,2024-05-01,2024-06-01,技术开发,S1,中国,8,光伏,有效",
    "模拟-t,2024-05-01,2024-06-01,技术开发,S1,中国,8,光伏,有效",
    "模拟-y,2024-13-01,2024-06-01,技术开发,S1,中国,2,光伏,有效",
]
"""From row 42 of the file: its header and 40 records that count stand before them."""
ROW = re.compile(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>')
CELL = re.compile(r"<td[^>]*>(.*?)</td>")
TAG = re.compile(r"<[^>]*>")
COUNT = re.compile(r'<p class="count" role="status">(.*?)</p>')
COUNTED = re.compile(r'<a href="([^"]*/records[^"]*)">(?:<strong>)?(\d+)<')
ROW_LINK = re.compile(r'<th scope="row"><a href="([^"]*)"')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    tiny = make_tiny(tmp_path_factory.mktemp("tiny"))
    tiny.edit(tiny.records, lambda text: "\n".join([text.rstrip(), *ROWS, ""]))
    bring_up(tiny.workspace())
    return tiny


@pytest.fixture
def workspace(made: Tiny, tmp_path: Path) -> Workspace:
    return copy_of(made, tmp_path)


@pytest.fixture
def stan(workspace: Workspace) -> Reader:
    return Reader.of(workspace)


def listed(page: str) -> list[tuple[str, ...]]:
    """The rows of the list as texts."""
    return [
        tuple(html.unescape(TAG.sub("", cell)) for cell in (key, *CELL.findall(cells)))
        for key, cells in ROW.findall(page)
    ]


CONTRACTS, AMOUNT = "Technology contracts", "An amount that cannot be"
TWICE = "Two records with the same number and different content"
HELD = [
    ("模拟-z", "contracts.csv, row 42", AMOUNT, "1"),
    (SCRIPT, "contracts.csv, row 43", AMOUNT, "1"),
    ("模拟-k", "contracts.csv, row 44", TWICE, "1"),
    ("模拟-k", "contracts.csv, row 45", TWICE, "1"),
]
UNDATED = ("模拟-y", "contracts.csv, row 49", "Date of signature: cannot be read", "1")
NOTHING = "Nothing is found that fits."


def of(dataset: str, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(key, dataset, *rest) for key, *rest in rows]


@pytest.mark.parametrize(
    ("asked", "count", "rows"),
    [
        ("year=2024&disposition=held", "4 records.", of(CONTRACTS, HELD)),
        (
            "year=2024&disposition=excluded",
            "One record.",
            [("模拟-c", CONTRACTS, "contracts.csv, row 46", "the record is cancelled")],
        ),
        (
            "year=2024&dataset=contracts&disposition=superseded",
            "One record.",
            [("模拟-t", CONTRACTS, "contracts.csv, row 48", "the same record again")],
        ),
        ("year=unknown&disposition=held", "One record.", of(CONTRACTS, [UNDATED])),
        (
            "",
            "5 records.",
            of(f"{CONTRACTS} · 2024", HELD) + of(f"{CONTRACTS} · year not readable", [UNDATED]),
        ),
        ("year=2024&disposition=stolen&page=-1", "4 records.", of(CONTRACTS, HELD)),
        ("year=2024&disposition=received&page=x", "4 records.", of(CONTRACTS, HELD)),
        ("year=2024&page=99999999999999999999", "4 records.", of(CONTRACTS, HELD)),
        ("year=2024&page=2", "4 records.", []),
        ("year=2024&page=1000000", "4 records.", []),
        ("year=2023&disposition=held", NOTHING, []),
        ("year=x", NOTHING, []),
        ("year=99999", NOTHING, []),
        ("dataset=../../etc/passwd", NOTHING, []),
        (f"dataset={quote(SCRIPT)}", NOTHING, []),
        (f"dataset={'x' * 5_000}&year=2024", NOTHING, []),
        (
            "dataset=%00",
            "5 records.",
            of(f"{CONTRACTS} · 2024", HELD) + of(f"{CONTRACTS} · year not readable", [UNDATED]),
        ),
    ],
)
def test_what_is_listed(stan: Reader, asked: str, count: str, rows: list[tuple[str, ...]]) -> None:
    page = stan.follow(f"/tiny/records?{asked}&lang=en")
    assert (page.status_code, COUNT.findall(page.text), listed(page.text)) == (200, [count], rows)
    assert "<script" not in page.text


def test_counts_lead_to_their_records_and_these_to_their_pages(stan: Reader) -> None:
    followed = {}
    for link, said in COUNTED.findall(stan.get("/tiny/2024").text):
        page = stan.follow(html.unescape(link)).text
        followed[html.unescape(link)] = (said, len(listed(page)))
        for record in ROW_LINK.findall(page):
            assert stan.follow(html.unescape(record)).status_code == 200
    assert followed == {
        f"/tiny/records?{asked}&lang=en": (str(count), count)
        for asked, count in {
            "year=2024&disposition=held": 4,
            "year=2024&disposition=excluded": 1,
            "year=2024&dataset=contracts&disposition=accepted": 21,
            "year=2024&dataset=contracts&disposition=held": 4,
            "year=2024&dataset=contracts&disposition=excluded": 1,
            "year=2024&dataset=contracts&disposition=superseded": 1,
            "year=unknown&disposition=held": 1,
        }.items()
    }


def fill(workspace: Workspace, count: int) -> None:
    """Put many records into the account of a year: every other one is held."""
    account = next(one for one in workspace.catalogue.accountings(2024) if one.dataset == "contracts")
    rows = workspace.lake.read(account.ref)
    many = pa.concat_tables([rows] * (count // rows.num_rows + 1)).slice(0, count)
    for name, values in {
        "contract_id": [f"SIM-{number:06}" for number in range(count)],
        "_record_hash": [f"{number:064}" for number in range(count)],
        "disposition": ["held", "accepted"] * (count // 2),
        "reason": ["impossible_amount", None] * (count // 2),
    }.items():
        many = many.set_column(many.column_names.index(name), name, pa.array(values, pa.string()))
    ref, half = workspace.lake.write("validated/contracts", 2024, many), count // 2
    workspace.catalogue.record_accounting(
        Accounting("contracts", 2024, count, half, held=half, excluded=0, superseded=0, ref=ref)
    )


def test_a_hundred_thousand_records_are_turned_over(workspace: Workspace, stan: Reader) -> None:
    fill(workspace, 100_000)
    asked = {"year": 2024, "disposition": "held"}
    for number, place, onward in (
        (1, 0, {"Next": 2, "Last": 1000}),
        (1000, 49_950, {"First": 1, "Previous": 999}),
    ):
        page = stan.get("/tiny/records", **asked, page=number).text
        assert "50,000 records." in page
        assert f"page {number:,} of 1,000" in page
        assert [row[0] for row in listed(page)] == [f"SIM-{2 * one:06}" for one in range(place, place + 50)]
        turned = {
            text: html.unescape(link)
            for link, text in re.findall(r'<a href="([^"]*)" rel="[a-z]*">([A-Z][a-z]*)</a>', page)
        }
        assert turned == {
            text: f"/tiny/records?year=2024&disposition=held&page={one}&lang=en" for text, one in onward.items()
        }
        # As in the test of the search: a busy machine is measured by what it does when idle.
        took = min(
            seconds(lambda: stan.get("/tiny/records", **asked, page=number)) / seconds(tenth_of_a_second)  # noqa: B023
            for _ in range(5)
        )
        assert took / 10 < 0.3
