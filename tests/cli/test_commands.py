"""The commands as a person types them: what they print, and what they refuse."""

import csv
import io
from pathlib import Path

import pytest

from tiny import PROGRAMME, Tiny, make_tiny
from yearbook.model.observation import INTERNAL_COLUMNS


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The tiny programme after a run over one row that cannot be read."""
    tiny = make_tiny(tmp_path_factory.mktemp("tiny"))
    doubtful = "模拟-x,2024-05-01,,技术开发,=cmd(),亚特兰蒂斯,1,光伏,有效\n"
    tiny.edit(tiny.records, lambda text: text + doubtful)
    assert tiny.yearbook("run").exit_code == 0
    return tiny


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return make_tiny(tmp_path)


def test_observations_come_as_csv_and_as_a_table_that_says_once_what_all_rows_say(done: Tiny) -> None:
    said = done.yearbook("observations", "--indicator", "contract_count").stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert tuple(rows[0]) == INTERNAL_COLUMNS
    assert {row["year"] for row in rows} == {"2024"}
    (total,) = [row for row in rows if {row[name] for name in ("partner", "sector", "channel", "province")} == {"_T"}][
        :1
    ]
    assert total["value"] == "21"

    table = done.yearbook("observations", "--indicator", "contract_count", "--table").stdout
    assert "All rows: indicator=contract_count, year=2024" in table
    assert "VNM" in table


def test_findings_come_as_csv_that_is_harmless_in_a_spreadsheet(done: Tiny) -> None:
    result = done.yearbook("findings", "--rule", "unknown_code")
    (row,) = csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    assert (row["record_key"], row["column"], row["raw"]) == ("模拟-x", "buyer_country", "亚特兰蒂斯")
    assert "1 finding\n" in result.stderr
    assert "亚特兰蒂斯" in done.yearbook("findings", "--year", "2024", "--table").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["findings", "--rule", "unknown_cod"], "did you mean `unknown_code`?"),
        (["observations", "--indicator", "contract_cuont"], "did you mean `contract_count`?"),
        (["observations", "--year", "2031"], "computed editions: [2023, 2024]"),
        (["compute", "--years", "2024", "--as-of", "2024-06-30"], "the edition of 2024 cannot come out on 2024-06-30"),
        (["extract", "--source", "registre"], "did you mean `register`?"),
        (["run", "--years", "twenty"], "write 2024, 2021,2024 or 2023-2024"),
    ],
)
def test_what_is_misspelt_is_refused_with_what_would_be_right(done: Tiny, arguments: list[str], says: str) -> None:
    result = done.yearbook(*arguments)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert says in result.output


def test_figures_are_not_computed_from_records_that_wait_to_be_checked(tiny: Tiny) -> None:
    assert "not collected as a whole: register" in tiny.yearbook("compute").output
    assert tiny.yearbook("extract").exit_code == 0
    assert "the records of 2023, 2024 wait to be checked" in tiny.yearbook("compute").output
    for step in ("validate", "compute", "publish"):
        assert tiny.yearbook(step).exit_code == 0
    assert (tiny.home / "site/tiny/2024/en.html").exists()


def test_the_log_tells_the_whole_reason_of_a_failure(tiny: Tiny) -> None:
    tiny.records.unlink()
    assert tiny.yearbook("run").exit_code == 1
    said = tiny.yearbook("log", "--failed").stdout
    assert "list  register  failed" in said
    assert "to mend:" in said


def test_all_wrong_sources_are_told_at_once(tiny: Tiny) -> None:
    second = tiny.source.with_name("second.yml")
    second.write_text(
        tiny.source.read_text(encoding="utf-8").replace("source: register", "source: second"), encoding="utf-8"
    )
    tiny.edit(tiny.source, lambda text: text.replace("*.csv", "first-*.csv"))
    tiny.edit(second, lambda text: text.replace("*.csv", "second-*.csv"))
    said = tiny.yearbook("run").output
    assert "first-*.csv" in said
    assert "second-*.csv" in said


def test_a_draft_does_not_overwrite_a_finished_source(tiny: Tiny) -> None:
    from typer.testing import CliRunner

    from yearbook.cli import app

    before = tiny.source.read_bytes()
    command = ["sources", "draft", str(tiny.records), "--output", str(tiny.source)]
    result = CliRunner().invoke(app, command, env=tiny.environment)
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert tiny.source.read_bytes() == before


PRE_RELEASE = """\
editions:
  2024:
    embargoed_until: 2999-06-30T10:00:00+08:00
    pre_release: [{en: Minister, zh: 部长}, {en: Statistics Bureau, zh: 统计局}]
"""


def test_the_readers_of_an_embargoed_edition_get_it_earlier_and_the_site_does_not(tiny: Tiny) -> None:
    tiny.edit(tiny.source.parents[1] / "programme.yml", lambda _: PROGRAMME + PRE_RELEASE)
    assert "the edition of 2024 is embargoed until 2999-06-30T10:00+08:00" in tiny.yearbook("run").stderr
    said = tiny.yearbook("prerelease", "--years", "2024")
    assert said.exit_code == 0, said.output
    home = tiny.home / "tiny/internal/2024/prerelease"
    names = ("1-minister", "2-statistics-bureau")
    assert said.stdout == "".join(f"Written: {home / name}\n" for name in names)
    assert sorted(path.name for path in home.iterdir()) == list(names)
    pages = [(home / name / "en.html").read_text(encoding="utf-8") for name in names]
    marks = ("For Minister alone.", "For Statistics Bureau alone.")
    assert [[mark in page for mark in marks] for page in pages] == [[True, False], [False, True]]
    assert sorted(path.name for path in (tiny.home / "site/tiny").iterdir() if path.is_dir()) == ["2023"]


def test_an_edition_without_readers_has_no_copies(done: Tiny) -> None:
    said = done.yearbook("prerelease", "--years", "2024")
    assert (said.exit_code, said.stderr) == (
        1,
        f"""\
Stopped. nobody reads the edition of 2024 before its release
  where: {done.source.parents[1] / "programme.yml"}, editions: 2024
  to mend: write there `embargoed_until` and the readers under `pre_release`
""",
    )
    assert not (done.home / "tiny/internal/2024/prerelease").exists()
