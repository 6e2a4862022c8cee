"""What another office may change without touching ours: the example of the documentation, published."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

import editions
from yearbook.errors import DefinitionError
from yearbook.model.recipe import Recipe
from yearbook.publish.charts.palette import load_palette
from yearbook.publish.context import make_context
from yearbook.publish.report.assets import read_script, read_stylesheet
from yearbook.publish.report.brief import headline as headline_of
from yearbook.publish.report.outline import outline
from yearbook.publish.words.chapters import load_chapters
from yearbook.publish.words.language import Language
from yearbook.publish.words.units import load_units

EXAMPLE = re.compile(r'^```\w+ title="include/programmes/mine/(reports/[^"]+)"\n(.*?)^```', re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def office(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme's folder with the files that the documentation shows."""
    root = tmp_path_factory.mktemp("mine")
    found = EXAMPLE.findall((project / "docs/how-to/make-it-yours.md").read_text())
    assert len(found) == 8
    for name, text in found:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def office_pages(office: Path, recipe: Recipe, tables, reports: Path) -> dict[str, str]:
    programme = recipe.programme.model_copy(update={"languages": ["en", "zh-Hans", "fr"]})
    material = editions.material(replace(recipe, root=office, programme=programme), tables)
    files = editions.write_edition(material, tables, reports)
    return {name: content.decode() for name, content in files.items() if name.endswith(".html") and "/" not in name}


def test_each_language_has_a_page_in_its_own_words(office_pages: dict[str, str]) -> None:
    told = {}
    for name, page in office_pages.items():
        root = html.fromstring(page)
        told[name] = (
            root.get("lang"),
            root.xpath("string(//*[@id='brief-title'])"),
            root.xpath("string(//h3[@class='points-title'])"),
            [" ".join(one.text_content().split()) for one in root.xpath("//section[@class='chapter']/h2[span]")][:3],
        )
    assert told == {
        "en.html": (
            "en", "2024 in brief", "What you need to know", ["1 Who takes part", "2 Contracts"],
        ),
        "fr.html": (
            "fr", "2024 en bref", "Points essentiels", ["1 Les acteurs", "2 Contracts"],
        ),
        "zh-Hans.html": (
            "zh-Hans", "2024年概览", "要点", ["1 参与机构", "2 技术合同"],
        ),
    }  # fmt: skip


def test_logo_colours_and_rules_of_the_office_are_in_the_page(office_pages: dict[str, str], office: Path) -> None:
    logo = base64.b64encode((office / "reports/assets/logo.svg").read_bytes()).decode()
    for page in office_pages.values():
        root = html.fromstring(page)
        assert root.xpath("//header//img/@src") == [f"data:image/svg+xml;base64,{logo}"]
        assert {"--brand:#5a1230", ".office{font-size:.875rem"} <= set(re.split(r"[;{](?=--)|;|\n|(?<=rem);", page))
        assert root.xpath("//figure//*[@fill='#8a1c4a']")
        assert not root.xpath("//figure//*[@fill='#1d5b8c']")
        assert root.xpath("string(//p[contains(@class, 'office')])") == "Innovation Agency, 1 Harbour Street"


def test_a_unit_is_written_in_the_third_language(office_pages: dict[str, str]) -> None:
    values = html.fromstring(office_pages["fr.html"]).xpath("//ul[@class='cards']/li//p[@class='value']/text()")
    assert values[0].strip() == "6,62 milliards de yuans"


@pytest.mark.parametrize(
    ("text", "message"),
    [('link: "#9ac0e0"\n', "`link` on `paper` has a contrast of 1.9"), ("brnad: red\n", "brnad")],
)
def test_colours_that_cannot_be_are_refused_with_the_reason(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "colours.yml").write_text(text)
    with pytest.raises(DefinitionError, match=re.escape(message)):
        load_palette([tmp_path])


def test_a_chapter_stands_once(tmp_path: Path, languages: dict[str, Language]) -> None:
    (tmp_path / "chapters.yml").write_text("chapters: [{chapter: talent}, {chapter: talent}]\n")
    with pytest.raises(DefinitionError, match="`talent` stands there twice"):
        load_chapters([tmp_path], languages["en"])


