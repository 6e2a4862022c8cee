import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from files import entry, rows_of
from yearbook.extract.landing import land, list_uris
from yearbook.extract.readers import read_landed
from yearbook.lake import Lake
from yearbook.workspace import Workspace


def _workspace(tmp_path: Path) -> Workspace:
    """What landing needs of a workspace: a lake, and the folder of records."""
    (tmp_path / "data").mkdir()
    parts: dict[str, Any] = {"lake": Lake(str(tmp_path / "home")), "data": str(tmp_path / "data")}
    return cast(Workspace, SimpleNamespace(**parts))


def test_a_file_is_landed_once_as_it_is(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path)
    (tmp_path / "data/a.csv").write_bytes("地区\n全国\n".encode("gb18030"))
    csv = entry("csv", path="{data}/*.csv")
    (uri,) = list_uris(csv, workspace.data)
    landed = land(workspace, csv, uri)
    assert land(workspace, csv, uri) == landed
    assert Path(workspace.lake.landed_path(landed.sha256)).read_bytes() == "地区\n全国\n".encode("gb18030")
    (table,) = read_landed(workspace.lake, landed.sha256, uri, csv)
    assert (table.name, rows_of(table), table.facts["encoding"]) == ("a.csv", [{"地区": "全国"}], "gb18030")


def test_equal_rows_of_a_database_are_equal_bytes(tmp_path: Path) -> None:
    workspace = _workspace(tmp_path)
    table = entry("sql", url="sqlite:///{data}/r.sqlite", database_table="t")
    found = []
    for rows in ([(1, "a"), (2, "b")], [(2, "b"), (1, "a")]):
        with sqlite3.connect(tmp_path / "data/r.sqlite") as database:
            database.executescript("DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER, name TEXT)")
            database.executemany("INSERT INTO t VALUES (?, ?)", rows)
        database.close()
        (uri,) = list_uris(table, workspace.data)
        found.append(land(workspace, table, uri))
    assert found[0] == found[1]
    (read,) = read_landed(workspace.lake, found[0].sha256, uri, table)
    assert rows_of(read) == [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]
