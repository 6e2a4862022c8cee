"""A real Airflow for a test: `make up` on a free port, until the block ends; nothing of it may be left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from servers import free_port

START_SECONDS = 300
CHAIN_SECONDS = 300
STOP_SECONDS = 60
NEEDED = ("scheduler", "dag_processor")


@dataclass(frozen=True)
class Up:
    """A running Airflow: its environment, its home, its address, and a client for whoever may do everything."""

    environment: dict[str, str]
    home: Path
    address: str
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


@contextmanager
def airflow_up(environment: Mapping[str, str], folder: Path, dags: int) -> Iterator[Up]:
    """Airflow with a home under `folder` and variables besides those of the test, once it knows so many DAGs."""
    port, home = free_port(), folder / "airflow"
    address = f"http://127.0.0.1:{port}"
    variables = {**os.environ, **environment, "AIRFLOW_HOME": str(home), "AIRFLOW__API__PORT": str(port)}
    command = [sys.executable, "-m", "yearbook.orchestrate.local", "--up"]
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
    try:
        token = wait(lambda: _log_in(address, home), START_SECONDS)
        with httpx.Client(base_url=f"{address}/api/v2", headers={"Authorization": f"Bearer {token}"}) as api:
            wait(lambda: api.get("/dags").json()["total_entries"] == dags, START_SECONDS)
            yield Up(variables, home, address, api)
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait(STOP_SECONDS) == 0
    assert [one for one in family if one.is_running()] == []


def passwords(home: Path) -> dict[str, str]:
    """What Airflow's simple sign-in made up for its users."""
    written = (home / "simple_auth_manager_passwords.json.generated").read_text()
    return {str(name): str(password) for name, password in json.loads(written).items()}


def _log_in(address: str, home: Path) -> str | None:
    health = httpx.get(f"{address}/api/v2/monitor/health").json()
    if any(health[part]["status"] != "healthy" for part in NEEDED):
        return None
    user = {"username": "admin", "password": passwords(home)["admin"]}
    return str(httpx.post(f"{address}/auth/token", json=user).json()["access_token"])


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
