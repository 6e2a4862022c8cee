"""What the check of one partition depends on, as one fingerprint: so that a change redoes the years it bears on, alone.

Of the dataset's other years that is which versions of this year's records count, which rules have a column that is ever
delivered, and for outliers the records of the year before. Not its business: checking.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

import pyarrow.parquet as pq

from yearbook.catalogue import StagedPartition
from yearbook.lake import Lake, code_fingerprint, fingerprint
from yearbook.model.dataset import Dataset, Rule
from yearbook.validate.history import settle_history
from yearbook.validate.relations import fingerprint_of_relations, sql_of_rules
from yearbook.workspace import Workspace


def fingerprint_of_inputs(
    workspace: Workspace, dataset: Dataset, parts: list[StagedPartition], year: int, as_of: date
) -> str:
    """Hash what the check of one year of a dataset depends on; `parts` are the dataset's over all years.

    Codelists of its fields count as well: messages name codes by them.
    """
    named = [field.codelist for field in dataset.fields.values() if field.codelist]
    relations = fingerprint_of_relations(workspace, "\n".join([sql_of_rules(dataset.rules), *named]))
    years = [year - 1, year] if any(rule.outlier for rule in dataset.rules) else [year]
    return fingerprint(
        code_fingerprint("validate", "model"),
        dataset.model_dump(),
        [[part.ref for part in parts if part.year == one] for one in years],
        [_standing(workspace.lake, dataset, parts, one) for one in years],
        [rule.rule for rule in rules_to_run(workspace.lake, dataset, parts)],
        relations,
        as_of,
    )


def rules_to_run(lake: Lake, dataset: Dataset, parts: Iterable[StagedPartition]) -> list[Rule]:
    """The rules without a column, and those whose column the programme delivers in some year."""
    delivered = {name for part in parts for name in _filled_columns(lake.root, part.ref)}
    return [rule for rule in dataset.rules if rule.column is None or rule.column in delivered]


@cache
def _filled_columns(root: str, ref: str) -> frozenset[str]:
    with Lake(root).open(ref) as file:
        metadata = pq.read_metadata(file)
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    columns = [group.column(index) for group in groups for index in range(group.num_columns)]
    return frozenset(one.path_in_schema for one in columns if one.statistics.null_count < one.num_values)


def _standing(lake: Lake, dataset: Dataset, parts: list[StagedPartition], year: int) -> list[object]:
    """Which rows of the year do not simply count, and why; rows by their place within the year."""
    settled = settle_history(lake, parts, dataset)
    places: dict[int, int] = {}
    turn = 0
    for part in parts:
        if part.year == year:
            places.update(zip(range(turn, turn + part.rows), range(len(places), len(places) + part.rows), strict=True))
        turn += part.rows
    verdicts = sorted((places[row], one.reason, one.held) for row, one in settled.verdicts.items() if row in places)
    return [verdicts, sorted(places[row] for row in settled.amend_nothing if row in places)]
