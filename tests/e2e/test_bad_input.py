"""Bad input, as a user meets it on the command line: a clear message, and nothing lost or half done.

What each reader and rule does with it stands in `tests/extract` and `tests/validate`; here the whole way is walked.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tiny import HEADER, ROWS, Tiny, make_tiny

GOOD = len(ROWS)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def empty(tiny: Tiny) -> None:
    tiny.records.write_bytes(b"")


def truncated_workbook(tiny: Tiny) -> None:
    tiny.records.with_suffix(".xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    tiny.edit(tiny.source, lambda text: text.replace("format: csv", "format: excel").replace("*.csv", "*.xlsx"))


def wrong_encoding(tiny: Tiny) -> None:
    text = tiny.records.read_text(encoding="utf-8")
    tiny.records.write_bytes(text.encode("gb18030"))
    tiny.edit(tiny.source, lambda text: text.replace("format: csv", "format: csv\n    encoding: utf-8"))


def unknown_unit(tiny: Tiny) -> None:
    tiny.edit(tiny.source, lambda text: text.replace("unit: 万元", "unit: 万园"))


def missing_file(tiny: Tiny) -> None:
    tiny.edit(tiny.source, lambda text: text.replace("*.csv", "contract.csv"))


def unknown_header(tiny: Tiny) -> None:
    tiny.edit(tiny.records, lambda text: text.replace("技术领域", "技术领城"))


def misspelt_key(tiny: Tiny) -> None:
    tiny.edit(tiny.source, lambda text: text.replace("constants:", "constnats:"))


def failing_sql(tiny: Tiny) -> None:
    query = tiny.folder / "include/sql/indicators/contract_count/query.sql"
    tiny.edit(query, lambda text: f"select contract_cuont from ({text.strip().rstrip(';')}) as q")


def broken_rule(tiny: Tiny) -> None:
    rules = tiny.folder / "include/datasets/contracts.yml"
    rule = (
        "rules:\n  - rule: broken\n    severity: warning\n    column: value\n    check: r.vlaue > 0\n"
        "    message: {en: broken, zh: 坏}\n"
    )
    tiny.edit(rules, lambda text: text.replace("rules:\n", rule, 1))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (empty, ["contracts.csv", "empty"]),
        (truncated_workbook, ["contracts.xlsx"]),
        (wrong_encoding, ["contracts.csv", "utf-8", "gb18030"]),
        (unknown_unit, ["万园", "万元"]),
        (missing_file, ["contract.csv", "contracts.csv"]),
        (unknown_header, ["技术领城", "sector", "contracts.csv"]),
        (misspelt_key, ["constnats", "register.yml:15", "did you mean `constants`"]),
        (failing_sql, ["contract_count", "query.sql", "contract_cuont"]),
        (broken_rule, ["contracts.yml", "broken", "rule"]),
    ],
)
def test_what_cannot_be_read_stops_with_a_message_and_mends(
    tiny: Tiny, spoil: Callable[[Tiny], None], says: list[str]
) -> None:
    before = {path: path.read_bytes() for path in tiny.folder.rglob("*") if path.is_file()}
    spoil(tiny)
    result = tiny.yearbook("run")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert [word for word in says if word.lower() not in result.output.lower()] == []
    assert not (tiny.home / "site/index.html").exists()

    for path, content in before.items():
        path.write_bytes(content)
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: (20, 20, 0, 0, 0)}


def test_a_file_with_only_a_header_holds_no_records(tiny: Tiny) -> None:
    other = tiny.records.with_name("more.csv")
    other.write_text(HEADER + "\n", encoding="utf-8")
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: (20, 20, 0, 0, 0)}


@pytest.mark.parametrize(
    ("row", "rule", "account"),
    [
        ("模拟-x,2024-05-01,,技术开发,S1,亚特兰蒂斯,1,光伏,有效", "unknown_code", (21, 21, 0, 0, 0)),
        ("模拟-x,2024-05-01,,技术开发,S1,中国,壹万,光伏,有效", "unread_value", (21, 21, 0, 0, 0)),
        ("模拟-2024-01,2024-05-01,2024-04-01,技术开发,S1,中国,7,光伏,有效", "duplicate_key", (21, 19, 2, 0, 0)),
        ("模拟-2024-01,2024-05-01,2024-06-01,技术开发,S1,中国,7,光伏,有效", None, (21, 20, 0, 0, 1)),
        (ROWS[20], None, (21, 20, 0, 0, 1)),
        ("模拟-x,2024-05-01,,技术开发,S1,中国,1,光伏,撤销", None, (21, 20, 0, 1, 0)),
    ],
    ids=["unknown country", "unreadable amount", "duplicate key", "later version", "same row twice", "cancelled"],
)
def test_a_doubtful_record_is_counted_and_found(
    tiny: Tiny, row: str, rule: str | None, account: tuple[int, ...]
) -> None:
    tiny.edit(tiny.records, lambda text: text + row + "\n")
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: account}
    found = tiny.yearbook("findings", "--year", "2024").stdout
    assert rule is None or rule in found


def test_ten_megabytes_in_one_cell_reach_no_page(tiny: Tiny) -> None:
    cell = "<script>alert(1)</script>" + "长" * (10 << 20)
    tiny.edit(tiny.records, lambda text: text + f"模拟-x,2024-05-01,,技术开发,{cell},中国,1,光伏,有效\n")
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny)[2024][0] == 21
    for page in (tiny.home / "site").rglob("*.html"):
        content = page.read_text(encoding="utf-8")
        assert len(content) < 3 << 20
        assert "<script>alert" not in content


def accounts(tiny: Tiny) -> dict[int, tuple[int, ...]]:
    """Received, accepted, held, excluded and superseded contracts by year."""
    from yearbook.catalogue import Catalogue

    catalogue = Catalogue(f"sqlite:///{tiny.home}/catalogue.sqlite", "tiny")
    return {
        one.year: (one.received, one.accepted, one.held, one.excluded, one.superseded)
        for one in catalogue.accountings()
        if one.dataset == "contracts"
    }
