"""What a rule's SQL can see: datasets over all years, codelists, reference tables, and `parameters`.

Only what the rules name is read. A dataset shows the records that count, held ones among them: superseded versions and
cancelled records are not there. Not its business: running the rules.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import lru_cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import StagedPartition
from yearbook.lake.hashing import file_fingerprint, fingerprint
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset, Rule
from yearbook.model.sql import quote
from yearbook.model.types import SQL_TYPES
from yearbook.validate.dispositions import rows_gone
from yearbook.validate.history import read_history, settle_history
from yearbook.validate.staged import TURN
from yearbook.workspace import Workspace


def named_in(names: Iterable[str], text: str) -> list[str]:
    """Return the names that stand as words in an SQL text, sorted."""
    return sorted(name for name in names if re.search(rf"\b{re.escape(name)}\b", text))


def sql_of_rules(rules: list[Rule]) -> str:
    """All SQL of rules as one text, to look for names in."""
    return "\n".join(text for rule in rules for text in (rule.check, rule.expected) if text)


def fingerprint_of_relations(workspace: Workspace, text: str) -> list[object]:
    """What the tables named in `text` hold, for the fingerprint of a step that reads them."""
    recipe = workspace.recipe
    datasets = named_in(recipe.datasets, text)
    staged = [[name, [part.ref for part in workspace.catalogue.staged(name)]] for name in datasets]
    definitions = [recipe.datasets[name].model_dump(exclude={"title", "one_row_is", "rules"}) for name in datasets]
    codelists = [_fingerprint_codelist(_Same(recipe.codelists[name])) for name in named_in(recipe.codelists, text)]
    files = file_fingerprint(*(recipe.reference[name] for name in named_in(recipe.reference, text)))
    parameters = _parameters(workspace)
    named = {name: parameters[name] for name in named_in(parameters, text)}
    return [staged, definitions, codelists, files, recipe.programme.home, named]


def show_relations(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace, text: str, as_of: date, *, with_records: bool = True
) -> None:
    """Put every table named in `text` into the engine; datasets without their records, where only the SQL is tried."""
    recipe = workspace.recipe
    columns = {"as_of": as_of, "home": recipe.programme.home} | _parameters(workspace)
    connection.register("parameters", pa.table({name: pa.array([value]) for name, value in columns.items()}))
    for name in named_in(recipe.reference, text):
        path = str(recipe.reference[name]).replace("'", "''")
        connection.execute(f"CREATE VIEW {quote(name)} AS SELECT * FROM read_csv('{path}', header = true)")
    for name in named_in(recipe.codelists, text):
        connection.register(name, _codelist_table(recipe.codelists[name]))
    for name in named_in(recipe.datasets, text):
        parts = workspace.catalogue.staged(name) if with_records else []
        _show_dataset(connection, workspace, recipe.datasets[name], parts, text)


def _show_dataset(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    dataset: Dataset,
    parts: list[StagedPartition],
    text: str,
) -> None:
    """Show the records of a dataset that count, over all years, with the fields named in `text`."""
    wanted = named_in(dataset.fields, text) or dataset.key
    standing = named_in(dataset.fields, dataset.cancelled_when or "")
    rows = read_history(workspace.lake, parts, sorted({*wanted, *standing}))
    gone = rows_gone(connection, dataset, rows, settle_history(workspace.lake, parts, dataset))
    there = pc.invert(pc.is_in(rows.column(TURN), value_set=pa.array(sorted(gone), pa.int64())))
    staged = f"_staged_{dataset.dataset}"
    connection.register(staged, rows.filter(there))
    fields = ", ".join(_cast_field(dataset, name) for name in wanted)
    connection.execute(f"CREATE VIEW {quote(dataset.dataset)} AS SELECT {fields} FROM {quote(staged)}")


def _cast_field(dataset: Dataset, name: str) -> str:
    """Select a field with its type, also where no snapshot has it."""
    return f"CAST({quote(name)} AS {SQL_TYPES[dataset.fields[name].type]}) AS {quote(name)}"


def _parameters(workspace: Workspace) -> dict[str, float | str]:
    return {name: parameter.value for name, parameter in workspace.recipe.parameters.items()}


class _Same:
    """A codelist by its identity, since it holds a mapping, which nothing can be looked up by."""

    def __init__(self, codelist: Codelist) -> None:
        self.codelist = codelist

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.codelist is self.codelist

    def __hash__(self) -> int:
        return id(self.codelist)


# Every partition asks for it, and writing a codelist of places out takes longer than all the rest of a fingerprint.
@lru_cache(maxsize=64)
def _fingerprint_codelist(same: _Same) -> str:
    return fingerprint(asdict(same.codelist))


def _codelist_table(codelist: Codelist) -> pa.Table:
    codes = list(codelist.codes.values())
    columns = ("code", "name_en", "name_zh", "level", "parent")
    return pa.table({name: pa.array([getattr(code, name) for code in codes], pa.string()) for name in columns})
