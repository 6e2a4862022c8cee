"""Amounts at their limits: what is absurd stops no edition and is in no sum, what is normal is exact."""

from typing import Any

import pytest

from yearbook.compute.trial import Trial, TrialRoom
from yearbook.model.observation import DIMENSIONS
from yearbook.model.recipe import load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
ROOM = TrialRoom(RECIPE, INCLUDE)
LARGEST = "99999999999999999999999999999999.999999"


def totals(**given: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The totals of all indicators by code and breakdown."""
    trial = Trial(test="amounts", year=2024, given=given, expect="")
    rows = ROOM.compute(trial, list(RECIPE.indicators.values())).to_pylist()
    found = (row for row in rows if all(row[name] in ("_T", "_Z") for name in DIMENSIONS))
    return {(row["indicator"], row["breakdown"]): row for row in found}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("123456789012345678", "USD"), ("100000000000000000", "CNY"), (LARGEST, "CNY"), (f"-{LARGEST}", "USD")],
)
def test_an_absurd_amount_is_in_no_sum_and_can_be_seen(amount: str, currency: str) -> None:
    contracts = f"""
        contract_id  sign_date   seller_id  seller_country  value     currency
        before       2023-03-01  U1         CHN             {amount}  {currency}
        before_too   2023-03-01  U1         CHN             {amount}  {currency}
        absurd       2024-03-01  U1         CHN             {amount}  {currency}
        absurd_too   2024-03-01  U1         CHN             {amount}  {currency}
        normal       2024-03-01  U1         CHN             12345.67  CNY
        normal_too   2024-03-01  U1         CHN             0.33      CNY
    """
    projects = f"""
        project_id  start_date  procurement_total  procurement_local  currency
        absurd      2024-03-01  {amount}           {amount}           {currency}
        absurd_too  2024-03-01  {amount}           {amount}           {currency}
        normal      2024-03-01  300                100                CNY
    """
    found = totals(contracts=contracts, projects=projects)
    value, share = found["contract_value", "_T"], found["local_content_share", "_T"]
    assert found["contract_count", "_T"]["value"] == 4
    assert (value["value"], value["records"], value["status"], value["reason"]) == (12346, 2, "U", "field_missing")
    assert (share["numerator"], share["denominator"], share["records"]) == (100, 300, 1)
    assert found["contract_value_growth", "_T"]["status"] == "M"


def test_the_largest_amount_is_exact_in_every_currency() -> None:
    contracts = """
        contract_id  sign_date   value                     currency
        one          2024-03-01  99999999999999999.999999  CNY
        two          2024-03-01  -99999999999999999.99     CNY
        three        2024-03-01  99999999999999999         USD
        four         2024-03-01  -99999999999999999        USD
    """
    value = totals(contracts=contracts)["contract_value", "_T"]
    assert (value["value"], value["records"], value["status"]) == (0.009999, 4, "A")


@pytest.mark.parametrize("amount", ["22542.58", "95496.57", "85180.82"])
def test_all_of_a_whole_is_a_hundred_percent(amount: str) -> None:
    projects = f"""
        project_id  start_date  procurement_total  procurement_local
        one         2024-03-01  {amount}           {amount}
    """
    assert totals(projects=projects)["local_content_share", "_T"]["value"] == 100


def test_a_share_has_no_noise_behind_it() -> None:
    rows = [f"P{number}  2024-03-01  100  {local}" for number, local in enumerate([29] * 10)]
    projects = "\n".join(["project_id start_date procurement_total procurement_local", *rows])
    found = totals(projects=projects)
    assert found["local_content_share", "_T"]["value"] == 29
    assert found["local_content_share", "statistic=median"]["value"] == 29
