"""Answers to a request for sign-off: who may give one, and the proof that they might when they did.

Airflow lets anybody answer who may edit a DAG. This stands before it in the API server: only a person who may sign, and
who could sign these very figures now, comes through. Only there are a user's roles known, so it also writes down who
gave which answer to what; the waiting task believes no other, and this one once. Not its business: the signature itself
(`signoff`).
"""

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yearbook.errors import SignOffError, YearbookError
from yearbook.model.people import Person, may
from yearbook.orchestrate.caller import FORBIDDEN, caller, refusal
from yearbook.orchestrate.defaults import SIGN_OFF
from yearbook.orchestrate.partitions import read_key

if TYPE_CHECKING:
    from yearbook.workspace import Workspace

ANSWER = "answer"
"""The step under which an answer is remembered."""
APPROVE = "Approve"
CONFLICT = 409
TOO_LARGE = 413
NO_INDEX = 422
LONGEST_BODY = 1 << 16
ADDRESS = re.compile(
    rf"/api/v2/dags/(?P<programme>[a-z][a-z0-9_]*)\.publish/dagRuns/(?P<run>[^/]+)"
    rf"/taskInstances/{SIGN_OFF}/(?P<index>[^/]+)/hitlDetails/?$"
)
INDEX = re.compile(r"-?[0-9]+")


class AnswerGate:
    """Stands before Airflow's API, and looks only at answers to requests for sign-off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but what may not be answered so."""
        found = ADDRESS.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PATCH" else None
        if found is None:
            return await self._app(scope, receive, send)
        request = Request(scope, receive)
        try:
            known = await caller(request)
            body = await _read_body(request)
            await run_in_threadpool(admit, known, body, **found.groupdict())
        except HTTPException as error:
            return await refusal(error.status_code, error.detail)(scope, receive, send)
        except YearbookError as error:
            return await refusal(CONFLICT, str(error))(scope, receive, send)
        return await self._app(scope, _replay(body), send)


def admit(known: Person, body: bytes, programme: str, run: str, index: str) -> None:
    """Remember that a person gives an answer now. Raises `HTTPException` or `SignOffError` where they may not."""
    from yearbook.orchestrate.pages import workspace_as_it_is
    from yearbook.signoff import require_signable

    # Airflow would read `+0` as 0 too; the task would not find what is remembered under it.
    if not INDEX.fullmatch(index):
        raise HTTPException(NO_INDEX, f"{index} is no number of a task")
    if not may(known, "sign", programme):
        raise HTTPException(FORBIDDEN, f"{known.name} may not sign {programme}")
    year = _year(f"{programme}.publish", run)
    work = workspace_as_it_is(programme)
    option, digest = _read(body)
    if option == APPROVE:
        require_signable(work, year, digest, known.name)
    remember(work, year, run, index, known.name, option, digest)


def remember(workspace: "Workspace", year: int, run: str, index: str, name: str, option: str, digest: str) -> None:
    """Write down that somebody who may sign gave an answer to a request, and to what."""
    from yearbook.catalogue import StepRecord
    from yearbook.lake.hashing import fingerprint
    from yearbook.workspace import LEASE_WAIT_SECONDS

    subject = _subject(run, index, name)
    values = {"by": name, "option": option, "digest": digest, "at": datetime.now(UTC).isoformat()}
    record = StepRecord(ANSWER, subject, year, fingerprint(values), values, rows=1, seconds=0.0)
    with workspace.catalogue.lease(f"{ANSWER} {subject}", wait_seconds=LEASE_WAIT_SECONDS) as lease:
        workspace.catalogue.record_step(record, lease)


def require_remembered(workspace: "Workspace", year: int, run: str, index: int, name: str, digest: str) -> None:
    """Raise `SignOffError` where somebody's approval of a digest did not come through the gate."""
    known = workspace.catalogue.outputs(ANSWER, subject=_subject(run, str(index), name), year=year) or {}
    if (known.get("option"), known.get("digest")) != (APPROVE, digest):
        raise SignOffError(
            f"{name} answered, but it is not known that they may sign",
            where=f"{workspace.programme}.publish, {run}",
            fix="let the API server run with this project's plugins and the same catalogue, and answer there",
        )


def forget(workspace: "Workspace", year: int, run: str, index: int, name: str) -> None:
    """Use an answer up: it signs once."""
    workspace.catalogue.forget_step(ANSWER, _subject(run, str(index), name), year)


def _subject(run: str, index: str, name: str) -> str:
    return f"{run}|{index}|{name}"


async def _read_body(request: Request) -> bytes:
    """The body of an answer. Raises `HTTPException` for more than any answer needs."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise HTTPException(TOO_LARGE, f"an answer has at most {LONGEST_BODY:,} bytes")
    return body


def _read(body: bytes) -> tuple[str, str]:
    """The option and the digest of an answer; what is no answer is left to Airflow to refuse."""
    try:
        answer = json.loads(body)
        return str(answer["chosen_options"][0]), str(answer["params_input"]["digest"])
    except (ValueError, KeyError, IndexError, TypeError):
        return APPROVE, ""


def _year(dag_id: str, run: str) -> int:
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    query = select(DagRun.partition_key, DagRun.conf).where(DagRun.dag_id == dag_id, DagRun.run_id == run)
    with create_session() as session:
        found = session.execute(query).one_or_none()
    if found is None:
        raise HTTPException(404, f"there is no run {run}")
    return read_key(found[0] or (found[1] or {}).get("year"))


def _replay(body: bytes) -> Receive:
    """The request's body once more, for whoever stands behind."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
