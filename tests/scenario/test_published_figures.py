"""The pipeline gives the published figures back from the demonstration's records alone; `pytest -s` shows the table."""

import pytest

from yearbook.publish import tell_comparators
from yearbook.publish.report.compared import Told
from yearbook.workspace import Workspace

COLUMNS = {"id": 4, "figure": 72, "year": 4, "published": 24, "computed": 24, "difference": 12, "verdict": 30}


@pytest.fixture(scope="module")
def told(demonstration: Workspace) -> Told:
    """The published figures beside those of two editions."""
    return tell_comparators(demonstration)


def write_table(told: Told) -> str:
    head = " ".join(name.ljust(width) for name, width in COLUMNS.items())
    lines = [
        " ".join(str(getattr(row, name)).ljust(width) for name, width in COLUMNS.items()) + f" {row.why}".rstrip()
        for row in told.rows
    ]
    return "\n".join([head, *lines])


def test_every_published_figure_is_given_back(told: Told) -> None:
    table = write_table(told)
    print(table)
    verdicts = [str(row["verdict"]) for row in told.plain]
    others = [verdict for verdict in verdicts if verdict in ("parameter", "comparator")]
    assert (len(told.rows), len(others)) == (64, 6)
    assert [f"{row.id} {row.figure}: {row.verdict} {row.why}" for row in told.failures] == [], f"\n{table}"
    assert set(verdicts) == {"equal", "about", "above", "at_least", "below", "parameter", "comparator"}


def test_the_parameters_are_the_published_ones(told: Told) -> None:
    parameters = [row for row in told.plain if row["verdict"] == "parameter"]
    assert {row["id"]: row["difference"] for row in parameters} == {"P15": 0.0, "P42": 0.0, "P52": 0.0, "P53": 0.0}
