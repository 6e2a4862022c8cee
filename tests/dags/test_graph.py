"""The DAGs of two programmes of which only the names of files are known: ids, tasks, edges, assets, all of them."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yearbook.orchestrate.engine import Engine
from yearbook.settings import PROJECT

FIXTURE = Path(__file__).parent / "fixture"
COLLECT = {"list_deliveries": {"collect"}, "collect": {"settle"}, "settle": set()}
VALIDATE = {"list_datasets": {"validate"}, "validate": {"settle"}, "settle": {"review"}, "review": set()}
PUBLISH = {"compute": {"ask"}, "ask": {"sign_off", "publish"}, "sign_off": {"publish"}, "publish": set()}


def parse(include: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("YEARBOOK_INCLUDE", str(include))
    engine.start()
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(PROJECT / "dags"))


def test_ids_tasks_and_edges(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = parse(FIXTURE, engine, monkeypatch)
    graph = {
        name: {task.task_id: set(task.downstream_task_ids) for task in dag.tasks} for name, dag in bag.dags.items()
    }
    assert bag.import_errors == {}
    assert graph == {
        "first.collect.alpha": COLLECT,
        "first.collect.beta": COLLECT,
        "first.validate": VALIDATE,
        "first.publish": PUBLISH,
        "second.collect.gamma": COLLECT,
        "second.validate": VALIDATE,
        "second.publish": PUBLISH,
        "upkeep": {"tell_what_is_late": set()},
    }


def test_assets_chain_the_dags_of_a_programme_and_no_others(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = parse(FIXTURE, engine, monkeypatch)
    takes = {name: {asset.name for asset, _ in _assets(dag)} for name, dag in bag.dags.items()}
    gives = {name: {asset.name for task in dag.tasks for asset in task.outlets} for name, dag in bag.dags.items()}
    assert {name: (takes[name], gives[name]) for name in bag.dags} == {
        "first.collect.alpha": (set(), {"first.staged"}),
        "first.collect.beta": (set(), {"first.staged"}),
        "first.validate": ({"first.staged"}, {"first.validated"}),
        "first.publish": ({"first.validated"}, set()),
        "second.collect.gamma": (set(), {"second.staged"}),
        "second.validate": ({"second.staged"}, {"second.validated"}),
        "second.publish": ({"second.validated"}, set()),
        "upkeep": (set(), set()),
    }


def _assets(dag: Any) -> list[Any]:
    condition = getattr(dag.timetable, "asset_condition", None)
    return list(condition.iter_assets()) if condition else []


def test_every_programme_of_the_repository_has_its_dags(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    bag = parse(PROJECT / "include", engine, monkeypatch)
    expected = {"upkeep"}
    for folder in (PROJECT / "include/programmes").iterdir():
        expected |= {f"{folder.name}.validate", f"{folder.name}.publish"}
        expected |= {f"{folder.name}.collect.{file.stem}" for file in (folder / "sources").iterdir()}
    assert bag.import_errors == {}
    assert set(bag.dags) == expected
    assert len(expected) > 10


def test_airflow_may_be_given_some_of_the_programmes(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK_PROGRAMMES", "second, none")
    bag = parse(FIXTURE, engine, monkeypatch)
    assert set(bag.dags) == {"second.collect.gamma", "second.validate", "second.publish", "upkeep"}


def test_mapped_tasks_have_readable_names(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    dags = parse(FIXTURE, engine, monkeypatch).dags
    mapped = {task.task_id for dag in dags.values() for task in dag.tasks if task.is_mapped}
    named = {task.task_id for dag in dags.values() for task in dag.tasks if task.map_index_template}
    assert mapped == named == {"collect", "validate", "sign_off", "tell_what_is_late"}


def test_parsing_reads_nothing_and_imports_nothing_heavy() -> None:
    program = f"""
import builtins, io, pathlib, runpy, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
for file in ("collect", "validate", "publish", "upkeep"):
    runpy.run_path(f"{PROJECT}/dags/{{file}}.py")
heavy = {{"alembic", "duckdb", "great_expectations", "pandas", "pyarrow"}} & set(sys.modules)
print([sorted(heavy), [name for name in opened if name.startswith({str(PROJECT / "include")!r})]])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout.splitlines()[-1]) == [[], []]
