"""The publishing DAG of a programme that is signed, with Airflow's own API server: who can sign, and what passes by."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api import Answer, Api, open_api
from tiny import PROGRAMME, Tiny
from yearbook.errors import SignOffError
from yearbook.orchestrate.engine import Engine

DAG = "tiny.publish"
SIGN_OFF = "sign_off: {signers: 2, not_the_corrector: true}\n"
PEOPLE = """\
people:
  vera: {roles: [viewer]}
  stan: {roles: [statistician]}
  lea: {roles: [lead]}
  lou: {roles: [lead]}
  luke: {roles: [lead], programmes: [other]}
  ed: {roles: [engineer]}
"""
Act = Callable[[list[Answer]], None]


@pytest.fixture(scope="module")
def api(engine: Engine) -> Api:
    engine.start()
    return open_api()


@pytest.fixture
def signed(tiny: Tiny, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A programme whose editions two people sign, with its records checked."""
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: PROGRAMME + SIGN_OFF)
    (tmp_path / "people.yml").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("YEARBOOK_PEOPLE", str(tmp_path / "people.yml"))
    assert engine.run("tiny.collect.register") == []
    for year in (2023, 2024):
        assert engine.run("tiny.validate", year=year) == []
    return tiny


def published(tiny: Tiny) -> bool:
    return (tiny.home / "site/tiny/2024/en.html").exists()


def signers(tiny: Tiny) -> list[str]:
    return sorted(one.signed_by for one in tiny.catalogue().signatures(2024))


def test_two_people_sign_and_nobody_else_can(signed: Tiny, engine: Engine, api: Api) -> None:
    refused: list[tuple[int, str]] = []

    def act(requests: list[Answer]) -> None:
        first, second = requests
        assert "模拟-" not in first["body"], "no record is shown"
        for name, role in ((None, ""), ("vera", "viewer"), ("stan", "user"), ("ed", "op"), ("luke", "admin")):
            refused.append((api.answer(first, name, role).status_code, str(name)))
        forged = {"digest": "0" * 64, "statement": ""}
        for body in (
            {"params_input": forged},
            {"params_input": {}},
            {"chosen_options": ["Approve"], "params_input": None},
        ):
            refused.append((api.answer(first, "lea", **body).status_code, "forged"))
        assert api.answer(first, "lea").status_code == 200
        refused.append((api.answer(first, "lou").status_code, "answered already"))
        wait_for(lambda: signers(signed) == ["lea"])
        refused.append((api.answer(second, "lea").status_code, "the same person"))
        assert not published(signed)
        given = {"digest": second["params"]["digest"]["value"], "statement": "checked against the register"}
        assert api.answer(second, "lou", params_input=given).status_code == 200

    with api.answering(DAG, act, wanted=2):
        assert engine.run(DAG, year=2024) == []
    assert refused == [
        (401, "None"),
        (403, "vera"),
        (403, "stan"),
        (403, "ed"),
        (403, "luke"),
        (409, "forged"),
        (409, "forged"),
        (409, "forged"),
        (409, "answered already"),
        (409, "the same person"),
    ]
    assert published(signed)
    assert [(one.signed_by, one.statement) for one in signed.catalogue().signatures(2024)] == [
        ("lea", ""),
        ("lou", "checked against the register"),
    ]
    assert engine.run(DAG, year=2024) == [], "signed as it is, an edition is not asked for again"


KEY_FIGURES = ("CNY 21.10 million", "2,110万元", json.dumps("2,110万元")[1:-1], "21100000", "21,100,000")
"""The sum of the records of 2024, in all the ways in which it might be written."""
SIGNING = "/yearbook/review/tiny/2024/signing"
BODY = f"""\
### Sign Tiny, 2024

The key figures, on the site and to be signed: [Review, 2024, the edition to be signed]({SIGNING}?lang=en)

| Findings | Open | Worked off |
| --- | --- | --- |
| critical | 0 | 0 |
| warning | 0 | 0 |
| info | 0 | 0 |

Decisions, as nobody has signed this edition before: none

What is signed: `DIGEST`

figures `PART`, records `PART`, rules `PART`, decisions `PART`, comparators `PART`, words and forms of the report `PART`

---

### 签发小（2024年）

核心数据（网站现有与待签发）：[审核，2024年，待签发版本]({SIGNING}?lang=zh-Hans)

| 检查结果 | 待处理 | 已处理 |
| --- | --- | --- |
| 严重 | 0 | 0 |
| 警告 | 0 | 0 |
| 提示 | 0 | 0 |

本版首次签发，全部人工决定：无

所签内容：`DIGEST`

数据 `PART`，记录 `PART`，规则 `PART`，决定 `PART`，对照数据 `PART`，报告的文字与版式 `PART`"""


