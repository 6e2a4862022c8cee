"""What a rule's SQL can see: datasets over all years, codelists, reference tables, and `parameters`.

Only what the rules name is read. A dataset shows the records that count, held ones among them: superseded versions and
cancelled or excluded records are not there. Not its business: running the rules.
"""

from dataclasses import asdict
from functools import lru_cache

import duckdb
import pyarrow as pa

from yearbook.lake.hashing import file_fingerprint, fingerprint
from yearbook.model.codelist import Codelist
from yearbook.model.dataset import Dataset, Rule
from yearbook.model.sql import quote
from yearbook.model.types import SQL_TYPES
from yearbook.model.values import write_value
from yearbook.validate.dispositions import rows_standing
from yearbook.validate.named import named_in
from yearbook.validate.received import Ledger, Received
from yearbook.validate.staged import nothing
from yearbook.workspace import Workspace


def sql_of_rules(rules: list[Rule]) -> str:
    """All SQL of rules as one text, to look for names in."""
    return "\n".join(rule.sql for rule in rules)


def fingerprint_of_relations(ledger: Ledger, text: str) -> list[object]:
    """What the tables named in `text` hold, for the fingerprint of a step that reads them."""
    workspace, recipe = ledger.workspace, ledger.workspace.recipe
    datasets = named_in(recipe.datasets, text)
    staged = [[name, *_shown(ledger.of(name), text)] for name in datasets]
    definitions = [recipe.datasets[name].model_dump(exclude={"title", "one_row_is", "rules"}) for name in datasets]
    codelists = [_fingerprint_codelist(_Same(recipe.codelists[name])) for name in named_in(recipe.codelists, text)]
    files = file_fingerprint(*(recipe.reference[name] for name in named_in(recipe.reference, text)))
    parameters = _parameters(workspace)
    named = {name: parameters[name] for name in named_in(parameters, text)}
    return [staged, definitions, codelists, files, recipe.programme.home, named]


def _shown(received: Received, text: str) -> list[object]:
    """What a dataset shows: its snapshots, and what decisions change in the fields that are looked at."""
    columns = {*_fields_shown(received.dataset, text), *received.history.ordering.columns}
    changes = received.judged.changes.only(columns)
    edits = [[edit.turn, edit.field, write_value(edit.value)] for edit in changes.edits]
    merges = received.merges_in() if changes.merges else []
    return [[part.ref for part in received.history.parts], edits, merges, sorted(changes.out)]


def show_relations(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, text: str, *, with_records: bool = True
) -> None:
    """Put every table named in `text` into the engine; datasets without their records, where only the SQL is tried."""
    workspace, recipe = ledger.workspace, ledger.workspace.recipe
    columns = {"as_of": ledger.as_of, "home": recipe.programme.home} | _parameters(workspace)
    connection.register("parameters", pa.table({name: pa.array([value]) for name, value in columns.items()}))
    for name in named_in(recipe.reference, text):
        path = str(recipe.reference[name]).replace("'", "''")
        connection.execute(f"CREATE VIEW {quote(name)} AS SELECT * FROM read_csv('{path}', header = true)")
    for name in named_in(recipe.codelists, text):
        connection.register(name, _codelist_table(recipe.codelists[name]))
    for name in named_in(recipe.datasets, text):
        _show_dataset(connection, ledger.of(name), text, with_records=with_records)


def _show_dataset(connection: duckdb.DuckDBPyConnection, received: Received, text: str, *, with_records: bool) -> None:
    """Show the records of a dataset that count, over all years, with the fields named in `text`."""
    dataset = received.dataset
    wanted = named_in(dataset.fields, text) or dataset.key
    columns, staged = _fields_shown(dataset, text), f"_staged_{dataset.dataset}"
    rows = rows_standing(connection, received, received.read(columns)) if with_records else nothing(columns)
    connection.register(staged, rows)
    fields = ", ".join(_cast_field(dataset, name) for name in wanted)
    connection.execute(f"CREATE VIEW {quote(dataset.dataset)} AS SELECT {fields} FROM {quote(staged)}")


def _fields_shown(dataset: Dataset, text: str) -> list[str]:
    wanted = named_in(dataset.fields, text) or dataset.key
    return sorted({*wanted, *named_in(dataset.fields, dataset.cancelled_when or "")})


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
    # Not the folder in which it lies.
    return fingerprint([asdict(code) for code in same.codelist.codes.values()])


def _codelist_table(codelist: Codelist) -> pa.Table:
    codes = list(codelist.codes.values())
    columns = ("code", "name_en", "name_zh", "level", "parent")
    return pa.table({name: pa.array([getattr(code, name) for code in codes], pa.string()) for name in columns})
