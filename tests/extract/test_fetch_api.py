"""A server that really listens, and fails as servers do."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from files import entry
from yearbook.errors import SourceError, SourceUnavailableError
from yearbook.extract.fetch.api import ATTEMPTS, fetch_records
from yearbook.extract.fetch.page_store import PageStore
from yearbook.lake import Lake

Answer = tuple[int, dict[str, str], str]
RECORDS = [{"id": number, "value": f"{number}.50"} for number in range(1, 6)]
LINES = b"".join(b'{"id":%d,"value":"%d.50"}\n' % (number, number) for number in range(1, 6))
NEXT = '{{"data": {{"items": [{{}}]}}, "links": {{"next": {}}}}}'
NUMBERED = {"page": "page", "size": "size", "page_size": 2}


class Server:
    """Serves five records in pages of two, each with an ETag; `fail` may answer instead. Remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.records: list[dict[str, Any]] = list(RECORDS)
        self.fail: Callable[[int], Answer | None] = lambda page: None
        handler = type(
            "Handler",
            (BaseHTTPRequestHandler,),
            {"do_GET": lambda request: self._get(request), "log_message": lambda *_: None},
        )
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/records"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def pages(self, status: int) -> list[int]:
        """Pages that were answered with a status, in order."""
        return [int(parse_qs(urlsplit(path).query).get("page", ["1"])[0]) for path, got in self.asked if got == status]

    def _get(self, request: BaseHTTPRequestHandler) -> None:
        page = int(parse_qs(urlsplit(request.path).query).get("page", ["1"])[0])
        status, headers, body = self.fail(page) or self._page(page, request.headers.get("If-None-Match"))
        self.asked.append((request.path, status))
        request.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body.encode())

    def _page(self, page: int, known: str | None) -> Answer:
        records = self.records[2 * page - 2 : 2 * page]
        following = f"/records?page={page + 1}" if 2 * page < len(self.records) else None
        body = json.dumps({"data": {"items": records}, "links": {"next": following}})
        etag = f'"{hash(body)}"'
        return (304, {}, "") if known == etag else (200, {"ETag": etag}, body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(Lake(str(tmp_path)), str(tmp_path / "landing/pages/known.json"))


def _fetch(server: Server, store: PageStore, waits: list[float] | None = None, **paging: Any) -> bytes:
    stated = entry("api", url=server.url, records="data.items", paging=paging or NUMBERED)
    return fetch_records(server.url, stated, store, sleep=([] if waits is None else waits).append)


@pytest.mark.parametrize(
    "paging", [NUMBERED, {"next": "links.next"}, {"page": "page"}], ids=["size", "next", "until empty"]
)
def test_all_pages(server: Server, store: PageStore, paging: dict[str, Any]) -> None:
    assert _fetch(server, store, **paging) == LINES


@pytest.mark.parametrize("page_size", [1, 2, 3, 500])
def test_a_server_may_cap_its_pages(server: Server, store: PageStore, page_size: int) -> None:
    assert _fetch(server, store, page="page", size="size", page_size=page_size) == LINES
    assert server.pages(200) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("paging", "missing", "expected"),
    [
        (NUMBERED, 4, LINES),
        (NUMBERED | {"page_size": 500}, 4, LINES),
        (NUMBERED, 3, None),
        (NUMBERED, 1, None),
        ({"page": "page"}, 4, None),
    ],
    ids=["after a short page", "after capped pages", "after a full page", "at once", "without a size"],
)
def test_a_page_that_is_not_there_ends_only_after_a_short_one(
    server: Server, store: PageStore, paging: dict[str, Any], missing: int, expected: bytes | None
) -> None:
    server.fail = lambda page: (404, {}, "") if page >= missing else None
    if expected is None:
        with pytest.raises(SourceError, match="refused: 404"):
            _fetch(server, store, **paging)
    else:
        assert _fetch(server, store, **paging) == expected


@pytest.mark.parametrize(
    ("repeated", "asked"), [(lambda page: 1, 2), (lambda page: min(page, 3), 4)], ids=["every page", "the last page"]
)
@pytest.mark.parametrize("paging", [NUMBERED, {"page": "page"}], ids=["size", "no size"])
def test_pages_that_repeat_say_that_the_page_is_ignored(
    server: Server, store: PageStore, paging: dict[str, Any], repeated: Callable[[int], int], asked: int
) -> None:
    server.fail = lambda page: server._page(repeated(page), None)
    with pytest.raises(
        SourceError, match=f"page {asked} holds the same records(.|\n)*ignores the page parameter `page`"
    ):
        _fetch(server, store, **paging)
    assert len(server.asked) == asked


