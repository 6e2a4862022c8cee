"""Airflow's own folder and settings, for runs that need no service: metadata in SQLite, the DAGs of this project.

Nothing here outlives its use: what Yearbook knows stands in the lake and the catalogue. Not its business: starting
anything but Airflow's own migration.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

import psutil

from yearbook.errors import YearbookError
from yearbook.settings import PROJECT, Settings

WORKERS = 4


def airflow_home() -> Path:
    """Airflow's folder: `AIRFLOW_HOME`, or `.airflow/` of the project. It keeps itself out of version control."""
    home = Path(os.environ.get("AIRFLOW_HOME") or PROJECT / ".airflow").resolve()
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitignore").write_text("*\n")
    return home


def environment(database: Path) -> dict[str, str]:
    """The environment of an Airflow that keeps its metadata in `database` and runs the DAGs of this project."""
    settings = Settings.from_environment()
    port = os.environ.get("AIRFLOW__API__PORT", "8080")
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {
        # `airflow standalone` starts its components by the bare name.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "AIRFLOW_HOME": str(airflow_home()),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__PARALLELISM": str(WORKERS),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{database}",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": port,
        "AIRFLOW__API__WORKERS": "1",
        "YEARBOOK_HOME": settings.home,
    }


def migrated(database: Path) -> Path:
    """Bring a metadata database up to this Airflow's tables, unless it is there already; return it.

    Raises `YearbookError` where Airflow's migration fails.
    """
    mark = database.with_suffix(f".{version('apache-airflow-core')}")
    if database.exists() and mark.exists():
        return database
    database.parent.mkdir(parents=True, exist_ok=True)
    log = database.with_suffix(".log")
    with log.open("w") as lines:
        command = [sys.executable, "-m", "airflow", "db", "migrate"]
        done = subprocess.run(command, env=environment(database), stdout=lines, stderr=lines, check=False)
    if done.returncode:
        raise YearbookError(
            "Airflow's metadata database could not be prepared", where=str(log), fix=f"remove {database} and run again"
        )
    mark.touch()
    return database


@contextmanager
def scratch_database() -> Iterator[Path]:
    """A fresh metadata database for one run, removed afterwards; runs at the same time do not meet.

    The tables come from a template, since Airflow's migration takes seconds and a copy none.
    """
    runs = airflow_home() / "runs"
    template = _template(airflow_home() / "template")
    _remove_the_dead(runs)
    folder = runs / str(os.getpid())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield Path(shutil.copy(template, folder / "airflow.db"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _template(folder: Path) -> Path:
    wanted = folder / f"{version('apache-airflow-core')}.db"
    if not wanted.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(dir=folder))
        # Renamed when it is whole: a killed or a second migration never leaves half a template.
        migrated(beside / "airflow.db").rename(wanted)
        shutil.rmtree(beside)
    return wanted


def _remove_the_dead(runs: Path) -> None:
    for folder in runs.glob("[0-9]*"):
        if not psutil.pid_exists(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)