UNITS = """\
units:
  CNY:
    change: percent
    scales:
      en:
        - {factor: 1, label: "y\\x01", value: "{}"}
"""


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("chapters.yml", 'chapters:\n- chapter: talent\n  title: {en: "T\\vm", zh: 人}\n', 3, "`en` holds U+000B"),
        ("units.yml", UNITS, 6, "holds U+0001"),
    ],
)
def test_a_letter_that_no_file_can_hold_is_refused_with_its_line(
    name: str, text: str, line: int, said: str, tmp_path: Path, languages: dict[str, Language]
) -> None:
    path = tmp_path / name
    path.write_text(text)
    read = {"chapters.yml": lambda: load_chapters([tmp_path], languages["en"]),
            "units.yml": lambda: load_units(tmp_path, languages["en"])}  # fmt: skip
    with pytest.raises(DefinitionError, match=re.escape(said)) as refused:
        read[name]()
    assert refused.value.where == f"{path}:{line}"


CARDS = {
    "contracts": [("contract_value", 6e9), ("contract_count", 9.0)],
    "institutions": [("active_institutions", 7.0)],
    "screening": [("screening_pass_rate", 30.0)],
    "talent": [("cross_border_managers", 3.0), ("certified_managers", 5.0), ("recognised_managers", 2.0)],
    "commercialization": [("commercialization_rate", 20.0)],
}


@pytest.mark.parametrize(
    ("headline", "chapters", "cards"),
    [
        (
            ["contract_value", "commercialization_rate"],
            ["talent", "commercialization", "institutions"],
            ["commercialization_rate", "cross_border_managers", "certified_managers", "active_institutions"],
        ),
        (["contract_value", "commercialization_rate"], ["commercialization", "contracts"],
         ["contract_value", "commercialization_rate"]),
        (["contract_value"], ["institutions"], ["active_institutions"]),
        (["local_content_share", "contract_value"], ["collaboration", "contracts", "talent"],
         ["local_content_share", "contract_value"]),
    ],
)  # fmt: skip
def test_where_chapters_leave_key_figures_out_ours_stand_in(
    headline: list[str], chapters: list[str], cards: list[str], recipe: Recipe, tmp_path: Path, reports: Path,
    languages: dict[str, Language],
) -> None:  # fmt: skip
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/chapters.yml").write_text(
        f"chapters: [{', '.join(f'{{chapter: {one}}}' for one in chapters)}]\n"
    )
    rows = [editions.observation(code, 2024, value=value) for some in CARDS.values() for code, value in some]
    programme = recipe.programme.model_copy(update={"headline": headline})
    changed = replace(recipe, root=tmp_path, programme=programme)
    context = make_context(editions.material(changed, {2024: editions.table(rows)}), languages["en"], reports)
    sections = [one for one in outline(context) if one.indicator.chapter in context.chapters]
    assert headline_of(context, sections) == cards


def test_an_office_adds_a_script_and_the_page_allows_just_it(tmp_path: Path, reports: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site-office.js").write_text("void 0;\n")
    ours, both = read_script([reports], "site"), read_script([tmp_path, reports], "site")
    assert ours is not None
    assert both is not None
    assert both.text == f"{ours.text}\nvoid 0;\n"
    assert both.digest != ours.digest


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("one\n{% if %}", 2, "TemplateSyntaxError"),
        ("\n\n{{ nothing.at.all }}", 3, "'nothing' is undefined"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ('{% extends "common/raport.html" %}', 1, "TemplateNotFound: common/raport.html"),
        ('{% extends "common/report.html" %}\n{% block footer %}{{ reprot.title }}{% endblock %}', 2, "'reprot'"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", 1, "SecurityError"),
        ("{{ report.chapters.append(1) }}", 1, "SecurityError"),
        (b"one\n\xff", 2, "the file is not UTF-8"),
    ],
)
def test_a_wrong_template_is_refused_with_its_line(
    text: str | bytes, line: int, says: str, recipe: Recipe, tables, reports: Path, tmp_path: Path
) -> None:
    path = tmp_path / "reports/templates/report.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        editions.write_edition(editions.material(replace(recipe, root=tmp_path), tables), tables, reports)
    assert refused.value.where == f"{path}:{line}"


@pytest.mark.parametrize(("name", "read"), [("report-own.css", read_stylesheet), ("report-own.js", read_script)])
def test_an_asset_that_is_not_utf8_is_refused_with_its_line(name: str, read, tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "assets" / name
    path.parent.mkdir()
    path.write_bytes(b"\n\n\xff")
    with pytest.raises(DefinitionError, match="the file is not UTF-8") as refused:
        read([tmp_path, reports], "report")
    assert refused.value.where == f"{path}:3"
