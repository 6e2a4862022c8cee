"""Parts add up to wholes, whatever the records: within one level, with `_U`, and never over groups.

Amounts are small enough that each sum is a double which prints as it is: what is to be equal is compared as decimals,
without tolerance, but for values that were divided.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from yearbook.compute.trial import Trial, TrialRoom
from yearbook.model.observation import DIMENSIONS
from yearbook.model.recipe import load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
ROOM = TrialRoom(RECIPE, INCLUDE)
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
    "technology_value",
    "currency",
    "sector",
    "channel",
    "platform",
    "pricing_mechanism",
    "equity_value",
    "researcher_equity_value",
]
INSTITUTIONS = """
institution_id  year  type
U0              2023  university
U1              2023  research_institute
U2              2024  enterprise
"""
EXACT = {
    "contract_count": ["value", "records"],
    "contract_value": ["value", "records"],
    "contract_value_share": ["numerator"],
    "contract_value_growth": ["numerator", "denominator", "records"],
    "contract_growth_contribution": ["numerator", "records"],
    "contract_value_per_contract": ["numerator", "denominator"],
    "technology_value_share": ["numerator", "denominator", "records"],
    "cross_border_value_share": ["numerator", "denominator", "records"],
    "pricing_mechanism_share": ["numerator"],
    "equity_value": ["value", "records"],
    "researcher_equity_share": ["numerator", "denominator", "records"],
}
"""What of an indicator adds up along each of its dimensions."""
WANTED = [*EXACT, "contract_value_real", "contract_concentration"]

Row = dict[str, Any]
Cell = tuple[str, ...]

amount = st.decimals(0, 10**6, places=2).map(str) | st.just("-")
contract = st.tuples(
    st.sampled_from(["2023-02-03", "2024-11-12"]),
    st.sampled_from(["U0", "U1", "U2", "U3", "-"]),
    st.sampled_from(COUNTRIES),
    st.sampled_from(["B0", "B1", "-"]),
    st.sampled_from(COUNTRIES),
    amount,
    amount,
    st.sampled_from(["CNY", "USD", "GBP", "-"]),
    st.sampled_from(SECTORS),
    st.sampled_from(["license", "service", "-"]),
    st.sampled_from(["g60_corridor", "none", "-"]),
    st.sampled_from(["valuation", "negotiation", "-"]),
    amount,
    amount,
)
BASE = [("2023-02-03", "U0", "CHN", "B0", "KEN", "5", "-", "CNY", "photovoltaics", "license", "-", "-", "-", "-")] * 12


def observe(contracts: list[Cell]) -> list[Row]:
    lines = [" ".join(HEADERS), *(f"C{n} {' '.join(cells)}" for n, cells in enumerate(contracts))]
    tables = {"contracts": "\n".join(lines), "institutions": INSTITUTIONS}
    trial = Trial(test="parts", year=2024, given=tables, expect="")
    return ROOM.compute(trial, [RECIPE.indicators[name] for name in WANTED]).to_pylist()


def level_of(dimension: str) -> Callable[[str], bool]:
    """Whether a code is a part of the total of its dimension, on the level that every record has."""
    name = {"partner": "partners", "sector": "sectors", "institution_type": "institution_types"}.get(dimension)
    if name is None:
        return lambda code: True
    parts = {code.code for code in RECIPE.codelists[name].codes.values() if code.level in ("country", "upper", "type")}
    return lambda code: code == "_U" or code in parts


def exact(number: float | None) -> Decimal:
    return Decimal(repr(number or 0))


def sums(rows: Iterable[Row], dimension: str, measure: str) -> dict[Cell, tuple[Decimal, Decimal]]:
    """For each cell of the other dimensions, the whole and the sum of its parts along `dimension`."""
    is_part = level_of(dimension)
    wholes: dict[Cell, Decimal] = {}
    parts: dict[Cell, Decimal] = defaultdict(Decimal)
    for row in rows:
        others = tuple(row[name] for name in (*DIMENSIONS, "breakdown") if name != dimension)
        if row[dimension] == "_T":
            wholes[others] = exact(row[measure])
        elif is_part(row[dimension]):
            parts[others] += exact(row[measure])
    return {others: (wholes[others], part) for others, part in parts.items() if others in wholes}


def of(rows: list[Row], indicator: str, breakdown: str = "") -> list[Row]:
    """An indicator's rows whose breakdown begins as given."""
    return [row for row in rows if row["indicator"] == indicator and row["breakdown"].startswith(breakdown)]


