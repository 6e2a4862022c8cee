"""A record by its key, as a person names it on the command line.

Not its business: all that is known of a record (`validate.lookup`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.errors import DecisionError
from yearbook.review.seen import Seen, find_seen
from yearbook.validate.history import HASH
from yearbook.validate.received import Ledger, Received
from yearbook.validate.staged import TURN
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class Named:
    """A version of a record that counts: where it stands, its hash, what it says."""

    dataset: str
    year: int
    record_hash: str
    seen: Seen


def name_record(workspace: Workspace, record_key: str, dataset: str | None = None, record_hash: str = "") -> Named:
    """Find the record of a key; a hash, or how it begins, tells versions apart.

    Raises `DecisionError` where there is none, or more than one.
    """
    datasets = [dataset] if dataset else sorted(workspace.recipe.delivered_datasets())
    ledger = Ledger(workspace, workspace.recipe.programme.last_release_date)
    found = [one for name in datasets for one in _find(ledger.of(name), record_key)]
    fitting = {(one.dataset, one.record_hash): one for one in found if one.record_hash.startswith(record_hash)}
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    if not fitting:
        raise DecisionError(
            f"there is no record `{record_key}`",
            where=", ".join(datasets),
            fix="the key as `yearbook findings` tells it",
        )
    versions = [f"{one.dataset} {one.record_hash[:12]}" for one in fitting.values()]
    raise DecisionError(
        f"`{record_key}` is more than one record",
        where="; ".join(versions),
        fix="say which one by `--dataset` and `--hash`",
    )


def _find(received: Received, record_key: str) -> Iterator[Named]:
    turns = received.history.by_key([record_key], received.judged.changes).get(record_key, [])
    years = received.history.years(turns) | dict(received.judged.changes.moves)
    hashes = {row[HASH]: row[TURN] for row in received.history.read_some([HASH], turns).to_pylist()}
    for record_hash, seen in find_seen(received, hashes).items():
        if seen.counts:
            yield Named(received.dataset.dataset, years[hashes[record_hash]], record_hash, seen)
