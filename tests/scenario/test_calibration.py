"""The true records give the published figures back, computed here without the pipeline."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean, median, quantiles
from typing import Any

import pytest

from yearbook.scenario.contracts import make_contracts
from yearbook.scenario.institutions import Population, institution_rows, make_population
from yearbook.scenario.plan import BELT_AND_ROAD, CENTRAL_EUROPE, LEADING
from yearbook.scenario.project_money import NEW_ENERGY_AND_MACHINERY
from yearbook.scenario.projects import make_projects
from yearbook.scenario.register_totals import make_register_totals

SEED = 2024
BRI = {*BELT_AND_ROAD, *CENTRAL_EUROPE}
HOME = {"CHN", "HKG"}


@dataclass(frozen=True)
class Truth:
    population: Population
    contracts: list[dict[str, Any]]
    projects: list[dict[str, Any]]

    def signed(self, year: int) -> list[dict[str, Any]]:
        return [one for one in self.contracts if _year(one["sign_date"]) == year]

    def started(self, year: int, **fields: str) -> list[dict[str, Any]]:
        return [one for one in self.projects if _year(one["start_date"]) == year and _agree(one, fields)]

    def is_public(self, contract: dict[str, Any]) -> bool:
        seller = self.population.by_id.get(contract["seller_id"])
        return seller is not None and seller.is_public_research


@cache
def _truth(scale: float) -> Truth:
    population = make_population(SEED, scale)
    contracts = make_contracts(population, SEED, scale)
    return Truth(population, contracts, make_projects(population, SEED, scale))


@pytest.fixture(params=[1.0, 0.05])
def truth(request) -> Truth:
    return _truth(request.param)


def _year(day: int | None) -> int | None:
    return None if day is None else date.fromordinal(day).year


def _agree(record: dict[str, Any], fields: dict[str, str]) -> bool:
    return all(record.get(name) == value for name, value in fields.items())


def _partner(contract: dict[str, Any]) -> str:
    return contract["buyer_country"] if contract["seller_country"] in HOME else contract["seller_country"]


def _value(contracts: list[dict[str, Any]]) -> int:
    return sum(one["value_cny"] for one in contracts)


def test_belt_and_road_contracts_of_2024(truth):
    bri = [one for one in truth.signed(2024) if _partner(one) in BRI]

    assert _value(bri) == 89_000_000_000
    assert {one["currency"] for one in bri} == {"CNY"}
    assert 0.60 < _value([one for one in bri if one["sector"] in LEADING]) / _value(bri) < 0.65


def test_growth_of_public_research(truth):
    before, now = (_value([one for one in truth.signed(year) if truth.is_public(one)]) for year in (2023, 2024))

    assert now / before == pytest.approx(1.10, abs=1e-9)


def test_biomedicine_in_the_g60_corridor(truth):
    abroad = [one for one in truth.signed(2023) if one["platform"] == "g60_corridor" and _partner(one) not in HOME]
    biomedicine = _value([one for one in abroad if one["sector"] == "biomedicine"])

    assert biomedicine == 28_000_000_000
    assert 100 * biomedicine / _value(abroad) == pytest.approx(47, abs=1e-6)


def test_the_single_contracts_that_the_documents_name(truth):
    now = truth.signed(2024)
    laos = [one for one in now if (_partner(one), one["sector"]) == ("LAO", "medicinal_plant_processing")]
    license_ = [one for one in now if one["seller_id"] == "cqu" and one["technology_id"] == "intelligent_transmission"]
    equity = [one for one in now if one["seller_id"] == "cqupt"]

    assert len(laos) == 12
    assert [(one["channel"], one["value"]) for one in license_] == [("license", 50_000_000)]
    assert [(one["equity_value"], one["researcher_equity_value"]) for one in equity] == [(17_800_000, 10_680_000)]


def test_active_institutions_and_their_staff():
    truth = _truth(1.0)
    population = truth.population
    sellers = {one["seller_id"] for one in truth.signed(2024)}
    staff = [row["transfer_staff"] for row in institution_rows(population, SEED) if row["year"] == 2024]

    assert sum(population.by_id[seller].is_public_research for seller in sellers if seller in population.by_id) == 4_059
    assert sum(number or 0 for number in staff) == 18_248
    assert 55_000 < len(truth.contracts) < 65_000


def test_register_totals_add_up_and_peak_in_2024(truth):
    totals = make_register_totals(truth.contracts, SEED)
    nation = {(one.direction, one.year): one for one in totals if one.area == "全国"}
    parts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for one in totals:
        if one.area != "全国":
            parts[one.direction, one.year][0] += one.contracts
            parts[one.direction, one.year][1] += one.value

    assert {key: [one.contracts, one.value] for key, one in nation.items()} == dict(parts)
    assert all(nation["output", year][3:] == nation["input", year][3:] for year in range(2019, 2025))
    assert nation["output", 2024].value * 10_000 > 4_800_000_000_000
    assert max(nation.values(), key=lambda one: one.value).year == 2024


def test_projects_that_the_documents_name(truth):
    hydropower = truth.started(2024, partner="BGD", sector="hydropower")
    local = sum(one["procurement_local"] for one in hydropower) / sum(one["procurement_total"] for one in hydropower)
    saudi = [one for one in truth.projects if (one["partner"], one["sector"]) == ("SAU", "photovoltaics_hydrogen")]
    kenya = [one for one in truth.projects if (one["partner"], one["sector"]) == ("KEN", "crop_cultivation")]
    adapted = [one for one in truth.projects if one["platform"].startswith("shenzhen")]

    assert (len(hydropower), local) == (12, 0.75)
    assert [_year(one["expected_operation_date"]) for one in saudi] == [2025]
    assert [(one["disruption_cause"], _year(one["disruption_date"])) for one in kenya] == [("land_customs", 2024)]
    assert len({one["technology_id"] for one in adapted if _year(one["adaptation_end"]) == 2024}) == 12
    assert {year: len(truth.started(year, institution_id="cqu")) for year in (2023, 2024)} == {2023: 25, 2024: 40}


def test_matching_and_approval(truth):
    matched = [one for one in truth.projects if _year(one.get("matched_date")) == 2024]
    late = [one for one in truth.projects if one["group"] == "emirates_photovoltaics"]
    months = {
        date.fromordinal(one["approval_actual"]).month - date.fromordinal(one["approval_planned"]).month for one in late
    }

    assert len(matched) == 89
    assert mean(one["matched_date"] - one["requested_date"] for one in matched) == 45
    assert months == {6}


def test_shares_of_money_in_belt_and_road_projects(truth):
    started = [one for one in truth.started(2024) if one["partner"] in BRI]
    shares = [one["adaptation_cost"] / one["budget"] for one in started if one["sector"] in NEW_ENERGY_AND_MACHINERY]
    dual = [one for one in started if one["delivery_model"] == "dual_base"]
    low, _, high = quantiles(shares, method="inclusive")

    assert low == pytest.approx(0.30, rel=0.05)
    assert high == pytest.approx(0.50, rel=0.05)
    assert sum(one["guidance_fund_amount"] for one in dual) == 0.4 * sum(one["initial_investment"] for one in dual)


def test_dual_bases_halve_the_adaptation():
    days = {
        model: [
            one["adaptation_end"] - one["adaptation_start"]
            for one in _truth(1.0).projects
            if one["delivery_model"] == model and one["partner"] in BRI and _year(one.get("adaptation_end")) == 2024
        ]
        for model in ("dual_base", "traditional")
    }

    assert min(map(len, days.values())) >= 10
    assert 1 - median(days["dual_base"]) / median(days["traditional"]) == pytest.approx(0.50, rel=0.05)


def test_every_key_stands_once(truth):
    assert max(Counter(one["contract_id"] for one in truth.contracts).values()) == 1
    assert max(Counter(one["project_id"] for one in truth.projects).values()) == 1
