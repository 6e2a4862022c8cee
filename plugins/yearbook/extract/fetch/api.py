"""Fetch all records of a paged JSON API: retries, ETags, and going on after an interruption.

Not its business: what the records mean. A page is landed before the next is asked for, so that a kill loses none.
"""

import io
import logging
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
from yearbook.extract.secrets import Secrets, mask_address
from yearbook.lake import fingerprint
from yearbook.model.source import SIMULATED_API, Entry, Paging

ATTEMPTS = 5
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0
TIMEOUT_SECONDS = 60.0
LONGEST_PAGE_SECONDS = 600.0
LARGEST_PAGE_BYTES = 256 << 20
MOST_PAGES = 20_000
SAVE_EVERY = 50
BUSY = (408, 425, 429)

Sleep = Callable[[float], None]

# The client logs every address in full, and an address may hold a secret.
logging.getLogger("httpx").setLevel(logging.WARNING)


class _NoSuchPageError(SourceError):
    """The API answers 404."""


def fetch_records(url: str, entry: Entry, store: PageStore, sleep: Sleep = time.sleep, api: str | None = None) -> bytes:
    """Fetch every page from `url` on, and return all records as canonical JSON Lines.

    Variables in the address, the headers and the parameters are put in here, and `api` for `{api}`.

    Raises `SourceUnavailableError` where the API does not answer after some attempts, `SourceError` where it refuses or
    gives no records.
    """
    paging = entry.paging or Paging()
    said = [url, *paging.headers.values(), *paging.parameters.values()]
    secrets = Secrets.named_in(said, mask_address(url))
    headers = {"Accept": "application/json", **_filled(paging.headers, secrets)}
    filled = paging.model_copy(update={"parameters": _filled(paging.parameters, secrets)})
    entry = entry.model_copy(update={"paging": filled})
    if is_ours := url.startswith(SIMULATED_API):
        # Its port is another each time: hidden as a secret is, it changes no key.
        url, secrets = _at(api, url), secrets.also("api", api)
    # Between this machine and itself there is no proxy.
    with secrets.unsaid(), httpx.Client(headers=headers, timeout=TIMEOUT_SECONDS, trust_env=not is_ours) as client:
        records = _collect_or_begin_again(secrets.put_into_address(url), entry, store, secrets, client, sleep)
    return canonical_lines(records)


def _at(api: str | None, url: str) -> str:
    if api is None:
        raise SourceError(
            f"no API stands for `{SIMULATED_API}`",
            where=url,
            fix="only records of a programme with a `simulation` are served; write the address of another API in full",
        )
    return url.replace(SIMULATED_API, api, 1)


def _filled(texts: dict[str, str], secrets: Secrets) -> dict[str, str]:
    return {name: secrets.put_into(text) for name, text in texts.items()}


def _collect_or_begin_again(
    url: str, entry: Entry, store: PageStore, secrets: Secrets, client: httpx.Client, sleep: Sleep
) -> list[Any]:
    saved = store.load()
    try:
        return _collect(url, entry, _Pages(store, saved, secrets, client, sleep))
    except SourceError:
        if not saved.under_way:
            raise
        # What the interrupted collection was told to ask for next may have expired: begin again.
        return _collect(url, entry, _Pages(store, Progress([], saved.finished), secrets, client, sleep))


class _Pages:
    """Gets pages, from what is known where that is enough."""

    def __init__(self, store: PageStore, saved: Progress, secrets: Secrets, client: httpx.Client, sleep: Sleep) -> None:
        self._store, self._secrets, self._client, self._sleep = store, secrets, client, sleep
        self._interrupted = {page.key: page for page in saved.under_way}
        self._finished = {page.key: page for page in saved.finished}
        self._done: list[Page] = []
        self._seen: set[str] = set()

    def get(self, url: str) -> bytes:
        # A secret that is replaced changes no key: pages are found again.
        key = fingerprint(self._secrets.hide(url))
        if key in self._seen:
            raise SourceError("the API's pages go round in a circle", where=url, fix="`paging.next`, or tell its owner")
        if len(self._done) == MOST_PAGES:
            raise SourceError(
                f"more than {MOST_PAGES:,} pages", where=url, fix="larger pages, or an entry for each part"
            )
        page = self._interrupted.get(key) or self._ask(url, key, self._finished.get(key))
        self._seen.add(key)
        self._done.append(page)
        # The list grows with every page: what is lost between two savings costs requests, no records.
        if len(self._done) <= SAVE_EVERY or len(self._done) % SAVE_EVERY == 0:
            self._store.save(Progress(self._done, list(self._finished.values())))
        return self._store.read(page)

    def finish(self) -> None:
        self._store.save(Progress([], self._done))

    def _ask(self, url: str, key: str, known: Page | None) -> Page:
        condition = {"If-None-Match": known.etag} if known and known.etag else {}
        response, content = _request(self._client, url, condition, self._sleep)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            if known is None:
                raise SourceError("the API says `not modified` of a page never seen", where=url, fix="tell its owner")
            return known
        landed = self._store.lake.land(io.BytesIO(content))
        return Page(key, landed.sha256, response.headers.get("ETag"))


