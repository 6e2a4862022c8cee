"""Rules of a dataset: records in, all findings out; and a rule that fails to run is told apart from bad data."""

from pathlib import Path

import pytest

from bench import Bench, make_bench
from yearbook.errors import RuleError

THINGS = """\
dataset: things
title: {en: Things, zh: 物}
one_row_is: {en: a thing, zh: 一物}
key: [id, year]
reference_date: [year]
fields:
  id: {type: text, title: {en: Thing, zh: 物}, max_length: 10}
  year: {type: year, title: {en: Year, zh: 年份}}
  kind: {type: code, values: [big, small], title: {en: Kind, zh: 种类}}
  day: {type: date, title: {en: Day, zh: 日期}}
  level: {type: integer, title: {en: Level, zh: 等级}}
  whole: {type: money, title: {en: Whole, zh: 总额}}
  part: {type: money, title: {en: Part, zh: 其中}}
rules:
"""
LEVEL = """\
  - rule: level_out_of_range
    severity: warning
    column: level
    expect: expect_column_values_to_be_between
    kwargs: {min_value: 1, max_value: 9}
    message: {en: "level {value}; 1 to 9 expected", zh: "等级为{value}，应在1至9之间"}
"""
PART = """\
  - rule: part_exceeds_whole
    severity: critical
    column: part
    check: r.part <= r.whole
    expected: r.whole
    message: {en: "part {value} of {record[id]}; at most {expected}", zh: "{record[id]}的{value}，应不超过{expected}"}
"""
WHOLE = """\
  - rule: whole_missing
    severity: info
    column: whole
    check: r.whole IS NOT NULL
    message: {en: no whole, zh: 缺总额}
"""
BEFORE = """\
  - rule: smaller_than_before
    severity: warning
    column: whole
    check: NOT EXISTS (SELECT 1 FROM things AS t WHERE t.id = r.id AND t.year = r.year - 1 AND t.whole > r.whole)
    message: {en: "whole {value}, less than before", zh: "总额{value}，少于上年"}
"""
FUTURE = """\
  - rule: in_the_future
    severity: warning
    column: day
    check: day <= parameters.as_of
    expected: parameters.as_of
    message: {en: "{value} is after {expected}", zh: "{value}晚于{expected}"}
"""
EARLY = """\
  - rule: too_early
    severity: warning
    column: day
    expect: expect_column_values_to_be_between
    kwargs: {min_value: 2000-01-01}
    message: {en: "{value}", zh: "{value}"}
"""


def found(bench: Bench) -> list[tuple[str, str, str, str | None, str | None, str, str]]:
    return [
        (one.rule, one.severity, one.record_key, one.column, one.value, one.message_en, one.message_zh)
        for one in bench.findings()
    ]


def test_records_break_rules_of_both_forms(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + LEVEL + PART + WHOLE + BEFORE + FUTURE + EARLY)
    bench.stage(
        "things",
        """
        id | year | day        | level | whole     | part
        A  | 2023 | 2023-01-01 | 1     | 100       | 100
        B  | 2023 | 2023-01-01 | 12    | 100       |
        A  | 2024 | 2025-07-01 |       | 90.5      | 12345678.25
        B  | 2024 | 1999-12-31 | 0     |           | 5
        """,
    )
    bench.validate("things", 2023, 2024)
    assert found(bench) == [
        ("level_out_of_range", "warning", "B | 2023", "level", "12",
         "level 12; 1 to 9 expected", "等级为12，应在1至9之间"),
        ("in_the_future", "warning", "A | 2024", "day", "2025-07-01",
         "2025-07-01 is after 2025-06-30", "2025-07-01晚于2025-06-30"),
        ("level_out_of_range", "warning", "B | 2024", "level", "0",
         "level 0; 1 to 9 expected", "等级为0，应在1至9之间"),
        ("part_exceeds_whole", "critical", "A | 2024", "part", "12345678.25",
         "part 12,345,678.25 of A; at most 90.5", "A的12,345,678.25，应不超过90.5"),
        ("smaller_than_before", "warning", "A | 2024", "whole", "90.5",
         "whole 90.5, less than before", "总额90.5，少于上年"),
        ("too_early", "warning", "B | 2024", "day", "1999-12-31", "1999-12-31", "1999-12-31"),
        ("whole_missing", "info", "B | 2024", "whole", None, "no whole", "缺总额"),
    ]  # fmt: skip
    assert bench.dispositions("things", "id") == [
        ("A", "accepted", None),
        ("B", "accepted", None),
        ("A", "held", "part_exceeds_whole"),
        ("B", "accepted", None),
    ]


