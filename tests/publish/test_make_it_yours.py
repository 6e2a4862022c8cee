"""What another office may change without touching ours: the example of the documentation, published."""

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

import editions
from tiny import make_tiny
from yearbook.errors import DefinitionError
from yearbook.model.recipe import Recipe
from yearbook.publish.charts.palette import load_palette
from yearbook.publish.context import make_context
from yearbook.publish.forms import made_from
from yearbook.publish.report.assets import read_logo, read_script, read_stylesheet
from yearbook.publish.report.brief import headline as headline_of
from yearbook.publish.report.idle import idle_parts
from yearbook.publish.report.outline import outline
from yearbook.publish.site.pages import publish_site
from yearbook.publish.words.chapters import load_chapters
from yearbook.publish.words.language import Language, read_messages
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
    [
        ('link: "#9ac0e0"\n', "`link` on `paper` has a contrast of 1.9"),
        ("brnad: red\n", "did you mean `brand`?"),
        ('tile_1: "#a9c8e2"\ntile_2: "#e3edf6"\n', "`tile_1` to `tile_4` do not go from light to dark"),
        ('tile_1: "#a9c8e2"\n', "`tile_1` to `tile_4` do not go from light to dark"),
        ("brand: #5a1230\n", "put it in quotes"),
    ],
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


