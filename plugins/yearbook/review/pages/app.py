"""The application: who gives it what, its routes, and what it answers when something is not as it should be."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from yearbook.errors import YearbookError
from yearbook.model.people import Person
from yearbook.model.recipe import list_programmes as programmes_of
from yearbook.review.pages import answers
from yearbook.review.pages.deciding import assigning, deciding
from yearbook.review.pages.door import Site
from yearbook.review.pages.forms import CONFLICT
from yearbook.review.pages.links import Links
from yearbook.review.pages.reading import reading
from yearbook.review.pages.several import deciding_on_many
from yearbook.review.pages.signing import signing
from yearbook.review.pages.tokens import Tokens
from yearbook.review.pages.tracing import tracing
from yearbook.settings import Settings
from yearbook.workspace import Workspace


def create_app(
    open_workspace: Callable[[str], Workspace],
    person: Callable[[Request], Person],
    *,
    list_programmes: Callable[[], list[str]] | None = None,
    key: bytes,
    settings: Callable[[], Settings] = Settings.from_environment,
    clock: Callable[[], datetime] = partial(datetime.now, UTC),
) -> FastAPI:
    """Make the application.

    `person` says who is calling, and raises `HTTPException` (401, 403) for nobody. `key` signs the forms: the same in
    all processes that serve them.
    """
    known = list_programmes or (lambda: programmes_of(settings().include))
    site = Site(open_workspace, person, known, Tokens(key), clock, settings)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # The form before the year: a year is whatever stands in its place.
    for make in (deciding, deciding_on_many, assigning, tracing, signing, reading):
        app.include_router(make(site))

    @app.middleware("http")
    async def harmless(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        answer = await call_next(request)
        for name, value in answers.HEADERS.items():
            answer.headers[name] = value
        return answer

    @app.exception_handler(HTTPException)
    def refuse(request: Request, error: HTTPException) -> Response:
        return _refuse(site, request, error.status_code, "")

    @app.exception_handler(RequestValidationError)
    def refuse_nonsense(request: Request, error: RequestValidationError) -> Response:
        return _refuse(site, request, 422, "")

    @app.exception_handler(YearbookError)
    def refuse_for_now(request: Request, error: YearbookError) -> Response:
        return _refuse(site, request, CONFLICT, str(error))

    return app


def _refuse(site: Site, request: Request, status: int, detail: str) -> Response:
    language = site.language(request)
    links = Links(request.scope.get("root_path", "").rstrip("/"), language.tag)
    return answers.refuse(language, links.to(answers.STYLE), status, detail)