def test_an_amount_that_cannot_be_is_held(tmp_path: Path) -> None:
    bench = make_bench(
        tmp_path, THINGS.replace("title: {en: Part, zh: 其中}", "title: {en: Part, zh: 其中}, max_amount: 50") + WHOLE
    )
    bench.stage(
        "things",
        """
        id | year | whole                  | part
        A  | 2024 | 100000000000000        | 50
        B  | 2024 | 100000000000000.000001 | -50.5
        C  | 2024 | -1e31                  |
        """,
    )
    bench.validate("things", 2024)
    assert bench.dispositions("things", "id") == [
        ("A", "accepted", None),
        ("B", "held", "impossible_amount"),
        ("C", "held", "impossible_amount"),
    ]
    assert [(one.record_key, one.column, one.severity) for one in bench.findings()] == [
        ("B | 2024", "part", "critical"),
        ("B | 2024", "whole", "critical"),
        ("C | 2024", "whole", "critical"),
    ]
    first = bench.findings()[1]
    assert first.message_en.startswith(
        "Whole: 100,000,000,000,000.000001 cannot be; at most 100,000,000,000,000 expected"
    )
    assert first.message_zh.startswith("总额为100,000,000,000,000.000001，不可能如此之大，应不超过100,000,000,000,000")


@pytest.mark.parametrize(
    ("type_", "largest", "too_large"),
    [
        ("integer", 10**9 - 1, 10**9),
        ("integer", -(10**9) + 1, -(2**63)),
        ("share", 10**9 - 1, 1e9),
        ("number", 10**15 - 1, -1e15),
        ("number", -(10**15) + 1, float("inf")),
        ("number", 0, float("nan")),
    ],
)
def test_a_number_that_cannot_be_is_held(tmp_path: Path, type_: str, largest: float, too_large: float) -> None:
    bench = make_bench(tmp_path, THINGS.replace("level: {type: integer", f"level: {{type: {type_}") + WHOLE)
    bench.stage(
        "things", f"id | year | level | whole\nA | 2024 | {largest} | 1\nB | 2024 | {too_large} | 1\nC | 2024 | | 1"
    )
    bench.validate("things", 2024)
    assert bench.dispositions("things", "id") == [
        ("A", "accepted", None),
        ("B", "held", "impossible_amount"),
        ("C", "accepted", None),
    ]
    (finding,) = bench.findings()
    limit = f"{10 ** (15 if type_ == 'number' else 9) - 1:,}"
    assert (finding.record_key, finding.column, finding.severity) == ("B | 2024", "level", "critical")
    assert f"at most {limit} either side of zero" in finding.message_en
    assert f"绝对值应不超过{limit}；" in finding.message_zh


def test_a_field_that_the_programme_does_not_deliver_costs_nothing(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + LEVEL + PART + WHOLE + BEFORE)
    bench.stage("things", "id | year\nA | 2023\nA | 2024")
    bench.validate("things", 2023, 2024)
    assert bench.findings() == []


def test_a_field_that_one_year_lacks_is_missing_there(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + WHOLE)
    bench.stage("things", "id | year | whole\nA | 2023 | 5\nA | 2024 | ")
    bench.validate("things", 2023, 2024)
    assert [(one.rule, one.record_key) for one in bench.findings()] == [("whole_missing", "A | 2024")]


