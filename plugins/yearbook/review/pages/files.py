"""The state and the first findings of a year as files, for whoever has no Airflow at hand: beside the internal figures.

Never in the site: they hold what stands in records. Not its business: anything that decides.
"""

from typing import Any

from yearbook.model.recipe import UNKNOWN_YEAR, year_label
from yearbook.publish.folders import replace_folder
from yearbook.publish.words.language import load_language
from yearbook.review.pages.asking import read_query
from yearbook.review.pages.glance import glance_at, years_of
from yearbook.review.pages.links import FileLinks
from yearbook.review.pages.listing import list_findings
from yearbook.review.pages.names import Names
from yearbook.review.pages.rendering import DOMAIN, LANGUAGES, render, stylesheet
from yearbook.workspace import Workspace

MOST_FINDINGS = 500


def write_review(workspace: Workspace, year: int) -> str:
    """Write the pages of a year in both languages, in the place of earlier ones, and return their folder."""
    folder = f"{workspace.settings.programme_home(workspace.programme)}/internal/{year_label(year)}/review"
    files = {name: text.encode() for tag in LANGUAGES for name, text in _pages(workspace, year, tag).items()}
    replace_folder(folder, files)
    return folder


def _pages(workspace: Workspace, year: int, tag: str) -> dict[str, str]:
    language = load_language(tag, workspace.settings.reports, DOMAIN)
    names, links = Names(workspace, language), FileLinks("", tag, year)
    query = read_query({"year": year_label(year), "state": "all"}, size=MOST_FINDINGS)

    def page(template: str, name: str, tab: str, **values: Any) -> str:
        return render(
            template,
            language,
            names=names,
            links=links,
            programme=workspace.programme,
            person=None,
            may_decide=False,
            tab=tab,
            year=year,
            years=years_of(workspace),
            style="",
            inline_style=stylesheet(),
            others=[(one, called, name.format(one)) for one, called in LANGUAGES.items() if one != tag],
            **values,
        )

    glance, listing = glance_at(workspace, year, language), list_findings(names, links, query)
    return {
        f"{tag}.html": page("state.html", "{}.html", "state", glance=glance, unknown=UNKNOWN_YEAR),
        f"findings.{tag}.html": page("findings_file.html", "findings.{}.html", "findings", listing=listing),
    }