# Without shrinking: an example takes half a second, and small ones are found first anyway.
@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(st.lists(contract, max_size=40))
def test_parts_add_up(contracts: list[Cell]) -> None:
    rows = observe([*BASE, *contracts])
    for indicator, measures in EXACT.items():
        for dimension in RECIPE.indicators[indicator].definition.dimensions:
            for measure in measures:
                for whole, parts in sums(whole_rows(rows, indicator), dimension, measure).values():
                    assert parts == whole, (indicator, dimension, measure)
    check_real(of(rows, "contract_value_real"))
    check_shares(of(rows, "contract_value_share"))
    check_mechanisms(of(rows, "pricing_mechanism_share", "mechanism="))
    check_regions(of(rows, "contract_count"))
    check_growth(rows)
    check_concentration(rows)


def whole_rows(rows: list[Row], indicator: str) -> list[Row]:
    """The rows without those that are no parts of one whole: institutions, medians, growth where the base is small."""
    if indicator == "contract_value_growth":
        return of(rows, indicator, "_T")
    return [row for row in of(rows, indicator) if not row["breakdown"].startswith(("institution=", "statistic="))]


def check_real(rows: list[Row]) -> None:
    for dimension in ("partner", "sector", "channel"):
        for whole, parts in sums(rows, dimension, "value").values():
            assert float(parts) == pytest.approx(float(whole))


def check_shares(rows: list[Row]) -> None:
    """Shares of a total, of a partner, and sectors of a partner's platform make 100."""
    for dimension in ("partner", "sector", "channel", "institution_type", "platform"):
        is_part = level_of(dimension)
        shares: dict[Cell, float] = defaultdict(float)
        for row in rows:
            fixed = [name for name in DIMENSIONS if name != dimension and row[name] not in ("_T", "_Z")]
            is_within = fixed in ([], ["partner"]) or (dimension == "sector" and fixed == ["partner", "platform"])
            if row[dimension] != "_T" and is_part(row[dimension]) and is_within and row["denominator"]:
                shares[tuple(row[name] for name in fixed)] += row["value"] or 0
        assert dict(shares) == {within: pytest.approx(100) for within in shares}


def check_mechanisms(rows: list[Row]) -> None:
    shares: dict[str, float] = defaultdict(float)
    for row in rows:
        shares[row["institution_type"]] += row["value"]
    assert dict(shares) == {institution_type: pytest.approx(100) for institution_type in shares}


def check_regions(rows: list[Row]) -> None:
    regions = {code.code for code in RECIPE.codelists["partners"].codes.values() if code.level == "region"}
    total = [row for row in rows if all(row[name] in ("_T", "_Z") for name in DIMENSIONS if name != "partner")]
    by_partner = {row["partner"]: row["value"] for row in total}
    unplaced = by_partner.get("F_X", 0)
    assert sum(by_partner.get(region, 0) for region in regions) + unplaced == by_partner.get("_F", 0)


def check_growth(rows: list[Row]) -> None:
    """Entry, exit, continuing and unknown make the growth of their cell, and contributions that of the total."""
    parts: dict[Cell, Decimal] = defaultdict(Decimal)
    for row in of(rows, "contract_value_growth", "part="):
        parts[tuple(row[name] for name in DIMENSIONS)] += exact(row["numerator"])
    growth = {
        tuple(row[name] for name in DIMENSIONS): exact(row["numerator"]) - exact(row["denominator"])
        for row in of(rows, "contract_value_growth", "_T")
    }
    assert dict(parts) == {cell: growth[cell] for cell in parts}
    known = [row for row in of(rows, "contract_value_growth") if row["value"] is not None]
    assert {tuple(row[name] for name in DIMENSIONS) for row in known} <= set(parts)
    headline, total = (total_of(rows, name) for name in ("contract_value_growth", "contract_growth_contribution"))
    assert exact(total["numerator"]) == exact(headline["numerator"]) - exact(headline["denominator"])
    assert total["denominator"] == headline["denominator"]
    assert headline["value"] is None or total["value"] == pytest.approx(headline["value"])


def total_of(rows: list[Row], indicator: str) -> Row:
    (row,) = (row for row in of(rows, indicator, "_T") if all(row[name] in ("_T", "_Z") for name in DIMENSIONS))
    return row


def check_concentration(rows: list[Row]) -> None:
    """The index is the sum of squares of the shares that contract value gives."""
    index = total_of(rows, "contract_concentration")["value"]
    is_part = level_of("sector")
    values = [
        row["value"]
        for row in of(rows, "contract_value", "_T")
        if row["sector"] not in ("_T", "_U") and is_part(row["sector"])
        if all(row[name] == "_T" for name in DIMENSIONS if name not in ("sector", "delivery_model")) and row["value"]
    ]
    assert (index or 0) == pytest.approx(10_000 * sum((value / sum(values)) ** 2 for value in values), rel=1e-6)
