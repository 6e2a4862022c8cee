"""Addresses of the pages: wherever the application is mounted, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from yearbook.model.recipe import year_label

LANGUAGE = "lang"


@dataclass(frozen=True)
class Links:
    """Writes addresses under `root`."""

    root: str
    tag: str

    def to(self, *path: object, **query: object) -> str:
        """The address of a page; what is None, empty or False is left out of its query."""
        given = {name: _write(value) for name, value in query.items() if value not in (None, "", False)}
        parts = "".join(f"/{quote(str(part), safe='')}" for part in path)
        return f"{self.root}{parts or '/'}?{urlencode({**given, LANGUAGE: self.tag})}"

    def state(self, programme: str, year: int) -> str:
        """The state of a year."""
        return self.to(programme, year_label(year))

    def signing(self, programme: str, year: int) -> str:
        """An edition as a signer sees it."""
        return self.to(programme, year_label(year), "signing")

    def findings(self, programme: str, **query: object) -> str:
        """The findings that a query finds."""
        return self.to(programme, "findings", **query)

    def record(self, programme: str, dataset: str, key: str, record_hash: str = "", **query: object) -> str:
        """A record, or the finding on a year as a whole (with no key)."""
        return self.to(programme, "record", dataset=dataset, key=key, hash=record_hash, **query)

    def records(self, programme: str, **query: object) -> str:
        """The records of a disposition."""
        return self.to(programme, "records", **query)

    def page(self, programme: str, name: str, **query: object) -> str:
        """Another page of a programme."""
        return self.to(programme, name, **query)


@dataclass(frozen=True)
class FileLinks(Links):
    """Addresses among the few pages that are written as files; of all others there is none."""

    year: int

    def to(self, *path: object, **query: object) -> str:
        """No such page is written."""
        return ""

    def state(self, programme: str, year: int) -> str:
        """The state of the year that is written."""
        return f"{self.tag}.html" if year == self.year else ""

    def findings(self, programme: str, **query: object) -> str:
        """The first findings of the year, which are written without a filter."""
        return f"findings.{self.tag}.html" if set(query) <= {"year"} else ""


def in_language(path: str, query: Mapping[str, str], tag: str) -> str:
    """The address of the page asked for, in another language."""
    return f"{path}?{urlencode({**query, LANGUAGE: tag})}"


def _write(value: object) -> str:
    return "1" if value is True else str(value)
