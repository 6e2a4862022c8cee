"""Rules on the records of a year as a whole: what they find, what a change redoes, and that a broken one is told."""

from pathlib import Path

import pytest

from bench import Bench, make_bench
from yearbook.catalogue import Finding
from yearbook.errors import DefinitionError, RuleError
from yearbook.model.dataset import Dataset
from yearbook.model.definition import load_definition
from yearbook.settings import PROJECT

CONTRACT_RULES = load_definition(PROJECT / "include/datasets/contracts.yml", Dataset).rules

THINGS = """\
dataset: things
title: {en: Things, zh: 物}
one_row_is: {en: a thing, zh: 一物}
key: [id]
reference_date: [year]
latest_by: [version]
fields:
  id: {type: text, title: {en: Thing, zh: 物}}
  year: {type: year, title: {en: Year, zh: 年份}}
  value: {type: money, title: {en: Value, zh: 金额}}
  version: {type: integer, title: {en: Version, zh: 版}}
rules:
"""
FEWER = """\
  - rule: fewer
    severity: %s
    partition: true
    column: value
    found: (SELECT count(value) FROM records)
    expected: (SELECT count(value) FROM earlier)
    check: found >= expected
    message: {en: "{value}, before {expected}", zh: "{value}，上年{expected}"}
"""
TWO_YEARS = """
id | year | value | version
A  | 2023 | 1     | 1
A  | 2023 | 1     | 2
B  | 2023 | 1     | 1
C  | 2024 | 1     | 1
D  | 2024 |       | 1
"""


def told(findings: list[Finding]) -> list[tuple[int, str, str, str, str | None, str, str, str | None]]:
    return [
        (one.year, one.rule, one.severity, one.record_key, one.column, one.message_en, one.message_zh, one.value)
        for one in findings
    ]


@pytest.mark.parametrize("severity", ["critical", "warning", "info"])
def test_a_year_is_judged_beside_the_year_before_and_holds_no_record(severity: str, tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + FEWER % severity)
    bench.stage("things", TWO_YEARS)
    bench.validate("things", 2023, 2024)
    assert told(bench.findings()) == [(2024, "fewer", severity, "", "value", "1, before 2", "1，上年2", "1")]
    assert {disposition for _, disposition, _ in bench.dispositions("things", "id")} == {"accepted", "superseded"}


def test_a_change_redoes_its_year_and_the_next_one_alone(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + FEWER % "warning")
    rows = [f"{year}-{number} | {year} | 1 | 1" for year in range(2020, 2025) for number in range(2)]
    bench.stage("things", "\n".join(["id | year | value | version", *rows]))
    years = range(2020, 2025)
    bench.validate("things", *years)
    before = fingerprints(bench)
    bench.stage("things", "id | year | value | version\nnew | 2021 | 1 | 1")
    bench.validate("things", *years)
    after = fingerprints(bench)
    assert [year for year in years if before[year] != after[year]] == [2021, 2022]
    assert [one.year for one in bench.findings()] == [2022]


def fingerprints(bench: Bench) -> dict[int, str]:
    found = {year: bench.workspace.catalogue.find_step("validate", "things", year) for year in range(2020, 2025)}
    return {year: record.fingerprint for year, record in found.items() if record}


