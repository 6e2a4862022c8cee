"""Runs on records that nobody here made, held against what their publishers printed."""

import csv
import json
import math
import os
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from yearbook.catalogue import Catalogue
from yearbook.cli import app
from yearbook.model.codelist import load_codelist
from yearbook.settings import PROJECT

pytestmark = pytest.mark.real

WRONG_IN_PRINT = {
    (table, year, area, direction)
    for table, year, area, direction in (
        ("counts", 2020, "WEST", "input"),
        ("values", 2020, "WEST", "input"),
        ("values", 2020, "WEST", "output"),
        *(
            (table, 2021, area, way)
            for table in ("counts", "values")
            for area in ("EAST", "WEST")
            for way in ("input", "output")
        ),
    )
}

Run = Callable[[str], tuple[list[dict[str, str]], Catalogue]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Run:
    """Run a programme; give its series and its catalogue."""
    home = tmp_path_factory.mktemp("real")

    def run_programme(programme: str) -> tuple[list[dict[str, str]], Catalogue]:
        environment = {"YEARBOOK_HOME": str(home), "YEARBOOK_DATA": str(real_data)}
        result = CliRunner().invoke(app, ["run", "--programme", programme], env={**os.environ, **environment})
        assert result.exit_code == 0, result.output
        with (home / "site" / programme / "series.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), Catalogue(f"sqlite:///{home}/catalogue.sqlite", programme)

    return run_programme


def test_china_techmarket_gives_the_published_series_and_finds_what_does_not_add_up(run: Run, real_data: Path) -> None:
    with (real_data / "china_techmarket/MarketPush.csv").open(encoding="utf-8", newline="") as file:
        published = {
            int(row["year"]): round(Decimal(row["value"]))
            for row in csv.DictReader(file)
            if (row["province"], row["units"]) == ("全国", "万元") and int(row["year"]) >= 2015
        }
    series, catalogue = run("china_techmarket")
    computed = {
        int(row["year"]): round(Decimal(row["value"]) / 10_000)
        for row in series
        if (row["indicator"], row["breakdown"], row["province"]) == ("contract_value", "scope=national_register", "_T")
    }
    assert computed == published
    assert (computed[2015], computed[2023]) == (98_357_896, 614_756_578)

    rules = ("count_is_not_the_sum_of_its_parts", "value_is_not_the_sum_of_its_parts")
    keys = [finding.record_key.split(" | ") for rule in rules for finding in catalogue.findings(rule=rule)]
    found = {
        (publication.removeprefix("CSYST 2022, "), int(year), area, direction)
        for publication, year, area, direction in keys
        if publication.startswith("CSYST 2022")
    }
    assert found == WRONG_IN_PRINT
    assert len(found) == 11


def test_both_editions_figures_of_the_eastern_region_are_kept(run: Run) -> None:
    """203,420,567 万元 in the edition of 2022, 228,198,462 in that of 2024."""
    series, catalogue = run("china_techmarket")
    (account,) = [one for one in catalogue.accountings(2021) if one.dataset == "register_totals"]
    assert (account.received, account.accepted) == (368, 368)
    (eastern,) = [
        row["value"]
        for row in series
        if (row["indicator"], row["year"], row["province"], row["breakdown"])
        == ("contract_value", "2021", "EAST", "scope=national_register")
    ]
    assert Decimal(eastern) == Decimal("228198462e4")
    printed = [finding.value for finding in catalogue.findings(year=2021, rule="value_is_not_the_sum_of_its_parts")]
    assert "2034205673223.0097" in printed


def test_aiddata_adds_up_to_its_totals_and_loses_no_namibian(run: Run) -> None:
    series, catalogue = run("aiddata")
    totals = {
        (indicator, breakdown): sum(
            Decimal(row["value"])
            for row in series
            if (row["indicator"], row["breakdown"], row["partner"], row["sector"]) == (indicator, breakdown, "_T", "_T")
        )
        for indicator in ("official_finance_project_count", "official_finance_value")
        for breakdown in ("_T", "recommended=true")
    }
    assert totals["official_finance_project_count", "_T"] == 5466
    assert totals["official_finance_project_count", "recommended=true"] == 4373
    assert round(totals["official_finance_value", "_T"], 2) == Decimal("877655767899.49")
    assert round(totals["official_finance_value", "recommended=true"] / 10**9, 2) == Decimal("354.35")

    accounts = [one for one in catalogue.accountings() if one.dataset == "projects"]
    assert [one.year for one in accounts] == list(range(2000, 2015))
    assert sum(one.received for one in accounts) == sum(one.accepted for one in accounts) == 5466

    wrong = {finding.record_key for finding in catalogue.findings(rule="deflated_amount_follows_from_current_amount")}
    assert wrong == {"30183", "30915", "34940", "39556"}

    namibian = sum(
        int(row["records"])
        for row in series
        if (row["indicator"], row["breakdown"], row["partner"], row["sector"])
        == ("official_finance_project_count", "_T", "NAM", "_T")
    )
    assert namibian == 78


def test_ted_gives_the_local_content_of_all_lots_that_say_it_by_country_of_the_buyer(run: Run, real_data: Path) -> None:
    lots = json.loads((real_data / "eu_ted_sample/eu_procurement_500_sample_v1.1.json").read_text(encoding="utf-8"))
    local: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for lot in lots:
        if lot["winner_country"] and not math.isnan(lot["lot_value_eur"]):
            for buyer in (lot["buyer_country"], "_T"):
                total[buyer] += lot["lot_value_eur"]
                local[buyer] += lot["lot_value_eur"] if lot["winner_country"] == lot["buyer_country"] else 0
    partners = load_codelist(PROJECT / "include/codelists/partners.csv")

    series, catalogue = run("ted")
    shares = {
        row["partner"]: float(row["value"])
        for row in series
        if (row["indicator"], row["year"]) == ("local_content_share_to_date", "2023")
    }
    expected = {partners.find(buyer): 100 * local[buyer] / total[buyer] for buyer in total}
    assert {partner: shares[partner] for partner in expected if partner} == pytest.approx(expected)
    assert f"{shares['_T']:.2f}" == "88.15"
    assert sum(one.received for one in catalogue.accountings()) == 500
