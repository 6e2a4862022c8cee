"""What the headline changes by if a record were out: records in, the effect of each finding out."""

from pathlib import Path

import pytest

from bench import Bench, make_bench
from yearbook.errors import RuleError

EFFECT = """\
dataset: things
title: {en: Things, zh: 物}
one_row_is: {en: a thing, zh: 一物}
key: [id]
reference_date: [year]
effect: %s
fields:
  id: {type: text, title: {en: Thing, zh: 物}}
  year: {type: year, title: {en: Year, zh: 年份}}
  value: {type: money, title: {en: Value, zh: 金额}}
  part: {type: money, title: {en: Part, zh: 其中}}
  currency: {type: text, title: {en: Currency, zh: 币种}}
rules:
  - rule: seen
    severity: info
    check: "false"
    message: {en: seen, zh: 见}
  - rule: too_large
    severity: critical
    column: value
    check: r.value <= 10000
    message: {en: too large, zh: 过大}
"""
IN_CNY = """
  indicator: contract_value
  numerator: >-
    r.value * CASE WHEN coalesce(r.currency, 'CNY') = 'CNY' THEN 1
    ELSE (SELECT max(x.cny_per_unit) FROM exchange_rates AS x WHERE x.currency = r.currency AND x."year" = r."year") END
"""
SUM = "{indicator: contract_value, numerator: r.value}"
SHARE = "{indicator: contract_value, numerator: r.part, denominator: r.value}"


def effects(folder: Path, effect: str, rows: str) -> dict[str, float | None]:
    bench = make_bench(folder, EFFECT % effect)
    bench.stage("things", rows)
    return seen(bench)


def seen(bench: Bench) -> dict[str, float | None]:
    bench.validate("things", 2024)
    found = [one for one in bench.findings() if one.rule == "seen"]
    return {one.record_key: None if one.effect is None else round(one.effect, 3) for one in found}


def test_a_record_out_of_a_sum_takes_its_share_along(tmp_path: Path) -> None:
    rows = "id | year | value\nA | 2024 | 60\nB | 2024 | 50\nC | 2024 | -10\nD | 2024 | \nE | 2023 | 900"
    assert effects(tmp_path, SUM, rows) == {"A": -60, "B": -50, "C": 10, "D": 0}


def test_foreign_currency_counts_at_the_rate_of_its_year(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, EFFECT % IN_CNY)
    rates = "currency,year,cny_per_unit\nUSD,2023,5\nUSD,2024,8\n"
    (tmp_path / "include/reference/exchange_rates.csv").write_text(rates, encoding="utf-8")
    cells = {"A": "CNY", "B": "USD", "C": "XXX", "D": ""}
    rows = [f"{key} | 2024 | 100 | {currency}" for key, currency in cells.items()]
    bench.stage("things", "\n".join(["id | year | value | currency", *rows]))
    assert seen(bench) == {"A": -10, "B": -80, "C": 0, "D": -10}


def test_a_record_out_of_a_ratio_moves_it_by_points_either_way(tmp_path: Path) -> None:
    rows = """
    id | year | value | part
    A  | 2024 | 100   | 100
    B  | 2024 | 100   | 0
    C  | 2024 | 200   | 100
    D  | 2024 | 999   |
    E  | 2024 |       | 999
    """
    without = {"A": 100 / 3 - 50, "B": 200 / 3 - 50, "C": 0, "D": 0, "E": 0}
    assert effects(tmp_path, SHARE, rows) == {key: round(effect, 3) for key, effect in without.items()}


def test_a_headline_over_several_years_moves_less(tmp_path: Path) -> None:
    rows = "id | year | value | part\nA | 2024 | 100 | 100\nB | 2024 | 100 | 0"
    several = SHARE.replace("}", ", years: 5}")
    assert effects(tmp_path, several, rows) == {"A": round(100 * (4 / 9 - 0.5), 3), "B": round(100 * (5 / 9 - 0.5), 3)}