def _collect(url: str, entry: Entry, pages: _Pages) -> list[Any]:
    records = [record for page in _walk(url, entry, pages) for record in page]
    pages.finish()
    return records


def _walk(url: str, entry: Entry, pages: _Pages) -> Iterator[list[Any]]:
    paging = entry.paging or Paging()
    number = paging.first
    address: str | None = _address(url, paging, number)
    before: list[Any] = []
    while address:
        try:
            content = pages.get(address)
        except _NoSuchPageError:
            # Some APIs have no empty page after the last one; the last one is short of what was asked for.
            if paging.next or not paging.size or not 0 < len(before) < paging.page_size:
                raise
            return
        document, records = _parse(content, address, entry)
        if paging.page and not paging.next and records and records == before:
            raise SourceError(
                f"page {number} holds the same records as the page before it: the API ignores the page parameter "
                f"`{paging.page}`, or gives its last page again",
                where=address,
                fix="the API's own name for it in `paging.page`; none if it is not paged, or `paging.next`",
            )
        yield records
        before = records
        number += 1
        address = _next(address, url, paging, number, document, len(records))


def _next(address: str, url: str, paging: Paging, number: int, document: Any, count: int) -> str | None:
    if paging.next:
        following = follow(document, steps(paging.next))
        return _following(address, following) if following else None
    # Fewer records than were asked for are no end: a server may cap its pages below `page_size`.
    return _address(url, paging, number) if paging.page and count else None


def _following(address: str, following: Any) -> str:
    """The next page's address, at the same place: nowhere else do the entry's headers go."""
    try:
        found = httpx.URL(urljoin(address, following))
    except (TypeError, ValueError, httpx.InvalidURL):
        raise SourceError(f"no address: {str(following)[:200]!r}", where=address, fix="`paging.next`") from None
    here = httpx.URL(address)
    if (found.scheme, found.host, found.port) != (here.scheme, here.host, here.port):
        raise SourceError(
            f"the next page is at another place: {found.scheme}://{found.host}",
            where=address,
            fix="tell the API's owner",
        )
    return str(found)


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


def _request(client: httpx.Client, url: str, headers: dict[str, str], sleep: Sleep) -> tuple[httpx.Response, bytes]:
    trouble = ""
    for attempt in range(ATTEMPTS):
        wait = min(FIRST_WAIT_SECONDS * 2**attempt, LONGEST_WAIT_SECONDS)
        try:
            with client.stream("GET", url, headers=headers) as response:
                content = _read(response, url)
        except httpx.TransportError as error:
            trouble = f"{type(error).__name__}: {error}"
        except httpx.InvalidURL as error:
            raise SourceError(f"no address: {error}", where=url, fix="`url`, or `paging.next`") from None
        else:
            if response.status_code < 500 and response.status_code not in BUSY:
                return _accepted(response, url), content
            trouble = f"{response.status_code} {response.reason_phrase}"
            wait = _stated_wait(response) or wait
        if attempt + 1 < ATTEMPTS:
            sleep(wait)
    raise SourceUnavailableError(f"no answer in {ATTEMPTS} attempts: {trouble}", where=url, fix="try again later")


def _read(response: httpx.Response, url: str) -> bytes:
    began, content = time.monotonic(), bytearray()
    for part in response.iter_bytes():
        content += part
        if len(content) > LARGEST_PAGE_BYTES:
            raise SourceError(f"a page of over {LARGEST_PAGE_BYTES >> 20} MiB", where=url, fix="smaller pages")
        if time.monotonic() - began > LONGEST_PAGE_SECONDS:
            raise httpx.ReadTimeout(f"a page that takes over {LONGEST_PAGE_SECONDS:.0f} s")
    return bytes(content)


def _stated_wait(response: httpx.Response) -> float | None:
    stated = response.headers.get("Retry-After", "")
    return min(float(stated), LONGEST_WAIT_SECONDS) if stated.isdecimal() else None


def _accepted(response: httpx.Response, url: str) -> httpx.Response:
    if response.is_success or response.status_code == httpx.codes.NOT_MODIFIED:
        return response
    if response.is_redirect:
        # Followed, it would carry the entry's headers to wherever it points.
        target = mask_address(response.headers.get("Location", "?"))
        raise SourceError(
            f"the API has moved to {target}", where=url, fix="write that address in `url`, if you trust it"
        )
    refused = _NoSuchPageError if response.status_code == httpx.codes.NOT_FOUND else SourceError
    fix = "its credentials in `paging.headers`" if response.status_code in (401, 403) else "`url` and `paging`"
    raise refused(f"the API refused: {response.status_code} {response.reason_phrase}", where=url, fix=fix)
