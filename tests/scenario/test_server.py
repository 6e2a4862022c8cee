"""The simulated API, asked as an office's would be: by a person, by the pipeline, by tasks in their own processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from yearbook import pipeline
from yearbook.errors import SourceError
from yearbook.scenario.files.folder import write_files
from yearbook.scenario.files.training_files import training_files
from yearbook.scenario.server import file_of, serve, serving
from yearbook.scenario.training import make_modules, make_training
from yearbook.settings import PROJECT, Settings
from yearbook.staleness import stale_sources
from yearbook.workspace import Workspace, open_workspace

SEED = 7
DELIVERIES = ("cohorts|{api}/v1/training", "modules|{api}/v1/training_modules")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cohorts = make_training(SEED)
    target = tmp_path / "records"
    write_files(target, training_files(cohorts, make_modules(cohorts, SEED), SEED))
    (target / "secret.jsonl").write_text('{"of": "nobody"}\n', encoding="utf-8")
    return target


@pytest.fixture
def api(folder: Path) -> Iterator[httpx.Client]:
    with serving(folder) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
def workspace(tmp_path: Path, folder: Path) -> Workspace:
    settings = replace(
        Settings.from_environment(),
        home=str(tmp_path / "home"),
        data=str(folder),
        catalogue_url=f"sqlite:///{tmp_path}/home/catalogue.sqlite",
    )
    (tmp_path / "home").mkdir()
    return open_workspace("demo", settings)


def _lines(folder: Path, name: str) -> list[str]:
    return (folder / file_of(name)).read_text(encoding="utf-8").splitlines()


def test_pages_hold_every_record_once(api: httpx.Client, folder: Path) -> None:
    path, items = "/v1/training?per_page=100", []
    while path:
        page = api.get(path).json()
        items += page["items"]
        path = page["links"]["next"]

    assert items == [json.loads(line) for line in _lines(folder, "training")]
    assert page["total"] == len(items)


def test_a_page_that_is_known_is_not_sent_again(api: httpx.Client) -> None:
    first = api.get("/v1/training_modules")
    again = api.get("/v1/training_modules", headers={"If-None-Match": first.headers["ETag"]})
    other = api.get("/v1/training_modules?page=2", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health", 200),
        ("/v1/training?page=99", 200),
        ("/v1/training?page=0", 400),
        ("/v1/training?page=-1", 400),
        ("/v1/training?per_page=501", 400),
        ("/v1/training?page=%D9%A1", 400),
        ("/v1/secret", 404),
        ("/v1/..%2Fsecret", 404),
        ("/", 404),
    ],
)
def test_only_what_is_meant_for_it_is_served(api: httpx.Client, path: str, status: int) -> None:
    answer = api.get(path)

    assert answer.status_code == status
    assert "nobody" not in answer.text


def test_a_folder_without_such_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no records to serve"):
        serve(tmp_path, 0)


def test_the_pipeline_serves_what_it_collects(workspace: Workspace, folder: Path) -> None:
    pipeline.collect(workspace, "training")
    received = {delivery.uri: delivery.received for delivery in workspace.catalogue.deliveries("training")}

    assert received == {f"{{api}}/v1/{name}": len(_lines(folder, name)) for name in ("training", "training_modules")}


def test_what_did_not_change_is_not_stale(workspace: Workspace, folder: Path) -> None:
    pipeline.collect(workspace, "training")
    assert "training" not in stale_sources(workspace)

    file = folder / file_of("training")
    file.write_text(file.read_text(encoding="utf-8").replace('"year":2024', '"year":2023', 1), encoding="utf-8")
    assert "training" in stale_sources(workspace)


def test_tasks_in_processes_of_their_own_collect_it(workspace: Workspace, folder: Path, monkeypatch) -> None:
    monkeypatch.setenv("YEARBOOK_HOME", workspace.settings.home)
    monkeypatch.setenv("YEARBOOK_DATA", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT / "plugins"))
    for delivery in DELIVERIES:
        call = f"from yearbook.orchestrate import tasks; tasks.collect_delivery('demo', 'training', {delivery!r})"
        command = [sys.executable, "-c", call]
        subprocess.run(command, check=True, capture_output=True, text=True)

    assert [delivery.received for delivery in workspace.catalogue.deliveries("training")] == [
        len(_lines(folder, "training")),
        len(_lines(folder, "training_modules")),
    ]


def test_a_programme_that_simulates_nothing_has_no_api(workspace: Workspace) -> None:
    programme = workspace.recipe.programme.model_copy(update={"simulation": None})
    real = replace(workspace, recipe=replace(workspace.recipe, programme=programme))

    with pytest.raises(SourceError, match="no API stands for"):
        pipeline.collect(real, "training")
