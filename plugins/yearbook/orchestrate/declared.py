"""What is declared, for the DAG files: names of programmes and sources, from the names of files alone.

Airflow parses the DAG files all the time: nothing is opened here, and a wrong definition fails its own task instead of
taking the DAGs of all programmes with it.
"""

from collections.abc import Iterator

from yearbook.model.recipe import list_programmes, list_sources
from yearbook.settings import Settings


def programmes() -> list[str]:
    """Names of the programmes that Airflow has DAGs for, sorted."""
    settings = Settings.from_environment()
    names = list_programmes(settings.include)
    return [name for name in names if settings.programmes is None or name in settings.programmes]


def sources() -> Iterator[tuple[str, str]]:
    """Every source of these programmes as (programme, source), sorted."""
    include = Settings.from_environment().include
    for programme in programmes():
        for source in list_sources(programme, include):
            yield programme, source
