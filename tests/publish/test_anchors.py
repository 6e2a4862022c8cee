"""A figure's place in a page: its name, once; and what is behind it at a pointer, a tap, or the Enter key."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from checkers import AXE, axe_script, nu_errors
from yearbook.model.recipe import Recipe
from yearbook.publish.anchors import Anchors, Before, Cell, Sentence, name_figure
from yearbook.publish.figures import Figure

KEN = Figure("local_content_share", 2024, "partner", "KEN", "_T", 40.0, "percent", "E", None, 2e9, 5e9, 7)
FACTS = "7|2000000000|5000000000|E"
CROSSED = Figure(
    "screening_score", 2024, "partner*sector", "KEN*energy", "unit=m;basis=real", 1.0, "m", "A", *[None] * 4
)
BY_FIELD = Figure("time", 2024, "field", "energy", "statistic=lower_95", None, "months", "M", "no_records", *[None] * 3)


@pytest.mark.parametrize(
    ("figure", "name", "facts"),
    [
        (KEN, "local_content_share.2024.partner=KEN", "7|2000000000|5000000000|E"),
        (CROSSED, "screening_score.2024.partner=KEN.sector=energy.basis=real.unit=m", ""),
        (BY_FIELD, "time.2024.field=energy.statistic=lower_95", "|||M"),
    ],
)
def test_a_cell_carries_its_name_and_the_first_is_the_anchor(figure: Figure, name: str, facts: str) -> None:
    anchors, cell = Anchors(), Cell.of("40", figure)
    assert name_figure(figure) == name
    assert [anchors.attributes(cell) for _ in range(2)] == [
        f' id="{name}" data-f="{facts}"',
        f' data-i="{name}" data-f="{facts}"',
    ]
    assert anchors.attributes("40") == ""
    assert anchors.attributes(Before.of("38", figure)) == f' data-f="{facts}"'


def test_a_sentence_marks_a_figure_where_its_text_stands_once() -> None:
    cells = [Cell.of(text, KEN) for text in ("40%", "4", "2,024", "5.0亿元")]
    mark = '<span data-i="local_content_share.2024.partner=KEN" data-f="7|2000000000|5000000000|E">'
    told = [
        ("Kenya & all had 40%, in 2024.", f"Kenya &amp; all had {mark}40% [e]</span>, in 2024."),
        ("40% and 40%: 4.5 of 14, of 12,024.", "40% and 40%: 4.5 of 14, of 12,024."),
        ("达5.0亿元。", f"达{mark}5.0亿元 [e]</span>。"),
    ]
    assert Sentence.of("It had 40%.", cells[0]).spelled({"E": " (estimated)"}) == "It had 40% (estimated)."
    before, sure = (replace(KEN, year=2023, status=status) for status in "EA")
    alike = Sentence.of("It had 40%, after 40%.", cells[0], Cell.of("40%", before))
    assert (alike, alike.spelled({"E": "*"})) == ("It had 40% [e], after 40% [e].", "It had 40%*, after 40%*.")
    assert Sentence.of("It had 40%, after 40%.", cells[0], Cell.of("40%", sure)) == "It had 40%, after 40%."
    anchors = Anchors()
    assert [str(anchors.within(Sentence.of(text, *cells))) for text, _ in told] == [marked for _, marked in told]
    assert anchors.within("<40%>") == "&lt;40%&gt;"


def is_early(name: str) -> bool:
    return ".2024" not in name


def test_every_figure_leads_to_its_one_place(files: dict[str, bytes]) -> None:
    """In its own page, or in the report: of the list of profiles, of sentences, of every profile."""
    for tag in ("en", "zh-Hans"):
        report = html.fromstring(files[f"{tag}.html"].decode())
        places = set(report.xpath("//@id"))
        assert len(report.xpath("//section[@id='partners']//td[@data-f]")) > 20
        assert len(report.xpath("//ul[@class='points']//span[@data-f]")) > 1
        # Charts and sentences tell of earlier years, too, whose place is in their own edition.
        assert any(is_early(name) for name in report.xpath("//*[local-name()='svg']//@data-i"))
        assert [name for name in set(report.xpath("//@data-i")) - places if not is_early(name)] == []
        for name in (name for name in files if name.endswith(f".{tag}.html")):
            page = html.fromstring(files[name].decode())
            own = page.xpath("//@id")
            assert len(own) == len(set(own))
            assert [one for one in set(page.xpath("//@data-i")) - {*own, *places} if not is_early(one)] == [], name
            assert page.xpath("//p[@class='lead']/span/@data-i"), name


def test_every_anchor_is_a_figure_of_the_trace(files: dict[str, bytes], recipe: Recipe) -> None:
    traced = json.loads(files["trace.json"])
    queries = {code: folder.query.read_bytes() for code, folder in recipe.indicators.items()}
    assert {code: one["query_sha256"] for code, one in traced["indicators"].items()} == {
        code: hashlib.sha256(query).hexdigest() for code, query in queries.items()
    }
    first = next(iter(traced["figures"].values()))
    assert len(first) == len(traced["columns"])
    name = f"contract_value.{traced['year']}"
    assert name in traced["figures"]
    assert name in html.fromstring(files["en.html"]).xpath("//td/@id")


def test_a_table_says_the_unit_of_its_figures_once() -> None:
    million, share, dash = Cell.of("2", KEN, "CNY {} million"), Cell.of("4", KEN, "{}%"), "–"
    anchors = Anchors()
    unit = anchors.unit([[million, share, dash], [million, share, million]])
    assert unit == "CNY {} million"
    assert "data-u" not in anchors.mention(million, unit)
    assert anchors.mention(share, unit).endswith(' data-u="{}%"')
    assert anchors.unit([[dash], [Cell.of("7%", KEN)]]) == "{}"


@pytest.fixture
def page(browser: Browser, edition_folder: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.goto(f"file://{edition_folder}/en.html")
    yield page
    page.close()


def test_a_tap_shows_what_is_behind_a_figure_and_escape_closes_it(page: Page) -> None:
    panel, cell = page.locator(".figure-panel"), page.locator("td[data-f]").first
    name = cell.get_attribute("id")
    assert not panel.is_visible()
    cell.click()
    assert panel.is_visible()
    assert panel.locator("code").first.inner_text() == name
    assert panel.locator(".figure-method dt").first.inner_text() == "Definition"
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    assert not panel.is_visible()


@pytest.mark.parametrize(
    ("address", "numerator"),
    [
        ("en.html", "CNY 2 billion (CNY 2,000,000,000)"),
        ("partners/vnm.en.html", "CNY 2 billion (CNY 2,000,000,000)"),
        ("partners/vnm.zh-Hans.html", "20亿元 (2,000,000,000元)"),
    ],
)
def test_the_panel_gives_amounts_with_their_unit_and_the_definition(
    address: str, numerator: str, page: Page, edition_folder: Path
) -> None:
    page.goto(f"file://{edition_folder}/{address}")
    cell = page.locator("p.value[data-f]").first
    cell.evaluate(
        "(cell, [name, facts]) => { cell.dataset.i = name; cell.dataset.f = facts; }", [name_figure(KEN), FACTS]
    )
    cell.click()
    panel = page.locator(".figure-panel")
    assert panel.locator("[data-fact=n] dd").inner_text() == numerator
    assert panel.locator("[data-fact=r] dd").inner_text() == "7"
    assert panel.locator(".figure-method dt").first.inner_text() in ("Definition", "定义")


@pytest.mark.parametrize(
    ("unit", "text", "shown"),
    [
        ("CNY {} million", "2,592.6", "CNY 2,592.6 million"),
        ("{}万元", "259,260 [e]", "259,260万元 [e]"),
        ("{}%", "[c]", "[c]"),
        ("{}", "7", "7"),
    ],
)
def test_the_panel_gives_the_value_with_its_unit(page: Page, unit: str, text: str, shown: str) -> None:
    cell = page.locator("td[data-f]").first
    cell.evaluate("(cell, [unit, text]) => { cell.dataset.u = unit; cell.textContent = text; }", [unit, text])
    cell.click()
    assert page.locator(".figure-value").inner_text() == shown


def test_close_stays_in_sight_and_nothing_of_the_panel_is_printed(page: Page) -> None:
    page.locator("td[data-f]").first.click()
    panel, close = page.locator(".figure-panel"), page.locator(".figure-panel button")
    assert panel.evaluate("panel => { panel.scrollTop = panel.scrollHeight; return panel.scrollTop; }") > 0
    outer, box = panel.bounding_box(), close.bounding_box()
    assert outer is not None
    assert box is not None
    assert outer["y"] <= box["y"] < box["y"] + box["height"] < outer["y"] + 80
    page.emulate_media(media="print")
    assert not panel.is_visible()
    page.emulate_media(media="screen")
    close.click()
    assert not panel.is_visible()


def test_last_years_figure_has_the_name_of_this_years_but_for_the_year(page: Page) -> None:
    cell = page.locator("td[data-f]:not([id]):not([data-i])").first
    own = cell.evaluate("cell => cell.previousElementSibling.id || cell.previousElementSibling.dataset.i")
    assert ".2024" in own
    cell.evaluate("cell => { for (let o = cell; o; o = o.parentElement) if (o.matches('details')) o.open = true; }")
    cell.click()
    assert page.locator(".figure-panel code").first.inner_text() == own.replace(".2024", ".2023", 1)


UNFOLD = "cell => { for (let o = cell; o; o = o.parentElement) if (o.matches('details')) o.open = true; }"


@pytest.mark.parametrize(
    ("head", "told", "held_against"),
    [
        ("percent", "divided by that of the year before, less one", ("Year before", "td[data-f] + td[data-f]")),
        ("share", "divided by that of the whole", ("Whole", "tr.total td[data-f]")),
    ],
)
def test_what_follows_from_figures_says_from_which(
    page: Page, head: str, told: str, held_against: tuple[str, str]
) -> None:
    row = page.locator(f"tr:not(.total):has(td[data-of={head}]):has(td[data-f] + td[data-f])").first
    cell = row.locator(f"td[data-of={head}]")
    cell.evaluate(UNFOLD)
    name, place = held_against
    other = row.locator(place) if head == "percent" else row.locator("xpath=ancestor::table[1]").locator(place).first
    numbers = [one.inner_text().split()[0] for one in (cell, row.locator("td[data-f]").first, other)]
    cell.click()
    panel = page.locator(".figure-panel")
    parts = panel.locator("[data-part]:visible").all_inner_texts()
    assert panel.locator(".figure-value").inner_text() == numbers[0]
    assert told in panel.locator("[data-how]:visible").inner_text()
    assert [part.split("\n")[0] for part in parts] == ["Figure", name]
    assert all(number in part for part, number in zip(parts, numbers[1:], strict=True))
    assert panel.locator("[data-fact]:visible").count() == 0


@pytest.mark.parametrize(
    ("address", "head", "told"),
    [
        ("en.html", "points", "[n] not told as a rise or a fall: "),
        ("zh-Hans.html", "points", "[n] 不判断升降："),
        ("partners/sea.en.html", "change", "[n] not told as a rise or a fall: "),
    ],
)
def test_a_change_that_is_not_told_says_so_beside_how_it_is_made(
    address: str, head: str, told: str, page: Page, edition_folder: Path
) -> None:
    page.goto(f"file://{edition_folder}/{address}")
    meaning = page.locator(".figure-panel [data-mark]")
    for cell, shown in (
        (page.locator(f"td[data-of={head}]", has_text="[n]").first, True),
        (page.locator(f"td[data-of={head}]").filter(has_not_text="[n]").first, False),
    ):
        cell.evaluate(UNFOLD)
        cell.click()
        assert page.locator(".figure-value").inner_text() == cell.inner_text()
        assert page.locator(".figure-panel [data-how]:visible").count() == 1
        assert meaning.is_visible() is shown
        assert (meaning.text_content() or "").startswith(told)
        page.keyboard.press("Escape")


def test_an_earlier_figure_that_a_card_names_is_asked_and_leads_nowhere_else(page: Page, edition_folder: Path) -> None:
    page.goto(f"file://{edition_folder}/partners/egy.en.html")
    said = page.locator(".cards span[data-i*='.2023.']").first
    name = said.get_attribute("data-i") or ""
    said.click()
    panel = page.locator(".figure-panel")
    assert panel.locator("code").first.inner_text() == name == "local_content_share.2023.partner=EGY"
    assert panel.locator(".figure-link").get_attribute("href") is None
    assert panel.locator(".figure-name").inner_text() == "Local content of procurement, Egypt, 2023"
    assert panel.locator(".figure-value").inner_text() == said.inner_text()


def test_the_labels_of_a_chart_are_asked_like_the_table_under_it(page: Page) -> None:
    """Of an early year, too, that no table of the page gives by its parts."""
    labels = page.locator("svg text[data-i]")
    names = labels.evaluate_all("labels => labels.map(label => label.dataset.i)")
    places = set(page.locator("[id]").evaluate_all("all => all.map(one => one.id)"))
    assert len(names) > 50
    shown = next(at for at, name in enumerate(names) if "=" in name and name in places)
    early = next(at for at, name in enumerate(names) if "=" in name and name not in places)
    for at in (shown, early):
        name, label = names[at], labels.nth(at)
        later = re.sub(r"\.\d{4}", ".2024", name, count=1)
        part = page.evaluate("name => document.getElementById(name).closest('tr').cells[0].textContent.trim()", later)
        label.click()
        panel = page.locator(".figure-panel")
        title = panel.locator(".figure-name").inner_text()
        assert panel.locator("code").first.inner_text() == name
        assert part in title
        assert title.endswith(name.split(".")[1])
        assert (label.text_content() or "") in panel.locator(".figure-value").inner_text()
        page.keyboard.press("Escape")


def test_a_key_figure_and_a_profile_are_asked_the_same_way(page: Page, edition_folder: Path) -> None:
    card = page.locator(".cards .value[data-f]").first
    card.focus()
    page.keyboard.press("Space")
    name = card.get_attribute("data-i") or ""
    assert page.locator(".figure-panel code").first.inner_text() == name
    assert page.locator(f"[id='{name}']").count() == 1
    profile = next(edition_folder.glob("partners/*.en.html"))
    page.goto(f"file://{profile}")
    cell = page.locator("table.indicators td[data-f]").first
    cell.click()
    code = (cell.get_attribute("data-i") or "").partition(".")[0]
    assert page.locator(".figure-more").get_attribute("href") == f"../en.html#method-{code}"
    assert f"method-{code}" in html.parse(str(edition_folder / "en.html")).xpath("//@id")


def test_a_figure_in_a_sentence_is_a_button_that_tells_of_which_part_it_is(page: Page) -> None:
    said = page.locator(".points span[data-f*='|']").first
    name = said.get_attribute("data-i") or ""
    said.focus()
    page.keyboard.press("Enter")
    head = page.evaluate("name => document.getElementById(name).closest('tr').cells[0].textContent.trim()", name)
    assert page.locator(".figure-panel code").first.inner_text() == name
    assert head in page.locator(".figure-name").inner_text()
    assert page.locator(".figure-value").inner_text() == said.inner_text()


@pytest.mark.parametrize(("tag", "width"), [("en", 390), ("en", 1200), ("zh-Hans", 390), ("zh-Hans", 1200)])
def test_an_open_panel_keeps_nobody_out_and_is_valid(
    browser: Browser, edition_folder: Path, tmp_path: Path, tag: str, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 700})
    pages = [
        f"{tag}.html",
        *sorted(f"partners/{one.name}" for one in edition_folder.glob(f"partners/*.{tag}.html"))[:1],
    ]
    for place, name in enumerate(pages):
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"file://{edition_folder / name}")
        page.locator(".cards .value[data-f]").first.click()
        (tmp_path / f"{place}.html").write_text(page.content(), encoding="utf-8")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.add_script_tag(path=axe_script())
        assert page.evaluate(AXE) == []
    context.close()
    assert nu_errors(sorted(tmp_path.iterdir())) == []


def test_a_keyboard_reaches_every_figure_of_a_table(page: Page) -> None:
    cell = page.locator("td[data-f]").first
    cell.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown = page.locator(".figure-panel code").first.inner_text()
    assert shown != cell.get_attribute("id")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id || document.activeElement.dataset.i") == shown