def test_airflow_keeps_no_figure_and_review_shows_them_to_who_reviews_and_signs(
    signed: Tiny, engine: Engine, api: Api, capfd: pytest.CaptureFixture[str]
) -> None:
    pages: dict[str, Any] = {}

    def act(requests: list[Answer]) -> None:
        path = f"/api/v2/dags/{DAG}/dagRuns/{requests[0]['task_instance']['dag_run_id']}/hitlDetails"
        for seen in api.get(path, "vera", "viewer").json()["hitl_details"]:
            digest = seen["params"]["digest"]["value"]
            assert re.sub("`[0-9a-f]{12}`", "`PART`", seen["body"].replace(digest, "DIGEST")) == BODY
        pages.update({name: api.get(f"{SIGNING}?lang=en", name) for name in ("vera", "ed", "luke", "stan", "lea")})
        for one, name in zip(requests, ("lea", "lou"), strict=True):
            assert api.answer(one, name).status_code == 200

    with api.answering(DAG, act, wanted=2):
        assert engine.run(DAG, year=2024) == []
    stored, logged = all_that_is_stored(), "".join(capfd.readouterr())
    assert "### Sign Tiny, 2024" in stored
    assert "Waiting for response" in logged
    assert [one for one in KEY_FIGURES if one in stored + logged] == []
    assert {name: (page.status_code, KEY_FIGURES[0] in page.text) for name, page in pages.items()} == {
        "vera": (403, False),
        "ed": (403, False),
        "luke": (403, False),
        "stan": (200, True),
        "lea": (200, True),
    }


def all_that_is_stored() -> str:
    """Airflow's whole database."""
    from airflow.configuration import conf

    with sqlite3.connect(conf.get("database", "sql_alchemy_conn").removeprefix("sqlite:///")) as database:
        return "\n".join(database.iterdump())


def wait_for(look: Callable[[], bool]) -> None:
    import time

    deadline = time.monotonic() + 60
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def mark_success(api: Api, request: Answer) -> int:
    task = request["task_instance"]
    path = f"/api/v2/dags/{DAG}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}/{task['map_index']}"
    body = {"new_state": "success"}
    return int(api.client.patch(path, json=body, headers=api.headers("admin", "admin")).status_code)


def test_marking_the_request_as_success_publishes_nothing(signed: Tiny, engine: Engine, api: Api) -> None:
    def act(requests: list[Answer]) -> None:
        assert [mark_success(api, one) for one in requests] == [200, 200]

    with api.answering(DAG, act, wanted=2):
        [failure] = engine.run(DAG, year=2024)
    assert failure.task == "tiny.publish, publish"
    assert isinstance(failure.error, SignOffError)
    assert failure.error.what == "the edition 2024 has no signature that holds"
    assert (signers(signed), published(signed)) == ([], False)


def test_a_rejected_edition_is_not_published(signed: Tiny, engine: Engine, api: Api) -> None:
    def act(requests: list[Answer]) -> None:
        assert [api.answer(one, "lea", chosen_options=["Reject"]).status_code for one in requests] == [200, 200]

    with api.answering(DAG, act, wanted=2):
        failures = engine.run(DAG, year=2024)
    assert {str(failure.error).splitlines()[0] for failure in failures} == {"lea did not approve the edition 2024"}
    assert (signers(signed), published(signed)) == ([], False)


def test_what_changed_while_it_was_asked_cannot_be_signed(signed: Tiny, engine: Engine, api: Api) -> None:
    def act(requests: list[Answer]) -> None:
        with (signed.folder / "include/datasets/contracts.yml").open("a") as rules:
            rules.write(ANOTHER_RULE)
        said = api.answer(requests[0], "lea")
        assert (said.status_code, "has changed since" in said.json()["detail"]) == (409, True)
        assert [mark_success(api, one) for one in requests] == [200, 200]

    with api.answering(DAG, act, wanted=2):
        [failure] = engine.run(DAG, year=2024)
    assert isinstance(failure.error, SignOffError)
    assert (signers(signed), published(signed)) == ([], False)


