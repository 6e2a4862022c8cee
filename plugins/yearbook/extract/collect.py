"""Collect a source: land, read, stage and record each delivery that changed, then say which years that touched.

Each delivery is a step of its own with a memory: same bytes, same definitions, same code, nothing to do. Not its
business: whether the records are right.
"""

from dataclasses import asdict
from typing import Any

from yearbook.catalogue.records import Delivery, StagedPartition
from yearbook.extract.deliveries import Place, find_place, find_places, find_source
from yearbook.extract.landing import land
from yearbook.extract.lineage import Origin
from yearbook.extract.readers.read import read_landed
from yearbook.extract.stage import Staging, stage_tables, write_partitions
from yearbook.extract.touched import Refs, changed_years, related_years
from yearbook.lake import Landed, code_fingerprint, fingerprint
from yearbook.lake.hashing import file_fingerprint
from yearbook.model.dataset import Dataset
from yearbook.workspace import Workspace

COLLECT, SETTLE, VALIDATE = "collect", "settle", "validate"
_DONE = ("done", "kept")


def list_deliveries(workspace: Workspace, source: str) -> list[str]:
    """Ids (`<entry>|<address>`) of what a source delivers now. Raises `SourceError` for a missing file or source."""
    return [place.id for place in find_places(workspace, source)]


def collect_delivery(workspace: Workspace, source: str, delivery_id: str) -> None:
    """Land, read and stage one delivery, if it changed. Raises `SourceError` for what cannot be read."""
    place = find_place(workspace, source, delivery_id)
    landed = land(workspace, place.entry, place.uri)
    known = _depends_on(workspace, source, place, landed)
    with workspace.step(COLLECT, subject=f"{source}.{delivery_id}", fingerprint=known) as step:
        if step.kept:
            _recall(workspace, step.outputs["delivery"])
            return
        delivery = _stage(workspace, source, place, landed)
        workspace.catalogue.record_delivery(delivery)
        step.finish(outputs={"delivery": asdict(delivery)}, rows=delivery.received)


def settle_source(workspace: Workspace, source: str) -> list[int]:
    """Retire deliveries that vanished, and return the years to validate: those touched since they last were.

    A year that an earlier settling returned is returned again until its records have been validated.
    """
    find_source(workspace, source)
    catalogue = workspace.catalogue
    catalogue.retire_deliveries(source, set(list_deliveries(workspace, source)))
    now = _partitions(workspace, source)
    last: dict[str, Any] = catalogue.outputs(SETTLE, subject=source) or {}
    pending = _still_pending(workspace, last)
    with workspace.step(SETTLE, subject=source, fingerprint=fingerprint(source, now)) as step:
        if not step.kept:
            before = {dataset: _refs(years) for dataset, years in last.get("partitions", {}).items()}
            for dataset in sorted({*before, *now}):
                years = _touched(workspace, dataset, before.get(dataset, {}), now.get(dataset, {}))
                pending[dataset] = sorted({*pending.get(dataset, []), *years})
            outputs = {"partitions": _texts(now), "pending": pending, "event": catalogue.last_event()}
            step.finish(outputs=outputs, rows=sum(delivery.received for delivery in catalogue.deliveries(source)))
    return sorted({year for years in pending.values() for year in years})


def pending_years(workspace: Workspace) -> list[int]:
    """Years that the settling of some source named, and whose records have not all been validated since; sorted."""
    settled = workspace.catalogue.all_outputs(SETTLE)
    pending = [years for record in settled for years in _still_pending(workspace, record.outputs).values()]
    return sorted({year for years in pending for year in years})


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


def _partitions(workspace: Workspace, source: str | None) -> dict[str, Refs]:
    """Current snapshots by dataset and year, of one source or of all."""
    found: dict[str, Refs] = {}
    for delivery in workspace.catalogue.deliveries(source):
        for partition in delivery.partitions:
            found.setdefault(partition.dataset, {}).setdefault(partition.year, []).append(partition.ref)
    return found


def _touched(workspace: Workspace, dataset: str, before: Refs, now: Refs) -> set[int]:
    years = set(changed_years(before, now))
    current = _partitions(workspace, None).get(dataset, {})
    others = {year: refs for year, refs in current.items() if year not in years}
    if dataset not in workspace.recipe.datasets or not others:
        return years
    refs_before = {ref for refs in before.values() for ref in refs}
    refs_now = {ref for refs in now.values() for ref in refs}
    changed = refs_before ^ refs_now
    return years | related_years(workspace.lake, workspace.recipe.datasets[dataset], changed, current)


def _still_pending(workspace: Workspace, last: dict[str, Any]) -> dict[str, list[int]]:
    pending: dict[str, list[int]] = last.get("pending", {})
    if not any(pending.values()):
        return {}
    validated = {
        (event.subject, event.year)
        for event in workspace.catalogue.events(after=last["event"])
        if event.step == VALIDATE and event.state in _DONE
    }
    return {name: [year for year in years if (name, year) not in validated] for name, years in pending.items()}


def _texts(partitions: dict[str, Refs]) -> dict[str, dict[str, list[str]]]:
    # Years are keys of JSON here, which are texts.
    return {name: {str(year): refs for year, refs in years.items()} for name, years in partitions.items()}


def _refs(years: dict[str, list[str]]) -> Refs:
    return {int(year): refs for year, refs in years.items()}