def test_a_record_that_is_held_is_weighed_as_if_it_alone_came_back(tmp_path: Path) -> None:
    rows = "id | year | value\nA | 2024 | 75\nB | 2024 | 25\nC | 2024 | 99900"
    assert effects(tmp_path, SUM, rows) == {"A": -75, "B": -25, "C": -99.9}


def test_printed_figures_are_weighed_by_the_total_that_is_printed_with_them(tmp_path: Path) -> None:
    total = "{indicator: contract_value, numerator: r.value, total: max(r.value) FILTER (WHERE r.id = 'all')}"
    rows = "id | year | value\nall | 2024 | 200\neast | 2024 | 150\nwest | 2024 | 50"
    assert effects(tmp_path, total, rows) == {"all": -100, "east": -75, "west": -25}


@pytest.mark.parametrize(
    ("effect", "rows"),
    [
        pytest.param(SUM, "A | 2024 | |", id="a sum of nothing"),
        pytest.param(SHARE, "A | 2024 | 100 | 5", id="a ratio that is gone with its only record"),
        pytest.param(SUM, "A | 2024 | 99999 |", id="a year that is held altogether"),
        pytest.param("", "A | 2024 | 100 | 5", id="a dataset without a headline"),
    ],
)
def test_where_there_is_no_headline_there_is_no_effect(effect: str, rows: str, tmp_path: Path) -> None:
    assert effects(tmp_path, effect, f"id | year | value | part\n{rows}") == {"A": None}


def test_an_effect_that_fails_is_at_fault_not_the_data(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"`effect` fails to run; it is at fault, not the data: .*worth"):
        effects(tmp_path, "{indicator: contract_value, numerator: r.worth}", "id | year | value\nA | 2024 | 1")


OWN = {
    "contracts": (
        """
        contract_id | sign_date  | value | currency | registration_date
        cny         | 2024-03-01 | 100   | CNY      | 2023-01-01
        usd         | 2024-03-01 | 100   | USD      | 2023-01-01
        """,
        {"cny": -12.202, "usd": -87.798},
    ),
    "projects": (
        """
        project_id | start_date | screened_date | procurement_total | procurement_local
        half       | 2024-03-01 | 2024-06-01    | 100               | 50
        none       | 2024-03-01 | 2024-06-01    | 100               | 0
        bare       | 2024-03-01 | 2024-06-01    | 100               |
        """,
        {"half": -25, "none": 25, "bare": 0},
    ),
    "achievements": (
        """
        achievement_id | registered_date | commercialized_date | withdrawn_date
        yes            | 2024-03-01      | 2024-06-01          | 2023-01-01
        no             | 2024-03-01      |                     | 2023-01-01
        """,
        {"yes": -5.556, "no": 5.556},
    ),
    "institutions": (
        """
        institution_id | year | transfer_staff | type
        large          | 2024 | 30             |
        small          | 2024 | 10             |
        none           | 2024 |                | enterprise
        """,
        {"large | 2024": -75, "small | 2024": -25},
    ),
    "register_totals": (
        """
        publication | year | area | direction | contract_count | contract_value
        book        | 2024 | _T   | output    | 10             | 1000
        book        | 2024 | 11   | output    | 10             | 400
        book        | 2024 | _T   | input     | 10             | 1000
        """,
        {"book | 2024 | _T | output": -100, "book | 2024 | 11 | output": -40, "book | 2024 | _T | input": -100},
    ),
}


@pytest.mark.parametrize("dataset", OWN)
def test_records_of_the_repositorys_datasets_are_weighed(dataset: str, tmp_path: Path) -> None:
    rows, expected = OWN[dataset]
    bench = make_bench(tmp_path, "", *{"institutions", "register_totals", "contracts", "facilities", dataset})
    bench.stage(dataset, rows)
    bench.validate(dataset, 2024)
    found = {one.record_key: round(one.effect or 0, 3) for one in bench.findings() if one.record_key}
    assert found == expected
