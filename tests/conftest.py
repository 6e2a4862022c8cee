"""What every test stands on: no variable of the caller, an Airflow home of its own, and services that are thrown away.

PostgreSQL, Redis and a browser are started natively. Where their programs are not installed, the tests that ask for
them are skipped and say what is missing.
"""

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from playwright.sync_api import Browser
from psycopg import sql

import servers
from visitor import chromium

PROJECT = Path(__file__).resolve().parents[1]
ISOLATED = (
    "YEARBOOK_HOME",
    "YEARBOOK_DATA",
    "YEARBOOK_INCLUDE",
    "YEARBOOK_REPORTS",
    "YEARBOOK_CATALOGUE",
    "YEARBOOK_PROGRAMMES",
    "YEARBOOK_PEOPLE",
)
TOGETHER = ("dags", "deploy", "publish", "scenario")

hypothesis.settings.register_profile("yearbook", derandomize=True, deadline=None)
hypothesis.settings.load_profile("yearbook")


def pytest_configure(config: pytest.Config) -> None:
    """Airflow reads its environment when it is first imported, so this comes before any test module."""
    # What a shell starts in the background ignores Ctrl-C, and so would every process that a test starts and stops.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ISOLATED:
        os.environ.pop(name, None)
    home = tempfile.mkdtemp(prefix="yearbook-airflow-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ.update(
        AIRFLOW_HOME=home,
        AIRFLOW__CORE__DAGS_FOLDER=str(PROJECT / "dags"),
        AIRFLOW__CORE__PLUGINS_FOLDER=str(PROJECT / "plugins"),
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A folder whose tests share what is dear to make, or an Airflow of this process, runs in one process."""
    for item in items:
        folder, *inner = item.path.relative_to(PROJECT / "tests").parts
        item.add_marker(pytest.mark.xdist_group(folder if folder in TOGETHER else "/".join([folder, *inner])))


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository."""
    return PROJECT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real records: YEARBOOK_REAL_DATA, or `shared/data` beside the repository."""
    folder = Path(os.environ.get("YEARBOOK_REAL_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real records: {folder} is missing; name their folder in YEARBOOK_REAL_DATA")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a PostgreSQL server for all tests: `yearbook@127.0.0.1:<port>`."""
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def new_database(postgresql_server: str) -> Callable[[], str]:
    """A function that makes an empty database and returns `user@host:port/name`."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"test_{next(numbers)}"
        with psycopg.connect(f"postgresql://{postgresql_server}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"{postgresql_server}/{name}"

    return make


@pytest.fixture
def postgresql_url(new_database: Callable[[], str]) -> str:
    """SQLAlchemy URL of an empty PostgreSQL database of the test's own."""
    return f"postgresql+psycopg://{new_database()}"


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """URL of an empty Redis server of the test's own."""
    with servers.redis(tmp_path) as port:
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file: Playwright keeps an event loop running, which Airflow's do not stand."""
    with chromium() as browser:
        yield browser
