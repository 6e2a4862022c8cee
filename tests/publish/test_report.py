"""The pages of an edition as a reader's browser sees them: structure, links, harmlessness, sameness."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

import editions
from editions import observation
from yearbook.catalogue import Finding, FindingCount
from yearbook.model.definition import Text
from yearbook.model.recipe import Recipe
from yearbook.publish.context import Material

TAGS = ("en", "zh-Hans")
FETCHING = ("link", "img", "iframe", "object", "embed", "source", "use", "image", "base", "form")
HOSTILE = "<script>alert(1)</script> ]]> \"><img src=x> 'a' {{ 7*7 }} %(year)s"


@pytest.fixture(params=TAGS)
def page(request, files: dict[str, bytes]) -> html.HtmlElement:
    return html.fromstring(files[f"{request.param}.html"].decode())


def texts(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in element.xpath(path)]


def test_ids_are_unique_and_every_link_leads_somewhere(page: html.HtmlElement, files: dict[str, bytes]) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    addresses = [
        address for address in page.xpath("//a/@href") if not address.startswith(("data:", "mailto:", "https://"))
    ]
    inside = {address[1:] for address in addresses if address.startswith("#")}
    assert inside <= set(ids)
    assert {address for address in addresses if not address.startswith("#")} <= {
        *files,
        *(f"../{tag}.{kind}" for tag in TAGS for kind in ("html", "atom")),
        "../series.csv",
        "../../index.html",
    }
    labelled = {one for value in page.xpath("//@aria-labelledby") for one in value.split()}
    assert labelled <= set(ids)


def test_nothing_is_fetched(page: html.HtmlElement) -> None:
    assert [one.tag for one in page.iter() if one.tag in FETCHING and one.get("rel") != "alternate"] == []
    style = page.findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style
    assert page.xpath("//@src | //@srcset | //@style | //@onload | //@onclick") == []


def test_the_mark_comes_first_and_key_figures_before_the_contents(page: html.HtmlElement) -> None:
    order = [one.get("class") or one.get("id") for one in page.xpath("//body/* | //main/*")]
    assert order[:2] == ["skip", "banner"]
    assert order.index("cover") < order.index("brief") < order.index("contents") < order.index("chapter")
    mark = {"en": "SIMULATED RECORDS", "zh-Hans": "模拟数据"}[page.get("lang")]
    assert page.findtext(".//title").startswith(mark)
    assert texts(page, "//div[@class='banner']/strong") == [mark, mark]
    assert "@top-left" in page.findtext(".//style")


def test_the_brief_is_brief(page: html.HtmlElement) -> None:
    cards = page.xpath("//ul[@class='cards']/li")
    points = [one.text for one in page.xpath("//ul[@class='points']/li")]
    assert len(cards) == 6
    assert 4 <= len(points) <= 6
    assert all(len(point.split()) < 25 for point in points)
    for card in cards:
        assert card.findtext("h3")
        assert card.xpath("p[@class='value']")
        assert card.xpath(".//a/@href")[0].startswith("#table-")


def test_every_chart_has_title_description_table_and_download(page: html.HtmlElement) -> None:
    figures = page.xpath("//figure")
    assert 8 <= len(figures) <= 28
    for figure in figures:
        assert figure.findtext(".//h4")
        assert len(figure.xpath(".//p[@class='subtitle']")[0].text_content()) > 20
        pictures = figure.xpath(".//*[local-name()='svg'][@role='img']")
        assert 1 <= len(pictures) <= 2
        assert all([one.tag for one in picture][:2] == ["title", "desc"] for picture in pictures)
        assert len(figure.xpath("./details//table")) == 1
        assert figure.xpath("./details//a[@download]/@href")[0].startswith("data:text/csv;")


def test_tables_are_whole(page: html.HtmlElement) -> None:
    for table in page.xpath("//table"):
        columns = len(table.xpath("./thead/tr/th"))
        assert table.findtext("caption")
        assert table.xpath("./tbody/tr")
        assert {len(row) for row in table.xpath("./tbody/tr")} == {columns}
        assert all(cell.text_content().strip() for cell in table.iter("td", "th"))


def test_no_heading_stands_alone(page: html.HtmlElement) -> None:
    for section in page.xpath("//section[not(@id='brief')]"):
        assert len(section.xpath(".//p | .//table | .//dl")) > 0
    assert all(heading for level in ("h1", "h2", "h3", "h4") for heading in texts(page, f"//{level}"))


def test_a_table_of_an_edition(files: dict[str, bytes]) -> None:
    page = html.fromstring(files["en.html"].decode())
    table = page.get_element_by_id("table-local_content_share-partner")
    assert texts(table, ".//thead//th") == ["Partner country", "2024, per cent", "2023", "Change, points", "Records"]
    assert [texts(row, "./th | ./td") for row in table.xpath(".//tbody/tr")][:6] == [
        ["All partners", "57.0", "56.0", "+1.0 [n]", "505"],
        ["Foreign partners", "69.5", "69.2", "+0.2 [n]", "155"],
        ["China", "97.6", "99.3", "−1.7 [n]", "332"],
        ["Africa", "47.3", "47.3", "−0.1", "14"],
        ["Egypt", "46.7", "46.6", "0.0", "11"],
        ["Kenya", "[x]", "[x]", "–", "5"],
    ]
    assert texts(table, ".//p[@class='small']")[0] == (
        "[x] not available: there are too few records. [n] not told as a rise or a fall: the difference may be chance,"
        " or a figure is of low reliability. Groups overlap with the lines above them and are never added to them."
        " Changes and shares are computed from unrounded figures."
    )
    (download,) = table.xpath(".//a[@download]")
    assert download.get("download") == "SIMULATED-local_content_share-partner-2024.csv"
    lines = unquote(download.get("href").partition(",")[2]).removeprefix("\ufeff").splitlines()
    assert lines[:2] == [
        "Indicator,Code,Name,Measured,Year,Value,Unit,Status,Reason,Records,SIMULATED RECORDS",
        "local_content_share,_T,Total,,2024,57,percent,A,,505,",
    ]


def test_the_same_input_gives_the_same_bytes(
    material: Material, tables, files: dict[str, bytes], reports: Path
) -> None:
    again = editions.write_edition(material, editions.tables(), reports)
    assert again == files


def test_the_manifest_names_every_file(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["edition.json"])
    assert set(manifest["files"]) == set(files) - {"edition.json"}
    assert manifest["marks"] == [["en", "SIMULATED RECORDS"], ["zh-Hans", "模拟数据"]]
    assert "SIMULATED RECORDS" in json.loads(files["observations.csv-metadata.json"])["rdfs:comment"]


def hostile(recipe: Recipe) -> Recipe:
    text = Text(en=HOSTILE, zh=HOSTILE)
    programme = recipe.programme.model_copy(update={"title": text, "publisher": text, "notes": [text]})
    sectors = recipe.codelists["sectors"]
    codes = {code: replace(one, name_en=HOSTILE, name_zh=HOSTILE) for code, one in sectors.codes.items()}
    folder = recipe.indicators["contract_value"]
    definition = folder.definition.model_copy(update={"title": text, "definition": text, "population": text})
    sources = {
        name: source.model_copy(
            update={"card": source.card.model_copy(update={"title": text, "homepage": "javascript:alert(1)"})}
        )
        for name, source in recipe.sources.items()
    }
    return replace(
        recipe,
        programme=programme,
        sources=sources,
        codelists=recipe.codelists | {"sectors": replace(sectors, codes=codes)},
        indicators=recipe.indicators | {"contract_value": replace(folder, definition=definition)},
    )


def test_hostile_text_is_only_text(recipe: Recipe, material: Material, tables, reports: Path) -> None:
    attacked = replace(material, recipe=hostile(recipe))
    counts = [replace(one, rule_en=HOSTILE, rule_zh=HOSTILE) for one in material.finding_counts]
    files = editions.write_edition(replace(attacked, finding_counts=counts), tables, reports)
    for tag in TAGS:
        text = files[f"{tag}.html"].decode()
        page = html.fromstring(text)
        assert "<script>alert" not in text
        assert "]]>" not in text
        assert page.xpath("//script[@src] | //img") == []
        assert "javascript:" not in "".join(page.xpath("//@href"))
        assert " ".join(HOSTILE.split()) in page.xpath("//h1")[0].text_content()


@pytest.mark.parametrize(
    ("rows", "overview", "sections", "charts"),
    [
        (
            [observation("local_content_share", 2024, value=88.15, unit="percent", records=351)],
            ["Local content of procurement88.2%–"],
            [],
            0,
        ),
        (
            [
                observation(
                    "contract_value", 2024, value=value, unit="CNY", breakdown="scope=national_register", province=code
                )
                for code, value in (("_T", 9e12), ("BJ", 4e12), ("SH", 3e12), ("GD", 2e12))
            ],
            ["Value of technology contracts (national register)CNY 9.00 trillion–"],
            ["Value of technology contracts (national register)"],
            1,
        ),
        (
            [observation("local_content_share", 2024, value=None, unit="percent", status="M", reason="field_missing")],
            [],
            [],
            0,
        ),
        ([], [], [], 0),
    ],
    ids=["one figure", "register only", "nothing available", "no observation"],
)
def test_few_figures_give_a_whole_report(
    rows: list[editions.Row], overview: list[str], sections: list[str], charts: int, recipe: Recipe, reports: Path
) -> None:
    observations = {2024: editions.table(rows)}
    files = editions.write_edition(editions.material(recipe, observations), observations, reports)
    page = html.fromstring(files["en.html"].decode())
    assert texts(page, "//table[@class='overview']/tbody/tr") == overview
    assert texts(page, "//section[@class='indicator']/h3") == sections
    assert len(page.xpath("//figure")) == charts
    test_ids_are_unique_and_every_link_leads_somewhere(page, files)
    test_tables_are_whole(page)
    test_no_heading_stands_alone(page)


@pytest.mark.parametrize(
    ("confidentiality", "mark"),
    [("simulated", "SIMULATED RECORDS"), ("confidential", "INTERNAL, NOT PROTECTED"), ("public", None)],
)
def test_a_page_says_what_kind_of_records_it_rests_on(
    confidentiality: str, mark: str | None, recipe: Recipe, material: Material, tables, reports: Path
) -> None:
    programme = recipe.programme.model_copy(update={"confidentiality": confidentiality})
    marked = replace(material, recipe=replace(recipe, programme=programme))
    page = html.fromstring(editions.write_edition(marked, tables, reports)["en.html"].decode())
    assert (
        texts(page, "//div[@class='banner']/strong") == [mark, mark]
        if mark
        else page.xpath("//*[@class='banner']") == []
    )


def test_provisional_figures_are_told_once(recipe: Recipe, reports: Path) -> None:
    rows = [
        observation("contract_value", 2024, value=value, unit="CNY", status="P", sector=code)
        for code, value in (("_T", 9e9), ("ict", 5e9), ("energy", 4e9))
    ]
    observations = {2024: editions.table(rows)}
    page = html.fromstring(
        editions.write_edition(editions.material(recipe, observations), observations, reports)["en.html"].decode()
    )
    table = page.get_element_by_id("table-contract_value-sector")
    assert texts(page, "//p[@class='imprint']/span")[0] == "Provisional figures"
    assert texts(table, ".//p[@class='small']")[0].startswith("All figures of this table are marked [p]: provisional.")
    assert "[p]" not in table.xpath(".//tbody")[0].text_content()


def test_a_rule_is_told_in_words_with_examples(recipe: Recipe, material: Material, tables, reports: Path) -> None:
    counts = [
        FindingCount("contracts", 2024, "signed_in_the_future", "warning", 2, "signed on …; not after … expected", "x"),
        FindingCount("contracts", 2024, "unread_value", "critical", 1, "Contract value: cannot read “…”", "y"),
    ]
    common = ("warning", "key", "hash", "sign_date", None, None, "source", "a.csv:2")
    example = Finding(
        "contracts", 2024, "signed_in_the_future", 1, *common, "signed on 2031-01-01", "z", counts[0].rule_en, "x"
    )
    shown = replace(material, finding_counts=counts, examples=[example])
    page = html.fromstring(editions.write_edition(shown, tables, reports)["en.html"].decode())
    (table,) = page.xpath("//table[caption[@id='rules-caption']]")
    assert [texts(row, "./th | ./td") for row in table.xpath("./tbody/tr")] == [
        [
            "Contract value: cannot read a value unread_value",
            "Technology contracts",
            "critical: the record is held",
            "1",
        ],
        [
            "Signed after the day of release signed_in_the_futuresigned on 2031-01-01",
            "Technology contracts",
            "warning: the record counts",
            "2",
        ],
    ]


def test_a_year_without_records_is_not_final(recipe: Recipe, material: Material, tables, reports: Path) -> None:
    files = editions.write_edition(replace(material, accountings=[]), tables, reports)
    page = html.fromstring(files["en.html"].decode())
    assert texts(page, "//p[@class='imprint']/span")[0] == "No records: nothing was received for this year"
    assert json.loads(files["edition.json"])["empty"] is True


def test_a_key_figure_may_name_its_way_of_measuring(recipe: Recipe, reports: Path) -> None:
    rows = [
        observation("contract_value", 2024, value=value, unit="CNY", breakdown=way)
        for way, value in (("_T", 9e9), ("basis=real", 8e9))
    ]
    programme = recipe.programme.model_copy(update={"headline": ["contract_value;basis=real"]})
    observations = {2024: editions.table(rows)}
    shown = editions.material(replace(recipe, programme=programme), observations)
    page = html.fromstring(editions.write_edition(shown, observations, reports)["en.html"].decode())
    assert texts(page, "//ul[@class='cards']/li/*[self::h3 or @class='value']") == [
        "Value of technology contracts (at constant prices)",
        "CNY 8.00 billion",
    ]


def test_no_code_stands_in_the_prose(page: html.HtmlElement) -> None:
    told = page.xpath("//p | //dd | //h2 | //h3 | //h4 | //li[not(ancestor::td | ancestor::th)]")
    prose = " ".join(one.text_content() for one in told)
    assert [word for word in ("_T", "_U", "_F", "scope=", "basis=", "direction=", "statistic=") if word in prose] == []
