from pathlib import Path

import fsspec
import pytest

from files import entry
from yearbook.errors import DefinitionError, SourceError
from yearbook.extract.landing import land_file
from yearbook.extract.places import list_uris
from yearbook.lake import Lake


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("b.csv", "a.csv", "~$a.csv", "2023/totals.xlsx", "2024/totals.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


@pytest.mark.parametrize(
    ("path", "years", "expected"),
    [
        ("{data}/*.csv", None, ["a.csv", "b.csv"]),
        ("{data}/b.csv", None, ["b.csv"]),
        ("{data}/{year}/totals.xlsx", [2024, 2023], ["2023/totals.xlsx", "2024/totals.xlsx"]),
        ("{data}/**/*.xlsx", None, ["2023/totals.xlsx", "2024/totals.xlsx"]),
    ],
)
def test_files(data: Path, path: str, years: list[int] | None, expected: list[str]) -> None:
    found = list_uris(entry("csv", path=path, years=years), str(data))
    assert found == [str(data / name) for name in expected]


def test_a_folder_may_be_named_like_a_pattern(data: Path) -> None:
    folder = data.rename(data.with_name("records [2024]*"))
    assert list_uris(entry("csv", path="{data}/*.csv"), str(folder)) == [
        str(folder / name) for name in ("a.csv", "b.csv")
    ]
    assert list_uris(entry("csv", path="{data}/b.csv"), str(folder)) == [str(folder / "b.csv")]
    with pytest.raises(SourceError, match=r"holds totals.xlsx") as raised:
        list_uris(entry("csv", path="{data}/2023/*.csv"), str(folder))
    assert raised.value.what == f"no file at {folder}/2023/*.csv"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("{data}/c.csv", "did you mean `b.csv`|did you mean `a.csv`"),
        ("{data}/2025/totals.xlsx", "did you mean `2024`|did you mean `2023`"),
        ("{data}/2023/*.csv", "holds totals.xlsx"),
        ("{data}/2023", "no file at"),
    ],
)
def test_what_is_missing_is_named_with_what_is_there(data: Path, path: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        list_uris(entry("csv", path=path), str(data))
    assert list_uris(entry("csv", path=path, optional=True), str(data)) == []


def test_years_are_stated_where_the_path_needs_them(data: Path) -> None:
    with pytest.raises(DefinitionError, match="the entry no years"):
        list_uris(entry("csv", path="{data}/{year}.csv"), str(data))


def test_other_locations(tmp_path: Path) -> None:
    fsspec.filesystem("memory").pipe_file("/places/a.csv", b"x")
    assert list_uris(entry("csv", path="{data}/*.csv"), "memory://places") == ["memory:///places/a.csv"]
    lake = Lake(str(tmp_path))
    landed = land_file(lake, "memory://places/a.csv")
    assert (landed.size, lake.open_landed(landed.sha256).read()) == (1, b"x")


def test_a_file_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no longer there"):
        land_file(Lake(str(tmp_path)), str(tmp_path / "gone.csv"))


def test_places_never_hold_a_password() -> None:
    place = list_uris(entry("sql", url="postgresql+psycopg://me:secret@host/db", database_table="t"), "")
    assert place == ["postgresql+psycopg://me:***@host/db#t"]
