"""Which decisions bear on the records of some years: by the records that stand there, whatever year a decision names.

Not its business: whether a decision applies (`validate`), and what follows for a signature (`signoff`).
"""

import json
from collections.abc import Container, Iterable, Sequence

import pyarrow as pa

from yearbook.catalogue import Accounting, Decision
from yearbook.validate.changes import CORRECTED
from yearbook.validate.history import HASH
from yearbook.workspace import Workspace


def bearing(workspace: Workspace, decisions: Sequence[Decision], years: Container[int]) -> list[Decision]:
    """Return those on a record that is or was of one of the years, and merges of a party that is named there.

    A record is found by the hash that the decision saw: a correction may have moved it to another year.
    """
    far = [one for one in decisions if not any(year in years for year in _years_named(workspace, one))]
    accounts = [one for one in workspace.catalogue.accountings() if one.year in years] if far else []
    hashes = _hashes_there(workspace, accounts, far)
    names = _names_there(workspace, accounts) if any(one.kind == "merge" for one in far) else set()
    away = {
        one.id
        for one in far
        if (one.dataset, one.record_hash) not in hashes and not (one.kind == "merge" and one.old_value in names)
    }
    return [one for one in decisions if one.id not in away]


def _years_named(workspace: Workspace, one: Decision) -> set[int]:
    """The year of the record, and those between which its date was moved."""
    dataset = workspace.recipe.datasets.get(one.dataset)
    is_dated = one.kind == "correct" and dataset is not None and one.column in dataset.reference_date
    texts = [one.old_value, one.new_value] if is_dated else []
    return {one.year, *(int(text[:4]) for text in texts if text and text[:4].isdecimal())}


def _hashes_there(
    workspace: Workspace, accounts: Iterable[Accounting], decisions: Iterable[Decision]
) -> set[tuple[str, str]]:
    wanted = {(one.dataset, one.record_hash) for one in decisions if one.record_hash}
    datasets = {dataset for dataset, _ in wanted}
    return {
        (one.dataset, found)
        for one in accounts
        if one.dataset in datasets
        for found in workspace.lake.read(one.ref, [HASH]).column(HASH).to_pylist()
    } & wanted


def _names_there(workspace: Workspace, accounts: Iterable[Accounting]) -> set[str]:
    """The names of parties, as they read now and as they read before decisions changed them."""
    names: set[str] = set()
    for one in accounts:
        dataset = workspace.recipe.datasets.get(one.dataset)
        parties = [name for name, field in dataset.fields.items() if field.party] if dataset else []
        rows = workspace.lake.read(one.ref, [*parties, CORRECTED]) if parties else pa.table({})
        for name in rows.column_names:
            texts = rows.column(name).unique().drop_null().to_pylist()
            names |= _texts(texts) if name == CORRECTED else set(texts)
    return names


def _texts(corrected: Iterable[str]) -> set[str]:
    return {text for one in corrected for text in json.loads(one).values() if text}
