"""The same under FAB: the roles that this project brings, what each may see, and who may answer for a signature."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tiny import Tiny
from yearbook.settings import PROJECT

pytestmark = pytest.mark.services

REPORT, REVIEW = "/yearbook/reports/tiny/2024/en.html", "/yearbook/review/"
ANSWER = "/api/v2/dags/tiny.publish/dagRuns/no_such_run/taskInstances/sign_off/0/hitlDetails"
EXPECTED = {
    "nobody": (401, 401, 401),
    "Public": (403, 403, 403),
    "Viewer": (200, 403, 403),
    "User": (200, 403, 403),
    "Op": (200, 403, 403),
    "Admin": (200, 200, 404),
    "YearbookViewer": (200, 403, 403),
    "YearbookStatistician": (200, 200, 403),
    "YearbookLead": (200, 200, 404),
    "YearbookEngineer": (200, 403, 403),
}


def test_each_role_on_each_route(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.yearbook("run").exit_code == 0
    environment = os.environ | tiny.environment
    environment |= {
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/airflow.db",
        "PYTHONPATH": os.pathsep.join([str(PROJECT / "plugins"), os.environ.get("PYTHONPATH", "")]),
    }
    roles = PROJECT / "plugins/yearbook/orchestrate/fab_roles.json"
    for command in (["db", "migrate"], ["roles", "import", str(roles)]):
        run([sys.executable, "-m", "airflow", *command], environment)
    paths, names = json.dumps([REPORT, REVIEW, ANSWER]), json.dumps([name for name in EXPECTED if name != "nobody"])
    said = run([sys.executable, str(PROJECT / "tests/support/fab.py"), paths, names], environment)
    found = json.loads(said.split("FOUND ")[1].splitlines()[0])
    assert {name: (one[REPORT], one[REVIEW], one[ANSWER]) for name, one in found.items()} == EXPECTED


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout
