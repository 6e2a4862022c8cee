"""The true records beside the contracts give the published figures back, at any seed, computed here without the
pipeline.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean, median, quantiles
from typing import Any

import pytest

from yearbook.scenario.achievements import make_achievements
from yearbook.scenario.claims import make_claims
from yearbook.scenario.disputes import make_disputes
from yearbook.scenario.facilities import make_facilities
from yearbook.scenario.institutions import make_population
from yearbook.scenario.managers import COMPETENCIES, COUNTRIES, make_managers, make_recognitions
from yearbook.scenario.monitoring import make_monitoring
from yearbook.scenario.partner_statistics import make_partner_statistics
from yearbook.scenario.project_money import NEW_ENERGY_AND_MACHINERY
from yearbook.scenario.projects import make_projects
from yearbook.scenario.services import make_services
from yearbook.scenario.training import make_modules, make_training

Row = dict[str, Any]
SEEDS = (2024, 7)


@dataclass(frozen=True)
class Truth:
    projects: list[Row]
    monitoring: list[Row]
    bri: set[str]

    def started(self, year: int, **fields: Any) -> list[Row]:
        return [one for one in _in(year, "start_date", self.projects) if _agree(one, fields)]

    def measured(self, partner: str, sector: str, metric: str, year: int) -> list[Row]:
        mine = {one["project_id"] for one in self.projects if (one["partner"], one["sector"]) == (partner, sector)}
        return [
            row
            for row in self.monitoring
            if (row["metric"], row["year"]) == (metric, year) and row["project_id"] in mine
        ]


@pytest.fixture(params=SEEDS)
def seed(request) -> int:
    return request.param


@pytest.fixture
def truth(seed, project) -> Truth:
    return _truth(seed, str(project / "include/reference/bri_membership.csv"))


@cache
def _truth(seed: int, membership: str) -> Truth:
    projects = make_projects(make_population(seed), seed)
    with open(membership, encoding="utf-8") as file:
        bri = {row["country"] for row in csv.DictReader(file) if not row["year_to"]}
    return Truth(projects, make_monitoring(projects, seed), bri)


def _agree(record: Row, fields: Row) -> bool:
    return all(record.get(name) == value for name, value in fields.items())


def _year(day: int | None) -> int | None:
    return None if day is None else date.fromordinal(day).year


def _in(year: int, field: str, rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if _year(row.get(field)) == year]


def _sum(rows: Iterable[Row], field: str) -> Any:
    return sum(row[field] for row in rows)


def _rate(rows: list[Row]) -> float:
    return 100 * _sum(rows, "value") / _sum(rows, "denominator")


def _multiple(rows: list[Row]) -> float:
    return _sum(rows, "value") / _sum(rows, "baseline_value")


MEASURED: list[tuple[str, str, str, int, Callable[[list[Row]], Any], Any]] = [
    ("TZA", "agricultural_machinery", "equipment_failures", 2024, _rate, 12),
    ("TZA", "agricultural_machinery", "beneficiary_households", 2024, lambda rows: _sum(rows, "value"), 5_460),
    ("TZA", "agricultural_machinery", "yield", 2024, _multiple, 1.3),
    ("THA", "new_energy_vehicles", "capacity", 2024, lambda rows: _sum(rows, "value"), 5),
    ("ETH", "new_energy_vehicles", "units_sold", 2023, lambda rows: _sum(rows, "value"), 2_150),
    ("EGY", "photovoltaics", "equipment_failures", 2024, _rate, 25),
    ("MAR", "photovoltaics", "technicians_trained", 2024, lambda rows: _sum(rows, "value"), 238),
    ("MAR", "photovoltaics", "maintenance_response_time", 2024, lambda rows: median(row["value"] for row in rows), 4),
    ("LAO", "medicinal_plant_processing", "capacity", 2024, _multiple, 3),
]


@pytest.mark.parametrize(("partner", "sector", "metric", "year", "figure", "expected"), MEASURED)
def test_what_is_measured_of_projects(truth, partner, sector, metric, year, figure, expected):
    rows = truth.measured(partner, sector, metric, year)

    assert (len(rows), figure(rows)) == (12, expected)
    assert len({row["unit"] for row in rows}) == 1


def test_failures_in_tanzania_before_the_adaptation_centre(truth):
    rows = truth.measured("TZA", "agricultural_machinery", "equipment_failures", 2024)
    before = {row["project_id"]: row["baseline_value"] for row in rows}
    earlier = truth.measured("TZA", "agricultural_machinery", "equipment_failures", 2023)

    assert 100 * _sum(rows, "baseline_value") / _sum(rows, "baseline_denominator") == 40
    assert {row["project_id"]: row["baseline_value"] for row in earlier} == before


def test_infringements_in_south_east_asia(truth):
    countries = {one["project_id"]: one["partner"] for one in truth.projects}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in truth.monitoring:
        if (row["metric"], row["year"]) == ("patents_infringed", 2024) and countries[row["project_id"]] in COUNTRIES[
            "SEA"
        ]:
            rows[countries[row["project_id"]]].append(row)

    assert 30 < max(_rate(mine) for mine in rows.values()) < 35
    assert min(map(len, rows.values())) >= 10


def test_projects_that_the_documents_name(truth):
    hydropower = truth.started(2024, partner="BGD", sector="hydropower")
    saudi = [one for one in truth.projects if (one["partner"], one["sector"]) == ("SAU", "photovoltaics_hydrogen")]
    kenya = [one for one in truth.projects if (one["partner"], one["sector"]) == ("KEN", "crop_cultivation")]
    adapted = [one for one in _in(2024, "adaptation_end", truth.projects) if one["platform"].startswith("shenzhen")]

    assert len(hydropower) == 12
    assert _sum(hydropower, "procurement_local") == 0.75 * _sum(hydropower, "procurement_total")
    assert [_year(one["expected_operation_date"]) for one in saudi] == [2025]
    assert [(one["disruption_cause"], _year(one["disruption_date"])) for one in kenya] == [("land_customs", 2024)]
    assert {one["sector"] for one in adapted} == {"electronics"}
    assert len({one["technology_id"] for one in adapted}) == 12
    assert {year: len(truth.started(year, institution_id="cqu")) for year in (2023, 2024)} == {2023: 25, 2024: 40}


def test_matching_and_approval(truth):
    matched = [one for one in _in(2024, "matched_date", truth.projects) if one["workstation_id"]]
    late = [
        one
        for one in _in(2024, "approval_actual", truth.projects)
        if _agree(one, {"partner": "ARE", "sector": "photovoltaics", "approval": "environmental"})
    ]
    delays = {
        (actual.month - planned.month, actual.day - planned.day)
        for actual, planned in (
            (date.fromordinal(one["approval_actual"]), date.fromordinal(one["approval_planned"])) for one in late
        )
    }

    assert (len(matched), mean(one["matched_date"] - one["requested_date"] for one in matched)) == (89, 45)
    assert (len(late), delays) == (12, {(6, 0)})


def test_shares_of_money_in_belt_and_road_projects(truth):
    started = [one for one in truth.started(2024) if one["partner"] in truth.bri]
    shares = [one["adaptation_cost"] / one["budget"] for one in started if one["sector"] in NEW_ENERGY_AND_MACHINERY]
    dual = [one for one in started if one["delivery_model"] == "dual_base"]
    low, _, high = quantiles(shares, method="inclusive")

    assert low == pytest.approx(0.30, rel=0.05)
    assert high == pytest.approx(0.50, rel=0.05)
    assert {one["currency"] for one in dual} == {"CNY"}
    assert 100 * _sum(dual, "guidance_fund_amount") == 40 * _sum(dual, "initial_investment")


def test_dual_bases_halve_the_adaptation(truth):
    days = {
        model: [
            one["adaptation_end"] - one["adaptation_start"]
            for one in _in(2024, "adaptation_end", truth.projects)
            if one["delivery_model"] == model and one["partner"] in truth.bri
        ]
        for model in ("dual_base", "traditional")
    }

    assert min(map(len, days.values())) >= 30
    assert 1 - median(days["dual_base"]) / median(days["traditional"]) == pytest.approx(0.50, rel=0.05)


def test_parts_do_not_exceed_wholes(truth):
    parts = {
        "initial_investment": ("guidance_fund_amount", "silk_road_fund_amount"),
        "procurement_total": ("procurement_local",),
        "budget": ("adaptation_cost",),
    }

    assert [
        (one["project_id"], whole)
        for one in truth.projects
        for whole, fields in parts.items()
        if sum(one.get(field, 0) for field in fields) > one.get(whole, 0)
    ] == []


def test_output_of_vehicles_in_thailand(seed):
    rows = [
        row
        for row in make_partner_statistics(seed)
        if (row["partner"], row["sector"]) == ("THA", "new_energy_vehicles")
    ]
    output = {row["year"]: row["value"] for row in rows}

    assert 100 * output[2024] == 145 * output[2023]


def test_managers_and_who_recognises_them(seed):
    managers = make_managers(seed)
    recognised = make_recognitions(managers, seed)
    able = {one["manager_id"] for one in managers if all(one[name] for name in COMPETENCIES)}
    in_region = {one["manager_id"] for one in recognised if one["partner"] in COUNTRIES["SEA"]}

    assert (len(managers), len(able), len(in_region)) == (46_200, 987, 538)
    assert max(Counter((one["manager_id"], one["partner"]) for one in recognised).values()) == 1


def test_training_and_its_curriculum(seed):
    cohorts = make_training(seed)
    course = [one for one in cohorts if (one["course"], one["year"]) == ("cross_border", 2024)]
    modules = [one for one in make_modules(cohorts, seed) if one["year"] == 2024]
    core = _sum((one for one in modules if one["is_core"]), "hours")
    shares = {
        area: 100 * _sum(rows, "hours") / (core if rows[0]["is_core"] else _sum(modules, "hours"))
        for area in {one["area"] for one in modules}
        if (rows := [one for one in modules if one["area"] == area])
    }

    assert (len(course), _sum(course, "completed"), _sum(course, "passed")) == (24, 848, 636)
    assert shares == {
        "technology_fundamentals": 40, "business_operations": 30, "law_and_taxation": 30, "technical_standards": 20,
        "cross_border_negotiation": 15, "local_culture": 10,
    }  # fmt: skip
    assert [one for one in cohorts if not one["passed"] <= one["completed"] <= one["enrolled"]] == []


def test_insurance(truth, seed):
    claims = _in(2024, "loss_date", make_claims(truth.projects, seed))
    political = [
        one for one in claims if (one["partner"], one["sector"], one["cause"]) == ("PAK", "wind_power", "political")
    ]

    assert max(one["cover_ratio"] for one in claims if one["partner"] in truth.bri) == 60
    assert (len(political), _sum(political, "compensation")) == (10, 20_000_000)
    assert [one for one in claims if 100 * one["compensation"] > one["loss"] * one["cover_ratio"]] == []


def test_disputes_open_in_2023(truth, seed):
    cases = [one for one in make_disputes(seed) if one["partner"] in truth.bri]
    is_open = [
        one
        for one in cases
        if one["opened_date"] <= date(2023, 12, 31).toordinal()
        and (one["closed_date"] or date.max.toordinal()) >= date(2023, 1, 1).toordinal()
    ]

    assert len(is_open) == 15
    assert {one["subject"] for one in is_open} == {"technology_commercialization", "intellectual_property"}


def test_facilities_that_the_documents_name(truth, seed):
    facilities = make_facilities(make_population(seed), seed)
    still_open = {(one["type"], one["partner"]) for one in facilities if one["closed_date"] is None}
    workstations = {one["workstation_id"] for one in truth.projects if one.get("workstation_id")}

    assert still_open >= {
        ("workstation", "IDN"), ("workstation", "KAZ"), ("adaptation_base", "VNM"), ("adaptation_base", "PAK"),
        ("adaptation_centre", "TZA"), ("training_academy", "MAR"),
    }  # fmt: skip
    assert workstations <= {one["facility_id"] for one in facilities}


def test_achievements_end_in_one_way(seed):
    achievements = make_achievements(make_population(seed), seed)
    recent = [one for one in achievements if 2020 <= _year(one["registered_date"]) <= 2024]
    share = sum(one["commercialized_date"] is not None for one in recent) / len(recent)

    assert [one for one in achievements if one["commercialized_date"] and one["withdrawn_date"]] == []
    assert 0.3 < share < 0.4
    assert min(one["registered_date"] for one in achievements) < date(2014, 1, 31).toordinal()


def test_every_key_stands_once(truth, seed):
    managers, cohorts = make_managers(seed), make_training(seed)
    keys = {
        "projects": [one["project_id"] for one in truth.projects],
        "monitoring": [(one["project_id"], one["year"], one["metric"]) for one in truth.monitoring],
        "managers": [one["manager_id"] for one in managers],
        "services": [one["service_id"] for one in make_services(managers, truth.projects, seed)],
        "cohorts": [one["cohort_id"] for one in cohorts],
        "modules": [(one["cohort_id"], one["module"]) for one in make_modules(cohorts, seed)],
        "claims": [one["claim_id"] for one in make_claims(truth.projects, seed)],
        "disputes": [one["dispute_id"] for one in make_disputes(seed)],
        "facilities": [one["facility_id"] for one in make_facilities(make_population(seed), seed)],
    }

    assert {name: len(values) - len(set(values)) for name, values in keys.items()} == dict.fromkeys(keys, 0)
