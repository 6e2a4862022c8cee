"""Outliers: what is far from usual for its party, its kind or its unit is found, with what would be usual; no more."""

from pathlib import Path

from bench import make_bench

SALES = """\
dataset: things
title: {en: Sales, zh: 销售}
one_row_is: {en: a sale, zh: 一笔}
key: [id]
reference_date: [year]
latest_by: [version]
fields:
  id: {type: text, title: {en: Sale, zh: 编号}}
  year: {type: year, title: {en: Year, zh: 年份}}
  party: {type: text, title: {en: Party, zh: 单位}}
  kind: {type: text, title: {en: Kind, zh: 类}}
  value: {type: money, title: {en: Value, zh: 金额}}
  version: {type: integer, title: {en: Version, zh: 版}}
rules:
"""
RULE = """\
  - rule: odd
    severity: warning
    column: value
    outlier: %s
    kwargs: %s
    message: {en: "{value}; usual {expected}", zh: "{value}；通常{expected}"}
"""
PARTIES = [f"P{number:02}" for number in range(25)]
"""Each sells for 100 and a little more in 2023, and a tenth more in 2024."""


def found(folder: Path, rule: str, *extra: str) -> list[tuple[str, str]]:
    before = [f"{party}-23 | 2023 | {party} | a | {100 + number} | 1" for number, party in enumerate(PARTIES)]
    after = [f"{party}-24 | 2024 | {party} | a | {110 + 1.1 * number:.2f} | 1" for number, party in enumerate(PARTIES)]
    bench = make_bench(folder, SALES + rule)
    bench.stage("things", "\n".join(["id | year | party | kind | value | version", *before, *after, *extra]))
    bench.validate("things", 2023, 2024)
    return [(one.record_key, one.message_en) for one in bench.findings()]


def test_a_party_whose_total_jumps_is_found_at_its_largest_record(tmp_path):
    jump = ["P00-24b | 2024 | P00 | a | 50 | 1", "P00-24c | 2024 | P00 | a | 900000 | 1"]

    assert found(tmp_path, RULE % ("hidiroglou_berthelot", "{by: [party]}"), *jump) == [
        ("P00-24c", "900,000; usual 110")
    ]


def test_a_version_that_was_superseded_is_no_history(tmp_path):
    mended = ["P00-23 | 2023 | P00 | a | 1000000 | 0"]

    assert found(tmp_path, RULE % ("hidiroglou_berthelot", "{by: [party]}"), *mended) == []


def test_a_record_far_from_its_kind_is_found(tmp_path):
    others = [f"b{number} | 2024 | Q{number} | b | {10 ** (3 + number % 5 / 10):.0f} | 1" for number in range(40)]
    odd = ["b-odd | 2024 | Q99 | b | 900000000 | 1", "a-few | 2024 | Q98 | few | 900000000 | 1"]

    assert found(tmp_path, RULE % ("median_absolute_deviation", "{by: [kind]}"), *others, *odd) == [
        ("b-odd", "900,000,000; usual 1,585")
    ]


def test_ten_thousand_times_the_usual_is_another_unit_until_proved_otherwise(tmp_path):
    mine = [f"m{number} | {2023 + number % 2} | M | a | {200 + number} | 1" for number in range(8)]
    odd = [
        "m-wan | 2024 | M | a | 2030000 | 1",
        "m-yi | 2024 | M | a | 0.000002 | 1",
        "m-large | 2024 | M | a | 20300 | 1",
    ]

    assert found(tmp_path, RULE % ("unit_error", "{by: [party]}"), *mine, *odd) == [
        ("m-wan", "2,030,000; usual 204"),
        ("m-yi", "0.000002; usual 204"),
    ]
