"""The rules of the repository's own datasets, on a few records each."""

from pathlib import Path

import pytest

from bench import make_bench
from yearbook.model.codelist import fold, load_codelist
from yearbook.model.dataset import Dataset
from yearbook.model.definition import load_definition
from yearbook.settings import PROJECT

DATASETS = {path.stem: load_definition(path, Dataset) for path in (PROJECT / "include/datasets").glob("*.yml")}

BROKEN = {
    "contracts": (
        """
        contract_id | sign_date  | registration_date | value      | technology_value | currency | seller_id | trl
        good        | 2024-03-01 | 2024-04-01        | 100        | 100              | CNY      | S1        | 9
        bare        | 2024-03-01 |                   |            |                  |          |           |
        whole       | 2024-03-01 | 2024-02-01        | 100        | 100.5            | CNY      | S1        | 10
        minus       | 2024-03-01 | 2024-04-01        | -5         | -7               | CNY      | S2        |
        units       | 2024-03-01 | 2025-07-01        | 200        | 0.02             | XXX      |           |
        large       | 2024-03-01 |                   | 2e11       |                  | CNY      |           |
        small       | 2024-03-01 |                   | 20         |                  |          |           |
        """,
        [
            ("currency_without_rate", "warning", "units", None),
            ("registered_before_signature", "warning", "whole", "2024-03-01"),
            ("registered_in_the_future", "warning", "units", "2025-06-30"),
            ("seller_unknown", "warning", "minus", None),
            ("technology_value_exceeds_value", "critical", "whole", "100"),
            ("technology_value_in_another_unit", "warning", "units", "200"),
            ("technology_value_negative", "critical", "minus", None),
            ("trl_out_of_range", "warning", "whole", None),
            ("value_implausibly_large", "warning", "large", None),
            ("value_implausibly_small", "info", "small", None),
            ("value_missing", "warning", "bare", None),
            ("value_negative", "critical", "minus", None),
        ],
    ),
    "projects": (
        """
        project_id | start_date | adaptation_start | adaptation_end | procurement_total | procurement_local
        good       | 2024-03-01 | 2024-03-01       | 2024-03-01     | 10                | 10
        bare       | 2024-03-01 |                  |                |                   |
        bad        | 2024-03-01 | 2024-04-01       | 2024-03-02     | 10                | 10.5
        """,
        [
            ("adaptation_ends_before_it_starts", "critical", "bad", "2024-04-01"),
            ("local_procurement_exceeds_procurement", "critical", "bad", "10"),
        ],
    ),
    "achievements": (
        """
        achievement_id | registered_date | commercialized_date | commercialized_channel | researcher_rights_share
        good           | 2024-03-01      | 2024-03-01          | transfer               | 100
        bare           | 2024-03-01      |                     |                        |
        early          | 2024-03-01      | 2023-03-01          | transfer               | 100.1
        future         | 2024-03-01      | 2025-07-01          | transfer               | 0
        dateless       | 2024-03-01      |                     | transfer               |
        """,
        [
            ("channel_without_commercialization", "warning", "dateless", None),
            ("commercialized_before_registration", "warning", "early", "2024-03-01"),
            ("commercialized_in_the_future", "critical", "future", "2025-06-30"),
            ("rights_share_out_of_range", "critical", "early", None),
        ],
    ),
    "institutions": (
        """
        institution_id     | year | type       | transfer_staff
        S1                 | 2023 | university | 12
        S1                 | 2024 | enterprise | -1
        91110000600037341I | 2024 |            | 10001
        """,
        [
            ("credit_code_malformed", "info", "91110000600037341I | 2024", None),
            ("staff_implausibly_many", "warning", "91110000600037341I | 2024", None),
            ("staff_negative", "critical", "S1 | 2024", None),
            ("type_changed", "warning", "S1 | 2024", "Universities"),
            ("type_missing", "warning", "91110000600037341I | 2024", None),
        ],
    ),
    "register_totals": (
        """
        publication | year | area      | direction | contract_count | contract_value
        2024        | 2024 | LN        | output    | 10             | 100000000
        2024        | 2024 | JL        | output    | 20             | 200000000
        2024        | 2024 | HL        | output    | 30             | 300000000
        2024        | 2024 | NORTHEAST | output    | 60             | 600020000
        2024        | 2024 | _T        | output    | 100            | 1000000000
        2025        | 2024 | LN        | output    | 10             | 100000000
        2025        | 2024 | JL        | output    | 20             | 200000000
        2025        | 2024 | HL        | output    | 30             | 300000000
        2025        | 2024 | NORTHEAST | output    | 61             | 600030000
        2025        | 2024 | _T        | output    | 59             |
        """,
        [
            ("count_is_not_the_sum_of_its_parts", "warning", "2025 | 2024 | NORTHEAST | output", "60"),
            ("count_is_not_the_sum_of_its_parts", "warning", "2025 | 2024 | _T | output", "60"),
            ("value_is_not_the_sum_of_its_parts", "warning", "2025 | 2024 | NORTHEAST | output", "600,000,000"),
        ],
    ),
}


