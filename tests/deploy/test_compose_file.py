"""The compose file is valid, says what it should, and holds no secret."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yearbook.settings import Settings

AIRFLOW_COMMANDS = {
    "migrate": ["airflow", "db", "migrate"],
    "api-server": ["airflow", "api-server"],
    "scheduler": ["airflow", "scheduler"],
    "dag-processor": ["airflow", "dag-processor"],
    "triggerer": ["airflow", "triggerer"],
    "worker": ["airflow", "celery", "worker"],
}


def test_services_and_their_commands(compose: dict[str, Any]) -> None:
    commands = {name: service["command"] for name, service in compose["services"].items() if name != "postgres"}
    assert commands == {**AIRFLOW_COMMANDS, "redis": ["redis-server", "--requirepass", "redis-secret"]}


def test_every_component_has_the_same_environment(compose: dict[str, Any]) -> None:
    environments = [compose["services"][name]["environment"] for name in AIRFLOW_COMMANDS]
    database = "postgres-secret@postgres:5432"
    expected = {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://api-server:8080/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"postgresql+psycopg2://yearbook:{database}/airflow",
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+postgresql+psycopg2://yearbook:{database}/airflow",
        "AIRFLOW__CELERY__BROKER_URL": "redis://:redis-secret@redis:6379/0",
        "YEARBOOK_CATALOGUE": f"postgresql+psycopg://yearbook:{database}/yearbook",
        "YEARBOOK_DATA": "",
        "YEARBOOK_PEOPLE": "",
        "AIRFLOW_CONN_SMTP_DEFAULT": "",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
    }
    assert all(environment == environments[0] for environment in environments)
    assert {name: environments[0][name] for name in expected} == expected


def test_the_image_and_the_mounts_hold_the_same_folders(compose: dict[str, Any], project: Path) -> None:
    dockerfile = (project / "Dockerfile").read_text()
    mounts = {mount["target"]: mount for mount in compose["services"]["worker"]["volumes"]}
    for folder in ("dags", "plugins", "include", "reports"):
        mount = mounts[f"/opt/yearbook/{folder}"]
        assert (mount["source"], mount["read_only"]) == (str(project / folder), True)
        assert f"COPY --chown=yearbook {folder} {folder}\n" in dockerfile


def test_the_settings_lie_on_volumes(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    service = compose["services"]["worker"]
    for name, value in service["environment"].items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_environment()
    volumes = {mount["target"] for mount in service["volumes"] if mount["type"] == "volume"}
    assert volumes == {settings.home, service["environment"]["AIRFLOW_HOME"]}
    assert (settings.data, settings.people) == (None, None)


def test_every_service_that_stays_up_is_watched(compose: dict[str, Any]) -> None:
    watched = {name for name, service in compose["services"].items() if service.get("healthcheck", {}).get("test")}
    assert watched == set(compose["services"]) - {"migrate"}


def test_only_the_web_page_is_published_and_only_to_this_computer(compose: dict[str, Any]) -> None:
    published = {
        (name, port["host_ip"], port["published"])
        for name, service in compose["services"].items()
        for port in service.get("ports", [])
    }
    assert published == {("api-server", "127.0.0.1", "8080")}


@pytest.mark.parametrize(
    "secret", ["POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "API_SECRET_KEY", "JWT_SECRET"]
)
def test_a_missing_secret_stops_compose_and_says_what_to_do(
    secret: str, compose_config: Callable[[dict[str, str]], subprocess.CompletedProcess[str]]
) -> None:
    others = {name: "set" for name in _secrets_of_the_example() if name != secret}
    done = compose_config(others)
    assert done.returncode != 0
    assert f"required variable {secret} is missing a value: run `make env` first" in done.stderr


def test_records_are_mounted_where_the_sources_look(
    compose_config: Callable[[dict[str, str]], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = compose_config({**dict.fromkeys(_secrets_of_the_example(), "set"), "RECORDS": str(tmp_path)})
    assert f'"source": "{tmp_path}"' in done.stdout
    assert '"YEARBOOK_DATA": "/opt/yearbook/records"' in done.stdout


def test_people_and_mails_are_what_the_example_says(
    compose_config: Callable[[dict[str, str]], subprocess.CompletedProcess[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = _options_of_the_example() | {"PEOPLE": str(tmp_path)}
    done = compose_config({**dict.fromkeys(_secrets_of_the_example(), "set"), **options})
    service = json.loads(done.stdout)["services"]["api-server"]
    mounted = {mount["target"]: mount["source"] for mount in service["volumes"]}
    monkeypatch.setenv("YEARBOOK_PEOPLE", service["environment"]["YEARBOOK_PEOPLE"])
    people = Settings.from_environment().people
    assert people is not None
    assert (mounted[str(people.parent)], people.name) == (str(tmp_path), "people.yml")

    from airflow.models.connection import Connection

    mail = Connection(uri=service["environment"]["AIRFLOW_CONN_SMTP_DEFAULT"])
    assert (mail.conn_type, mail.host, mail.port, mail.login) == ("smtp", "mail.example.org", 465, "user")
    assert mail.extra_dejson == {"from_email": "yearbook@example.org"}
    users = service["environment"]["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"]
    assert {user.split(":")[1] for user in users.split(",")} <= {"viewer", "user", "op", "admin"}


def test_make_env_sets_exactly_the_secrets_of_the_example(project: Path, tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text((project / "Makefile").read_text())
    for lock in ("requirements.lock", "pyproject.toml"):
        (tmp_path / lock).touch()
    subprocess.run(["make", "env"], cwd=tmp_path, check=True, capture_output=True)
    written = dict(line.split("=", 1) for line in (tmp_path / ".env").read_text().splitlines())
    assert list(written) == _secrets_of_the_example()
    assert len(written["JWT_SECRET"]) >= 64
    assert len(set(written.values())) == len(written)


def _secrets_of_the_example() -> list[str]:
    return [line.removesuffix("=") for line in _example() if line and not line.startswith("#")]


def _options_of_the_example() -> dict[str, str]:
    """What stands there behind `#`, as if somebody had taken it out."""
    return dict(line[1:].split("=", 1) for line in _example() if line.startswith("#") and line[1:2].isupper())


def _example() -> list[str]:
    return (Path(__file__).resolve().parents[2] / ".env.example").read_text().splitlines()
