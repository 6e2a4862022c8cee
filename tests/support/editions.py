"""Made-up observations for the tests of the report: four years of ten indicators, round and readable."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from yearbook.catalogue import Accounting, FindingCount
from yearbook.compute.observations import SCHEMA, gather
from yearbook.model.observation import DIMENSIONS
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Material
from yearbook.publish.figures import read_figures

Row = dict[str, Any]

SECTORS = {
    "energy": 24.0, "photovoltaics": 10.0, "wind_power": 8.0, "other_energy": 6.0, "vehicles": 15.0,
    "new_energy_vehicles": 11.0, "other_vehicles": 4.0, "agriculture": 8.0, "agricultural_machinery": 8.0,
    "infrastructure": 7.0, "electronics_optics": 9.0, "ict": 19.0, "biomedicine": 8.0, "materials": 4.0,
    "manufacturing": 5.0, "other": 1.0, "new_energy": 29.0,
}  # fmt: skip
UPPER = ("energy", "vehicles", "agriculture", "infrastructure", "electronics_optics", "ict", "biomedicine",
         "materials", "manufacturing", "other")  # fmt: skip
PARTNERS = {
    "CHN": 70.0, "_F": 30.0, "SEA": 12.0, "CAS": 4.0, "EUR": 8.0, "AFR": 3.0, "MEA": 3.0, "BRI": 20.0,
    "VNM": 5.0, "THA": 4.0, "SGP": 3.0, "KAZ": 2.5, "UZB": 1.5, "DEU": 5.0, "SRB": 3.0, "EGY": 2.0, "KEN": 1.0,
    "SAU": 2.0, "ARE": 1.0,
}  # fmt: skip
CHANNELS = {"development": 30.0, "transfer": 10.0, "license": 8.0, "consulting": 5.0, "service": 44.0, "equity": 3.0}
TYPES = {"university": 14.0, "research_institute": 11.0, "enterprise": 73.0, "platform": 1.0, "_U": 1.0,
         "public_research": 25.0}  # fmt: skip
PLATFORMS = {"none": 74.0, "g60_corridor": 8.0, "chongqing_open_call": 3.0,
             "china_asean_technology_transfer_center": 9.0, "zhongguancun": 6.0}  # fmt: skip
MODELS = {"dual_base": 34.0, "traditional": 28.0, "leasing_with_guidance": 12.0, "license_with_joint_development": 18.0,
          "equity": 8.0}  # fmt: skip
PROVINCES = {"BJ": 22.0, "SH": 11.0, "GD": 10.0, "JS": 9.0, "HB": 8.0, "SN": 7.0, "ZJ": 6.0, "SD": 6.0, "CQ": 3.0,
             "SC": 4.0, "AH": 5.0, "TJ": 4.0, "LN": 3.0, "HE": 2.0}  # fmt: skip
TOTALS = {2021: 37.0e8, 2022: 46.8e8, 2023: 61.2e8, 2024: 66.154e8}
YEARS = tuple(TOTALS)
HEADLINE = ("contract_value", "contract_value_growth", "active_institutions", "commercialization_rate",
            "local_content_share", "register_coverage")  # fmt: skip


def observation(indicator: str, year: int, **values: Any) -> Row:
    """One observation; dimensions that are not named are `_T`."""
    row: Row = dict.fromkeys(SCHEMA.names) | dict.fromkeys((*DIMENSIONS, "breakdown"), "_T")
    return row | {"indicator": indicator, "year": year, "unit": "count", "status": "A", "records": 100} | values


def table(rows: list[Row]) -> pa.Table:
    """Observations as compute leaves them."""
    return gather([pa.Table.from_pylist(rows, schema=SCHEMA)])


def year_rows(year: int) -> list[Row]:
    """All observations of one edition."""
    return [*_contracts(year), *_institutions(year), *_projects(year), *_register(year)]


def _drift(code: str, year: int) -> float:
    return 1 + 0.03 * (year - 2022) * ((sum(map(ord, code)) % 7) - 3) / 3


def _weights(parts: dict[str, float], year: int) -> dict[str, float]:
    return {code: weight * _drift(code, year) / 100 for code, weight in parts.items()}


def _contracts(year: int) -> Iterator[Row]:
    money = {"unit": "CNY"}
    total, contracts = TOTALS[year], 12_000 + 1_000 * (year - 2021)
    dimensions = {"sector": SECTORS, "partner": PARTNERS, "channel": CHANNELS, "institution_type": TYPES,
                  "platform": PLATFORMS}  # fmt: skip
    yield observation("contract_value", year, value=total, records=contracts, **money)
    yield observation("contract_count", year, value=contracts, records=contracts)
    yield observation("contract_value_share", year, value=100.0, unit="percent", numerator=total, denominator=total,
                      records=contracts)  # fmt: skip
    before = TOTALS.get(year - 1)
    growth = {"unit": "percent", "status": "A" if before else "M", "reason": None if before else "no_records"}
    yield observation("contract_value_growth", year, value=100 * (total / before - 1) if before else None,
                      numerator=total, denominator=before, records=contracts, **growth)  # fmt: skip
    if before:
        yield observation("contract_value_growth", year, breakdown="basis=matched", value=4.2, records=9000, **growth)
        yield observation("contract_growth_contribution", year, value=100 * (total / before - 1), records=contracts,
                          unit="percentage_points")  # fmt: skip
    for dimension, parts in dimensions.items():
        for code, share in _weights(parts, year).items():
            count = round(share * contracts)
            yield observation("contract_count", year, value=count, records=count, **{dimension: code})
            yield observation("contract_value", year, value=share * total, records=count, **{dimension: code}, **money)
            yield observation("contract_value_share", year, value=100 * share, numerator=share * total,
                              denominator=total, records=contracts, unit="percent", **{dimension: code})  # fmt: skip
            if before and dimension in ("sector", "partner", "channel"):
                change = share * total - _weights(parts, year - 1)[code] * before
                yield observation("contract_growth_contribution", year, value=100 * change / before, records=count,
                                  unit="percentage_points", **{dimension: code})  # fmt: skip
    yield observation("contract_value", year, partner="VNM", sector="energy", value=1e6, records=30, **money)
    yield observation("contract_value", year, breakdown="institution=S1", value=2e6, records=30, **money)


def _institutions(year: int) -> Iterator[Row]:
    count = 2_000 + 120 * (year - 2021)
    yield observation("active_institutions", year, value=count, records=12_000)
    for code, share in _weights(TYPES, year).items():
        yield observation("active_institutions", year, institution_type=code, value=round(count * share), records=900)
    registered = 5_000
    for place, code in enumerate(("_T", "university", "research_institute", "enterprise", "public_research")):
        rate = 0.25 + 0.015 * (year - 2021) + 0.02 * place
        yield observation("commercialization_rate", year, institution_type=code, value=100 * rate, unit="percent",
                          numerator=registered * rate, denominator=registered, records=registered)  # fmt: skip
    for place, code in enumerate(("energy", "ict", "biomedicine")):
        yield observation("commercialization_rate", year, breakdown=f"field={code}", value=30.0 + place,
                          unit="percent", records=800)  # fmt: skip


def _projects(year: int) -> Iterator[Row]:
    count = 400 + 35 * (year - 2021)
    yield observation("commercialization_project_count", year, value=count, records=count)
    yield observation("local_content_share", year, value=54.0 + year - 2021, unit="percent", records=count,
                      numerator=5.4e8, denominator=1e9)  # fmt: skip
    yield observation(
        "local_content_share", year, breakdown="statistic=median", value=51.0, unit="percent", records=count
    )
    dimensions = {"sector": SECTORS, "partner": PARTNERS, "delivery_model": MODELS}
    for dimension, parts in dimensions.items():
        for code, share in _weights(parts, year).items():
            part = round(count * share)
            yield observation("commercialization_project_count", year, value=part, records=part, **{dimension: code})
            small = part < 10
            yield observation("local_content_share", year, value=None if small else 45.0 + 80 * share, unit="percent",
                              status="M" if small else "A", reason="small_base" if small else None, records=part,
                              **{dimension: code})  # fmt: skip


def _register(year: int) -> Iterator[Row]:
    yield observation("register_coverage", year, value=97.5, unit="percent", records=12_000)
    for direction in ("output", "input"):
        for code, share in _weights(PROVINCES, year).items():
            way = {"province": code, "breakdown": f"direction={direction}", "unit": "percent"}
            yield observation("register_coverage", year, value=90 + 100 * share, records=500, **way)


def tables(years: tuple[int, ...] = YEARS) -> dict[int, pa.Table]:
    """The public observations of several editions."""
    from yearbook.publish.door import public_part

    return {year: public_part(table(year_rows(year))) for year in years}


def material(recipe: Recipe, editions: dict[int, pa.Table]) -> Material:
    """An edition of the newest year, with accounts and findings."""
    year = max(editions)
    return Material(
        recipe=recipe,
        year=year,
        as_of=date(year + 1, 6, 30),
        figures=read_figures(editions.values()),
        accountings=[
            Accounting("contracts", year, 15_432, 15_000, 112, 200, 120, "a"),
            Accounting("contracts", 0, 14, 0, 14, 0, 0, "b"),
            Accounting("projects", year, 505, 505, 0, 0, 0, "c"),
        ],
        finding_counts=[
            FindingCount(
                "contracts", year, "value_is_positive", "critical", 98, "value must be positive", "金额应大于零"
            ),
            FindingCount("contracts", year, "buyer_named", "warning", 31, "the buyer is not named", "未注明买方"),
        ],
    )


def write_edition(material_: Material, editions: dict[int, pa.Table], reports: Path) -> dict[str, bytes]:
    """Render the edition."""
    from yearbook.publish.edition import render_edition

    return render_edition(material_, editions[material_.year], reports)
