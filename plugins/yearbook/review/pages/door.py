"""Who comes to which page, and in which language; nobody comes any further than they may.

Not its business: how the caller is known, and what a role grants (both are handed in).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import HTTPException, Request

from yearbook.model.people import Action, Person, may
from yearbook.publish.words.language import SOURCE_LANGUAGE, Language, load_language
from yearbook.review.pages.asking import read_asked, read_query, read_trail, write_query
from yearbook.review.pages.forms import Form, read_form
from yearbook.review.pages.links import LANGUAGE, Links
from yearbook.review.pages.names import Names
from yearbook.review.pages.rendering import CHINESE, DOMAIN, LANGUAGES
from yearbook.review.pages.tokens import Tokens
from yearbook.settings import Settings
from yearbook.workspace import Workspace

FORBIDDEN, MISSING = 403, 404
TOKEN = "token"


@dataclass(frozen=True)
class Site:
    """What the pages are given by whoever shows them."""

    open_workspace: Callable[[str], Workspace]
    person: Callable[[Request], Person]
    list_programmes: Callable[[], list[str]]
    tokens: Tokens
    clock: Callable[[], datetime]
    settings: Callable[[], Settings]

    def require(self, action: Action) -> Callable[..., Any]:
        """A dependency that lets in who may do something, in the programme of the address if there is one."""

        def check(request: Request) -> None:
            known = self.person(request)
            programme = request.path_params.get("programme")
            if not may(known, action, programme):
                raise HTTPException(FORBIDDEN)
            if programme is not None and programme not in self.list_programmes():
                raise HTTPException(MISSING)

        return check

    async def form(self, request: Request) -> Form:
        """The form that is posted. Raises `HTTPException` (403) for one not written by these pages for the caller."""
        form = await read_form(request)
        known, programme = self.person(request), request.path_params["programme"]
        if not self.tokens.is_valid(form.get(TOKEN), known.name, programme, self.clock()):
            raise HTTPException(FORBIDDEN, "token")
        return form

    def language(self, request: Request) -> Language:
        """The language that the address asks for, else the one that the browser prefers of two."""
        tag = request.query_params.get(LANGUAGE, "")
        if tag not in LANGUAGES:
            prefers = request.headers.get("accept-language", "").strip().lower()
            tag = CHINESE if prefers.startswith("zh") else SOURCE_LANGUAGE
        return load_language(tag, self.settings().reports, DOMAIN)

    def visit(self, request: Request, programme: str) -> "Visit":
        """A visit to a page of a programme, by somebody who was let in."""
        language = self.language(request)
        links = Links(request.scope.get("root_path", "").rstrip("/"), language.tag)
        return Visit(self, request, self.person(request), links, Names(self.open_workspace(programme), language))


@dataclass(frozen=True)
class Visit:
    """One request for a page of a programme."""

    site: Site
    request: Request
    person: Person
    links: Links
    names: Names

    @property
    def workspace(self) -> Workspace:
        """The programme."""
        return self.names.workspace

    @property
    def programme(self) -> str:
        """The programme's name."""
        return self.workspace.programme

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for."""
        return dict(self.request.query_params)

    @property
    def trail(self) -> dict[str, str]:
        """Which list the reader came from."""
        return read_trail(self.asked)

    @property
    def came_from(self) -> str:
        """The address of that list; nothing for who came from elsewhere."""
        if not self.trail:
            return ""
        asked = read_query(read_asked(self.trail))
        return self.links.findings(self.programme, **write_query(asked, page=asked.page))

    def may(self, action: Action) -> bool:
        """Whether the person may do something in this programme."""
        return may(self.person, action, self.programme)

    def token(self) -> str:
        """A token for the forms of the page."""
        return self.site.tokens.make(self.person.name, self.programme, self.site.clock())
