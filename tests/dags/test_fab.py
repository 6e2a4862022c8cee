"""A real API server under FAB: the roles that this project brings, and how far each of them comes."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import servers
from routes import look
from tiny import Tiny
from yearbook.settings import PROJECT

pytestmark = pytest.mark.services

START_SECONDS = 180
MAY = {
    "Public": set(),
    "Viewer": {"read"},
    "User": {"read"},
    "Op": {"read"},
    "Admin": {"read", "review", "decide", "sign"},
    "YearbookViewer": {"read"},
    "YearbookStatistician": {"read", "review", "decide"},
    "YearbookLead": {"read", "review", "sign"},
    "YearbookEngineer": {"read"},
}


def test_each_role_on_each_route(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.yearbook("run").exit_code == 0
    port = servers.free_port()
    environment = os.environ | {
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/airflow.db",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "PYTHONPATH": os.pathsep.join([str(PROJECT / "plugins"), os.environ.get("PYTHONPATH", "")]),
    }
    airflow = [sys.executable, "-m", "airflow"]
    run([*airflow, "db", "migrate"], environment)
    run([*airflow, "roles", "import", str(PROJECT / "plugins/yearbook/orchestrate/fab_roles.json")], environment)
    run([sys.executable, str(PROJECT / "tests/support/fab.py"), *MAY], environment)

    log, address = tmp_path / "api-server.log", f"http://127.0.0.1:{port}"
    with (
        servers.running([*airflow, "api-server"], env=environment, log=log),
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        servers.wait_until(lambda: is_up(client), "the API server", log, START_SECONDS)
        found = {name: look(client, signed_in(client, name)) for name in MAY}
        anonymous = look(client, {})
    assert found == {name: {"may": may, "odd": set()} for name, may in MAY.items()}
    assert anonymous == {"may": set(), "odd": set()}


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def is_up(client: httpx.Client) -> bool:
    try:
        return client.get("/api/v2/monitor/health").is_success
    except httpx.TransportError:
        return False


def signed_in(client: httpx.Client, name: str) -> dict[str, str]:
    answer = client.post("/auth/token", json={"username": name, "password": name})
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
