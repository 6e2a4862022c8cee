"""The compose file as Compose itself reads it: interpolated, merged, checked."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECRETS = {
    "POSTGRES_PASSWORD": "postgres-secret",
    "REDIS_PASSWORD": "redis-secret",
    "FERNET_KEY": "Y29uZmlkZW50aWFsLWNvbmZpZGVudGlhbC0xMjM0NTY=",
    "API_SECRET_KEY": "api-secret",
    "JWT_SECRET": "jwt-secret-" * 8,
}


@pytest.fixture(scope="session")
def compose_config(project: Path) -> Callable[[dict[str, str]], subprocess.CompletedProcess[str]]:
    """Run `docker-compose config` with the given variables and no others; `.env` of the project is not read."""
    binary = Path(sys.executable).with_name("docker-compose")

    def run(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [str(binary), "--env-file", os.devnull, "config", "--format", "json"]
        environment = {"PATH": os.environ["PATH"], **variables}
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def compose(compose_config: Callable[[dict[str, str]], subprocess.CompletedProcess[str]]) -> dict[str, Any]:
    """The whole configuration with secrets set."""
    done = compose_config(SECRETS)
    assert done.returncode == 0, done.stderr
    configuration: dict[str, Any] = json.loads(done.stdout)
    return configuration
