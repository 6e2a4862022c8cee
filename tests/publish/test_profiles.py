"""Profiles of partners and sectors: who has one, and what it says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from lxml import html

import editions
from editions import observation
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.profiles.lists import make_profile_lists
from yearbook.publish.profiles.parts import address_of, profiled, read_crossed
from yearbook.publish.profiles.profile import Profiler, make_profile
from yearbook.publish.tables.dimensions import ROUNDING_NOTE

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
    assert profile.lead == (
        "Value of technology contracts with Viet Nam rose by 8.1% at current prices to CNY 330.8 million in 2024."
    )
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


def test_a_list_of_profiles_says_which_figure_changed_right_after_it(
    material: Material, tables: dict[int, pa.Table], languages: Any, reports: Path
) -> None:
    crossed = replace(material, crossed=read_crossed(material.recipe, tables.values()))
    lists = {tag: make_profile_lists(make_context(crossed, one, reports))[0] for tag, one in languages.items()}
    assert {tag: (one.columns[1:], one.links[0].cells) for tag, one in lists.items()} == {
        "en": (
            ["Value of technology contracts", "Value of technology contracts, change", "Local content of procurement"],
            ["CNY 186.6 million", "+4.8%", "47.3%"],
        ),
        "zh-Hans": (["技术合同成交额", "技术合同成交额比上年变动", "本地采购占比"], ["18,655万元", "+4.8%", "47.3%"]),
    }
    assert [getattr(head, "of_what", "") for head in lists["en"].columns] == ["", "", "change", ""]


def test_a_column_of_a_list_is_written_in_one_scale(context_of: Callable[..., Context]) -> None:
    sums = {"ict": 1.0366e12, "energy": 4.928e11, "vehicles": 9.9e8}
    ratios = ("screening_pass_rate", "local_content_share", "commercialization_rate", "contract_value_share")
    rows = [
        observation("contract_value", 2024, value=value, unit="CNY", records=100, sector=sector)
        for sector, value in [*sums.items(), ("_T", sum(sums.values()))]
    ]
    rows += [observation(code, 2024, value=7.0, unit="percent", sector=one) for code in ratios for one in sums]
    sectors = {tag: make_profile_lists(context_of(rows, tag))[0].links for tag in ("en", "zh-Hans")}
    assert {tag: [one.cells[0] for one in links] for tag, links in sectors.items()} == {
        "en": ["CNY 492.8 billion", "CNY 1.0 billion", "CNY 1,036.6 billion"],
        "zh-Hans": ["4,928亿元", "10亿元", "10,366亿元"],
    }


@pytest.mark.parametrize(
    ("tag", "parts", "shown"),
    [
        ("zh-Hans", [12.76e8, 0.97e8], ("2024年（亿元）", ["12.76", "0.97"])),
        ("en", [1.276e9, 0.097e9], ("2024, CNY billion", ["1.28", "0.10"])),
        # The largest part is less than one, or the smallest nothing, in the scale of the headline.
        ("en", [0.9e9, 0.8e9], ("2024, CNY million", ["900.00", "800.00"])),
        ("en", [1.276e9, 0.004e9], ("2024, CNY million", ["1,276.0", "4.0"])),
    ],
)
def test_parts_are_written_in_the_scale_of_the_headline(
    tag: str, parts: list[float], shown: tuple[str, list[str]], recipe: Recipe, languages: Any, reports: Path
) -> None:
    money = {"unit": "CNY", "records": 100, "partner": "VNM"}
    codes = ("energy", "vehicles")
    rows = [
        observation("contract_value", 2024, value=value, sector=code, **money)
        for code, value in zip(codes, parts, strict=True)
    ]
    table = editions.table([observation("contract_value", 2024, value=3.98e9, **money), *rows])
    material = replace(editions.material(recipe, {2024: table}), crossed=read_crossed(recipe, [table]))
    profile = make_profile(Profiler(make_context(material, languages[tag], reports), LANGUAGES), "partner", "VNM")
    assert profile.division is not None
    assert (profile.division.columns[1], [row.cells[0] for row in profile.division.rows]) == shown


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_what_changes_are_made_of_is_told_where_they_stand(tag: str, files: dict[str, bytes], languages: Any) -> None:
    told = languages[tag].say(ROUNDING_NOTE)
    report = html.fromstring(files[f"{tag}.html"].decode())
    profile = html.fromstring(files[f"partners/vnm.{tag}.html"].decode())
    places = {
        "page one": report.xpath("//section[@id='brief']"),
        **{one.get("id"): [one] for one in report.xpath("//section[@class='chapter'][.//table[@class='overview']]")},
        "profile": profile.xpath("//div[@id='figures']"),
    }
    counts = {
        name: sum(told in note.text_content() for note in place.xpath("p[@class='small']"))
        for name, [place] in places.items()
    }
    assert len(counts) > 4
    assert counts == dict.fromkeys(counts, 1)


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
