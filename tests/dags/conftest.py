"""Airflow in this process, for the tests of this folder: one engine, a scratch metadata database, one programme."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from tiny import Tiny, make_tiny
from yearbook.orchestrate.engine import Engine


@pytest.fixture(scope="package")
def engine() -> Iterator[Engine]:
    """The engine of `make yearbook`. Airflow reads its environment once, so that there is one for all tests."""
    with patch.dict(os.environ), Engine() as engine:
        yield engine


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A programme of a few contracts, which the environment names."""
    tiny = make_tiny(tmp_path)
    for name, value in tiny.environment.items():
        monkeypatch.setenv(name, value)
    return tiny
