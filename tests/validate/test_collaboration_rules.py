"""The rules of monitoring, partner statistics, claims and disputes: records that break them, and what is found."""

from pathlib import Path

import pytest

from bench import make_bench

PROJECTS = """
project_id | partner | start_date
P1         | TZA     | 2023-05-01
P2         | PAK     | 2024-05-01
"""

BROKEN = {
    "project_monitoring": (
        """
        project_id | year | metric | value | denominator | unit | baseline_value | baseline_denominator | baseline_year
        P1 | 2023 | capacity                  | 2    |     | GW        |    |     |
        P1 | 2024 | capacity                  | 2000 |     | MW        | 0  |     | 2022
        P1 | 2023 | yield                     | 300  |     | kg_per_mu |    |     |
        P1 | 2024 | yield                     | 5    |     | kg_per_mu | 4  |     | 2024
        P1 | 2024 | equipment_failures        | 12   | 100 |           | 40 | 100 | 2023
        P1 | 2024 | patents_infringed         | 12   | 10  |           | 4  |     | 2023
        P1 | 2024 | maintenance_response_time | 4    |     | t         |    |     |
        P1 | 2024 | technicians_trained       | 20.5 |     |           |    |     |
        P1 | 2024 | units_sold                | -1   |     |           |    |     |
        P2 | 2023 | beneficiary_households    | 10   |     |           |    |     |
        P2 | 2024 | capacity                  | 10   |     |           | -5 |     | 2023
        P2 | 2024 | equipment_failures        | 12   |     |           | 60 | 50  | 2023
        P3 | 2024 | equipment_failures        | 12   | 11  |           |    |     |
        P3 | 2024 | patents_infringed         | 0    | -5  |           |    |     |
        """,
        [
            ("baseline_exceeds_its_denominator", "warning", "P2 | 2024 | equipment_failures", "50"),
            ("baseline_negative", "critical", "P2 | 2024 | capacity", None),
            ("baseline_not_before_the_year", "warning", "P1 | 2024 | yield", "2023"),
            ("baseline_without_denominator", "warning", "P1 | 2024 | patents_infringed", None),
            ("denominator_negative", "critical", "P3 | 2024 | patents_infringed", None),
            ("failures_exceed_units", "warning", "P3 | 2024 | equipment_failures", "11"),
            ("infringed_patents_exceed_monitored", "critical", "P1 | 2024 | patents_infringed", "10"),
            ("infringed_patents_exceed_monitored", "critical", "P3 | 2024 | patents_infringed", None),
            ("measurement_far_from_last_year", "warning", "P1 | 2024 | yield", "300"),
            ("measurement_negative", "critical", "P1 | 2024 | units_sold", None),
            ("measurement_not_whole", "warning", "P1 | 2024 | technicians_trained", None),
            ("monitored_before_the_start", "warning", "P2 | 2023 | beneficiary_households", "2024"),
            ("project_unknown", "warning", "P3 | 2024 | equipment_failures", None),
            ("project_unknown", "warning", "P3 | 2024 | patents_infringed", None),
            ("rate_without_denominator", "warning", "P2 | 2024 | equipment_failures", None),
            ("rate_without_denominator", "warning", "P3 | 2024 | patents_infringed", None),
            ("response_time_is_no_time", "warning", "P1 | 2024 | maintenance_response_time", None),
            ("unit_of_measurement_changed", "warning", "P1 | 2024 | capacity", "GW"),
            ("unit_of_measurement_missing", "warning", "P2 | 2024 | capacity", None),
        ],
    ),
    "partner_statistics": (
        """
        partner | sector | year | metric | value | unit
        THA     | ict    | 2023 | output | 100   | t
        THA     | ict    | 2024 | output | 145   | t
        VNM     | ict    | 2023 | output | 100   | t
        VNM     | ict    | 2024 | output | 501   | t
        LAO     | ict    | 2023 | output | 100   | t
        LAO     | ict    | 2024 | output | 0.1   | kt
        SEA     | ict    | 2024 | output | 7     | t
        PAK     | ict    | 2024 | output | -7    |
        """,
        [
            ("output_far_from_last_year", "warning", "VNM | ict | 2024 | output", "100"),
            ("partner_is_no_country", "warning", "SEA | ict | 2024 | output", None),
            ("statistic_negative", "critical", "PAK | ict | 2024 | output", None),
            ("unit_of_measurement_changed", "warning", "LAO | ict | 2024 | output", "tonnes"),
            ("unit_of_measurement_missing", "warning", "PAK | ict | 2024 | output", None),
        ],
    ),
    "insurance_claims": (
        """
        claim_id | project_id | partner | cause     | loss_date  | loss | compensation | cover_ratio | currency
        good     | P1         | TZA     | political | 2024-03-01 | 100  | 60           | 60          | CNY
        bare     |            |         | technical | 2024-03-01 |      |              |             |
        more     | P1         | TZA     | political | 2024-03-01 | 100  | 101          | 60          | CNY
        ceiling  | P1         | TZA     | political | 2024-03-01 | 100  | 70           | 60          | CNY
        fraction | P1         | TZA     | political | 2024-03-01 | 100  | 0            | 0.6         | CNY
        wide     | P1         | TZA     | political | 2024-03-01 | 100  | 60           | 101         | XXX
        minus    | P3         | TZA     | political | 2024-03-01 | -5   | -7           | 60          | CNY
        early    | P2         | TZA     |           | 2024-04-30 |      | 7            | 60          | CNY
        """,
        [
            ("cause_missing", "info", "early", None),
            ("compensation_exceeds_cover", "warning", "ceiling", "60"),
            ("compensation_exceeds_cover", "warning", "more", "60"),
            ("compensation_exceeds_loss", "critical", "more", "100"),
            ("compensation_negative", "critical", "minus", None),
            ("compensation_without_loss", "warning", "early", None),
            ("cover_ratio_out_of_range", "critical", "wide", None),
            ("cover_ratio_perhaps_a_fraction", "warning", "fraction", "60"),
            ("currency_without_rate", "warning", "wide", None),
            ("loss_negative", "critical", "minus", None),
            ("lost_before_the_start", "warning", "early", "2024-05-01"),
            ("partner_is_not_the_projects", "warning", "early", "Pakistan"),
            ("project_unknown", "warning", "minus", None),
        ],
    ),
    "disputes": (
        """
        dispute_id | subject  | opened_date | closed_date | outcome
        good       | contract | 2024-03-01  | 2024-03-01  | settled
        open       | contract | 2024-03-01  |             |
        before     | contract | 2024-03-01  | 2024-02-29  | settled
        future     | contract | 2024-03-01  | 2025-07-01  |
        dateless   |          | 2024-03-01  |             | settled
        """,
        [
            ("case_closed_before_opening", "critical", "before", "2024-03-01"),
            ("case_closed_in_the_future", "warning", "future", "2025-06-30"),
            ("case_closed_without_outcome", "info", "future", None),
            ("outcome_without_closing", "warning", "dateless", None),
            ("subject_missing", "info", "dateless", None),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("dataset", BROKEN)
def test_records_break_the_rules_of_their_dataset(dataset: str, tmp_path: Path) -> None:
    rows, expected = BROKEN[dataset]
    bench = make_bench(tmp_path, "", "projects", dataset)
    bench.stage("projects", PROJECTS)
    bench.stage(dataset, rows)
    bench.validate(dataset, 2023, 2024)
    findings = bench.findings()
    assert sorted((one.rule, one.severity, one.record_key) for one in findings) == sorted(
        (rule, severity, key) for rule, severity, key, _ in expected
    )
    for rule, _, key, right in expected:
        (finding,) = (one for one in findings if (one.rule, one.record_key) == (rule, key))
        assert right is None or right in finding.message_en


def test_a_case_open_for_over_ten_years_is_doubtful(tmp_path: Path) -> None:
    bench = make_bench(tmp_path, "", "disputes")
    bench.stage("disputes", "dispute_id | subject | opened_date\nA | other | 2015-06-29\nB | other | 2015-06-30")
    bench.validate("disputes", 2015)
    assert [(one.rule, one.record_key) for one in bench.findings()] == [("open_for_over_ten_years", "A")]


@pytest.mark.parametrize(
    ("metric", "right", "wrong"),
    [
        ("units_sold", "units wan_units units_per_year wan_units_per_year", "GWh persons t"),
        ("equipment_failures", "units wan_units", "hours units_per_year"),
        ("technicians_trained", "persons units", "GWh hours households"),
        ("beneficiary_households", "households units", "persons CNY"),
        ("patents_infringed", "patents units", "persons t"),
        ("capacity", "GWh t_per_year persons", ""),
    ],
)
def test_a_count_has_a_unit_of_counts(metric: str, right: str, wrong: str, tmp_path: Path) -> None:
    bench = make_bench(tmp_path, "", "projects", "project_monitoring")
    bench.stage("projects", "project_id | start_date\n")
    units = ["", *right.split(), *wrong.split()]
    rows = [f"{unit or 'none'} | 2024 | {metric} | 7 | 10 | {unit}" for unit in units]
    bench.stage("project_monitoring", "\n".join(["project_id | year | metric | value | denominator | unit", *rows]))
    bench.validate("project_monitoring", 2024)
    found = [(one.rule, one.severity, one.record_key.split(" ")[0]) for one in bench.findings()]
    unstated = [("unit_of_measurement_missing", "warning", "none")] if metric == "capacity" else []
    assert sorted(found) == sorted(
        unstated + [("unit_of_another_quantity", "critical", unit) for unit in wrong.split()]
    )
