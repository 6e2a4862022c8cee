"""`make up`: with a real scheduler, the checks of a year and its edition follow a collection by themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smtp import Mailbox, smtp_server
from standalone import CHAIN_SECONDS, Up, airflow_up, wait
from tiny import HEADER, PROGRAMME, ROWS, Tiny

pytestmark = pytest.mark.services

BACKFILL = ["backfill", "create", "--dag-id", "tiny.validate", "--from-date", "2023-01-01", "--to-date", "2024-12-31"]


@pytest.fixture
def up(tiny: Tiny, tmp_path: Path) -> Iterator[Up]:
    with airflow_up({}, tmp_path, dags=4) as up:
        yield up


def test_a_collection_is_followed_by_checks_and_editions_and_years_can_be_run_again(tiny: Tiny, up: Up) -> None:
    assert up.api.get("/importErrors").json()["total_entries"] == 0
    assert up.trigger("tiny.collect.register").is_success
    done = {(year, "success", "asset_triggered") for year in ("2023", "2024")}
    wait(lambda: up.runs("tiny.validate") == done and up.runs("tiny.publish") == done, CHAIN_SECONDS)
    assert {path.name for path in (tiny.home / "site/tiny").iterdir() if path.is_dir()} == {"2023", "2024"}

    refused = up.trigger("tiny.validate", key="20x4")
    assert (refused.status_code, "`20x4` is no year" in refused.text) == (400, True)

    up.airflow(*BACKFILL)
    again = {(year, "success", "backfill") for year in ("2023", "2024")}
    wait(lambda: again <= up.runs("tiny.validate"), CHAIN_SECONDS)


@pytest.fixture
def signed(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """The programme asks for a signature, one record lacks its value, and people have addresses."""
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: PROGRAMME + "sign_off: {signers: 1}\n")
    without_value = ROWS[20].replace(",10.5,", ",,").replace("模拟-2024-01", "模拟-2024-99")
    tiny.records.write_text("\n".join([HEADER, *ROWS, without_value, ""]), encoding="utf-8")
    people = "people:\n  lea: {roles: [lead], email: lea@example.org}\n"
    (tmp_path / "people.yml").write_text(people, encoding="utf-8")
    monkeypatch.setenv("YEARBOOK_PEOPLE", str(tmp_path / "people.yml"))
    with smtp_server() as box:
        address = f"smtp://127.0.0.1:{box.port}/?from_email=yearbook%40example.org&disable_ssl=true&disable_tls=true"
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", address)
        yield box


def test_editions_wait_for_signatures_and_people_are_told(signed: Mailbox, tiny: Tiny, up: Up) -> None:
    assert up.trigger("tiny.collect.register").is_success
    path = "/dags/tiny.publish/dagRuns/~/hitlDetails?response_received=false&state=awaiting_input"
    requests = wait(lambda: two_of(up.api.get(path).json()["hitl_details"]), CHAIN_SECONDS)
    assert not list((tiny.home / "site").glob("*/*/en.html"))
    for request in requests:
        task = request["task_instance"]
        given = {"digest": request["params"]["digest"]["value"], "statement": "seen"}
        address = (
            f"/dags/tiny.publish/dagRuns/{task['dag_run_id']}/taskInstances/sign_off/{task['map_index']}/hitlDetails"
        )
        body = {"chosen_options": ["Approve"], "params_input": given}
        assert up.api.patch(address, json=body | {"params_input": given | {"digest": "0"}}).status_code == 409
        assert up.api.patch(address, json=body).status_code == 200
    done = {(year, "success", "asset_triggered") for year in ("2023", "2024")}
    wait(lambda: up.runs("tiny.publish") == done, CHAIN_SECONDS)
    signatures = {(one.year, one.signed_by, one.statement) for one in tiny.catalogue().signatures()}
    assert signatures == {(2023, "admin", "seen"), (2024, "admin", "seen")}
    assert {path.parent.name for path in (tiny.home / "site").glob("*/*/en.html")} == {"2023", "2024"}
    said = wait(lambda: three_of([str(message["subject"]) for message in signed.messages]), CHAIN_SECONDS)
    assert sorted(said) == [
        "[tiny 2023] Waits for signatures / 等待签发",
        "[tiny 2024] New findings / 新的检查结果",
        "[tiny 2024] Waits for signatures / 等待签发",
    ]


def two_of(found: list[Any]) -> list[Any] | None:
    return found if len(found) == 2 else None


def three_of(found: list[str]) -> list[str] | None:
    return found if len(found) == 3 else None
