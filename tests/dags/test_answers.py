"""What the gate before Airflow's answers reads and remembers."""

import asyncio
from types import ModuleType
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from tiny import Tiny
from yearbook.errors import SignOffError
from yearbook.model.people import Person
from yearbook.orchestrate.engine import Engine

PATH = "/api/v2/dags/tiny.publish/dagRuns/run/taskInstances/sign_off/0/hitlDetails"


@pytest.fixture
def answers(engine: Engine) -> ModuleType:
    """The module, imported after Airflow's settings are made."""
    engine.start()
    from yearbook.orchestrate import answers

    return answers


def test_an_answer_proves_one_approval_of_what_was_seen(answers: ModuleType, tiny: Tiny) -> None:
    work = tiny.workspace()

    def proves(digest: str, name: str = "lea") -> bool:
        try:
            answers.require_remembered(work, 2024, "run", 0, name, digest)
        except SignOffError:
            return False
        return True

    answers.remember(work, 2024, "run", "0", "lea", "Reject", "seen")
    assert not proves("seen")
    answers.remember(work, 2024, "run", "0", "lea", "Approve", "seen")
    assert (proves("seen"), proves("another"), proves("seen", "lou")) == (True, False, False)
    answers.forget(work, 2024, "run", 0, "lea")
    assert not proves("seen")


@pytest.mark.parametrize(("known", "status", "parts"), [(False, 401, 0), (True, 413, 2)])
def test_of_a_body_no_more_is_read_than_an_answer_needs(
    answers: ModuleType, known: bool, status: int, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    sent: list[Any] = []

    async def caller(_: object) -> Person:
        if not known:
            raise HTTPException(401)
        return Person("lea")

    async def receive() -> dict[str, Any]:
        read.append(1)
        return {"type": "http.request", "body": b"x" * 40_000, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    async def behind(*_: object) -> None:
        raise AssertionError("it was let through")

    monkeypatch.setattr(answers, "caller", caller)
    scope = {"type": "http", "method": "PATCH", "path": PATH, "headers": [], "query_string": b""}
    asyncio.run(answers.AnswerGate(behind)(scope, receive, send))
    assert (sent[0]["status"], len(read)) == (status, parts)
