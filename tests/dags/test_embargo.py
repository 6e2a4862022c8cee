"""An embargoed edition in Airflow: it waits for its time, and is red only where a run was told not to wait."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tiny import PROGRAMME, Tiny
from yearbook.errors import EmbargoError
from yearbook.orchestrate import tasks
from yearbook.orchestrate.engine import Engine

SOON = timedelta(seconds=8)
FAR = datetime(2999, 6, 30, 2, 0, tzinfo=UTC)


@pytest.fixture
def checked(tiny: Tiny, engine: Engine) -> Tiny:
    """The tiny programme with its records checked."""
    assert engine.run("tiny.collect.register") == []
    for year in (2023, 2024):
        assert engine.run("tiny.validate", year=year) == []
    return tiny


def embargo(tiny: Tiny, until: datetime) -> Path:
    """Embargo the edition of 2024; return its page."""
    text = f"{PROGRAMME}editions:\n  2024: {{embargoed_until: {until.isoformat()}}}\n"
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: text)
    tasks._open.cache_clear()
    return tiny.home / "site/tiny/2024/en.html"


def test_a_run_waits_until_the_time_and_publishes_then(checked: Tiny, engine: Engine) -> None:
    until = datetime.now(UTC) + SOON
    page = embargo(checked, until)
    assert engine.run("tiny.publish", year=2024) == []
    assert datetime.fromtimestamp(page.stat().st_mtime, UTC) >= until
    assert [event.state for event in checked.catalogue().events() if event.step == "publish"] == ["started", "done"]


def test_a_run_that_may_not_wait_says_when(checked: Tiny, engine: Engine) -> None:
    page = embargo(checked, FAR)
    [failure] = engine.run("tiny.publish", year=2024, wait=False)
    assert isinstance(failure.error, EmbargoError)
    assert failure.error.what == "the edition of 2024 is embargoed until 2999-06-30T02:00+00:00"
    assert not page.exists()


def test_it_looks_again_within_the_hour_since_an_embargo_may_be_moved(checked: Tiny) -> None:
    embargo(checked, FAR)
    before = datetime.now(UTC)
    moment = tasks.next_look("tiny", 2024)
    assert moment is not None
    assert before < moment <= datetime.now(UTC) + timedelta(hours=1)
    assert tasks.next_look("tiny", 2023) is None
