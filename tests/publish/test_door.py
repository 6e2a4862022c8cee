from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml

from editions import observation, table
from yearbook.model.definition import Text
from yearbook.model.editions import EditionPlan, Withdrawal
from yearbook.model.observation import PUBLIC_COLUMNS
from yearbook.model.recipe import Recipe
from yearbook.publish.door import PARTIES, PUBLIC_BREAKDOWNS, public_part, without_withdrawn_bases
from yearbook.settings import PROJECT


def test_names_of_institutions_and_technologies_stay_inside() -> None:
    rows = [
        observation("contract_value", 2024, value=1.0, breakdown=breakdown)
        for breakdown in ("_T", "institution=S1", "institution=S1;technology=T", "basis=real;technology=T", "scope=x")
    ]
    public = public_part(table(rows))
    assert public["breakdown"].to_pylist() == ["_T", "scope=x"]
    assert tuple(public.column_names) == PUBLIC_COLUMNS


def test_a_new_breakdown_stays_inside_until_its_indicator_declares_it() -> None:
    rows = [
        observation("contract_value", 2024, value=1.0, breakdown=breakdown)
        for breakdown in ("_T", "owner=A\nB", "owner=A;scope=x", "scope=x;technology=T")
    ]
    assert public_part(table(rows))["breakdown"].to_pylist() == ["_T"]
    declared = public_part(table(rows), frozenset({"owner", "technology"}))
    assert declared["breakdown"].to_pylist() == ["_T", "owner=A\nB", "owner=A;scope=x"]


def test_what_the_common_indicators_break_down_by_is_decided() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT / "include").rglob("indicator.yml")]
    names = {name for text in texts for name in yaml.safe_load(text).get("breakdown_names", [])}
    assert names == PUBLIC_BREAKDOWNS | PARTIES


GONE = Withdrawal(date=date(2025, 2, 3), reason=Text(en="A source was counted twice.", zh="一项来源重复计数。"))
NUMBERS = {"value": 7.5, "numerator": 107.5, "denominator": 100.0}
TAKEN: dict[str, Any] = dict.fromkeys(NUMBERS) | {"status": "M", "reason": "withdrawn_base"}
KEPT: dict[str, Any] = NUMBERS | {"status": "A", "reason": None}


@pytest.mark.parametrize(
    ("indicator", "year", "expected"),
    [
        ("contract_value_growth", 2024, TAKEN),
        ("contract_growth_contribution", 2024, TAKEN),
        ("gdp_contribution_estimate", 2024, TAKEN),
        ("contract_value_rank", 2024, TAKEN),
        ("contract_value_rank", 2025, TAKEN),
        ("contract_value_growth", 2025, KEPT),
        ("contract_value_growth", 2023, KEPT),
        ("contract_value", 2024, KEPT),
        ("yield_change", 2024, KEPT),
        ("local_output_growth", 2024, KEPT),
    ],
)
def test_what_rests_on_a_withdrawn_edition_is_not_available(
    recipe: Recipe, indicator: str, year: int, expected: dict[str, Any]
) -> None:
    programme = recipe.programme.model_copy(update={"editions": {2023: EditionPlan(withdrawn=GONE)}})
    rows = table([observation(indicator, year, **NUMBERS)])
    [told] = without_withdrawn_bases(rows, replace(recipe, programme=programme)).to_pylist()
    assert {name: told[name] for name in expected} == expected
    assert told["records"] == 100
    assert without_withdrawn_bases(rows, recipe) == rows


def test_what_was_missing_or_withheld_before_says_so_still(recipe: Recipe) -> None:
    programme = recipe.programme.model_copy(update={"editions": {2023: EditionPlan(withdrawn=GONE)}})
    given = [("M", "small_base"), ("Q", None), ("U", "field_missing")]
    rows = [
        observation("contract_value_growth", 2024, partner=partner, status=status, reason=reason, denominator=9.0)
        for partner, (status, reason) in zip(("KEN", "THA", "VNM"), given, strict=True)
    ]
    told = without_withdrawn_bases(table(rows), replace(recipe, programme=programme)).to_pylist()
    assert [(one["status"], one["reason"], one["denominator"]) for one in told] == [
        ("M", "small_base", None),
        ("Q", None, None),
        ("M", "withdrawn_base", None),
    ]


def test_which_common_indicators_rest_on_earlier_years_is_decided(recipe: Recipe) -> None:
    bases = {code: folder.definition.base for code, folder in recipe.indicators.items()}
    assert {code: base for code, base in bases.items() if base} == {
        "commercialization_project_growth": "last_year",
        "contract_growth_contribution": "last_year",
        "contract_value_growth": "last_year",
        "contract_value_rank": "earlier_years",
        "gdp_contribution_estimate": "last_year",
        "non_response_lost_coverage": "last_year",
    }
