"""The order in which records arrive says nothing: where two say as of the same time, the same one counts every time."""

from typing import Any

import pytest

from yearbook.compute.trial import Trial, TrialRoom
from yearbook.model.recipe import load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
ROOM = TrialRoom(RECIPE, INCLUDE)
CONTRACTS = """
contract_id  sign_date   seller_id  seller_country
A            2024-01-01  U1         CHN
"""
TIES = {
    "institutions": [
        "institution_id  year  type          province",
        "U1              2024  university    BJ",
        "U1              2024  enterprise    SH",
        "U1              2024  university    SH",
    ],
    "register_totals": [
        "publication  year  area  direction  contract_count  contract_value",
        "2024         2024  _T    output     10              61",
        "2024         2024  _T    output     11              60",
        "2024         2024  _T    output     11              62",
    ],
}


def observe(dataset: str, rows: list[str]) -> list[dict[str, Any]]:
    given = {"contracts": CONTRACTS, dataset: "\n".join(rows)}
    folders = [RECIPE.indicators[name] for name in ("contract_count", "contract_value", "active_institutions")]
    return ROOM.compute(Trial(test="ties", year=2024, given=given, expect=""), folders).to_pylist()


@pytest.mark.parametrize("dataset", sorted(TIES))
def test_ties_are_broken_by_what_the_records_say(dataset: str) -> None:
    head, *rows = TIES[dataset]
    assert observe(dataset, [head, *rows]) == observe(dataset, [head, *reversed(rows)])
