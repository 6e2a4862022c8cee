"""Bring a source's bytes in, once, as they are; records of an API or a database as canonical JSON Lines.

Not its business: what the bytes hold (`readers`), and which deliveries are current (`collect`).
"""

import io
from typing import cast

import fsspec

from yearbook.errors import SourceError, SourceUnavailableError
from yearbook.extract.fetch.api import fetch_records
from yearbook.extract.fetch.database import fetch_rows
from yearbook.extract.fetch.page_store import PageStore
from yearbook.extract.places import list_uris, with_data
from yearbook.extract.secrets import mask_address
from yearbook.lake import Lake, Landed, fingerprint
from yearbook.model.source import Entry
from yearbook.workspace import Workspace

__all__ = ["land", "list_uris"]


def land(workspace: Workspace, entry: Entry, uri: str) -> Landed:
    """Land what stands at `uri`, one of `list_uris`.

    Raises `SourceError` where it is not there or refuses, `SourceUnavailableError` where trying again may help.
    """
    if entry.format == "api":
        url = with_data(entry.url or "", workspace.data)
        known = fingerprint("pages", entry.name, entry.url, entry.paging.model_dump() if entry.paging else None)
        store = PageStore(workspace.lake, f"{workspace.lake.root}/landing/pages/{known}.json")
        return workspace.lake.land(io.BytesIO(fetch_records(url, entry, store, api=workspace.api)))
    if entry.format == "sql":
        return workspace.lake.land(io.BytesIO(fetch_rows(with_data(entry.url or "", workspace.data), entry)))
    return land_file(workspace.lake, uri)


def land_file(lake: Lake, uri: str) -> Landed:
    """Land one file of any location that fsspec knows."""
    where = mask_address(uri)
    try:
        # A local name may hold `::`, which fsspec takes for a chain of file systems.
        with fsspec.open(uri, "rb") if "://" in uri else open(uri, "rb") as file:
            return lake.land(cast(io.BufferedReader, file))
    except FileNotFoundError:
        raise SourceError("the file is no longer there", where=where, fix="put it back, and collect again") from None
    except (PermissionError, IsADirectoryError) as error:
        raise SourceError(f"the file cannot be opened: {error.strerror}", where=where, fix="let it be read") from None
    except OSError as error:
        trouble = mask_address(str(error))
        raise SourceUnavailableError(f"the file cannot be read now: {trouble}", where=where, fix="try again") from None