def test_cells_that_cannot_be_read_are_found_once_and_hold_what_they_identify(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + WHOLE)
    bench.stage(
        "things",
        """
        id | year | whole | ?id         | ?year | ?whole | ?kind
        A  | 2024 |       |             |       | 面议   | 中
           | 2024 | 1     | x0123456789 |       |        |
        C  |      | 1     |             | 二零  |        |
        D  |      | 1     |             |       |        |
        """,
    )
    bench.validate("things", 0, 2024)
    findings = [
        (one.rule, one.severity, one.column, one.raw, one.message_en, one.message_zh) for one in bench.findings()
    ]
    assert findings == [
        ("missing_year", "critical", "year", None,
         "Year is empty; the record needs it", "年份为空；该记录必须填写"),
        ("unread_year", "critical", "year", "二零",
         "Year: cannot read “二零”; a year such as 2024 expected", "年份：无法识别“二零”；应为年份，如2024"),
        ("unknown_code", "warning", "kind", "中",
         "Kind: “中” is not among big, small; correct it, or add it as an alias",
         "种类：“中”不在代码（big, small）之列；请更正，或添加为别名"),
        ("unread_id", "critical", "id", "x0123456789",
         "Thing: cannot read “x0123456789”; a text of at most 10 characters expected",
         "物：无法识别“x0123456789”；应为不超过10个字符的文字"),
        ("unread_whole", "warning", "whole", "面议",
         "Whole: cannot read “面议”; an amount expected", "总额：无法识别“面议”；应为金额"),
    ]  # fmt: skip
    assert bench.dispositions("things", "id") == [
        ("C", "held", "unread_year"),
        ("D", "held", "missing_year"),
        ("A", "accepted", None),
        (None, "held", "unread_id"),
    ]


def test_a_cell_of_ten_megabytes_does_not_fill_the_catalogue(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS + WHOLE)
    bench.stage("things", [{"id": "A", "year": "2024", "?whole": "元" * 10_000_000}])
    bench.validate("things", 2024)
    (finding,) = bench.findings()
    assert finding.raw == "元" * 199 + "…"
    assert len(finding.message_en) < 300


def test_an_expectation_on_the_whole_partition_names_no_record(tmp_path: Path) -> None:
    rule = """\
  - rule: too_few
    severity: warning
    expect: expect_table_row_count_to_be_between
    kwargs: {min_value: 10}
    message: {en: fewer than ten things, zh: 不足十件}
"""
    bench = make_bench(tmp_path, THINGS + rule)
    bench.stage("things", "id | year\nA | 2024")
    bench.validate("things", 2024)
    assert found(bench) == [("too_few", "warning", "", None, None, "fewer than ten things", "不足十件")]
    assert bench.dispositions("things", "id") == [("A", "accepted", None)]


BROKEN = {
    "a misspelt column in a check": (PART.replace("r.part <=", "r.prat <="), 'does not have a column named "prat"'),
    "a misspelt column in an expected": (PART.replace("expected: r.whole", "expected: r.hole"), '"hole"'),
    "a table that is not there": (BEFORE.replace("FROM things", "FROM thinks"), "thinks does not exist"),
    "a check that is no condition": (PART.replace("r.part <= r.whole", "r.whole - r.part"), "is no condition"),
    "a check that fails on a record": (
        PART.replace("r.part <= r.whole", "CAST(r.id AS DATE) < r.day"),
        "Conversion Error",
    ),
    "an expectation that is unknown": (LEVEL.replace("to_be_between", "to_be_betwixt"), "to_be_betwixt"),
    "an argument that is unknown": (LEVEL.replace("min_value", "minimum"), "minimum"),
    "a condition that cannot run": (
        LEVEL.replace("values_to_be_between", "values_to_match_regex").replace(
            "{min_value: 1, max_value: 9}", "{regex: '('}"
        ),
        "level_out_of_range",
    ),
    "a placeholder that no record fills": (LEVEL.replace("{value};", "{vlaue};"), "{vlaue}"),
    "a critical rule on no record": (
        LEVEL.replace("values_to_be_between", "max_to_be_between").replace("warning", "critical"),
        "names no record",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_rule_is_the_rules_fault(case: str, tmp_path: Path) -> None:
    rule, message = BROKEN[case]
    bench = make_bench(tmp_path, THINGS + WHOLE + rule)
    bench.stage("things", "id | year | day | level | whole | part\nA | 2024 | 2024-01-01 | 12 | 1 | 5")
    with pytest.raises(RuleError) as caught:
        bench.validate("things", 2024)
    assert "the rule is at fault, not the data" in caught.value.what
    assert message in caught.value.what
    line = (THINGS + WHOLE).count("\n") + 1
    assert caught.value.where.startswith(f"{bench.dataset_file}:{line}, rule ")
    assert bench.workspace.catalogue.accountings() == []


def test_a_condition_for_cancelled_records_that_fails_is_at_fault(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, THINGS.replace("rules:\n", "cancelled_when: r.sort = 'x'\n"))
    bench.stage("things", "id | year\nA | 2024")
    with pytest.raises(RuleError, match="`cancelled_when` fails to run; it is at fault, not the data"):
        bench.validate("things", 2024)
