"""Which chapters, sections, charts and tables a report has, for a whole catalogue and for one with gaps."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

import editions
from editions import Row, observation
from yearbook.model.indicator import Indicator
from yearbook.model.recipe import Recipe, load_recipe
from yearbook.publish.context import Context, Material
from yearbook.publish.edition import crosses_of
from yearbook.publish.figures import read_figures
from yearbook.publish.report.document import make_document
from yearbook.publish.report.outline import MOST_CHARTS, MOST_CHARTS_OF_A_CHAPTER, outline
from yearbook.publish.words.vocabulary import CHAPTERS

SECTORS = {"energy": 3.0, "ict": 2.0, "vehicles": 1.0, "materials": 4.0}
PARTNERS = {"VNM": 3.0, "KEN": 2.0, "DEU": 1.0}
ROAD = ["screening", "adaptation", "collaboration"]


def of_all(recipe: Recipe) -> Iterator[Row]:
    """Three years of every indicator of the catalogue, by each of its first two dimensions and breakdowns."""
    for definition in (folder.definition for folder in recipe.indicators.values()):
        for year in (2022, 2023, 2024):
            yield from _cells(definition, year)


def _cells(definition: Indicator, year: int) -> Iterator[Row]:
    common = {"unit": definition.unit, "records": 50, "numerator": 3.0, "denominator": 10.0 + year - 2022}
    yield observation(definition.indicator, year, value=40.0 + year - 2022, **common)
    for dimension, parts in (("sector", SECTORS), ("partner", PARTNERS)):
        for code, value in parts.items() if dimension in definition.dimensions else ():
            yield observation(definition.indicator, year, value=10 * value, **common, **{dimension: code})
    for code in ("a", "b", "c") if definition.breakdown_names else ():
        way = f"{definition.breakdown_names[0]}={code}"
        yield observation(definition.indicator, year, value=float(ord(code)), breakdown=way, **common)


@pytest.fixture(scope="module")
def whole(recipe: Recipe) -> Material:
    rows = list(of_all(recipe))
    tables = {year: editions.table([row for row in rows if row["year"] == year]) for year in (2022, 2023, 2024)}
    return editions.material(recipe, tables)


@pytest.fixture
def context_of_all(whole: Material, context_of: Callable[..., Context]) -> Context:
    return replace(context_of([observation("contract_count", 2024, value=1.0)]), material=whole)


def test_the_road_is_told_in_its_order() -> None:
    names = list(CHAPTERS)
    assert names[names.index("screening") :][:3] == ROAD
    assert [names[0], names[-1]] == ["contracts", "risk"]


def test_every_indicator_is_told_and_few_are_drawn(context_of_all: Context, recipe: Recipe) -> None:
    sections = outline(context_of_all)
    assert {section.indicator.indicator for section in sections} == set(recipe.indicators)
    charts = Counter(one.indicator.chapter for one in sections for exhibit in one.exhibits if exhibit.has_chart)
    assert max(charts.values()) <= MOST_CHARTS_OF_A_CHAPTER
    assert len(ROAD) * 2 <= sum(charts.values()) <= MOST_CHARTS
    assert set(charts) == set(CHAPTERS)
    assert min(charts.values()) >= 2


def test_the_pages_of_a_whole_catalogue_stay_light(whole: Material, reports: Path) -> None:
    files = editions.write_edition(whole, {2024: editions.table([])}, reports)
    assert {name: len(files[name]) < 1_500_000 for name in ("en.html", "zh-Hans.html")} == {
        "en.html": True,
        "zh-Hans.html": True,
    }
    page = html.fromstring(files["en.html"].decode())
    chapters = [one.get("id") for one in page.xpath("//section[@class='chapter'][.//table[@class='overview']]")]
    assert chapters == [f"chapter-{name}" for name in CHAPTERS]
    rows = page.xpath("//table[@class='overview']/tbody/tr")
    assert len(rows) == len(whole.recipe.indicators)
    tags = [one.text_content() for one in rows if one.xpath(".//span[@class='tag']")]
    assert [tag.startswith("Estimated contribution to GDP growth experimental") for tag in tags] == [True]


def missing(code: str, reason: str) -> Row:
    return observation(code, 2024, value=None, status="M", reason=reason, records=None)


def test_what_there_is_no_figure_of_is_told_once(context_of: Callable[..., Context]) -> None:
    rows = [
        observation("contract_count", 2024, value=5.0),
        missing("contract_value", "field_missing"),
        missing("training_completions", "no_source"),
        missing("certification_pass_rate", "no_source"),
        missing("certified_managers", "no_records"),
        observation("local_content_share", 2024, value=50.0, unit="percent"),
        *(
            observation("local_content_share", 2024, value=None, status="M", reason="small_base", partner=code)
            for code in ("VNM", "KEN")
        ),
        observation("local_content_share", 2024, value=None, status="M", reason="small_base", sector="ict"),
    ]
    context = context_of(rows)
    wanted = {row["indicator"] for row in rows}
    recipe = context.material.recipe
    few = replace(
        recipe, indicators={code: one for code, one in recipe.indicators.items() if code in wanted}, sources={}
    )
    document = make_document(replace(context, material=replace(context.material, recipe=few)), [])
    (contracts, _) = document.chapters
    assert contracts.missing == [
        "Not available (the sources do not deliver a field that is needed): Value of technology contracts."
    ]
    assert [(row.indicator, row.what, row.reason) for row in document.quality.whole] == [
        ("Talent", "Certified technology managers", "there are no records"),
        (
            "Talent",
            "Completions of training and Pass rate of certification",
            "no source delivers the records that are needed: Training of technology managers",
        ),
    ]
    assert [(row.indicator, row.what, row.reason) for row in document.quality.unavailable] == [
        (
            "Local content of procurement",
            "2 figures by country and 1 figure by sector",
            "there are too few records",
        )
    ]


def test_who_did_not_report_and_what_is_imputed(context_of: Callable[..., Context]) -> None:
    lost = {"unit": "percent", "denominator": 4570.0}
    rows = [
        observation("non_response_lost_coverage", 2024, value=1.8, numerator=82.0, **lost),
        observation("non_response_lost_coverage", 2024, value=0.4, breakdown="measure=contract_value", **lost),
        observation("transfer_staff", 2024, value=18_248.0, unit="persons", status="I"),
        observation("transfer_staff", 2024, value=18_000.0, unit="persons", breakdown="basis=reported"),
    ]
    told = make_document(context_of(rows), []).quality.responses
    assert told == [
        "82 of the 4,570 institutions that reported for 2023 did not report for 2024.",
        "The institutions that reported for 2023 and not for 2024 had held 0.4% of contract value.",
        (
            "Staff for commercialization came to 18,248 persons with what is imputed for institutions that did not"
            " report, and to 18,000 persons as reported."
        ),
    ]


def test_the_screening_table_crosses_partners_and_sectors(recipe: Recipe, context_of: Callable[..., Context]) -> None:
    score = {"unit": "score", "indicator": "screening_score", "year": 2024}
    cells = {
        ("VNM", "energy"): (70.0, 20),
        ("VNM", "ict"): (60.0, 4),
        ("KEN", "ict"): (50.0, 30),
        ("DEU", "energy"): (40.0, 12),
    }
    rows = [
        observation(**score, value=65.0, records=54),
        *(
            observation(**score, value=value, partner=code)
            for code, value in (("VNM", 68.0), ("KEN", 50.0), ("DEU", 40.0))
        ),
        *(
            observation(**score, value=v, records=n, partner=p, sector=s, status="U" if n < 10 else "A")
            for (p, s), (v, n) in cells.items()
        ),
        observation(**score, value=55.0, records=34, partner="BRI", sector="ict"),
    ]
    context = context_of(rows)
    figures = read_figures([editions.table(rows)], crosses_of(recipe))
    document = make_document(replace(context, material=replace(context.material, figures=figures)), [])
    (section,) = (one for one in document.chapters[0].sections if one.code == "screening_score")
    (exhibit,) = section.open_tables
    assert exhibit.table.columns == [
        "Country",
        "All, score, 0–100",
        "Energy",
        "Information and communication technology",
    ]
    assert [(row.head, *row.cells) for row in exhibit.table.rows] == [
        ("Kenya", "50.0", "–", "50.0"),
        ("Viet Nam", "68.0", "70.0", "60.0 [u]"),
        ("Germany", "40.0", "40.0", "–"),
    ]
    assert ("Weight of demand", "1") in [(name, text.partition(":")[0]) for name, text in section.parameters]


@pytest.mark.parametrize(
    ("code", "name", "value", "english", "chinese"),
    [
        ("disrupted_projects", "cause", "land_customs", "Land and customs", "土地与风俗"),
        ("compensation_paid", "cause", "political", "Political", "政治"),
        ("facility_count", "type", "workstation", "Workstation", "工作站"),
        ("projects_expected", "expected_year", "2025", "2025", "2025"),
    ],
)
def test_a_breakdown_is_named_by_its_own_codelist(
    code: str, name: str, value: str, english: str, chinese: str, recipe: Recipe, context_of: Callable[..., Context]
) -> None:
    rows = [observation("contract_count", 2024, value=1.0)]
    told = [
        context_of(rows, tag).names.of(recipe.indicators[code].definition).name(name, value)
        for tag in ("en", "zh-Hans")
    ]
    assert english in told[0]
    assert chinese in told[1]


def test_every_rule_has_a_title(project: Path, reports: Path) -> None:
    from yearbook.model.recipe import list_programmes
    from yearbook.publish.words.rule_titles import load_rule_titles

    titles = load_rule_titles(reports)
    rules = {
        rule.rule
        for name in list_programmes(project / "include")
        for dataset in load_recipe(name, project / "include").datasets.values()
        for rule in dataset.rules
    }
    assert sorted(rules - set(titles)) == []
    assert list(titles) == sorted(titles)
