"""`yearbook compare`: the table, the CSV, and the exit code that a script relies on."""

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

import editions
from editions import observation
from yearbook.catalogue import Edition
from yearbook.cli import app
from yearbook.workspace import open_workspace

OFFICIAL_2023 = 6_147_566_000_000.0


@pytest.fixture
def computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write the national total of 2023 as the figures of a programme that is held against the official series."""
    monkeypatch.setenv("YEARBOOK_HOME", str(tmp_path))

    def write(value: float) -> None:
        workspace = open_workspace("china_techmarket")
        total = observation("contract_value", 2023, value=value, unit="CNY", breakdown="scope=national_register")
        reference = workspace.lake.write("observations", 2023, editions.table([total]))
        workspace.catalogue.record_edition(Edition(2023, "2024-06-30", "i", reference, "o"))

    return write


@pytest.mark.parametrize(
    ("value", "exit_code", "verdict", "said"),
    [
        (OFFICIAL_2023 + 400_000, 0, "equal", "Of published figures that this report is judged by, 1 of 1 matched."),
        (OFFICIAL_2023 + 600_000, 1, "missed", "Of published figures that this report is judged by, 0 of 1 matched"),
    ],
)
def test_a_miss_ends_with_one(value: float, exit_code: int, verdict: str, said: str, computed) -> None:
    computed(value)
    result = CliRunner().invoke(app, ["compare", "--programme", "china_techmarket"])
    (line,) = (line for line in result.stdout.splitlines() if "N2023" in line)
    assert (result.exit_code, verdict in line) == (exit_code, True)
    assert said in result.stderr


def test_plain_numbers_for_programs(computed) -> None:
    computed(OFFICIAL_2023)
    result = CliRunner().invoke(app, ["compare", "--programme", "china_techmarket", "--csv"])
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))}
    assert [rows["N2023"][name] for name in ("published", "computed", "difference", "verdict", "official")] == [
        "6147566000000",
        "6147566000000.0",
        "0.0",
        "equal",
        "True",
    ]
    assert (rows["N2022"]["computed"], rows["N2022"]["reason"]) == ("", "no_edition")


@pytest.mark.parametrize(
    ("programme", "said"),
    [("ted", "ted has no comparators"), ("china_techmarket", "no figures of any year yet")],
)
def test_what_cannot_be_compared_is_told(programme: str, said: str, computed) -> None:
    result = CliRunner().invoke(app, ["compare", "--programme", programme])
    assert (result.exit_code, said in result.stderr) == (1, True)
