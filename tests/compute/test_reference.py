"""The common codelists and reference tables hold what indicators and sources rely on."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from yearbook.compute.engine import Engine
from yearbook.compute.members import list_members, list_partner_members
from yearbook.compute.reference import load_reference, read_reference, set_edition
from yearbook.errors import ComputeError
from yearbook.model.codelist import Codelist, load_codelist
from yearbook.model.programme import RESERVED_PARAMETERS, Parameter, Programme
from yearbook.model.recipe import load_programme, load_recipe
from yearbook.settings import PROJECT

INCLUDE = PROJECT / "include"
REFERENCE = sorted((INCLUDE / "reference").glob("*.csv"))


def codelist(name: str) -> Codelist:
    return load_codelist(INCLUDE / f"codelists/{name}.csv")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("partners", "NA", "NAM"),
        ("partners", "越南", "VNM"),
        ("partners", "Viet Nam", "VNM"),
        ("partners", "vietnam", "VNM"),
        ("partners", "UK", "GBR"),
        ("partners", "英国", "GBR"),
        ("partners", "Congo, Dem. Rep.", "COD"),
        ("partners", "Cote D'Ivoire", "CIV"),
        ("partners", "中国香港", "HKG"),
        ("partners", "Africa, regional", "AFR_X"),
        ("partners", "Atlantis", None),
        ("areas", "全    国", "_T"),
        ("areas", "内 蒙 古", "NM"),
        ("areas", "东部", "EAST"),
        ("areas", "Hong Kong,Macao\n& Taiwan", "HMT"),
        ("areas", "其    他", "OTHER"),
        ("areas", "Tibet", "XZ"),
        ("areas", "Shaanxi", "SN"),
        ("sectors", "光伏", "photovoltaics"),
        ("currencies", "人民币", "CNY"),
        ("platforms", "无", "none"),
        ("channels", "技术许可", "license"),
        ("institution_types", "高校", "university"),
        ("delivery_models", "双基地", "dual_base"),
    ],
)
def test_names_are_found(name: str, text: str, code: str | None) -> None:
    assert codelist(name).find(text) == code


def test_every_foreign_country_has_one_region() -> None:
    partners = codelist("partners")
    members = list_partner_members(partners, load_programme("demo", INCLUDE))
    foreign = {code for code, member, _ in members if member == "_F"} - {"_F", "F_X"}
    regions: dict[str, list[str]] = {code: [] for code in foreign}
    for code, member, level in members:
        if level == "region":
            regions[code].append(member)
    assert {code for code, places in regions.items() if len(places) != 1} == set()
    assert len([code for code in partners.codes.values() if code.level == "country" and "_" not in code.code]) == 249
    assert {code for code, member, _ in members if code == member} >= {"CHN", "HKG", "MAC", "TWN"}
    assert {(code, member) for code, member, _ in members if code in ("HKG", "KEN", "SEA")} == {
        ("HKG", "HKG"),
        ("KEN", "KEN"),
        ("KEN", "AFR"),
        ("KEN", "_F"),
        ("SEA", "SEA_X"),
        ("SEA", "SEA"),
        ("SEA", "_F"),
    }


def test_members_of_levels_and_groups() -> None:
    members = {(code, member) for code, member, _ in list_members(codelist("sectors"))}
    assert {member for code, member in members if code == "photovoltaics"} == {
        "photovoltaics",
        "energy",
        "leading_bri",
        "new_energy",
        "new_energy_and_agricultural_machinery",
    }
    assert {member for code, member in members if code == "new_energy"} == {"_U", "new_energy"}
    assert {member for code, member in members if code == "ict"} == {"ict"}
    provinces = [code for code in codelist("areas").codes.values() if code.level == "province"]
    assert len(provinces) == 31
    assert {code.parent for code in provinces} == {"EAST", "CENTRAL", "WEST", "NORTHEAST"}


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
def test_every_reference_table_has_its_card(path: Path) -> None:
    card = YAML(typ="safe", pure=True).load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    assert {"title", "producer", "licence", "retrieved", "note"} <= set(card)
    for text in (card["title"], card["producer"], card["note"]):
        assert set(text) == {"en", "zh"}


def test_rates_are_yuan_for_a_unit_of_a_currency() -> None:
    table = read_reference(INCLUDE / "reference/exchange_rates.csv")
    rates = {(row["currency"], row["year"]): row["cny_per_unit"] for row in table.to_pylist()}
    assert rates["USD", 2023] == Decimal("7.0809")
    assert rates["EUR", 2023] == pytest.approx(Decimal("7.0809") / Decimal("0.9245"), abs=Decimal("1e-8"))
    assert ("VES", 2023) not in rates
    assert all(year >= 2000 for _, year in rates)


def test_italy_leaves_the_belt_and_road() -> None:
    with (INCLUDE / "reference/bri_membership.csv").open(encoding="utf-8") as file:
        members = {row["country"]: (row["year_from"], row["year_to"]) for row in csv.DictReader(file)}
    assert members["ITA"] == ("2019", "2023")
    assert members["KEN"] == ("2018", "")
    assert set(members) <= set(codelist("partners").codes)


def test_what_stands_in_parameters_is_reserved() -> None:
    recipe = load_recipe("demo", INCLUDE)
    with Engine(threads=1) as engine:
        load_reference(engine, recipe)
        set_edition(engine, recipe, 2024, date(2025, 6, 30), [])
        columns = set(engine.columns("select * from parameters", where="test"))
    assert columns == {*RESERVED_PARAMETERS, *recipe.parameters}


def test_a_series_that_ends_is_extended_by_the_programmes_changes() -> None:
    recipe = load_recipe("demo", INCLUDE)
    changes = {"gdp_change_2024": Parameter(value=10), "gdp_change_2025": Parameter(value=-50)}
    programme = recipe.programme.model_copy(update={"parameters": changes})
    with Engine(threads=1) as engine:
        load_reference(engine, recipe)
        set_edition(engine, replace(recipe, programme=programme), 2025, date(2026, 6, 30), [])
        rows = engine.fetch("select * from gdp where country in ('CHN', 'ERI') and year > 2022", where="test")
        ends = engine.fetch("select max(year) as year from price_index", where="test")
    assert sorted(rows.to_pylist(), key=lambda row: row["year"]) == [
        {"country": "CHN", "year": 2023, "gdp_usd": 17_794_781_986_104, "status": "A"},
        {"country": "CHN", "year": 2024, "gdp_usd": 19_574_260_184_714, "status": "E"},
        {"country": "CHN", "year": 2025, "gdp_usd": 9_787_130_092_357, "status": "E"},
    ]
    assert ends.to_pylist() == [{"year": 2023}]


@pytest.mark.parametrize("name", RESERVED_PARAMETERS)
def test_a_reserved_parameter_is_refused(name: str) -> None:
    content = load_programme("demo", INCLUDE).model_dump()
    with pytest.raises(ValueError, match=f"`{name}` is what every programme's parameters hold already"):
        Programme.model_validate({**content, "parameters": {name: {"value": 1}}})


def test_a_reference_table_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "price_index.csv"
    path.write_text("year,gdp_deflator\n2023,100\n", encoding="utf-8")
    with pytest.raises(ComputeError, match=r"\['status'\] are missing"):
        read_reference(path)
    path.write_text("year,gdp_deflator,status\n2023,much,A\n", encoding="utf-8")
    with pytest.raises(ComputeError, match="not of its type"):
        read_reference(path)
