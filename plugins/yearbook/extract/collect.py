"""Collect a source: land, read, stage and record each delivery that changed, then settle the source as a whole.

Each delivery is a step of its own with a memory: same bytes, same definitions, same code, nothing to do. From the first
delivery that changed until it is settled, a source is not there as a whole. Not its business: whether the records are
right, and what has to be checked again.
"""

from dataclasses import asdict
from typing import Any

from yearbook.catalogue.records import Delivery, StagedPartition
from yearbook.errors import SourceError
from yearbook.extract.deliveries import Place, find_place, find_places, find_source
from yearbook.extract.landing import land
from yearbook.extract.lineage import Origin
from yearbook.extract.readers.read import read_landed
from yearbook.extract.stage import Staging, stage_tables, write_partitions
from yearbook.lake import Landed, code_fingerprint, fingerprint
from yearbook.lake.hashing import file_fingerprint
from yearbook.model.dataset import Dataset
from yearbook.workspace import SETTLE, Workspace

COLLECT = "collect"


def list_deliveries(workspace: Workspace, source: str) -> list[str]:
    """Ids (`<entry>|<address>`) of what a source delivers now. Raises `SourceError` for a missing file or source."""
    return [place.id for place in find_places(workspace, source)]


def collect_delivery(workspace: Workspace, source: str, delivery_id: str) -> None:
    """Land, read and stage one delivery, if it changed. Raises `SourceError` for what cannot be read."""
    place = find_place(workspace, source, delivery_id)
    with workspace.step(COLLECT, subject=f"{source}.{delivery_id}") as step:
        landed = land(workspace, place.entry, place.uri)
        if step.is_current(_depends_on(workspace, source, place, landed)):
            _recall(workspace, step.outputs["delivery"])
            return
        workspace.catalogue.forget_step(SETTLE, subject=source)
        delivery = _stage(workspace, source, place, landed)
        workspace.catalogue.record_delivery(delivery)
        step.finish(outputs={"delivery": asdict(delivery)}, rows=delivery.received)


def settle_source(workspace: Workspace, source: str) -> None:
    """Retire deliveries that vanished, and record that the source is there as a whole.

    Raises `SourceError` where something that it delivers is not staged.
    """
    find_source(workspace, source)
    catalogue = workspace.catalogue
    with workspace.step(SETTLE, subject=source) as step:
        listed = set(list_deliveries(workspace, source))
        catalogue.retire_deliveries(source, listed)
        deliveries = catalogue.deliveries(source)
        if missing := sorted(listed - {delivery.id for delivery in deliveries}):
            raise SourceError(
                f"`{missing[0]}` is not staged", where=source, fix="collect it before settling the source"
            )
        refs = [part.ref for delivery in deliveries for part in delivery.partitions]
        if not step.is_current(fingerprint(source, sorted(listed), refs)):
            step.finish(outputs={}, rows=sum(delivery.received for delivery in deliveries))


def _depends_on(workspace: Workspace, source: str, place: Place, landed: Landed) -> str:
    dataset = workspace.recipe.datasets[place.entry.dataset]
    definitions = dataset.model_dump(exclude={"rules", "title", "one_row_is", "cancelled_when"})
    codelists = [workspace.recipe.codelists[name].path for name in _codelist_names(dataset)]
    return fingerprint(
        source, place.address, landed.sha256, place.entry.model_dump(), definitions,
        file_fingerprint(*codelists), code_fingerprint("extract", "model"),
    )  # fmt: skip


def _codelist_names(dataset: Dataset) -> list[str]:
    return sorted({field.codelist for field in dataset.fields.values() if field.codelist is not None})


def _stage(workspace: Workspace, source: str, place: Place, landed: Landed) -> Delivery:
    recipe = workspace.recipe
    dataset = recipe.datasets[place.entry.dataset]
    staging = Staging(place.entry, dataset, recipe.codelists, place.uri)
    tables = read_landed(workspace.lake, landed.sha256, place.uri, place.entry)
    staged = stage_tables(tables, staging, Origin(source, place.entry.name, place.address, landed.sha256))
    return Delivery(
        source=source,
        entry=place.entry.name,
        uri=place.address,
        sha256=landed.sha256,
        size=landed.size,
        encoding=next((facts["encoding"] for facts in staged.facts["tables"] if facts.get("encoding")), None),
        rows_read=staged.counts.rows_read,
        received=staged.counts.received,
        filtered=staged.counts.filtered,
        empty=staged.counts.empty,
        partitions=write_partitions(workspace.lake, staged.table, dataset),
        facts=staged.facts,
    )


def _recall(workspace: Workspace, outputs: dict[str, Any]) -> None:
    """Let a delivery count again that was withdrawn in between, or replaced and is back."""
    partitions = [StagedPartition(**partition) for partition in outputs["partitions"]]
    delivery = Delivery(**{**outputs, "partitions": partitions})
    if delivery not in workspace.catalogue.deliveries(delivery.source):
        workspace.catalogue.record_delivery(delivery)
