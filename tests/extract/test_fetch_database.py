import sqlite3
from pathlib import Path

import pytest

from files import cells, entry, read
from yearbook.errors import SourceError, SourceUnavailableError
from yearbook.extract.fetch.database import fetch_rows


@pytest.fixture
def url(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "register.sqlite") as database:
        database.execute("CREATE TABLE contracts (id INTEGER, value DECIMAL(18, 2), buyer TEXT, share FLOAT, day DATE)")
        database.executemany(
            "INSERT INTO contracts VALUES (?, ?, ?, ?, ?)",
            [(2, 1.5, "NA", None, "2024-03-05"), (1, 1000000, "越南", 0.1, None)],
        )
    database.close()
    return f"sqlite:///{tmp_path}/register.sqlite"


@pytest.mark.parametrize(
    "stated", [{"database_table": "contracts"}, {"query": "SELECT * FROM contracts ORDER BY id DESC"}]
)
def test_rows_as_lines_in_an_order_of_their_own(url: str, stated: dict[str, str]) -> None:
    lines = fetch_rows(url, entry("sql", url=url, **stated)).decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ['{"buyer":"NA"', '{"buyer":"越南"']


def test_cells(url: str) -> None:
    stated = entry("sql", url=url, database_table="contracts")
    assert cells(read(fetch_rows(url, stated), "sql", url=url, database_table="contracts")) == [
        ["buyer", "day", "id", "share", "value"],
        ["NA", "2024-03-05", "2", None, "1.50"],
        ["越南", None, "1", "0.1", "1000000.00"],
    ]


def test_no_rows(url: str) -> None:
    stated = {"url": url, "query": "SELECT id FROM contracts WHERE id = 0"}
    table = read(fetch_rows(url, entry("sql", **stated)), "sql", **stated)
    assert (table.rows, table.facts["header_only"]) == (0, True)


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"database_table": "contract"}, "did you mean `contracts`"),
        ({"query": "SELECT amount FROM contracts"}, "refused: no such column: amount"),
        ({"query": "DROP TABLE contracts"}, "attempt to write a readonly database"),
    ],
)
def test_refused(url: str, stated: dict[str, str], says: str) -> None:
    with pytest.raises(SourceError, match=says):
        fetch_rows(url, entry("sql", url=url, **stated))


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="file is missing"):
        fetch_rows(f"sqlite:///{tmp_path}/none.sqlite", entry("sql", url="sqlite://", database_table="t"))
    assert not list(tmp_path.iterdir())


def test_a_database_that_does_not_answer_may_be_tried_later() -> None:
    url = "postgresql+psycopg://me:secret@127.0.0.1:9/db"
    with pytest.raises(SourceUnavailableError) as raised:
        fetch_rows(url, entry("sql", url=url, database_table="t"))
    assert "secret" not in str(raised.value)
