"""Secrets reach the server and the database, and nothing else: not a file that a run leaves, not a message."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from files import entry, read, xlsx
from tiny import HEADER, ROWS, SOURCE, Tiny, make_tiny
from yearbook.errors import DefinitionError, SourceError, YearbookError
from yearbook.extract.collect import collect_delivery, list_deliveries
from yearbook.extract.fetch.database import fetch_rows
from yearbook.extract.places import list_uris
from yearbook.extract.secrets import Secrets, mask_address
from yearbook.model.definition import load_definition
from yearbook.model.source import Source

SECRET = "s3cret/&=+键"
TOKEN = "t0ken-of-the-header"
WRITTEN = "written-into-the-address"
API = """\
    format: api
    url: "%s?key=${YB_TEST_KEY}&note=%s"
    paging:
      next: next
      headers: {Authorization: "Bearer ${YB_TEST_TOKEN}"}
      parameters: {extra: "${YB_TEST_KEY}"}
"""


@pytest.fixture
def address() -> Iterator[str]:
    """A server with two pages for those who know the secrets; it repeats the address that it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            knows = asked.get("key") == asked.get("extra") == [SECRET]
            knows = knows and self.headers["Authorization"] == f"Bearer {TOKEN}"
            half = ROWS[20:] if "page" in asked else ROWS[:20]
            records = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in half]
            following = None if "page" in asked else f"{self.path}&page=2"
            body = json.dumps({"items": records, "next": following if knows else None}).encode()
            self.send_response(200 if knows else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/records"
        server.shutdown()
        thread.join()


@pytest.fixture
def tiny(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    monkeypatch.setenv("YB_TEST_KEY", SECRET)
    monkeypatch.setenv("YB_TEST_TOKEN", TOKEN)
    tiny = make_tiny(tmp_path)
    api = API % (address, WRITTEN) + "    records: items\n"
    file = '    format: csv\n    path: "{data}/*.csv"\n'
    tiny.edit(tiny.source, lambda text: text.replace(file, api))
    return tiny


def collect(tiny: Tiny) -> str:
    workspace = tiny.workspace()
    (delivery,) = list_deliveries(workspace, "register")
    collect_delivery(workspace, "register", delivery)
    return delivery


def test_an_api_is_asked_with_secrets_and_nothing_that_stays_holds_one(
    tiny: Tiny, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert collect(tiny) == f"contracts|{address}?***"
    (delivery,) = tiny.catalogue().deliveries()
    assert delivery.received == len(ROWS)
    pages = {page["sha256"] for page in json.loads(next(tiny.home.rglob("pages/*.json")).read_text())["finished"]}
    kept = [path for path in tiny.home.rglob("*") if path.is_file() and path.name not in pages]
    hidden = [said.encode() for said in (SECRET, "s3cret", TOKEN, WRITTEN)]
    assert [path for path in kept if any(said in path.read_bytes() for said in hidden)] == []
    assert "s3cret" not in caplog.text
    assert TOKEN not in caplog.text


def test_a_refusal_names_the_address_without_secrets(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YB_TEST_TOKEN", "another\n")
    with pytest.raises(YearbookError) as raised:
        collect(tiny)
    assert "records?***" in raised.value.where
    assert [said for said in ("s3cret", "another", WRITTEN) if said in str(raised.value)] == []


def test_a_variable_that_is_not_set_is_named(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YB_TEST_KEY")
    assert list_deliveries(tiny.workspace(), "register")
    with pytest.raises(SourceError, match="variable `YB_TEST_KEY` is not set"):
        collect(tiny)


@pytest.mark.parametrize("url", ["sqlite:///${YB_TEST_FILE}", "${YB_TEST_URL}"])
def test_a_database_is_opened_at_an_address_of_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with sqlite3.connect(tmp_path / "a@b.sqlite") as database:
        database.execute("CREATE TABLE t AS SELECT 1 AS id")
    database.close()
    monkeypatch.setenv("YB_TEST_FILE", f"{tmp_path}/a@b.sqlite")
    monkeypatch.setenv("YB_TEST_URL", f"sqlite:///{tmp_path}/a@b.sqlite")
    stated = entry("sql", url=url, database_table="t")
    assert fetch_rows(url, stated) == b'{"id":1}\n'
    assert list_uris(stated, "") == [f"{url}#t"]


def test_a_password_of_a_database_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YB_TEST_KEY", SECRET)
    url = "postgresql+psycopg://me:${YB_TEST_KEY}@127.0.0.1:9/db?application_name=${YB_TEST_KEY}"
    with pytest.raises(YearbookError) as raised:
        fetch_rows(url, entry("sql", url=url, database_table="t"))
    assert raised.value.where == "postgresql+psycopg://me:***@127.0.0.1:9/db?***"
    assert "s3cret" not in str(raised.value)


def test_a_workbook_is_opened_with_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    content = xlsx({"S": [["a", "b"], [1, 2]]})
    monkeypatch.delenv("YB_TEST_KEY", raising=False)
    with pytest.raises(SourceError, match="`YB_TEST_KEY` is not set"):
        read(content, "excel", password="${YB_TEST_KEY}")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://h/a?key=k&b=c", "https://h/a?***"),
        ("https://h/a?bare, line 3", "https://h/a?***, line 3"),
        ("ftp://me:pw@h/a.csv", "ftp://me:***@h/a.csv"),
        ("postgresql+psycopg://me@h/db?password=p#t", "postgresql+psycopg://me@h/db?***#t"),
        ("s3://bucket/contracts?.csv", "s3://bucket/contracts?.csv"),
        ("sqlite:///data/a.sqlite", "sqlite:///data/a.sqlite"),
    ],
)
def test_addresses_are_shown_without_what_is_secret(address: str, shown: str) -> None:
    assert mask_address(address) == shown


def test_values_are_put_in_and_hidden_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YB_TEST_KEY", "a/b c")
    monkeypatch.setenv("YB_TEST_HOST", "https://host/api")
    said = "${YB_TEST_HOST}/x?key=${YB_TEST_KEY}"
    secrets = Secrets.named_in([said], "here")
    filled = secrets.put_into_address(said)
    assert filled == "https://host/api/x?key=a%2Fb%20c"
    assert [secrets.hide(text) for text in (filled, "no a/b c", "no a%2Fb+c")] == [
        said, "no ${YB_TEST_KEY}", "no ${YB_TEST_KEY}",
    ]  # fmt: skip


def test_a_path_that_holds_a_password_is_refused() -> None:
    with pytest.raises(ValueError, match="FSSPEC_<PROTOCOL>_PASSWORD"):
        entry("csv", path="ftp://me:pw@host/*.csv")


def test_what_is_refused_in_a_definition_shows_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "register.yml"
    for wrong in ("password: 20241231", 'paging: {headers: {Authorization: ["20241231"]}}'):
        file.write_text(SOURCE.replace("unit: 万元", wrong), encoding="utf-8")
        with pytest.raises(DefinitionError, match="not shown") as raised:
            load_definition(file, Source)
        assert "20241231" not in str(raised.value)