def test_records_of_no_year_are_not_judged_as_one(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + (FEWER % "warning").replace(">= expected", "< 0"))
    bench.stage("things", "id | year | value\nA | | 1")
    bench.validate("things", 0)
    assert [one.rule for one in bench.findings()] == ["missing_year"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("found >= expected", "found >= expcted", "expcted"),
        ("found >= expected", "found - expected", "is no condition"),
        ("count(value) FROM earlier", "count(valu) FROM earlier", "valu"),
        ("FROM records", "FROM recods", "recods"),
    ],
)
@pytest.mark.parametrize("header", ["id | year | value\nA | 2024 | 1", "id | year\nA | 2024"])
def test_a_broken_rule_is_told_even_where_its_column_is_not_delivered(
    right: str, wrong: str, message: str, header: str, tmp_path: Path
) -> None:
    bench = make_bench(tmp_path, THINGS + (FEWER % "warning").replace(right, wrong))
    bench.stage("things", header)
    with pytest.raises(RuleError, match="the rule is at fault, not the data") as caught:
        bench.validate("things", 2024)
    assert message in caught.value.what
    assert f"{bench.dataset_file}:{THINGS.count(chr(10)) + 1}, rule fewer" == caught.value.where


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("    check: found >= expected\n", "    expect: expect_table_row_count_to_be_between\n", "has a `check`"),
        ("    partition: true\n", "", "`found` is what a rule on the partition found"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "things.yml"
    path.write_text(THINGS + (FEWER % "warning").replace(right, wrong), encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        load_definition(path, Dataset)


CONTRACTS = "contract_id | sign_date | sector | channel | value | currency | seller_id | buyer_country"
TOTAL = """
publication | year | area | direction | contract_count | contract_value
2024        | 2024 | _T   | output    | 1              | 1
2025        | 2024 | _T   | output    | %s             | %s
"""


def contracts(year: int, count: int, **cells: str) -> list[str]:
    given = {
        "sector": "S1",
        "channel": "C1",
        "value": "100",
        "currency": "CNY",
        "seller_id": "S",
        "buyer_country": "CHN",
    }
    values = " | ".join({**given, **cells}.values())
    first = len(cells) * 10_000
    return [f"{year}-{first + number} | {year}-03-01 | {values}" for number in range(count)]


def found_in(folder: Path, rows: list[str], total: str = "") -> list[tuple[str, str]]:
    """Rule and message of what the contracts' rules on the year find in 2024."""
    bench = make_bench(folder, "", "contracts", "register_totals", "institutions")
    bench.stage("contracts", "\n".join([CONTRACTS, *rows]))
    if total:
        bench.stage("register_totals", total)
    bench.validate("contracts", 2023, 2024)
    whole = {rule.rule for rule in CONTRACT_RULES if rule.partition}
    return [(one.rule, one.message_en) for one in bench.findings() if one.rule in whole and one.year == 2024]


@pytest.mark.parametrize(("count", "is_found"), [(49, True), (50, False), (200, False), (201, True)])
def test_half_and_twice_the_records_of_the_year_before_are_usual(count: int, is_found: bool, tmp_path: Path) -> None:
    found = found_in(tmp_path, contracts(2023, 100) + contracts(2024, count))
    message = f"{count} contracts, after 100 in the year before; between half and twice as many expected"
    assert found == ([("count_far_from_last_year", message)] if is_found else [])


def test_few_records_may_double_and_treble(tmp_path: Path) -> None:
    assert found_in(tmp_path, contracts(2023, 49) + contracts(2024, 500)) == []


def test_fields_that_many_records_lack_are_named(tmp_path: Path) -> None:
    lacking = contracts(2024, 10, value="", sector="", channel="")
    assert found_in(tmp_path, contracts(2023, 60) + contracts(2024, 90) + lacking) == [
        ("value_often_missing", "10 % of the contracts have no value; at most 5 % expected")
    ]


def test_shares_far_from_the_year_before_are_found(tmp_path: Path) -> None:
    before = contracts(2023, 300, sector="S1") + contracts(2023, 300, sector="S2", value="100")
    after = contracts(2024, 500, sector="S1") + contracts(2024, 100, sector="S2", value="100")
    assert found_in(tmp_path, before + after) == [
        (
            "sectors_shift",
            "the shares of sectors stand far from the year before, by an index of 0.53; at most 0.25 expected",
        )
    ]


MORE = "60 contracts, and 59 in the national register; at most as many expected"
COVERS = "the records hold {} % of the value in the national register; between 80 and 100 % expected"


@pytest.mark.parametrize(
    ("count", "value", "expected"),
    [
        pytest.param(60, 7500, [], id="80 percent"),
        pytest.param(59, 7500, [("more_contracts_than_the_register", MORE)], id="too many"),
        pytest.param(60, 5990, [("value_against_the_register", COVERS.format(100.2))], id="too much"),
        pytest.param(60, 8000, [("value_against_the_register", COVERS.format(75))], id="too little"),
    ],
)
def test_records_are_held_against_the_register_as_last_printed(
    count: int, value: int, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert found_in(tmp_path, contracts(2024, 60), TOTAL % (count, value)) == expected
