"""The rules of projects and facilities: records that break them, and what is found."""

from pathlib import Path

import pytest

from bench import make_bench

FACILITIES = """
facility_id | type            | partner | opened_date | closed_date
W1          | workstation     | IDN     | 2023-06-01  | 2024-06-30
A1          | adaptation_base | VNM     | 2020-01-01  |
"""

BROKEN = {
    "facilities": (
        """
        facility_id | type        | partner | opened_date | closed_date
        good        | workstation | IDN     | 2024-01-01  | 2024-01-01
        bare        |             |         | 2024-01-01  |
        brief       | workstation | IDN     | 2024-03-01  | 2024-02-29
        """,
        [
            ("closed_before_opening", "critical", "brief", "2024-03-01"),
            ("facility_country_missing", "warning", "bare", None),
            ("facility_type_missing", "warning", "bare", None),
        ],
    ),
    "projects": (
        """
        project_id | start_date | screened_date | adaptation_start | matched_date | workstation_id
        good       | 2024-03-01 | 2024-03-01    | 2024-03-01       | 2024-06-30   | W1
        elsewhere  | 2024-03-01 | 2024-03-01    | 2024-02-29       | 2024-01-01   | A1
        closed     | 2024-03-01 | 2024-03-01    |                  | 2024-07-01   | W1
        future     | 2024-03-01 |               |                  | 2025-07-01   |
        """,
        [
            ("adaptation_before_start", "warning", "elsewhere", "2024-03-01"),
            ("matched_in_the_future", "critical", "future", "2025-06-30"),
            ("matched_while_workstation_closed", "warning", "closed", None),
            ("workstation_unknown", "warning", "elsewhere", None),
        ],
    ),
    "approvals and disruptions": (
        """
        project_id | start_date | approval | approval_actual | disruption_date | disruption_cause
        good       | 2024-03-01 | import   | 2025-06-30      | 2024-03-01      | policy
        plain      | 2024-03-01 |          | 2024-06-30      | 2024-02-29      | policy
        future     | 2024-03-01 | import   | 2025-07-01      | 2025-07-01      |
        """,
        [
            ("approval_without_kind", "info", "plain", None),
            ("approved_in_the_future", "critical", "future", "2025-06-30"),
            ("disrupted_before_screening", "warning", "plain", "2024-03-01"),
            ("disrupted_in_the_future", "critical", "future", "2025-06-30"),
            ("disruption_without_cause", "info", "future", None),
        ],
    ),
    "approvals as planned": (
        """
        project_id | start_date | approval | approval_planned | approval_actual
        late       | 2024-03-01 | import   | 2014-06-01       | 2024-06-01
        later      | 2024-03-01 | import   | 2014-05-31       | 2024-06-01
        early      | 2024-03-01 | import   | 2034-06-01       | 2024-06-01
        earlier    | 2024-03-01 | import   | 2124-04-01       | 2024-06-01
        awaited    | 2024-03-01 | import   | 2124-04-01       |
        """,
        [
            ("approval_far_from_its_plan", "critical", "earlier", "2124-04-01"),
            ("approval_far_from_its_plan", "critical", "later", "2024-06-01"),
        ],
    ),
    "operation": (
        """
        project_id | start_date | screened_date | expected_operation_date
        good       | 2024-03-01 | 2023-03-01    | 2044-03-01
        started    | 2024-03-01 | 2023-03-01    | 2044-03-02
        screened   |            | 2024-03-01    | 2124-03-01
        """,
        [
            ("operation_expected_far_ahead", "warning", "screened", "2024-03-01"),
            ("operation_expected_far_ahead", "warning", "started", "2024-03-01"),
        ],
    ),
    "money": (
        """
        project_id | start_date | budget | adaptation_cost | initial_investment | guidance_fund_amount
        good       | 2024-03-01 | 49999  | 10              | 0                  | 0
        units      | 2024-03-01 | 50000  | 10              |                    |
        large      | 2024-03-01 | 2e11   |                 |                    | -1
        minus      | 2024-03-01 |        |                 | -2                 | -2
        """,
        [
            ("adaptation_cost_in_another_unit", "warning", "units", "50,000"),
            ("budget_implausibly_large", "warning", "large", None),
            ("guidance_fund_negative", "critical", "large", None),
            ("guidance_fund_negative", "critical", "minus", None),
            ("initial_investment_negative", "critical", "minus", None),
        ],
    ),
    "another fund and parameters": (
        """
        project_id | start_date | silk_road_fund_amount | parameters_total | parameters_compatible
        good       | 2024-03-01 | 0                     | 1                | 1
        bad        | 2024-03-01 | -1                    | 0                | 1
        """,
        [
            ("compatible_parameters_exceed_parameters", "critical", "bad", "0"),
            ("no_parameters_compared", "critical", "bad", None),
            ("silk_road_fund_negative", "critical", "bad", None),
        ],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_records_break_the_rules_of_their_dataset(case: str, tmp_path: Path) -> None:
    rows, expected = BROKEN[case]
    dataset = "facilities" if case == "facilities" else "projects"
    bench = make_bench(tmp_path, "", "facilities", "institutions", "projects")
    if dataset == "projects":
        bench.stage("facilities", FACILITIES)
    bench.stage(dataset, rows)
    bench.validate(dataset, 2024)
    findings = bench.findings()
    assert sorted((one.rule, one.severity, one.record_key) for one in findings) == sorted(
        (rule, severity, key) for rule, severity, key, _ in expected
    )
    for rule, _, key, right in expected:
        (finding,) = (one for one in findings if (one.rule, one.record_key) == (rule, key))
        assert right is None or right in finding.message_en
