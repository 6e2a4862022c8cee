"""What the pages answer: HTML with the headers that keep it harmless, redirects, refusals in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse, Response

from yearbook.errors import YearbookError
from yearbook.publish.words.language import Language
from yearbook.review.pages.door import Visit
from yearbook.review.pages.glance import years_of
from yearbook.review.pages.links import in_language
from yearbook.review.pages.rendering import LANGUAGES, render, stylesheet
from yearbook.review.pages.words import STATUSES
from yearbook.validate.corrections import StoppingDecisionError

SEE_OTHER = 303
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STYLE = "style.css"


@dataclass(frozen=True)
class Stop:
    """What stops the work: in the program's words, and the page of the decision that is to be withdrawn first."""

    said: str
    number: int | None = None
    link: str = ""


def make_stop(visit: Visit, error: YearbookError) -> Stop:
    """Say what stops the work."""
    if not isinstance(error, StoppingDecisionError):
        return Stop(str(error))
    return Stop(str(error), error.number, visit.links.page(visit.programme, "decision", number=error.number))


def show(visit: Visit, template: str, *, status: int = 200, tab: str = "", **values: Any) -> HTMLResponse:
    """A page of a programme."""
    html = render(
        template,
        visit.names.language,
        names=visit.names,
        links=visit.links,
        programme=visit.programme,
        person=visit.person,
        may_decide=visit.may("decide"),
        token=visit.token(),
        trail=visit.trail,
        came_from=visit.came_from,
        tab=tab,
        years=years_of(visit.workspace),
        style=visit.links.to(STYLE),
        inline_style=None,
        others=other_languages(visit),
        **values,
    )
    return HTMLResponse(html, status_code=status)


def other_languages(visit: Visit) -> list[tuple[str, str, str]]:
    """The page in the other languages: tag, name and address."""
    path = visit.links.root + visit.request.scope["path"].removeprefix(visit.links.root)
    own = visit.names.language.tag
    return [(tag, name, in_language(path, visit.asked, tag)) for tag, name in LANGUAGES.items() if tag != own]


def go_to(address: str) -> Response:
    """Send the browser to a page by GET."""
    return RedirectResponse(address, status_code=SEE_OTHER)


def refuse(language: Language, style: str, status: int, detail: str) -> HTMLResponse:
    """A page that says why there is none; `detail` is what a user can mend, in the program's words."""
    said = language.say(STATUSES.get(status, STATUSES[409]))
    html = render("refused.html", language, style=style, inline_style=None, status=status, said=said, detail=detail)
    return HTMLResponse(html, status_code=status)


def style_answer() -> Response:
    """The stylesheet."""
    return Response(stylesheet(), media_type="text/css")
