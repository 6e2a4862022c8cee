"""An engine with what every indicator of an edition reads: its records, reference tables, year and day.

Not its business: views and cubes, which depend on what is computed (`cubes`).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from yearbook.compute.engine import Engine
from yearbook.compute.records import Partition, create_record_views
from yearbook.compute.reference import load_reference, set_edition
from yearbook.workspace import Workspace


@contextmanager
def open_edition(
    workspace: Workspace, year: int, as_of: date, partitions: list[Partition], threads: int | None = None
) -> Iterator[Engine]:
    """Open an engine on an edition of these records; it is closed behind the block."""
    with tempfile.TemporaryDirectory(prefix="yearbook-") as spill, Engine(threads=threads, spill=spill) as engine:
        engine.mount(workspace.lake.root)
        create_record_views(engine, workspace, partitions, year)
        load_reference(engine, workspace.recipe)
        set_edition(engine, workspace.recipe, year, as_of, sorted({one.year for one in partitions if one.year <= year}))
        yield engine