def test_an_error_that_passes_is_tried_again(server: Server, store: PageStore) -> None:
    answers = [(500, {}, ""), (429, {"Retry-After": "7"}, "")]
    server.fail = lambda page: answers.pop(0) if page == 2 and answers else None
    waits: list[float] = []
    assert _fetch(server, store, waits) == LINES
    assert (waits, server.pages(200)) == ([0.5, 7.0], [1, 2, 3, 4])


def test_an_error_that_stays_may_be_tried_later(server: Server, store: PageStore) -> None:
    server.fail = lambda page: (503, {}, "")
    with pytest.raises(SourceUnavailableError, match=f"no answer in {ATTEMPTS} attempts: 503"):
        _fetch(server, store)
    assert len(server.asked) == ATTEMPTS


def test_no_server_at_all_may_be_tried_later(store: PageStore) -> None:
    with pytest.raises(SourceUnavailableError, match="ConnectError"):
        fetch_records("http://127.0.0.1:9/", entry("api", url="http://127.0.0.1:9/"), store, sleep=lambda seconds: None)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((401, {}, ""), "refused: 401(.|\n)*credentials"),
        ((404, {}, ""), "refused: 404"),
        ((200, {}, "<html>"), "not valid JSON"),
        ((200, {}, '{"data": {}}'), "no list of records at `data.items`"),
        ((302, {"Location": "http://127.0.0.1:9/x?token=s"}, ""), r"has moved to http://127.0.0.1:9/x\?\*\*\*"),
        ((304, {}, ""), "`not modified` of a page never seen"),
        ((200, {}, NEXT.format('"http://127.0.0.1:9/"')), "the next page is at another place"),
        ((200, {}, NEXT.format('"file:///etc/passwd"')), "the next page is at another place"),
        ((200, {}, NEXT.format('"http://[bad"')), "no address: 'http://\\[bad'"),
    ],
)
def test_bad_answers_are_not_tried_again(server: Server, store: PageStore, answer: Answer, says: str) -> None:
    server.fail = lambda page: answer
    with pytest.raises(SourceError, match=says):
        _fetch(server, store, next="links.next")
    assert len(server.asked) == 1


def test_pages_in_a_circle_end(server: Server, store: PageStore) -> None:
    server.fail = lambda page: (200, {}, '{"data": {"items": [{}]}, "links": {"next": "/records"}}')
    with pytest.raises(SourceError, match="round in a circle"):
        _fetch(server, store, next="links.next")


def test_what_did_not_change_is_not_sent_again(server: Server, store: PageStore) -> None:
    _fetch(server, store)
    server.asked.clear()
    server.records[4] = {"id": 5, "value": "mended"}
    assert _fetch(server, store) == LINES.replace(b"5.50", b"mended")
    assert (server.pages(304), server.pages(200)) == ([1, 2, 4], [3])


def test_an_interrupted_collection_goes_on_where_it_stopped(server: Server, store: PageStore) -> None:
    server.fail = lambda page: (503, {}, "") if page == 3 else None
    with pytest.raises(SourceUnavailableError):
        _fetch(server, store)
    server.asked.clear()
    server.fail = lambda page: None
    assert _fetch(server, store) == LINES
    assert [path.split("page=")[1][0] for path, _ in server.asked] == ["3", "4"]


def test_an_interrupted_collection_begins_again_when_its_place_is_gone(server: Server, store: PageStore) -> None:
    server.fail = lambda page: (503, {}, "") if page == 2 else None
    with pytest.raises(SourceUnavailableError):
        _fetch(server, store)
    server.asked.clear()
    gone = [(410, {}, "")]
    server.fail = lambda page: gone.pop() if gone else None
    assert _fetch(server, store) == LINES
    assert server.pages(200) == [1, 2, 3, 4]


def test_lost_bytes_are_asked_for_again(server: Server, store: PageStore) -> None:
    _fetch(server, store)
    server.asked.clear()
    page = store.load().finished[1]
    Path(store.lake.landed_path(page.sha256)).unlink()
    assert _fetch(server, store) == LINES
    assert (server.pages(304), server.pages(200)) == ([1, 3, 4], [2])


def test_the_api_of_a_demonstration_is_the_same_at_any_port(store: PageStore) -> None:
    stated = entry("api", url="{api}/records", records="data.items", paging=NUMBERED)
    for status in (200, 304):
        with Server() as server:
            api = server.url.removesuffix("/records")
            assert fetch_records("{api}/records", stated, store, api=api) == LINES
        assert server.pages(status) == [1, 2, 3, 4]


def test_only_a_demonstration_has_an_api(store: PageStore) -> None:
    stated = entry("api", url="{api}/records")
    with pytest.raises(SourceError, match="no API stands for"):
        fetch_records("{api}/records", stated, store)
