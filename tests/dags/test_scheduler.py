"""`make up`: with a real scheduler, the checks of a year and its edition follow a collection by themselves."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from smtp import Mailbox, smtp_server
from tiny import HEADER, PROGRAMME, ROWS, Tiny

pytestmark = pytest.mark.services

START_SECONDS = 180
CHAIN_SECONDS = 180
STOP_SECONDS = 60
BACKFILL = ["backfill", "create", "--dag-id", "tiny.validate", "--from-date", "2023-01-01", "--to-date", "2024-12-31"]


@dataclass(frozen=True)
class Up:
    """A running Airflow: its process, its environment, and a client that is logged in."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    api: httpx.Client

    def airflow(self, *arguments: str) -> str:
        """Run a command of Airflow's, as a person would type it; return what it prints."""
        command = [sys.executable, "-m", "yearbook.orchestrate.standalone", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout

    def trigger(self, dag_id: str, key: str | None = None) -> httpx.Response:
        body = {"logical_date": None} | ({"partition_key": key} if key else {})
        return self.api.post(f"/dags/{dag_id}/dagRuns", json=body)

    def runs(self, dag_id: str) -> set[tuple[str | None, str, str]]:
        """Partition key, state and origin of the DAG's runs."""
        found = self.api.get(f"/dags/{dag_id}/dagRuns").json()["dag_runs"]
        return {(run["partition_key"], run["state"], run["run_type"]) for run in found}


@pytest.fixture
def up(tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Up]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "airflow"))
    monkeypatch.setenv("AIRFLOW__API__PORT", port)
    environment = dict(os.environ)
    command = [sys.executable, "-m", "yearbook.orchestrate.local", "--up"]
    with (tmp_path / "up.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        token = wait(lambda: log_in(address, tmp_path / "airflow"), START_SECONDS)
        with httpx.Client(base_url=f"{address}/api/v2", headers={"Authorization": f"Bearer {token}"}) as api:
            wait(lambda: api.get("/dags").json()["total_entries"] == 4, START_SECONDS)
            yield Up(process, environment, api)
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait(STOP_SECONDS) == 0
    assert [one for one in family if one.is_running()] == []


def log_in(address: str, home: Path) -> str | None:
    health = httpx.get(f"{address}/api/v2/monitor/health").json()
    if any(health[part]["status"] != "healthy" for part in ("scheduler", "dag_processor")):
        return None
    [(user, password)] = json.loads((home / "simple_auth_manager_passwords.json.generated").read_text()).items()
    answer = httpx.post(f"{address}/auth/token", json={"username": user, "password": password})
    return str(answer.json()["access_token"])


def wait(look: Callable[[], Any], seconds: float) -> Any:
    """Look until there is something; what is not up yet is nothing."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except (httpx.TransportError, FileNotFoundError):
            pass
        time.sleep(0.5)
    raise AssertionError("waited in vain")


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
