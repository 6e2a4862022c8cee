"""The rules on receipts and on technology managers, on a few records each, with the records that they look up."""

from pathlib import Path

import pytest

from bench import make_bench

DATASETS = (
    "contracts",
    "projects",
    "receipts",
    "technology_managers",
    "recognitions",
    "manager_services",
    "training",
    "training_modules",
)
LOOKED_UP = {
    "contracts": """
        contract_id | sign_date  | value | currency | amends_contract_id
        C1          | 2023-05-01 | 100   | CNY      |
        C2          | 2023-05-01 | 100   | USD      | C0
        """,
    "projects": "project_id | start_date\nP1 | 2023-01-01",
    "technology_managers": "manager_id | certified_date\nM1 | 2023-05-01",
    "training": "cohort_id | year\nT1 | 2024",
}
BROKEN = {
    "receipts": (
        """
        contract_id | year | amount | currency
        C1          | 2022 | 1      | CNY
        C1          | 2023 | 50     | CNY
        C1          | 2024 | 50     |
        C2          | 2023 | 60     | USD
        C2          | 2024 | 41     | USD
        C0          | 2024 | 1      | USD
        C9          | 2024 | -1     | XXX
        C2          | 2025 |        |
        C2          | 2026 | 900    | CNY
        """,
        [
            ("amount_missing", "warning", "C2 | 2025", None),
            ("amount_negative", "critical", "C9 | 2024", None),
            ("contract_unknown", "warning", "C9 | 2024", None),
            ("currency_without_rate", "warning", "C9 | 2024", None),
            ("receipt_repeated", "info", "C1 | 2024", None),
            ("receipts_exceed_contract_value", "warning", "C1 | 2024", "100"),
            ("receipts_exceed_contract_value", "warning", "C2 | 2024", "100"),
            ("received_before_signature", "warning", "C1 | 2022", "2023"),
            ("year_in_the_future", "critical", "C2 | 2026", "2025"),
        ],
    ),
    "technology_managers": (
        """
        manager_id         | certified_date | has_technology_assessment | has_cross_border_negotiation
        good               | 2024-01-01     |                           |
        half               | 2024-01-01     | true                      | true
        old                | 1999-12-31     |                           |
        future             | 2025-07-01     |                           |
        11010519491231002X | 2024-01-01     |                           |
        """,
        [
            ("certified_before_2000", "warning", "old", None),
            ("certified_in_the_future", "critical", "future", "2025-06-30"),
            ("competencies_partly_stated", "warning", "half", None),
            ("pseudonym_is_an_identity_number", "critical", "11010519491231002X", None),
        ],
    ),
    "recognitions": (
        """
        manager_id | partner | recognised_date
        M1         | IDN     | 2023-05-01
        M1         | KAZ     | 2023-04-30
        M1         | CHN     | 2024-01-01
        M9         | IDN     | 2025-07-01
        """,
        [
            ("manager_unknown", "warning", "M9 | IDN", None),
            ("recognised_at_home", "warning", "M1 | CHN", None),
            ("recognised_before_certification", "warning", "M1 | KAZ", "2023-05-01"),
            ("recognised_in_the_future", "critical", "M9 | IDN", "2025-06-30"),
        ],
    ),
    "manager_services": (
        """
        service_id | manager_id | project_id | date       | valuation_price | listing_price | bid_price | currency
        good       | M1         | P1         | 2024-01-01 | 100             |               | 1000      | CNY
        early      | M1         | P1         | 2023-04-30 |                 | 1             |           |
        units      | M1         | P1         | 2024-01-01 | 100             |               | 9.9       | XXX
        none       | M9         | P9         | 2025-07-01 |                 |               |           |
        zero       | M1         | P1         | 2024-01-01 | 0               | 0             | 0         | CNY
        """,
        [
            ("bid_far_from_valuation", "warning", "units", "100"),
            ("bid_price_not_positive", "critical", "zero", None),
            ("currency_without_rate", "warning", "units", None),
            ("listing_price_not_positive", "critical", "zero", None),
            ("manager_unknown", "warning", "none", None),
            ("price_missing", "warning", "none", None),
            ("project_unknown", "warning", "none", None),
            ("served_before_certification", "warning", "early", "2023-05-01"),
            ("served_in_the_future", "critical", "none", "2025-06-30"),
            ("valuation_price_not_positive", "critical", "zero", None),
        ],
    ),
    "training": (
        """
        cohort_id | year | course       | enrolled | completed | passed
        good      | 2024 | cross_border | 40       | 40        | 40
        more      | 2024 | general      | 40       | 41        | 42
        large     | 2024 | general      | 5001     | -1        |
        minus     | 2026 |              | -1       |           |
        """,
        [
            ("cohort_implausibly_large", "warning", "large", None),
            ("completed_exceeds_enrolled", "critical", "large", "5001"),
            ("completed_exceeds_enrolled", "critical", "more", "40"),
            ("course_missing", "warning", "minus", None),
            ("enrolled_negative", "critical", "minus", None),
            ("passed_exceeds_completed", "critical", "more", "41"),
            ("year_in_the_future", "critical", "minus", "2025"),
        ],
    ),
    "training_modules": (
        """
        cohort_id | module | year | area                     | is_core | hours
        T1        | 1      | 2024 | technology_fundamentals  | true    | 12.5
        T1        | 2      | 2024 | local_culture            | true    | 501
        T1        | 3      | 2023 | local_culture            | false   | 0
        T1        | 4      | 2024 | local_culture            | false   | 2
        T9        | 5      | 2026 |                          |         | 1
        """,
        [
            ("area_core_and_added", "warning", "T1 | 2", None),
            ("area_core_and_added", "warning", "T1 | 4", None),
            ("area_missing", "warning", "T9 | 5", None),
            ("cohort_unknown", "warning", "T9 | 5", None),
            ("core_not_stated", "warning", "T9 | 5", None),
            ("hours_implausibly_many", "warning", "T1 | 2", None),
            ("hours_not_positive", "critical", "T1 | 3", None),
            ("year_differs_from_the_cohort", "warning", "T1 | 3", "2024"),
            ("year_in_the_future", "critical", "T9 | 5", "2025"),
        ],
    ),
}


@pytest.mark.parametrize("dataset", BROKEN)
def test_records_break_the_rules_of_their_dataset(dataset: str, tmp_path: Path) -> None:
    rows, expected = BROKEN[dataset]
    bench = make_bench(tmp_path, "", *DATASETS)
    for name, records in LOOKED_UP.items():
        if name != dataset:
            bench.stage(name, records)
    bench.stage(dataset, rows)
    bench.validate(dataset, 1999, 2022, 2023, 2024, 2025, 2026)
    findings = bench.findings()
    assert sorted((one.rule, one.severity, one.record_key) for one in findings) == sorted(
        (rule, severity, key) for rule, severity, key, _ in expected
    )
    for rule, _, key, right in expected:
        (finding,) = (one for one in findings if (one.rule, one.record_key) == (rule, key))
        assert right is None or right in finding.message_en.replace(",", "")
