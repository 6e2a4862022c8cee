"""Bad input, as a user meets it on the command line: a clear message, and nothing lost or half done.

What each reader and rule does with it stands in `tests/extract` and `tests/validate`; here the whole way is walked.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from files import xlsx
from tiny import HEADER, ROWS, Tiny, make_tiny

GOOD = len(ROWS)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def empty(tiny: Tiny) -> None:
    tiny.records.write_bytes(b"")


def truncated_workbook(tiny: Tiny) -> None:
    whole = xlsx({"合同": [HEADER.split(","), *(row.split(",") for row in ROWS)]})
    tiny.records.with_suffix(".xlsx").write_bytes(whole[: len(whole) // 2])
    tiny.edit(tiny.source, lambda text: text.replace("format: csv", "format: excel").replace("*.csv", "*.xlsx"))


def workbook_named_csv(tiny: Tiny) -> None:
    tiny.records.write_bytes(xlsx({"合同": [HEADER.split(","), *(row.split(",") for row in ROWS)]}))


def csv_named_xlsx(tiny: Tiny) -> None:
    tiny.records.rename(tiny.records.with_suffix(".xlsx"))
    tiny.edit(tiny.source, lambda text: text.replace("format: csv", "format: excel").replace("*.csv", "*.xlsx"))


def wrong_encoding(tiny: Tiny) -> None:
    text = tiny.records.read_text(encoding="utf-8")
    tiny.records.write_bytes(text.encode("gb18030"))
    tiny.edit(tiny.source, lambda text: text.replace("format: csv", "format: csv\n    encoding: utf-8"))


def unknown_unit(tiny: Tiny) -> None:
    tiny.edit(tiny.source, lambda text: text.replace("unit: 万元", "unit: 万园"))


def unset_secret(tiny: Tiny) -> None:
    api = 'format: api\n    url: "https://127.0.0.1:9/?key=${YEARBOOK_TEST_UNSET}"'
    tiny.edit(tiny.source, lambda text: text.replace('format: csv\n    path: "{data}/*.csv"', api))


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


def broken_rule_on_a_field_that_is_not_delivered(tiny: Tiny) -> None:
    rules = tiny.folder / "include/datasets/contracts.yml"
    rule = (
        "rules:\n  - rule: broken\n    severity: warning\n    column: equity_value\n    check: r.equity_valu > 0\n"
        "    message: {en: broken, zh: 坏}\n"
    )
    tiny.edit(rules, lambda text: text.replace("rules:\n", rule, 1))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (empty, ["contracts.csv", "empty"]),
        (truncated_workbook, ["contracts.xlsx", "the workbook cannot be read", "it may be cut short"]),
        (workbook_named_csv, ["contracts.csv", "an Excel workbook", "format: excel"]),
        (csv_named_xlsx, ["contracts.xlsx", "the file is text", "format: csv"]),
        (wrong_encoding, ["contracts.csv", "utf-8", "gb18030"]),
        (unknown_unit, ["register.yml", "万园", "万元"]),
        (unset_secret, ["YEARBOOK_TEST_UNSET", "is not set", "https://127.0.0.1:9/?***"]),
        (missing_file, ["contract.csv", "contracts.csv"]),
        (unknown_header, ["技术领城", "sector", "contracts.csv"]),
        (misspelt_key, ["constnats", "register.yml:15", "did you mean `constants`"]),
        (failing_sql, ["contract_count", "query.sql", "contract_cuont"]),
        (broken_rule, ["contracts.yml", "broken", "rule"]),
        (broken_rule_on_a_field_that_is_not_delivered, ["contracts.yml", "equity_valu"]),
    ],
)
def test_what_cannot_be_read_stops_with_a_message(tiny: Tiny, spoil: Callable[[Tiny], None], says: list[str]) -> None:
    spoil(tiny)
    result = tiny.yearbook("run")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert [word for word in says if word.lower() not in result.output.lower()] == []
    assert not (tiny.home / "site/index.html").exists()


@pytest.mark.parametrize("spoil", [unknown_header, broken_rule, failing_sql], ids=["extract", "validate", "compute"])
def test_a_run_goes_on_from_the_stage_that_stopped_it(tiny: Tiny, spoil: Callable[[Tiny], None]) -> None:
    before = {path: path.read_bytes() for path in tiny.folder.rglob("*") if path.is_file()}
    spoil(tiny)
    assert tiny.yearbook("run").exit_code == 1
    for path, content in before.items():
        path.write_bytes(content)
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: (20, 20, 0, 0, 0)}


def test_a_file_with_only_a_header_holds_no_records(tiny: Tiny) -> None:
    other = tiny.records.with_name("more.csv")
    other.write_text(HEADER + "\n", encoding="utf-8")
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: (20, 20, 0, 0, 0)}


def test_doubtful_records_are_counted_and_found(tiny: Tiny) -> None:
    rows = [
        "模拟-地,2024-05-01,,技术开发,S1,亚特兰蒂斯,1,光伏,有效",  # an unknown country
        "模拟-读,2024-05-01,,技术开发,S1,中国,壹万,光伏,有效",  # an unreadable amount
        "模拟-巨,2024-05-01,,技术开发,S1,中国,99999999999999999999,光伏,有效",  # an absurd amount
        "模拟-2024-01,2024-05-01,2024-04-01,技术开发,S1,中国,7,光伏,有效",  # another version, no later than the first
        "模拟-2024-02,2024-05-01,2024-06-01,技术开发,S1,中国,7,光伏,有效",  # a later version
        ROWS[22],  # the same row twice
        "模拟-撤,2024-05-01,,技术开发,S1,中国,1,光伏,撤销",  # cancelled
    ]
    tiny.edit(tiny.records, lambda text: text + "\n".join([*rows, ""]))
    assert tiny.yearbook("run").exit_code == 0
    assert accounts(tiny) == {2023: (20, 20, 0, 0, 0), 2024: (27, 21, 3, 1, 2)}
    assert {(one.rule, one.severity, one.record_key) for one in tiny.catalogue().findings(year=2024)} >= {
        ("unknown_code", "warning", "模拟-地"),
        ("unread_value", "warning", "模拟-读"),
        ("impossible_amount", "critical", "模拟-巨"),
        ("duplicate_key", "critical", "模拟-2024-01"),
    }
    assert "impossible_amount" in tiny.yearbook("findings", "--year", "2024").stdout
    [internal] = tiny.home.glob("tiny/internal/2024/observations.csv")
    with internal.open(encoding="utf-8-sig") as file:
        values = [float(row["value"]) for row in csv.DictReader(file) if row["value"]]
    assert max(values) < 1e9


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