@pytest.mark.parametrize("dataset", BROKEN)
def test_records_break_the_rules_of_their_dataset(dataset: str, tmp_path: Path) -> None:
    rows, expected = BROKEN[dataset]
    bench = make_bench(tmp_path, "", *DATASETS)
    if dataset == "contracts":
        bench.stage("institutions", "institution_id | year\nS1 | 2024")
    bench.stage(dataset, rows)
    bench.validate(dataset, 2023, 2024)
    findings = bench.findings()
    assert sorted((one.rule, one.severity, one.record_key) for one in findings) == sorted(
        (rule, severity, key) for rule, severity, key, _ in expected
    )
    for rule, _, key, right in expected:
        (finding,) = (one for one in findings if (one.rule, one.record_key) == (rule, key))
        assert right is None or right in finding.message_en


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_record_of_nothing_but_its_key_breaks_no_rule(dataset: str, tmp_path: Path) -> None:
    definition = DATASETS[dataset]
    bench = make_bench(tmp_path, "", *DATASETS)
    sample = {"year": "2024", "date": "2024-01-01", "code": "output" if dataset == "register_totals" else "x"}
    needed = {*definition.key, definition.reference_date[0]}
    row = {name: sample.get(definition.fields[name].type, "x") for name in needed}
    bench.stage(dataset, [row | ({"area": "BJ"} if "area" in row else {})])
    bench.validate(dataset, 2024)
    assert bench.findings() == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_header_means_one_field(dataset: str) -> None:
    meant: dict[str, set[str]] = {}
    for name, field in DATASETS[dataset].fields.items():
        for header in (name, field.title.en, field.title.zh, *field.aliases):
            meant.setdefault(fold(header), set()).add(name)
    assert {header: names for header, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_rule_has_one_name_and_says_what_it_found(dataset: str) -> None:
    rules = DATASETS[dataset].rules
    assert len({rule.rule for rule in rules}) == len(rules)
    speechless = [rule.rule for rule in rules if rule.expect and "{value}" not in f"{rule.message.en}{rule.message.zh}"]
    assert speechless == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("valuation", "valuation, Valuation, 评估, 评估定价, 资产评估, Appraisal"),
        ("listing", "listing, 挂牌, 挂牌交易, 平台挂牌, Platform listing"),
        ("bidding", "bidding, 竞价, 拍卖, 招标, 竞价交易, Auction, Tender"),
        ("negotiation", "negotiation, 协议, 协议定价, 协商, Agreement"),
    ],
)
def test_a_pricing_mechanism_has_many_words(code: str, words: str) -> None:
    field = DATASETS["contracts"].fields["pricing_mechanism"]
    codelist = load_codelist(PROJECT / f"include/codelists/{field.codelist}.csv")
    assert {word: codelist.find(word) for word in words.split(", ")} == dict.fromkeys(words.split(", "), code)
