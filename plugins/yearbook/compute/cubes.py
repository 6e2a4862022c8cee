"""Views that prepare records, and cubes that sum them once, kept in the lake.

A cube is a file of SQL; it may read views, other cubes, records and reference tables. Not its business: figures.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa

from yearbook.compute.engine import Engine, literal, read_sql
from yearbook.compute.records import Partition
from yearbook.compute.sqltext import all_tables_of, in_order
from yearbook.lake.hashing import file_fingerprint, fingerprint
from yearbook.model.recipe import IndicatorFolder, Recipe
from yearbook.model.sql import quote
from yearbook.workspace import Workspace


def view_files(recipe: Recipe, include: Path) -> dict[str, Path]:
    """Find the views: the common ones, and the programme's own in `views/`, which replace those of the same name."""
    folders = (include / "sql" / "views", recipe.root / "views")
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.sql"))}


def tables_behind(folders: Iterable[IndicatorFolder], queries: dict[str, Path]) -> set[str]:
    """Return the names of all that indicators read, also through the views and cubes among `queries`."""
    return {table for folder in folders for table in all_tables_of("query", {"query": folder.query} | queries)}


def queries_behind(
    folders: Iterable[IndicatorFolder], recipe: Recipe, include: Path, tables: Collection[str] = ()
) -> dict[str, Path]:
    """Find the views and cubes that indicators read, and those of `tables` with what is behind them."""
    queries = view_files(recipe, include) | recipe.cubes
    reads = tables_behind(folders, queries)
    for name in tables:
        reads |= {name, *all_tables_of(name, queries)}
    return {name: path for name, path in queries.items() if name in reads}


def create_views(engine: Engine, views: dict[str, Path]) -> None:
    """Compute the views once and keep their rows for all that read them."""
    for name in in_order(views):
        engine.create_table(name, read_sql(views[name]), where=str(views[name]))


def compute_cube(engine: Engine, name: str, path: Path) -> pa.Table:
    """Compute a cube and keep it in the engine; rows sorted by all columns. Raises `ComputeError` naming the file."""
    engine.create_table(name, read_sql(path), where=str(path))
    return engine.fetch(f"select * from {quote(name)} order by all", where=str(path))


def create_cubes(
    engine: Engine,
    workspace: Workspace,
    year: int,
    partitions: list[Partition],
    queries: dict[str, Path],
    definitions: str,
) -> dict[str, str]:
    """Compute the cubes of a year, or keep those whose inputs did not change; return their references in the lake.

    `queries` are the views and cubes that the indicators read, `definitions` is the fingerprint of codelists, reference
    tables and parameters.
    """
    refs: dict[str, str] = {}
    for name in in_order({name: path for name, path in queries.items() if name in workspace.recipe.cubes}):
        reads = all_tables_of(name, queries)
        files = [queries[one] for one in sorted({name, *reads} & set(queries))]
        snapshots = [one.ref for one in partitions if one.dataset in reads]
        print_of_inputs = fingerprint(file_fingerprint(*files), snapshots, definitions)
        with workspace.step("cube", subject=name, year=year) as step:
            if step.is_current(print_of_inputs):
                refs[name] = str(step.outputs["cube"])
                path = workspace.lake.path(refs[name])
                query = f"select * from read_parquet({literal(path)}, hive_partitioning = false)"
                engine.create_view(name, query, where=path)
                continue
            rows = compute_cube(engine, name, queries[name])
            refs[name] = workspace.lake.write(f"cubes/{name}", year, rows)
            step.finish({"cube": refs[name]}, rows.num_rows)
    return refs
