"""The files that a report leads to: all that stand there, and no PDF where none is made; and what they say alike."""

import json
import re
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

import editions
import sites
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.door import public_part
from yearbook.publish.formats.csv_files import make_csv
from yearbook.publish.formats.imprinting import release_facts
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.trace import make_trace
from yearbook.publish.report.files import make_files
from yearbook.publish.words.language import Language

ALWAYS = [
    "en.xlsx",
    "observations.csv",
    "sdmx-structure.xml",
    "sdmx-data.csv",
    "trace.json",
    "SHA256SUMS",
    "../series.csv",
    "../en.atom",
]


def test_the_files_of_a_report(context_of) -> None:
    context = context_of(editions.year_rows(2024))
    assert [address for address, _ in make_files(context)] == ALWAYS
    assert all(text for _, text in make_files(context))


def test_pdf_where_the_programme_asks_for_it(context_of) -> None:
    context = context_of(editions.year_rows(2024))
    programme = context.material.recipe.programme.model_copy(update={"pdf": True})
    material = replace(context.material, recipe=replace(context.material.recipe, programme=programme))
    addresses = [address for address, _ in make_files(replace(context, material=material))]
    assert addresses == [*ALWAYS[:5], "en.pdf", "en.brief.pdf", *ALWAYS[5:]]


NAMING = re.compile(r"^## Names of figures$.*?^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
AWKWARD = [
    editions.observation("standards_compatibility", 2024, value=1.0, breakdown="pair=GB%2FT 18451/IEC 61400"),
    editions.observation("standards_compatibility", 2024, value=1.0, breakdown="pair=a%3Bb%3Dc%25/d.e\tf"),
    editions.observation("contract_value", 2024, value=1.0, platform="a.b=c;d%e f", breakdown="direction=output"),
    editions.observation("contract_value", 2024, value=1.0, province="_Z", sector="_U"),
    editions.observation("cohort_commercialization_rate", 2024, value=1.0, breakdown="cohort=2020;horizon=3y"),
]


def test_the_documented_rule_gives_every_name(
    material: Material, languages: dict[str, Language], reports: Path, project: Path, tmp_path: Path, monkeypatch
) -> None:
    [example] = NAMING.findall((project / "docs/reference/observations.md").read_text())
    table = public_part(editions.table([*editions.year_rows(2024), *AWKWARD]))
    contexts = {"en": make_context(material, languages["en"], reports)}
    for make in (make_csv, make_trace):
        for name, content in make(Ingredients(material, table, contexts, {})).items():
            (tmp_path / name).write_bytes(content)
    (tmp_path / "example.py").write_text(example)
    monkeypatch.chdir(tmp_path)
    names = runpy.run_path("example.py")["names"]
    figures = json.loads((tmp_path / "trace.json").read_text())["figures"]
    assert len(names) == table.num_rows > 300
    assert sorted(names) == sorted(figures)
    assert "standards_compatibility.2024.pair=GB%2FT%2018451/IEC%2061400" in names


def test_the_trace_says_which_indicators_are_experimental(material: Material, languages, reports: Path) -> None:
    contexts = {"en": make_context(material, languages["en"], reports)}
    trace = json.loads(make_trace(Ingredients(material, editions.table([]), contexts, {}))["trace.json"])
    told = {code: one["experimental"] for code, one in trace["indicators"].items()}
    assert told == {code: one.definition.experimental for code, one in material.recipe.indicators.items()}
    assert True in told.values()


LICENCE = "https://example.org/terms"


@pytest.mark.parametrize(
    ("licence", "tag", "told"), [(None, "en", []), (LICENCE, "en", ["Licence"]), (LICENCE, "zh-Hans", ["许可"])]
)
def test_files_name_the_licence_where_there_is_one(
    context_of: Callable[..., Context], licence: str | None, tag: str, told: list[str]
) -> None:
    context = context_of(editions.year_rows(2024), tag)
    programme = context.material.recipe.programme.model_copy(update={"licence": licence})
    material = replace(context.material, recipe=replace(context.material.recipe, programme=programme))
    context = replace(context, material=material)
    assert [head for head, text in release_facts(context) if text == LICENCE] == told
    trace = json.loads(make_trace(Ingredients(material, editions.table([]), {tag: context}, {}))["trace.json"])
    assert trace.get("licence") == licence


@pytest.fixture(scope="module")
def licensed(recipe: Recipe, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a programme on a site, under a licence: 2023 withdrawn, 2024 with an erratum."""
    own = replace(recipe, programme=recipe.programme.model_copy(update={"licence": LICENCE}))
    return sites.make_site(tmp_path_factory.mktemp("licensed"), project, own) / "demo"


@pytest.mark.parametrize(
    ("page", "place", "head"),
    [
        ("2024/en.html", "//section[@id='using']", "Licence: "),
        ("2024/zh-Hans.html", "//section[@id='using']", "使用许可："),
        ("2024/en.html", "//footer", "Licence: "),
        ("2024/zh-Hans.html", "//footer", "使用许可："),
        ("en.html", "//footer", "Licence: "),
        ("zh-Hans.html", "//footer", "使用许可："),
    ],
)
def test_pages_name_the_licence_where_there_is_one(
    licensed: Path, site: Path, page: str, place: str, head: str
) -> None:
    [link] = html.parse(str(licensed / page)).xpath(f"{place}//a[@href='{LICENCE}']")
    assert head + LICENCE in link.getparent().text_content()
    assert html.parse(str(site / "demo" / page)).xpath("//a[contains(@rel, 'license')]") == []


@pytest.mark.parametrize("feed", ["en.atom", "zh-Hans.atom"])
def test_feeds_name_the_licence_where_there_is_one(licensed: Path, site: Path, feed: str) -> None:
    told = [
        etree.parse(folder / feed).xpath("/a:feed/a:rights/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
        for folder in (licensed, site / "demo")
    ]
    assert told == [[LICENCE], []]


def test_the_series_say_which_years_they_hold_and_when_one_was_corrected(licensed: Path) -> None:
    told = json.loads((licensed / "series.csv-metadata.json").read_text())
    assert [told[name] for name in ("dc:issued", "dc:modified", "dc:license")] == [
        {"@value": "2025-06-30", "@type": "xsd:date"},
        {"@value": "2025-09-01", "@type": "xsd:date"},
        {"@id": LICENCE},
    ]
    assert [one["@value"] for one in told["dc:title"]] == [
        "Technology transfer and commercialization (SIMULATED demonstration), 2024",
        "2024年技术转移与成果转化年报（模拟演示）",
    ]
