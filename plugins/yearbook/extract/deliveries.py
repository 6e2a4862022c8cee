"""What a source delivers now, each with a name that does not depend on where the records folder is mounted.

A delivery's id is `<entry>|<address>`, its address begins with `{data}` where the file lies in the records folder: the
same records then give the same bytes in the lake on every machine.
"""

from dataclasses import dataclass

import fsspec

from yearbook.errors import SourceError
from yearbook.extract.declared_units import check_stated_units
from yearbook.extract.landing import list_uris
from yearbook.extract.places import with_data
from yearbook.model.definition import nearest
from yearbook.model.source import Entry, Source
from yearbook.workspace import Workspace

_DATA = "{data}"


@dataclass(frozen=True)
class Place:
    """One delivery of an entry: where it stands now (`uri`), and its lasting address."""

    entry: Entry
    uri: str
    address: str

    @property
    def id(self) -> str:
        """The delivery's name within its source."""
        return f"{self.entry.name}|{self.address}"


def find_source(workspace: Workspace, source: str) -> Source:
    """Return a source of the programme. Raises `SourceError` naming the nearest one."""
    sources = workspace.recipe.sources
    if source not in sources:
        right = nearest(source, list(sources))
        raise SourceError(
            f"{workspace.programme} has no source `{source}`",
            fix=f"did you mean `{right}`?" if right else f"sources: {', '.join(sources) or 'none'}",
        )
    return sources[source]


def find_places(workspace: Workspace, source: str) -> list[Place]:
    """Everything that a source delivers now, in the order of its entries.

    Raises `SourceError` for a missing file, and for a unit that no entry can mean.
    """
    entries = find_source(workspace, source).entries
    for entry in entries:
        check_stated_units(entry, str(workspace.recipe.source_path(source)))
    return [
        Place(entry, uri, _lasting(uri, workspace.data))
        for entry in entries
        for uri in list_uris(entry, workspace.data)
    ]


def find_place(workspace: Workspace, source: str, delivery_id: str) -> Place:
    """Return the delivery with this id. Raises `SourceError` where its entry is no longer declared."""
    name, _, address = delivery_id.partition("|")
    entry = next((entry for entry in find_source(workspace, source).entries if entry.name == name), None)
    if entry is None:
        raise SourceError(
            f"source `{source}` has no entry `{name}`",
            where=str(workspace.recipe.source_path(source)),
            fix="collect the source again",
        )
    return Place(entry, with_data(address, workspace.data), address)


def _lasting(uri: str, data_root: str) -> str:
    root = data_root.rstrip("/")
    for prefix in (root, fsspec.core.url_to_fs(root)[1].rstrip("/")):
        if len(prefix) > 1 and f"{prefix}/" in uri:
            return uri.replace(f"{prefix}/", f"{_DATA}/", 1)
    return uri
