"""A workspace on which steps can be tried: it reads the programme's lake, and writes to a folder that is thrown away.

Catalogue and files of the programme stay as they are. Not its business: what is tried.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO

import pyarrow as pa

from yearbook.catalogue import Catalogue
from yearbook.catalogue.copying import copy_state
from yearbook.lake import Lake
from yearbook.workspace import Workspace


class OverlayLake(Lake):
    """A lake that is read through, and written to another one."""

    def __init__(self, beneath: Lake, over: Lake) -> None:
        super().__init__(beneath.root)
        self._over = over

    def write(self, layer: str, year: int, table: pa.Table) -> str:
        """Write to the lake above."""
        return self._over.write(layer, year, table)

    def read(self, reference: str, columns: list[str] | None = None) -> pa.Table:
        """Read from the lake that has the snapshot."""
        return self._over.read(reference, columns) if self._is_over(reference) else super().read(reference, columns)

    def open(self, reference: str) -> BinaryIO:
        """Open in the lake that has the snapshot."""
        return self._over.open(reference) if self._is_over(reference) else super().open(reference)

    def path(self, reference: str) -> str:
        """Where the snapshot stands."""
        return self._over.path(reference) if self._is_over(reference) else super().path(reference)

    def is_intact(self, reference: str) -> bool:
        """Whether either lake has it whole."""
        return self._over.is_intact(reference) or super().is_intact(reference)

    def _is_over(self, reference: str) -> bool:
        # A layer alone has a path as well, to name it.
        return reference.endswith(".parquet") and self._over.is_intact(reference)


@dataclass(frozen=True)
class Overlay(Workspace):
    """A programme's workspace whose outputs go elsewhere; `beneath` is the programme's own lake."""

    beneath: Lake = field(kw_only=True)

    @cached_property
    def lake(self) -> Lake:
        """The programme's lake, with what was tried over it."""
        return OverlayLake(self.beneath, Lake(self.settings.programme_home(self.programme)))


@contextmanager
def overlay(workspace: Workspace) -> Iterator[Overlay]:
    """Lay a workspace over another for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="yearbook-preview-") as folder:
        url = f"sqlite:///{folder}/catalogue.sqlite"
        settings = replace(workspace.settings, home=folder, catalogue_url=url, data=workspace.data)
        catalogue = Catalogue(url, workspace.programme)
        try:
            copy_state(workspace.catalogue, catalogue)
            yield Overlay(settings, workspace.recipe, catalogue, workspace.api, beneath=workspace.lake)
        finally:
            catalogue.engine.dispose()
