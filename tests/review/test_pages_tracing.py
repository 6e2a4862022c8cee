"""The page inside Airflow that leads from a figure to its records and back; it keeps to who may look."""

import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from desk import bring_up, copy_of, make_doubtful
from pages import Reader
from yearbook.workspace import Workspace

FIGURE = "contract_count.2024"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("traced")
    workspace = copy_of(make_doubtful(folder / "made"), folder)
    bring_up(workspace)
    return workspace


def test_a_figure_leads_to_records_and_each_of_them_back(workspace: Workspace) -> None:
    stan = Reader.of(workspace)
    page = stan.get("/tiny/trace", figure=FIGURE)
    assert page.status_code == 200
    assert "they alone give the same figure" in page.text
    keys = re.findall(r"record\?dataset=contracts&amp;key=([^&]+)&", page.text)
    assert keys
    record = stan.get("/tiny/trace", dataset="contracts", key=unquote_plus(keys[0]), year=2024)
    assert f"<code>{FIGURE}</code>" in record.text
    assert "No other figure of this edition is another without the record." in record.text


def test_a_figure_that_is_not_settled_says_which_others_may_touch_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yearbook.review.pages.tracing.MOST_WORLDS", 1)
    page = Reader.of(workspace).get("/tiny/trace", figure=FIGURE)
    assert "may touch the figure; no other does. The figure rests on them together" in page.text


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("stan", {}, 404),
        ("stan", {"figure": "contract_worth.2024"}, 409),
        ("stan", {"figure": "<script>"}, 409),
        ("stan", {"dataset": "nothing", "key": "x"}, 404),
        ("stan", {"dataset": "contracts", "key": "x", "year": "2024"}, 409),
        ("otto", {"figure": FIGURE}, 403),
        (None, {"figure": FIGURE}, 401),
    ],
)
def test_nothing_is_told_of_what_is_not_there_or_not_theirs(
    workspace: Workspace, name: str | None, query: dict[str, str], status: int
) -> None:
    page = Reader.of(workspace, name).get("/tiny/trace", **query)
    assert page.status_code == status
    assert "<script>" not in page.text
