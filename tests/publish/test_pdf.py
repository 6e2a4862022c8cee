"""PDF: the brief alone, tagged, the same bytes again; asks nobody for anything; only where a programme asks for it."""

import re
import zlib
from dataclasses import replace

import pytest
from lxml import html

import editions
from yearbook.errors import YearbookError
from yearbook.publish.formats import pdf
from yearbook.publish.formats.ingredients import Ingredients

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>
<a class="skip" href="#brief">skip</a><header>Cover</header>
<main><section id="errata">Mended</section><section id="brief">
<p>Brief <a href="#c1">table</a>
<a href="mailto:a@example.org">us</a></p></section><section id="c1">Chapter <a href="../en.html">all</a>
<img src="https://example.org/spy.png" alt=""></section></main><footer>Foot</footer>
<script>run()</script></body></html>"""


def told(content: bytes) -> set[bytes]:
    """What a PDF says of itself, in the open or in one of its compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    opened = content + b"".join(zlib.decompressobj().decompress(one) for one in streams if one.startswith(b"x"))
    return set(re.findall(rb"pdfuaid:part|/StructTreeRoot", opened))


@pytest.fixture
def page() -> html.HtmlElement:
    return html.document_fromstring(PAGE)


def test_the_brief_is_the_cover_and_what_stands_before_the_chapters(page: html.HtmlElement) -> None:
    brief = pdf.only_brief(page)
    assert " ".join(brief.body.text_content().split()) == "Cover Mended Brief table us"
    assert brief.xpath("//@href") == ["mailto:a@example.org"]
    assert page.xpath("//footer"), "the page itself stays"


def test_a_printed_page_keeps_what_leads_somewhere(page: html.HtmlElement) -> None:
    assert pdf.printable(page).xpath("//@href") == ["#c1", "mailto:a@example.org"]


def test_a_programme_that_asks_for_none_gets_none(context_of) -> None:
    context = context_of(editions.year_rows(2024))
    assert pdf.make_pdfs(Ingredients(context.material, editions.table([]), {"en": context}, {"en": b""})) == {}


def test_tagged_and_the_same_bytes_again(context_of) -> None:
    pytest.importorskip("weasyprint")
    context = context_of(editions.year_rows(2024))
    programme = context.material.recipe.programme.model_copy(update={"pdf": True})
    material = replace(context.material, recipe=replace(context.material.recipe, programme=programme))
    ingredients = Ingredients(material, editions.table([]), {"en": context}, {"en": PAGE.encode()})
    made = pdf.make_pdfs(ingredients)
    assert list(made) == ["en.pdf", "en.brief.pdf"]
    assert all({b"pdfuaid:part", b"/StructTreeRoot"} <= told(content) for content in made.values())
    assert pdf.make_pdfs(ingredients) == made


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, page: html.HtmlElement) -> None:
    def missing(name: str) -> None:
        raise ImportError(f"No module named '{name}'")

    monkeypatch.setattr(pdf, "import_module", missing)
    with pytest.raises(YearbookError, match=r"yearbook\[pdf\]"):
        pdf._print(page)