ANOTHER_RULE = """
  - rule: another
    severity: info
    check: "true"
    message: {en: another, zh: 另}
"""


def test_an_answer_that_did_not_come_through_the_gate_signs_nothing(
    signed: Tiny, engine: Engine, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yearbook.orchestrate import answers

    def act(requests: list[Answer]) -> None:
        monkeypatch.setattr(answers, "admit", lambda *_, **__: None)
        assert [api.answer(one, name).status_code for one, name in zip(requests, ("lea", "lou"), strict=True)] == [
            200,
            200,
        ]

    with api.answering(DAG, act, wanted=2):
        failures = engine.run(DAG, year=2024)
    assert {failure.error.what for failure in failures if isinstance(failure.error, SignOffError)} == {
        "lea answered, but it is not known that they may sign",
        "lou answered, but it is not known that they may sign",
    }
    assert (signers(signed), published(signed)) == ([], False)


@pytest.mark.parametrize(("index", "status"), [("0", 403), ("%2B0", 422), ("%200", 422), ("0_0", 422), ("٠", 422)])
def test_no_other_spelling_of_the_address_passes_the_gate(index: str, status: int, signed: Tiny, api: Api) -> None:
    path = f"/api/v2/dags/{DAG}/dagRuns/no_such_run/taskInstances/sign_off/{index}/hitlDetails"
    body = {"chosen_options": ["Reject"], "params_input": {}}
    answer = api.client.patch(path, json=body, headers=api.headers("stan"))
    assert (answer.status_code, isinstance(answer.json()["detail"], str)) == (status, True)


def test_a_local_run_does_not_wait(signed: Tiny, engine: Engine) -> None:
    [failure] = engine.run(DAG, year=2024, wait=False)
    assert failure.task == "tiny.publish, ask"
    assert isinstance(failure.error, SignOffError)
    assert failure.error.fix.startswith("`yearbook sign --programme tiny --year 2024`")


def test_of_two_runs_one_asks_until_it_has_ended(signed: Tiny, engine: Engine, api: Api) -> None:
    asked: list[str] = []

    def act(requests: list[Answer]) -> None:
        asked.extend(one["task_instance"]["dag_run_id"] for one in requests)
        for one in requests:
            assert api.answer(one, "lea", chosen_options=["Reject"]).status_code == 200

    for _ in range(2):
        with api.answering(DAG, act, wanted=2):
            assert len(engine.run(DAG, year=2024)) == 2
    assert len(set(asked)) == 2, "the first run has ended, so the second asks again"


def test_a_run_gives_up_where_another_asks_for_the_same(signed: Tiny, engine: Engine, api: Api) -> None:
    def act(requests: list[Answer]) -> None:
        from yearbook.orchestrate.tasks import who_asks_already

        run = requests[0]["task_instance"]["dag_run_id"]
        assert who_asks_already("tiny", 2024, "another", lambda known: known == run) == run
        assert who_asks_already("tiny", 2024, run, lambda known: True) is None
        for one, name in zip(requests, ("lea", "lou"), strict=True):
            assert api.answer(one, name).status_code == 200

    with api.answering(DAG, act, wanted=2):
        assert engine.run(DAG, year=2024) == []
    assert published(signed)


def test_a_blocked_edition_is_asked_for_when_its_findings_are_worked_off(
    signed: Tiny, engine: Engine, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yearbook.orchestrate import defaults, tasks

    looks: list[Any] = []

    def is_blocked(programme: str, year: int) -> bool:
        looks.append(api.waiting(DAG))
        return len(looks) < 2

    monkeypatch.setattr(tasks, "is_blocked", is_blocked)
    monkeypatch.setattr(defaults, "FINDINGS_POLL_SECONDS", 1)

    def act(requests: list[Answer]) -> None:
        assert [api.answer(one, name).status_code for one, name in zip(requests, ("lea", "lou"), strict=True)] == [
            200,
            200,
        ]

    with api.answering(DAG, act, wanted=2):
        assert engine.run(DAG, year=2024) == []
    assert looks == [[], []]
    assert published(signed)
