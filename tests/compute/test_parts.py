"""Parts add up to wholes, whatever the records: within one level, with `_U`, and never over groups."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from yearbook.compute.trial import Trial, compute_given
from yearbook.model.observation import DIMENSIONS
from yearbook.model.recipe import load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
COUNTRIES = ["CHN", "HKG", "KEN", "TZA", "VNM", "ITA", "AFR", "JPN", "F_X", "-"]
SECTORS = ["photovoltaics", "wind_power", "energy", "ict", "robotics", "new_energy", "-"]
HEADERS = [
    "contract_id",
    "sign_date",
    "seller_id",
    "seller_country",
    "buyer_id",
    "buyer_country",
    "value",
    "currency",
    "sector",
    "channel",
    "platform",
]
INSTITUTIONS = """
institution_id  year  type
U0              2023  university
U1              2023  research_institute
U2              2024  enterprise
"""
WANTED = [
    "contract_count",
    "contract_value",
    "contract_value_share",
    "contract_value_growth",
    "contract_growth_contribution",
]

Row = dict[str, Any]

contract = st.tuples(
    st.sampled_from(["2023-02-03", "2024-11-12"]),
    st.sampled_from(["U0", "U1", "U2", "U3", "-"]),
    st.sampled_from(COUNTRIES),
    st.sampled_from(["B0", "B1", "-"]),
    st.sampled_from(COUNTRIES),
    st.decimals(0, 10**9, places=2).map(str) | st.just("-"),
    st.sampled_from(["CNY", "USD", "GBP", "-"]),
    st.sampled_from(SECTORS),
    st.sampled_from(["license", "service", "-"]),
    st.sampled_from(["g60_corridor", "none", "-"]),
)
BASE = [("2023-02-03", "U0", "CHN", "B0", "KEN", "5", "CNY", "photovoltaics", "license", "-")] * 12


def observe(contracts: list[tuple[str, ...]]) -> list[Row]:
    lines = [" ".join(HEADERS), *(f"C{n} {' '.join(cells)}" for n, cells in enumerate(contracts))]
    tables = {"contracts": "\n".join(lines), "institutions": INSTITUTIONS}
    trial = Trial(test="parts", year=2024, given=tables, expect="")
    return compute_given(trial, RECIPE, INCLUDE, [RECIPE.indicators[name] for name in WANTED]).to_pylist()


def level_of(dimension: str) -> Callable[[str], bool]:
    """Whether a code is a part of the total of its dimension, on the level that every record has."""
    name = {"partner": "partners", "sector": "sectors", "institution_type": "institution_types"}.get(dimension)
    if name is None:
        return lambda code: True
    parts = {code.code for code in RECIPE.codelists[name].codes.values() if code.level in ("country", "upper", "type")}
    return lambda code: code == "_U" or code in parts


def sums(rows: list[Row], dimension: str, measure: str) -> dict[tuple[str, ...], tuple[float, float]]:
    """For each cell of the other dimensions, the whole and the sum of its parts along `dimension`."""
    is_part = level_of(dimension)
    wholes: dict[tuple[str, ...], float] = {}
    parts: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows:
        others = tuple(row[name] for name in (*DIMENSIONS, "breakdown") if name != dimension)
        if row[dimension] == "_T":
            wholes[others] = row[measure]
        elif is_part(row[dimension]):
            parts[others] += row[measure] or 0
    return {others: (wholes[others], part) for others, part in parts.items() if wholes.get(others) is not None}


def of(rows: list[Row], indicator: str, breakdown: str = "_T") -> list[Row]:
    return [row for row in rows if row["indicator"] == indicator and row["breakdown"] == breakdown]


# Without shrinking: an example takes a third of a second, and small ones are found first anyway.
@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(st.lists(contract, max_size=40))
def test_parts_add_up(contracts: list[tuple[str, ...]]) -> None:
    rows = observe([*BASE, *contracts])
    for dimension in ("partner", "sector", "channel", "institution_type", "platform"):
        for indicator in ("contract_count", "contract_value"):
            for whole, parts in sums(of(rows, indicator), dimension, "value").values():
                assert parts == pytest.approx(whole)
    check_shares(of(rows, "contract_value_share"))
    check_regions(of(rows, "contract_count"))
    check_growth(rows)


def check_shares(rows: list[Row]) -> None:
    """Shares of a total, of a partner, and sectors of a partner's platform make 100."""
    for dimension in ("partner", "sector", "channel", "institution_type", "platform"):
        is_part = level_of(dimension)
        shares: dict[tuple[str, ...], float] = defaultdict(float)
        for row in rows:
            fixed = [name for name in DIMENSIONS if name != dimension and row[name] not in ("_T", "_Z")]
            is_within = fixed in ([], ["partner"]) or (dimension == "sector" and fixed == ["partner", "platform"])
            if row[dimension] != "_T" and is_part(row[dimension]) and is_within and row["denominator"]:
                shares[tuple(row[name] for name in fixed)] += row["value"] or 0
        assert dict(shares) == {within: pytest.approx(100) for within in shares}


def check_regions(rows: list[Row]) -> None:
    regions = {code.code for code in RECIPE.codelists["partners"].codes.values() if code.level == "region"}
    total = [row for row in rows if all(row[name] in ("_T", "_Z") for name in DIMENSIONS if name != "partner")]
    by_partner = {row["partner"]: row["value"] for row in total}
    unplaced = by_partner.get("F_X", 0)
    assert sum(by_partner.get(region, 0) for region in regions) + unplaced == by_partner.get("_F", 0)


def check_growth(rows: list[Row]) -> None:
    parts: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows:
        if (
            row["indicator"] == "contract_value_growth"
            and row["breakdown"].startswith("part=")
            and row["status"] != "M"
        ):
            parts[tuple(row[name] for name in DIMENSIONS)] += row["value"]
    headline = {
        tuple(row[name] for name in DIMENSIONS): row["value"]
        for row in of(rows, "contract_value_growth")
        if row["status"] != "M"
    }
    assert {cell: pytest.approx(value, abs=1e-6) for cell, value in headline.items()} == dict(parts)
    contributions = of(rows, "contract_growth_contribution")
    for dimension in ("partner", "sector", "channel"):
        for whole, parts_of_it in sums(contributions, dimension, "value").values():
            assert parts_of_it == pytest.approx(whole, abs=1e-6)
