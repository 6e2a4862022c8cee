"""Who sends a request, by Airflow's own session cookie or token; and applications that open to nobody else.

Airflow authenticates nothing in a plugin's application, and what an application mounts escapes its own dependencies:
so the whole of it stands behind this door. Not its business: what the application shows.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from yearbook.errors import YearbookError
from yearbook.model.people import Action, Person, may
from yearbook.orchestrate.people import person_of

FORBIDDEN = 403
BROKEN = 503


async def caller(request: Request) -> Person:
    """The person who sends a request. Raises `HTTPException` (401, 403) where Airflow knows none."""
    from airflow.api_fastapi.core_api.security import bearer_scheme, get_user

    user: Any = await get_user(request, None, await bearer_scheme(request))
    return await run_in_threadpool(person_of, user)


def person(request: Request) -> Person:
    """The person whom the door let in with a request."""
    known = request.state.person
    assert isinstance(known, Person)
    return known


def refusal(status: int, detail: object) -> JSONResponse:
    """An answer to whom the door does not open."""
    return JSONResponse({"detail": detail}, status_code=status)


class Closed:
    """An application, made when it is first asked for, that opens only to people who may do `action`."""

    def __init__(self, make: Callable[[], ASGIApp], action: Action) -> None:
        self._make = make
        self._action = action

    @cached_property
    def _app(self) -> ASGIApp:
        return self._make()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or refuse with 401 (nobody is signed in), 403 (somebody who may not) or 503 (it cannot be known)."""
        if scope["type"] != "http":
            raise RuntimeError("only pages are served here")
        request = Request(scope, receive)
        try:
            known = await caller(request)
        except HTTPException as error:
            return await refusal(error.status_code, error.detail)(scope, receive, send)
        except YearbookError as error:
            return await refusal(BROKEN, str(error))(scope, receive, send)
        if not may(known, self._action):
            return await refusal(FORBIDDEN, f"{known.name} may not {self._action} here")(scope, receive, send)
        request.state.person = known
        return await self._app(scope, receive, send)
