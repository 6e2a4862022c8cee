"""Profiles of partners and sectors: who has one, and what it says."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from lxml import html

from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.profiles.parts import address_of, profiled, read_crossed
from yearbook.publish.profiles.profile import Profiler, make_profile

LANGUAGES = [("en", "English"), ("zh-Hans", "中文")]


@pytest.fixture
def context(material: Material, tables: dict[int, pa.Table], languages: Any, reports: Path) -> Context:
    crossed = replace(material, crossed=read_crossed(material.recipe, tables.values()))
    return make_context(crossed, languages["en"], reports)


def test_home_and_the_whole_have_no_profile(context: Context) -> None:
    assert sorted(profiled(context, "partner")) == [
        "AFR", "ARE", "BRI", "CAS", "DEU", "EGY", "EUR", "KAZ", "KEN", "MEA", "SAU", "SEA", "SGP", "SRB", "THA", "UZB",
        "VNM",
    ]  # fmt: skip
    assert "energy" in profiled(context, "sector")


def test_a_profile_holds_every_indicator_beside_the_whole(context: Context) -> None:
    profile = make_profile(Profiler(context, LANGUAGES), "partner", "VNM")
    assert profile.address == "partners/vnm.en.html"
    assert profile.languages == [("en", "English", "vnm.en.html"), ("zh-Hans", "中文", "vnm.zh-Hans.html")]
    assert profile.lead == "Value of technology contracts with Viet Nam rose by 8.1% to CNY 330.8 million in 2024."
    assert profile.columns == ["Indicator", "2024", "Change", "All foreign partners", "Share, %", "Rank"]
    assert [(row.id, row.cells) for row in profile.groups[0].rows][:2] == [
        ("contract_count.2024.partner=VNM", ["750", "+7.1%", "4,590", "16.3", "2 of 11"]),
        (
            "contract_value.2024.partner=VNM",
            ["CNY 330.8 million", "+8.1%", "CNY 2.02 billion", "16.3", "2 of 11"],
        ),
    ]
    assert [(card.title, card.value, card.beside) for card in profile.cards][:1] == [
        ("Value of technology contracts", "CNY 330.8 million", ["All foreign partners: CNY 2.02 billion"])
    ]


def test_the_report_leads_to_every_profile_and_back(files: dict[str, bytes]) -> None:
    for tag in ("en", "zh-Hans"):
        report = html.fromstring(files[f"{tag}.html"].decode())
        links = set(report.xpath("//section[@id='partners' or @id='sectors']//th/a/@href"))
        assert links == {name for name in files if name.endswith(f".{tag}.html")}
        for name in sorted(links)[:3]:
            page = html.fromstring(files[name].decode())
            back = page.xpath("//header//nav/a/@href")[-1]
            assert back in {f"../{tag}.html#partners", f"../{tag}.html#sectors"}
            methods = {link.partition("#")[2] for link in page.xpath("//table[@class='indicators']//a/@href")}
            assert methods <= set(report.xpath("//@id"))


def test_no_two_codes_have_one_address() -> None:
    codes = ["VNM", "能源", "电力", "A.1", "a-1", "a_1"]
    told = [address_of("partner", code, "en") for code in codes]
    assert told[0] == "partners/vnm.en.html"
    assert len(set(told)) == len(codes)