COMMON = '{% extends "common/report.html" %}\n'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("one\n{% if %}", 2, "TemplateSyntaxError"),
        ("\n\n{{ nothing.at.all }}", 3, "'nothing' is undefined"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
        ('{% extends "common/raport.html" %}', 1, "did you mean `common/report.html`?"),
        ('{% extends "report.html" %}', 1, "write `common/report.html` for the common page"),
        (f"{COMMON}{{% block fotter %}}x{{% endblock %}}", 2, "did you mean `footer`?"),
        (
            f"{COMMON}{{% if true %}}\n{{% block xyz %}}x{{% endblock %}}{{% endif %}}",
            3,
            "the blocks of the page: body, ",
        ),
        (f"{COMMON}{{% block body %}}{{% endblock %}}\n{{% block footer %}}x{{% endblock %}}", 3, "is not shown"),
        (f"{COMMON}\n{{# ours #}}\n<p>Innovation Agency</p>", 4, "outside all blocks"),
        (f"<!-- ours -->{COMMON}", 1, "outside all blocks"),
        (f'{COMMON}{{% include "brief.html" %}}', 2, "outside all blocks"),
        ('{% extends "common/report.html" %}\n{% block footer %}{{ reprot.title }}{% endblock %}', 2, "'reprot'"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", 1, "SecurityError"),
        ("{{ report.chapters.append(1) }}", 1, "SecurityError"),
        (b"one\n\xff", 2, "the file is not UTF-8"),
        (
            f"{COMMON}{{% block xyz %}}x{{% endblock %}}{{% block footer %}}{{{{ self['xyy'] }}}}{{% endblock %}}",
            2,
            "`xyz`",
        ),
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


OWN_BLOCKS = """\
{% extends "common/report.html" %}
{% set agency = "Innovation Agency" %}
{% macro line(text) %}<p class="office">{{ text }}</p>{% endmacro %}
{# Shown by its name alone. #}
{% block street %}{{ line("1 Harbour Street") }}{% endblock %}
{% block footer %}{% block agency %}{{ line(agency) }}{% endblock %}{{ %s }}{% endblock %}
"""


@pytest.mark.parametrize("call", ["self.street()", "self['street']()", "self['str' ~ 'eet']()"])
def test_a_template_may_have_blocks_of_its_own_where_it_shows_them(
    call: str, recipe: Recipe, tables, reports: Path, tmp_path: Path
) -> None:
    templates = tmp_path / "reports/templates"
    templates.mkdir(parents=True)
    (templates / "office.html").write_text(OWN_BLOCKS.replace("%s", call))
    # A page may extend another page of the office, and need not keep what that one adds.
    (templates / "report.html").write_text(
        '{% extends "office.html" %}\n{% block street %}{{ line("2 Harbour Street") }}{% endblock %}\n'
        "{% macro line(text) %}<p class='office'>{{ text }}</p>{% endmacro %}\n"
    )
    files = editions.write_edition(editions.material(replace(recipe, root=tmp_path), tables), tables, reports)
    lines = html.fromstring(files["en.html"]).xpath("//p[@class='office']/text()")
    assert lines == ["Innovation Agency", "2 Harbour Street"]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n%s</svg>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    ("name", "content", "place", "says"),
    [
        ("logo.svg", b"no svg", ":1", "the file is no SVG: syntax error"),
        ("logo.svg", SVG[:-6], ":2", "the file is no SVG: no element found"),
        ("logo.svg", b"<svg/>", ":1", "the picture begins with `svg`"),
        ("logo.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", ":1", "the picture begins with `html`"),
        ("logo.svg", SVG % b"<script>1</script>", ":2", "holds `script`"),
        ("logo.svg", SVG % b"<foreignObject/>", ":2", "holds `foreignObject`"),
        ("logo.svg", SVG % b"<g\nonload='f()'/>", ":2", "holds `onload`, which would run a script"),
        ("logo.svg", SVG % b"<image href='a.png'/>", ":2", "refers to `a.png`"),
        ("logo.svg", SVG % b"<use xlink:href='https://a.test/b.svg#c'/>", ":2", "refers to `https://a.test/b.svg#c`"),
        ("logo.svg", SVG % b"<g style='fill:url(https://a.test/b)'/>", ":2", "asks for `url(https://a.test/b)`"),
        ("logo.svg", SVG % b"<style>\n@import 'a.css';</style>", ":3", "asks for `@import`"),
        ("logo.svg", b"<?xml-stylesheet href='a.css'?>" + SVG % b"", ":1", "holds `<?xml-stylesheet`"),
        ("logo.svg", SVG % b"<g style='a:image-set(\"a.png\" 1x)'/>", ":2", "asks for `image-set(`"),
        ("logo.svg", SVG % b"<g style='a:-webkit-image-set(\"a.png\")'/>", ":2", "asks for `-webkit-image-set(`"),
        ("logo.svg", SVG % b"<style>a{b:image('b.png')}</style>", ":2", "asks for `image(`"),
        ("logo.svg", SVG % b"<style>a{b:src('b.png')}</style>", ":2", "asks for `src(`"),
        ("logo.svg", SVG % b"<g style='a:f(\"//a.test/b\")'/>", ":2", 'asks for `"//a.test/b"`'),
        ("logo.svg", SVG % rb"<g fill='u\72l(https://a.test/b)'/>", ":2", r"asks for `u\72l(https://a.test/b)`"),
        ("logo.svg", SVG % rb"<g style='a:&apos;\&apos;&apos; url(https://a.test)'/>", ":2", r"asks for `'\''`"),
        ("logo.svg", SVG % b"<style>/* ' */ .a{b:URL( 'b.png' )}</style>", ":2", "asks for `URL( 'b.png' )`"),
        ("logo.svg", SVG % b"<style>.a{b:u<!-- -->rl(b.png)}</style>", ":2", "asks for `url(b.png)`"),
        ("logo.svg", SVG % b"<style>.a{b:u<g/>rl(b.png)}</style>", ":2", "holds `g` within `style`"),
        ("logo.svg", SVG % b"<g fill='url(data:image/svg+xml,a)'/>", ":2", "asks for `url(data:image/svg+xml,a)`"),
        ("logo.svg", SVG % b"<set attributeName='href' to='javascript:f()'/>", ":2", "changes `href` while"),
        ("logo.svg", SVG % b"<animate attributeName=' xlink:href'/>", ":2", "changes `xlink:href` while"),
        ("logo.svg", SVG % b"<set attributeName='onclick' to='f()'/>", ":2", "changes `onclick` while"),
        ("logo.svg", SVG % b"<a xml:base='https://a.test'/>", ":2", "holds `xml:base`"),
        ("logo.svg", SVG % b"<h:img xmlns:h='http://www.w3.org/1999/xhtml'/>", ":2", "holds `img` of HTML"),
        ("logo.svg", b"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'f()'>]>" + SVG % b"", ":1", "holds `onload`, which"),
        ("logo.svg", b"<?xml version='1.0' encoding='GBK'?>" + SVG % b"", ":1", "multi-byte encodings"),
        ("logo.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG % b"&a;", ":1", "declares the entity `a`"),
        ("logo.svg", SVG % b"<g/>" * 50_000, "", "the logo has 4,"),
        ("logo.png", SVG % b"", "", "the file is no PNG, or not a whole one"),
        ("logo.png", PNG + b"rest", "", "the file is no PNG, or not a whole one"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused(name: str, content: bytes, place: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "assets" / name
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        read_logo([tmp_path])
    assert refused.value.where == f"{path}{place}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/svg11.dtd'>" + SVG % b"<g/>"),
        ("logo.svg", SVG % b"<style>.a{fill:url(#b)}</style><use xlink:href='#a' style='fill:url( \"#b\")'/>"),
        ("logo.svg", SVG % b"<image href='data:image/png;base64,AAAA'/>"),
        ("logo.svg", SVG % b"<e:effect xmlns:e='ink' only_selected='false' e:onload='no' path='C:\\a' href='b'/>"),
        ("logo.svg", SVG % b"<g xmlns:e='ink' e:onload='no' e:export='C:\\a' e:href='b' only_selected='no'/>"),
        ("logo.svg", b"<?xpacket begin='' id='1'?>" + SVG % b"<?xpacket end='w'?>"),
        ("logo.svg", SVG % b"<title>url(http://a.test)</title><desc>@import 'a' C:\\a</desc><text>url(b.png)</text>"),
        ("logo.svg", SVG % b"<g id='a\\b' data-name='url(b.png)' aria-label='url(b.png)'/>"),
        ("logo.svg", SVG % b"<style>/* url(http://a.test) don't \\ */.a{font-family:'Open Sans'}</style>"),
        ("logo.svg", SVG % b"<style><![CDATA[@font-face{src:url('data:font/woff2;base64,d09/')}]]></style>"),
        ("logo.svg", SVG % b"<set attributeName='fill' to='red'/><switch requiredExtensions='http://ns.adobe.com/'/>"),
        ("logo.png", PNG + b"rest IEND\xaeB`\x82"),
    ],
)
def test_a_logo_that_holds_all_it_needs_is_taken(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / name).write_bytes(content)
    assert base64.b64decode(read_logo([tmp_path]).partition(",")[2]) == content


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("report-own.css", ".a{color:red}\n.b{color:red\n", 2, "the bracket is not closed"),
        ("report-own.css", ".a{color:red}\n}\n", 2, "the bracket closes none"),
        ("report-own.css", "\n/* ours\n.a{color:red}\n", 2, "the comment is not closed"),
        ("report-own.css", '.a::before{content:"a}\n', 1, "the text is not closed on its line"),
        ("report-own.css", "/* </STYLE> */", 1, "`</STYLE` would end the page's own"),
        ("report-own.css", "\n@import 'other.css';", 2, "a page asks nobody for anything: `@import`"),
        ("report-own.css", "@font-face{src:url( 'https://a.test/b.woff2')}", 1, "url( 'https://a.test/b.woff2'"),
        ("report-own.js", "\nlet a = '</script>';", 2, "`</script` would end the page's own"),
    ],
)
def test_an_asset_that_would_spoil_what_comes_after_it_is_refused(
    name: str, text: str, line: int, says: str, tmp_path: Path, reports: Path
) -> None:
    path = tmp_path / "assets" / name
    path.parent.mkdir()
    path.write_text(text)
    read = {".css": read_stylesheet, ".js": read_script}[path.suffix]
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        read([tmp_path, reports], "report")
    assert refused.value.where == f"{path}:{line}"


def test_a_stylesheet_with_quotes_and_brackets_in_their_places_is_taken(tmp_path: Path, reports: Path) -> None:
    text = """/* don't { */ .a::after{content:"}' \\" /*"} .b{background:url("data:image/png;base64,A'{")} .c\\{{}"""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/report-own.css").write_text(text)
    assert text in read_stylesheet([tmp_path, reports], "report")


IDLE = {
    "chapters.yml": "chapters: [{chapter: talent}]\n",
    "colors.yml": 'brand: "#5a1230"\n',
    "README.md": "What is ours.\n",
    "assets/.keep": "",
    "assets/logo.svg": "",
    "assets/logo.png": "",
    "assets/logo.jpg": "",
    "assets/site-office.css": ":root{--ours:1px}\n.a{margin:var(--ours);\ncolor:var( --mutde )}\n",
    "assets/reprot-office.css": "",
    "templates/report.html": '{% include "street.html" %}',
    "templates/street.html": '{{ _("Innovation Agency") }}',
    "templates/raport.html": "{% if %}",
    "locale/fr/LC_MESSAGES/messages.mo": "",
    "locale/fr/LC_MESSAGES/messages.po": """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Main pionts"
msgstr "Points essentiels"

msgid "Innovation Agency"
msgstr "Agence d'innovation"

#, fuzzy
msgid "Contents"
msgstr "Sommaire"

msgid "Data"
msgstr ""

msgctxt "a file"
msgid "Notes"
msgstr "Notes"

msgid "Xyzzy plugh"
msgstr "Rien"
""",
    "locale/zh-Hans/LC_MESSAGES/messages.po": "",
}
TOLD = """\
{}/assets/logo.jpg: nothing reads this file; did you mean `assets/logo.png`?
{}/assets/reprot-office.css: nothing reads this file; did you mean `assets/report-office.css`?
{}/colors.yml: nothing reads this file; did you mean `colours.yml`?
{other}: nothing reads this file; did you mean `locale/zh_Hans/LC_MESSAGES/messages.po`?
{}/templates/raport.html: nothing reads this file; did you mean `templates/report.html`?
{}/assets/logo.png: nothing reads this file; logo.svg stands before it
{}/assets/site-office.css:3: nobody gives `--mutde`; did you mean `--muted`?
{fr}:4: no sentence has the message “Main pionts”; did you mean “Main points”?
{fr}:11: the translation of “Contents” is marked `fuzzy` and not taken; take the mark off
{fr}:18: messages of a `msgctxt` are not looked up; take that line out
{fr}:21: no sentence has the message “Xyzzy plugh”; take it out
zh-Hans: 1 of {all} messages are English
fr: {lacking} of {all} messages are English
"""


def test_what_does_nothing_is_told_with_its_place_and_the_nearest_name(tmp_path: Path, reports: Path) -> None:
    for name, text in IDLE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    ours = read_messages(reports / "locale/zh_Hans/LC_MESSAGES/messages.po")
    # One more is the office's own, and it alone is translated: `Notes` has a context.
    fr, other = (f"{tmp_path}/locale/{name}/LC_MESSAGES/messages.po" for name in ("fr", "zh-Hans"))
    told = TOLD.replace("{}", str(tmp_path)).format(fr=fr, other=other, all=len(ours) + 1, lacking=len(ours))
    assert idle_parts(tmp_path, reports, ["en", "zh-Hans", "fr"]) == told.splitlines()


def test_of_much_that_does_nothing_the_first_is_told(tmp_path: Path, reports: Path) -> None:
    for number in range(22):
        (tmp_path / f"{number:02}.pdf").write_text("")
    line = "{}/{:02}.pdf: nothing reads this file; docs/how-to/make-it-yours.md lists the files"
    told = [line.format(tmp_path, number) for number in range(20)]
    assert idle_parts(tmp_path, reports, ["en"]) == [*told, f"{tmp_path}: 2 more lines of this kind"]


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What we warned of, whatever others log beside it."""
    own = [one for one in caplog.records if one.name.startswith("yearbook.")]
    return [one.getMessage() for one in own if one.levelname == "WARNING"]


def test_a_publication_tells_what_does_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    workspace = make_tiny(tmp_path).workspace()
    path = workspace.recipe.root / "reports/colors.yml"
    path.parent.mkdir()
    path.write_text("")
    publish_site(workspace)
    assert warnings_of(caplog) == [f"{path}: nothing reads this file; did you mean `colours.yml`?"]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("../../../outside.html", "the link leads out of the folder, to ../../../outside.html"),
        ("../../sources", "the link leads out of the folder, to ../../sources"),
    ],
)
def test_a_link_out_of_the_folder_is_refused(target: str, says: str, tmp_path: Path) -> None:
    workspace = make_tiny(tmp_path).workspace()
    link = workspace.recipe.root / "reports/templates/report.html"
    link.parent.mkdir(parents=True)
    (workspace.recipe.root.parent / "outside.html").write_text("")
    link.symlink_to(target)
    with pytest.raises(DefinitionError, match=re.escape(says)) as refused:
        made_from(workspace)
    assert refused.value.where == str(link)


@pytest.mark.parametrize("name", [".template.html", "README.md", "review.po"])
@pytest.mark.parametrize("place", ["templates", ".stash"])
def test_a_template_reaches_no_file_outside_by_a_name_that_is_none_of_a_form(
    place: str, name: str, tmp_path: Path
) -> None:
    workspace = make_tiny(tmp_path).workspace()
    own = workspace.recipe.root / "reports"
    link = own / place / name
    link.parent.mkdir(parents=True)
    link.symlink_to(workspace.recipe.root / "programme.yml")
    if place != "templates":
        (own / "templates").symlink_to(place)
    with pytest.raises(DefinitionError, match="the link leads out of the folder") as refused:
        made_from(workspace)
    assert refused.value.where == str(link)


OTHERS = ["templates/.#report.html", "assets/.#report-office.css", ".#colours.yml", ".git", "README.md"]
NOWHERE = ["assets/report-office.css", "colours.yml", "templates/report.html"]


def test_what_editors_put_beside_stops_nothing_and_a_link_to_no_file_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = make_tiny(tmp_path).workspace()
    own = workspace.recipe.root / "reports"
    before = made_from(workspace)
    for name in [*OTHERS, *NOWHERE]:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        outside = workspace.settings.reports if name in {".git", "README.md"} else "li@office.7:1"
        (own / name).symlink_to(outside)
    (own / ".colours.yml.swp").write_text("half")
    assert made_from(workspace) == before
    assert ".office" not in read_stylesheet([own, workspace.settings.reports], "report")
    publish_site(workspace)
    says = "the link leads to no file: li@office.7:1; put the file itself there, or take the link out"
    assert warnings_of(caplog) == [f"{own}/{name}: {says}" for name in NOWHERE]


def test_a_folder_that_leads_nowhere_is_told(tmp_path: Path, reports: Path) -> None:
    own = tmp_path / "reports"
    own.symlink_to("nowhere")
    says = "the link leads to no file: nowhere; put the file itself there, or take the link out"
    assert idle_parts(own, reports, ["en"]) == [f"{own}: {says}"]


def test_a_link_within_the_folder_and_one_in_its_place_may_stay(tmp_path: Path) -> None:
    workspace = make_tiny(tmp_path).workspace()
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "one.svg").write_text("1")
    (shared / "logo.svg").symlink_to("one.svg")
    (workspace.recipe.root / "reports").symlink_to(shared)
    before = made_from(workspace)
    (shared / "one.svg").write_text("2")
    assert made_from(workspace) != before
