"""Fetch all records of a paged JSON API: retries, ETags, and going on after an interruption.

Not its business: what the records mean. A page is landed before the next is asked for, so that a kill loses none.
"""

import io
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import httpx

from yearbook.errors import SourceError, SourceUnavailableError
from yearbook.extract.fetch.page_store import Page, PageStore, Progress
from yearbook.extract.readers.canonical import canonical_lines
from yearbook.extract.readers.encoding import decode
from yearbook.extract.readers.json_path import follow, steps
from yearbook.extract.readers.json_records import Parser, find_records
from yearbook.model.source import Entry, Paging

ATTEMPTS = 5
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0
TIMEOUT_SECONDS = 60.0
BUSY = (408, 425, 429)

Sleep = Callable[[float], None]


def fetch_records(url: str, entry: Entry, store: PageStore, sleep: Sleep = time.sleep) -> bytes:
    """Fetch every page from `url` on, and return all records as canonical JSON Lines.

    Raises `SourceUnavailableError` where the API does not answer after some attempts, `SourceError` where it refuses or
    gives no records.
    """
    saved = store.load()
    headers = {"Accept": "application/json", **(entry.paging.headers if entry.paging else {})}
    with httpx.Client(headers=headers, timeout=TIMEOUT_SECONDS, follow_redirects=True) as client:
        try:
            records = _collect(url, entry, _Pages(store, saved, client, sleep))
        except SourceError:
            if not saved.under_way:
                raise
            # What the interrupted collection was told to ask for next may have expired: begin again.
            records = _collect(url, entry, _Pages(store, Progress([], saved.finished), client, sleep))
    return canonical_lines(records)


class _Pages:
    """Gets pages, from what is known where that is enough."""

    def __init__(self, store: PageStore, saved: Progress, client: httpx.Client, sleep: Sleep) -> None:
        self._store, self._client, self._sleep = store, client, sleep
        self._interrupted = {page.url: page for page in saved.under_way}
        self._finished = {page.url: page for page in saved.finished}
        self._done: list[Page] = []

    def get(self, url: str) -> bytes:
        if url in (page.url for page in self._done):
            raise SourceError("the API's pages go round in a circle", where=url, fix="`paging.next`, or tell its owner")
        page = self._interrupted.get(url) or self._ask(url, self._finished.get(url))
        self._done.append(page)
        self._store.save(Progress(self._done, list(self._finished.values())))
        return self._store.read(page)

    def finish(self) -> None:
        self._store.save(Progress([], self._done))

    def _ask(self, url: str, known: Page | None) -> Page:
        condition = {"If-None-Match": known.etag} if known and known.etag else {}
        response = _request(self._client, url, condition, self._sleep)
        if response.status_code == httpx.codes.NOT_MODIFIED and known:
            return known
        landed = self._store.lake.land(io.BytesIO(response.content))
        return Page(url, landed.sha256, response.headers.get("ETag"))


def _collect(url: str, entry: Entry, pages: _Pages) -> list[Any]:
    records = [record for page in _walk(url, entry, pages) for record in page]
    pages.finish()
    return records


def _walk(url: str, entry: Entry, pages: _Pages) -> Iterator[list[Any]]:
    paging = entry.paging or Paging()
    number = paging.first
    address: str | None = _address(url, paging, number)
    while address:
        document, records = _parse(pages.get(address), address, entry)
        yield records
        number += 1
        address = _next(address, url, paging, number, document, len(records))


def _next(address: str, url: str, paging: Paging, number: int, document: Any, count: int) -> str | None:
    if paging.next:
        following = follow(document, steps(paging.next))
        return urljoin(address, str(following)) if following else None
    if paging.page and count and not (paging.size and count < paging.page_size):
        return _address(url, paging, number)
    return None


def _address(url: str, paging: Paging, number: int) -> str:
    parameters = dict(paging.parameters)
    if paging.page:
        parameters[paging.page] = str(number)
    if paging.size:
        parameters[paging.size] = str(paging.page_size)
    return str(httpx.URL(url).copy_merge_params(parameters)) if parameters else url


def _parse(content: bytes, address: str, entry: Entry) -> tuple[Any, list[Any]]:
    document = Parser().parse(decode(content, entry.encoding, address)[0], address)
    return document, find_records(document, entry.records, address)


def _request(client: httpx.Client, url: str, headers: dict[str, str], sleep: Sleep) -> httpx.Response:
    trouble = ""
    for attempt in range(ATTEMPTS):
        wait = min(FIRST_WAIT_SECONDS * 2**attempt, LONGEST_WAIT_SECONDS)
        try:
            response = client.get(url, headers=headers)
        except httpx.TransportError as error:
            trouble = f"{type(error).__name__}: {error}"
        except httpx.InvalidURL as error:
            raise SourceError(f"no address: {error}", where=url, fix="`url`, or `paging.next`") from None
        else:
            if response.status_code < 500 and response.status_code not in BUSY:
                return _accepted(response, url)
            trouble = f"{response.status_code} {response.reason_phrase}"
            wait = _stated_wait(response) or wait
        if attempt + 1 < ATTEMPTS:
            sleep(wait)
    raise SourceUnavailableError(f"no answer in {ATTEMPTS} attempts: {trouble}", where=url, fix="try again later")


def _stated_wait(response: httpx.Response) -> float | None:
    stated = response.headers.get("Retry-After", "")
    return min(float(stated), LONGEST_WAIT_SECONDS) if stated.isdecimal() else None


def _accepted(response: httpx.Response, url: str) -> httpx.Response:
    if response.is_success or response.status_code == httpx.codes.NOT_MODIFIED:
        return response
    fix = "its credentials in `paging.headers`" if response.status_code in (401, 403) else "`url` and `paging`"
    raise SourceError(f"the API refused: {response.status_code} {response.reason_phrase}", where=url, fix=fix)
