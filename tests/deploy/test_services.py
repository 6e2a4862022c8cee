"""Airflow on PostgreSQL, Redis and Celery, started natively with the commands and environment of the compose file.

What differs from the containers: ports, folders, and the addresses of the database and the broker. Health is asked by
the compose file's own checks.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

import servers

pytestmark = pytest.mark.services

HEALTH_SECONDS = 120
LONG_RUNNING = ("api-server", "scheduler", "dag-processor", "triggerer", "worker")
PROBE = """
from pathlib import Path
from airflow.sdk import dag, task

@dag(schedule=None, is_paused_upon_creation=False)
def probe():
    @task
    def where() -> str:
        from yearbook.settings import Settings
        return Settings.from_environment().catalogue_url.split(":")[0]
    where()

probe()
"""


@dataclass(frozen=True)
class Cluster:
    """Airflow's components under the compose file's names."""

    services: dict[str, Any]
    environment: dict[str, str]
    replaced: dict[str, str]
    folder: Path

    def native(self, text: str) -> str:
        """A text of the compose file with the addresses and folders of this computer; `config` doubles each dollar."""
        text = text.replace("$$", "$")
        for old, new in self.replaced.items():
            text = text.replace(old, new)
        return text

    def command(self, name: str) -> list[str]:
        """A service's command, run by this interpreter's Airflow."""
        return [_program(part) if n == 0 else part for n, part in enumerate(self.services[name]["command"])]

    def healthy(self, name: str) -> bool:
        """Whether the service's own health check passes."""
        kind, *check = (self.native(part) for part in self.services[name]["healthcheck"]["test"])
        command = ["/bin/sh", "-c", *check] if kind == "CMD-SHELL" else [_program(check[0]), *check[1:]]
        return subprocess.run(command, env=self.environment, capture_output=True, check=False).returncode == 0

    def client(self) -> httpx.Client:
        """A signed-in client of the REST API."""
        passwords = json.loads((self.folder / "airflow" / "passwords.json").read_text())
        base = self.native("http://127.0.0.1:8080")
        token = httpx.post(
            f"{base}/auth/token", json={"username": "admin", "password": passwords["admin"]}, timeout=HEALTH_SECONDS
        )
        signed_in = {"Authorization": f"Bearer {token.json()['access_token']}"}
        return httpx.Client(base_url=base, headers=signed_in, timeout=HEALTH_SECONDS)


@pytest.fixture(scope="module")
def cluster(
    compose: dict[str, Any],
    project: Path,
    new_database: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    shutil.copytree(project / "dags", folder / "dags")
    (folder / "dags" / "probe.py").write_text(PROBE)
    services = compose["services"]
    with ExitStack() as stack:
        broker = stack.enter_context(servers.redis(folder, services["redis"]["command"]))
        web, health, worker_logs, trigger_logs = (str(servers.free_port()) for _ in range(4))
        replaced = {
            "yearbook:postgres-secret@postgres:5432/airflow": new_database(),
            "yearbook:postgres-secret@postgres:5432/yearbook": new_database(),
            "@redis:6379": f"@127.0.0.1:{broker}",
            "api-server:8080": f"127.0.0.1:{web}",
            "127.0.0.1:8080": f"127.0.0.1:{web}",
            "127.0.0.1:8974": f"127.0.0.1:{health}",
            "/opt/yearbook/plugins": str(project / "plugins"),
            "/opt/yearbook": str(folder),
        }
        started = Cluster(services, {}, replaced, folder)
        started.environment.update(
            {name: started.native(value) for name, value in services["worker"]["environment"].items()},
            PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            HOME=str(folder),
            HOSTNAME=socket.gethostname(),
            AIRFLOW__API__PORT=web,
            AIRFLOW__API__WORKERS="1",
            AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT=health,
            AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT=worker_logs,
            AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT=trigger_logs,
        )
        migrated = subprocess.run(
            started.command("migrate"), env=started.environment, capture_output=True, text=True, check=False
        )
        assert migrated.returncode == 0, migrated.stderr[-3000:]
        for name in LONG_RUNNING:
            log = folder / f"{name}.log"
            stack.enter_context(servers.running(started.command(name), env=started.environment, log=log))
        yield started


def test_every_component_becomes_healthy_and_celery_runs_a_task(cluster: Cluster, project: Path) -> None:
    for name in LONG_RUNNING:
        log = cluster.folder / f"{name}.log"
        servers.wait_until(lambda: cluster.healthy(name), name, log, HEALTH_SECONDS)  # noqa: B023
    with cluster.client() as client:
        servers.wait_until(lambda: "probe" in _dags(client), "the DAG", cluster.folder / "dag-processor.log")
        assert client.get("/api/v2/importErrors").json()["import_errors"] == []
        started = client.post("/api/v2/dags/probe/dagRuns", json={"logical_date": None}).json()["dag_run_id"]
        run = f"/api/v2/dags/probe/dagRuns/{started}"
        servers.wait_until(
            lambda: client.get(run).json()["state"] in ("success", "failed"),
            "the run",
            cluster.folder / "worker.log",
            HEALTH_SECONDS,
        )
        answer = client.get(f"{run}/taskInstances/where/xcomEntries/return_value").json()
    assert answer["value"] == "postgresql+psycopg"


def _dags(client: httpx.Client) -> set[str]:
    return {dag["dag_id"] for dag in client.get("/api/v2/dags", params={"limit": 100}).json()["dags"]}


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name
