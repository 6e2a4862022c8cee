"""Where things are. Secrets of sources apart (`extract.secrets`), nothing else reads the environment.

| variable | holds | default |
| --- | --- | --- |
| `YEARBOOK_HOME` | everything that a run writes | `data/` beside the project |
| `YEARBOOK_DATA` | records, `{data}` in sources' paths | the programme's `data`, or `<home>/<programme>/records` |
| `YEARBOOK_INCLUDE` | definitions | `include/` of the project |
| `YEARBOOK_REPORTS` | templates and translations | `reports/` of the project |
| `YEARBOOK_CATALOGUE` | SQLAlchemy URL of the catalogue (name the driver) | SQLite in `YEARBOOK_HOME` |
| `YEARBOOK_PROGRAMMES` | the programmes that Airflow has DAGs for, separated by commas | all |
| `YEARBOOK_PEOPLE` | a YAML file of people, their roles and addresses | roles by Airflow alone |
"""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from yearbook.errors import YearbookError

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """Roots of what is read and written. Paths are local or any location that fsspec knows."""

    home: str
    include: Path
    reports: Path
    catalogue_url: str
    data: str | None = None
    programmes: tuple[str, ...] | None = None
    people: Path | None = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the variables named above; a relative path is taken from the working directory.

        Raises `YearbookError` for a remote home without a catalogue of its own.
        """
        home = os.environ.get("YEARBOOK_HOME") or str(PROJECT / "data")
        catalogue_url = os.environ.get("YEARBOOK_CATALOGUE") or None
        if "://" not in home:
            home = str(Path(home).resolve())
        elif catalogue_url is None:
            raise YearbookError(
                f"no catalogue for {home}",
                where="YEARBOOK_CATALOGUE",
                fix="the address of a database: SQLite needs a disk, `postgresql+psycopg://…` does not",
            )
        data = os.environ.get("YEARBOOK_DATA") or None
        if data and "://" not in data:
            data = str(Path(data).resolve())
        programmes = os.environ.get("YEARBOOK_PROGRAMMES") or None
        people = os.environ.get("YEARBOOK_PEOPLE") or None
        return cls(
            home=home,
            include=Path(os.environ.get("YEARBOOK_INCLUDE") or PROJECT / "include"),
            reports=Path(os.environ.get("YEARBOOK_REPORTS") or PROJECT / "reports"),
            catalogue_url=catalogue_url or _sqlite_url(f"{home}/catalogue.sqlite"),
            data=data,
            programmes=tuple(programmes.replace(" ", "").split(",")) if programmes else None,
            people=Path(people).resolve() if people else None,
        )

    def programme_home(self, programme: str) -> str:
        """The root of what is the programme's own: lake, landing and internal pages."""
        return f"{self.home}/{programme}"

    @property
    def site(self) -> str:
        """The root of the public site."""
        return f"{self.home}/site"


def _sqlite_url(path: str) -> str:
    return URL.create("sqlite", database=path).render_as_string(hide_password=False)
