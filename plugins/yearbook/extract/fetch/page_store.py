"""What is known of an API's pages: which bytes were landed for which address, with which ETag.

It lets an interrupted collection go on where it stopped, and a later one ask only for what changed. Losing it costs
requests, never records.
"""

import json
from dataclasses import asdict, dataclass

import fsspec

from yearbook.lake import Lake, write_bytes


@dataclass(frozen=True)
class Page:
    """One page as landed. `key` stands for its address, which may hold a secret."""

    key: str
    sha256: str
    etag: str | None


@dataclass(frozen=True)
class Progress:
    """Pages of the collection under way, and of the last one that ended."""

    under_way: list[Page]
    finished: list[Page]


class PageStore:
    """Keeps pages in the lake and what is known of them in a file at `place`."""

    def __init__(self, lake: Lake, place: str) -> None:
        self.lake = lake
        self._place = place

    def load(self) -> Progress:
        """What was saved last; nothing where the file is gone or damaged, no page whose bytes are."""
        filesystem, path = fsspec.core.url_to_fs(self._place)
        if not filesystem.exists(path):
            return Progress([], [])
        try:
            saved = json.loads(filesystem.cat_file(path))
            return Progress(self._there(saved["under_way"]), self._there(saved["finished"]))
        except (ValueError, KeyError, TypeError):
            return Progress([], [])

    def save(self, progress: Progress) -> None:
        """Replace what is known, atomically."""
        write_bytes(self._place, json.dumps(asdict(progress), indent=1).encode())

    def read(self, page: Page) -> bytes:
        """The bytes of a page."""
        with self.lake.open_landed(page.sha256) as file:
            return file.read()

    def _there(self, pages: list[dict[str, str]]) -> list[Page]:
        return [Page(**page) for page in pages if self.lake.has_landed(page["sha256"])]
