"""What the applications that Airflow shows stand on: addresses, the site, each programme as its definitions say now.

Not its business: who may see them (`caller`), and what stands in them.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from airflow.configuration import conf
from starlette.types import ASGIApp

from yearbook.settings import Settings

if TYPE_CHECKING:
    from yearbook.workspace import Workspace

REPORTS = "/yearbook/reports"
REVIEW = "/yearbook/review"
SOME_PROGRAMMES = 32


def mounted(address: str) -> str:
    """An address of our pages on Airflow's own server, wherever Airflow itself is mounted there."""
    return urlsplit(conf.get("api", "base_url", fallback="/")).path.rstrip("/") + address


def signing_page(programme: str, year: int, tag: str) -> str:
    """Where Review shows an edition to those who may sign it, in one language."""
    return mounted(f"{REVIEW}/{programme}/{year}/signing?lang={quote(tag)}")


def reports() -> ASGIApp:
    """The site's files."""
    from yearbook.orchestrate.reports import make_app

    return make_app(Settings.from_environment)


def workspace_as_it_is(programme: str) -> "Workspace":
    """A programme as its definitions stand now: opened anew when one of them changed, since a server lives long."""
    settings = Settings.from_environment()
    return _open(programme, settings, _last_change(settings.include))


@lru_cache(maxsize=SOME_PROGRAMMES)
def _open(programme: str, settings: Settings, _changed: tuple[int, int]) -> "Workspace":
    from yearbook.workspace import open_workspace

    return open_workspace(programme, settings)


def _last_change(include: Path) -> tuple[int, int]:
    times = [path.stat().st_mtime_ns for path in include.rglob("*")]
    return len(times), max(times, default=0)
