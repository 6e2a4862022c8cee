"""What decisions have not done yet: the partitions that wait to be checked anew, the editions that wait to be computed.

Asks each step whether it is current, and starts none. Not its business: what the figures become (`review.figures`).
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from yearbook.asking import Preview, is_current
from yearbook.compute.edition import is_up_to_date
from yearbook.review.fates import Place
from yearbook.validate import Ledger, validate_dataset
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class Waiting:
    """Datasets and years that were decided about since they were checked; editions older than their records."""

    places: list[Place]
    editions: list[int]


def find_waiting(workspace: Workspace) -> Waiting:
    """Ask of the partitions that decisions are on, and of the editions that were computed."""
    preview, as_of = Preview.of(workspace, is_told=False), workspace.recipe.programme.last_release_date
    ledger = Ledger(preview, as_of)
    datasets = workspace.recipe.datasets
    decided = {(one.dataset, one.year) for one in workspace.catalogue.decisions() if one.dataset in datasets}
    return Waiting(
        places=[
            (dataset, year)
            for dataset, year in sorted(decided)
            if not is_current(partial(validate_dataset, preview, dataset, year, as_of, ledger))
        ],
        editions=[
            one.year
            for one in workspace.catalogue.editions()
            if not is_up_to_date(workspace, one.year, date.fromisoformat(one.as_of))
        ],
    )
