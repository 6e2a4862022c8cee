"""The report, and its brief alone, as tagged PDF/UA; the same bytes again.

Only where the programme asks for it (`pdf: true`): WeasyPrint is an optional extra, since it needs Pango and a font
with Chinese characters on the machine that builds. Not its business: what the pages say; it prints them as they are.
"""

from copy import deepcopy
from importlib import import_module
from typing import Any, cast

from lxml import html

from yearbook.errors import YearbookError
from yearbook.publish.formats.ingredients import Ingredients

VARIANT = "pdf/ua-1"
BRIEF = "brief"
# WeasyPrint 70 fails on some texts set in columns, takes minutes over a grid that breaks across pages, and prints its
# second half into the margin.
PAPER_STYLE = """*{columns:auto!important}figure{display:block!important}.picture{max-width:115mm}
.facts>div,.marks>div{break-inside:avoid}
#brief{font-size:8.5pt;line-height:1.3}#brief .asides li,#brief .points li{margin:0 0 .1rem}
nav.contents{display:block!important;break-before:page}nav.contents ol{display:block;list-style:none;padding:0}
nav.contents a{display:block}
nav.contents a::after{content:leader(".") target-counter(attr(href),page)}"""
BRIEF_STYLE = """@page{size:A4;margin:12mm 12mm 10mm}
@media print{html{font-size:8pt}.see{display:none}section#brief{break-after:avoid}}"""
SCREEN_ONLY = (
    "//script",
    "//meta[@http-equiv]",
    "//nav[not(contains(@class,'contents'))]",
    "//*[@popover]",
    "//a[contains(@class,'skip')]",
    "//details[contains(@class,'quote')]",
)


def make_pdfs(ingredients: Ingredients) -> dict[str, bytes]:
    """A report and a brief in each language, or nothing where the programme asks for none."""
    if not ingredients.material.recipe.programme.pdf:
        return {}
    files = {}
    for tag, page in ingredients.pages.items():
        root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        files[f"{tag}.pdf"] = _print(printable(root))
        files[f"{tag}.brief.pdf"] = _print(only_brief(root))
    return files


def printable(page: html.HtmlElement) -> html.HtmlElement:
    """A page without what needs a screen, and without links that lead nowhere on paper."""
    page = deepcopy(page)
    for path in SCREEN_ONLY:
        for element in page.xpath(path):
            element.drop_tree()
    _add_style(page, PAPER_STYLE)
    anchors = {f"#{one}" for one in page.xpath("//@id")}
    for link in page.xpath("//a[@href]"):
        if link.get("href") not in anchors and not link.get("href").startswith(("https:", "http:", "mailto:")):
            del link.attrib["href"]
    return page


def only_brief(page: html.HtmlElement) -> html.HtmlElement:
    """The cover and the brief: in the main part nothing after it, and no footer."""
    page = deepcopy(page)
    [brief] = page.xpath(f"//*[@id='{BRIEF}']")
    for element in [*brief.itersiblings(), *page.xpath("//footer")]:
        element.drop_tree()
    _add_style(page, BRIEF_STYLE)
    return printable(page)


def _add_style(page: html.HtmlElement, text: str) -> None:
    [head] = page.xpath("//head")
    style = html.Element("style")
    style.text = text
    head.append(style)


def _print(page: html.HtmlElement) -> bytes:
    text = html.tostring(page, encoding="unicode", doctype="<!doctype html>")
    printer = _printer()
    # A page asks nobody for anything, and a printed one neither: whatever is not in it is not fetched.
    document = printer.HTML(string=text, url_fetcher=printer.urls.URLFetcher(allowed_protocols=["data"]))
    return cast(bytes, document.write_pdf(pdf_variant=VARIANT))


def _printer() -> Any:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise YearbookError(
            f"PDF cannot be made here: {error}",
            where="programme.yml: `pdf: true`",
            fix="install `yearbook[pdf]`, Pango and a CJK font (Debian: libpangoft2-1.0-0, fonts-noto-cjk), "
            "or take `pdf` out",
        ) from None
