"""A catalogue on each database that it supports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yearbook.catalogue import Catalogue
from yearbook.catalogue.tables import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/catalogue.sqlite"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    catalogue = Catalogue(url, "demo")
    yield catalogue
    with catalogue.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(table.delete())
    catalogue.engine.dispose()
