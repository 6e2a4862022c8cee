"""The cells that we corrected, with the place each came from, and which findings may follow from a correction.

Not its business: what a correction does (`validate.corrections`), and telling whoever delivered of it (`workbook`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow.compute as pc

from yearbook.catalogue import Decision, Finding
from yearbook.model.recipe import Recipe
from yearbook.workspace import Workspace

COLUMNS = ["_record_hash", "_source", "_uri", "_row"]


@dataclass(frozen=True)
class Corrected:
    """A correction in force, and where its cell stands in what was delivered: `row` of what came from `uri`."""

    decision: Decision
    source: str
    uri: str
    row: int


def find_corrected(
    workspace: Workspace, dataset: str | None = None, year: int | None = None, source: str | None = None
) -> list[Corrected]:
    """Find the corrections in force of a dataset, a year and a source, or of all, in the order of decision."""
    made = [one for one in workspace.catalogue.decisions(dataset, year, "active") if one.kind == "correct"]
    places = _places(workspace, made)
    found = [Corrected(one, *places[one.dataset, one.record_hash]) for one in made if _place(one) in places]
    return [one for one in found if source in (None, one.source)]


def followed_from(recipe: Recipe, finding: Finding, corrected: Iterable[Corrected]) -> list[Decision]:
    """The corrections from which a finding may follow: of cells of its record that its rule looks at."""
    own = [one.decision for one in corrected if _place(one.decision) == (finding.dataset, finding.record_hash)]
    return [one for one in own if one.column in (finding.column or "",) or _looks_at(recipe, finding, one.column)]


def _looks_at(recipe: Recipe, finding: Finding, column: str) -> bool:
    rules = recipe.datasets[finding.dataset].rules
    texts = [f"{one.sql} {' '.join(map(str, one.kwargs.values()))}" for one in rules if one.rule == finding.rule]
    return any(re.search(rf"\b{re.escape(column)}\b", text) for text in texts)


def _place(decision: Decision) -> tuple[str, str]:
    return decision.dataset, decision.record_hash


def _places(workspace: Workspace, decisions: list[Decision]) -> dict[tuple[str, str], tuple[str, str, int]]:
    """Source, file and row of the records of decisions, by dataset and hash."""
    wanted: dict[str, set[str]] = {}
    for one in decisions:
        wanted.setdefault(one.dataset, set()).add(one.record_hash)
    found: dict[tuple[str, str], tuple[str, str, int]] = {}
    for account in workspace.catalogue.accountings():
        if hashes := wanted.get(account.dataset):
            rows = workspace.lake.read(account.ref, COLUMNS).filter(pc.field("_record_hash").isin(sorted(hashes)))
            for row in rows.to_pylist():
                found.setdefault((account.dataset, row["_record_hash"]), (row["_source"], row["_uri"], row["_row"]))
    return found
