"""What a run would redo of its sources and editions, found out by asking each step.

Not its business: doing anything.
"""

from datetime import date
from functools import partial

from yearbook.asking import Preview, Stale, is_current
from yearbook.extract.collect import collect_delivery, list_deliveries
from yearbook.model.source import Entry
from yearbook.pipeline import Job, serve_api
from yearbook.workspace import Workspace


def stale_sources(workspace: Workspace) -> list[str]:
    """Sources that deliver something new, or no longer deliver something; and any behind a network, to ask it once."""
    preview = Preview.of(workspace)
    unsettled = workspace.unsettled_sources()

    def ask(source: str) -> None:
        delivered = list_deliveries(preview, source)
        if set(delivered) != {delivery.id for delivery in workspace.catalogue.deliveries(source)}:
            raise Stale
        with serve_api(preview, source) as served:
            for delivery in delivered:
                collect_delivery(served, source, delivery)

    return [
        name
        for name, source in workspace.recipe.sources.items()
        if name in unsettled or any(map(_is_remote, source.entries)) or not is_current(partial(ask, name))
    ]


def stale_editions(workspace: Workspace, years: list[int], as_of: date | None = None) -> list[int]:
    """Editions among `years` that have to be computed or published again."""
    job = Job(Preview.of(workspace), years, as_of)

    def ask(year: int) -> None:
        job.compute(year)
        job.publish(year)

    return [year for year in years if not is_current(partial(ask, year))]


def _is_remote(entry: Entry) -> bool:
    if entry.format == "api":
        return not entry.is_simulated_api
    return entry.format == "sql" and not str(entry.url).startswith("sqlite")
