"""One year's figures: from accepted records through cubes to observations.

Not its business: what the public may see, and how it is told.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import fsspec
import pyarrow as pa
import pyarrow.compute as pc

from yearbook.catalogue import Edition
from yearbook.compute.cubes import create_cubes, create_views, queries_behind, view_files
from yearbook.compute.engine import Engine
from yearbook.compute.indicators import compute_indicators
from yearbook.compute.kept import fingerprint_indicators, kept_observations
from yearbook.compute.non_response import (
    LIST,
    has_survey,
    keep_non_response,
    list_non_respondents,
    write_non_response,
)
from yearbook.compute.observations import gather, observations_csv, read_observations
from yearbook.compute.opening import open_edition
from yearbook.compute.records import Partition, list_partitions
from yearbook.lake.atomic import write_bytes
from yearbook.lake.hashing import code_fingerprint, file_fingerprint, fingerprint
from yearbook.model.observation import INTERNAL_COLUMNS
from yearbook.model.recipe import IndicatorFolder
from yearbook.workspace import Workspace


def compute_year(workspace: Workspace, year: int, as_of: date, *, threads: int | None = None) -> None:
    """Compute the observations of one edition, unless nothing changed; write them to the lake and the internal files.

    Raises `ComputeError` naming the file whose SQL fails or gives rows that are no observations.
    """
    with workspace.step("compute", year=year) as step:
        partitions = list_partitions(workspace, year)
        inputs = _fingerprint_inputs(workspace, partitions, as_of)
        if step.is_current(inputs):
            _keep_internal_file(workspace, year)
            keep_non_response(workspace, year, step.outputs["non_response"])
            return
        recipe = workspace.recipe
        folders = list(recipe.indicators.values())
        prints = _fingerprint_indicators(workspace, partitions, as_of)
        kept = kept_observations(workspace, step.outputs, prints)
        there = set(pc.unique(kept["indicator"]).to_pylist())
        waiting = [folder for folder in folders if folder.definition.indicator not in there]
        with _prepared(workspace, year, as_of, partitions, folders, threads) as (engine, cubes):
            observations = gather([kept, compute_indicators(engine, waiting, year, set(recipe.delivered_datasets()))])
            missing = list_non_respondents(engine) if has_survey(recipe) else None
        reference = workspace.lake.write("observations", year, observations)
        content = observations_csv(observations, INTERNAL_COLUMNS)
        write_bytes(_internal_file(workspace, year), content)
        write_non_response(workspace, year, missing)
        non_response = None if missing is None else workspace.lake.write("non_response", year, missing)
        workspace.catalogue.record_edition(
            Edition(year, as_of.isoformat(), inputs, reference, hashlib.sha256(content).hexdigest())
        )
        left = {"observations": reference, "indicators": prints, "cubes": cubes, "non_response": non_response}
        step.finish(left, observations.num_rows)


def compute_some(workspace: Workspace, year: int, as_of: date, indicators: Collection[str]) -> pa.Table:
    """Return the observations of some indicators as an edition would have them now; it stays as it is.

    They are read where the edition is computed from what there is now; else their cubes are all that is kept.
    """
    if is_up_to_date(workspace, year, as_of):
        return read_observations(workspace, year)
    partitions = list_partitions(workspace, year)
    folders = [workspace.recipe.indicators[one] for one in indicators]
    with _prepared(workspace, year, as_of, partitions, folders) as (engine, _):
        return compute_indicators(engine, folders, year, set(workspace.recipe.delivered_datasets()))


def is_up_to_date(workspace: Workspace, year: int, as_of: date) -> bool:
    """Whether an edition is computed from what there is now."""
    inputs = _fingerprint_inputs(workspace, list_partitions(workspace, year), as_of)
    return any(one.year == year and one.inputs_sha256 == inputs for one in workspace.catalogue.editions())


@contextmanager
def _prepared(
    workspace: Workspace,
    year: int,
    as_of: date,
    partitions: list[Partition],
    folders: Sequence[IndicatorFolder],
    threads: int | None = None,
) -> Iterator[tuple[Engine, dict[str, str]]]:
    """An engine with all that indicators and lists read, and the cubes among it by their references."""
    recipe = workspace.recipe
    with open_edition(workspace, year, as_of, partitions, threads) as engine:
        listed = [LIST] if has_survey(recipe) else []
        queries = queries_behind(folders, recipe, workspace.settings.include, listed)
        create_views(engine, {name: path for name, path in queries.items() if name not in recipe.cubes})
        definitions = _fingerprint_definitions(workspace, as_of)
        yield engine, create_cubes(engine, workspace, year, partitions, queries, definitions)


def _fingerprint_inputs(workspace: Workspace, partitions: list[Partition], as_of: date) -> str:
    definitions = _fingerprint_definitions(workspace, as_of)
    return fingerprint([one.ref for one in partitions], definitions, _fingerprint_sql(workspace))


def _fingerprint_indicators(workspace: Workspace, partitions: list[Partition], as_of: date) -> dict[str, str]:
    recipe = workspace.recipe
    queries = view_files(recipe, workspace.settings.include) | recipe.cubes
    common = [_fingerprint_definitions(workspace, as_of), recipe.delivered_datasets()]
    return fingerprint_indicators(list(recipe.indicators.values()), partitions, queries, common)


def _fingerprint_definitions(workspace: Workspace, as_of: date) -> str:
    recipe = workspace.recipe
    paths = [*(codelist.path for codelist in recipe.codelists.values()), *recipe.reference.values()]
    fields = {
        name: {one: field.type for one, field in dataset.fields.items()} for name, dataset in recipe.datasets.items()
    }
    programme = recipe.programme
    what_counts = (programme.home, programme.home_areas, programme.base_year, programme.years[0])
    parameters = {name: parameter.value for name, parameter in recipe.parameters.items()}
    code = code_fingerprint("compute", "model")
    return fingerprint(file_fingerprint(*paths), fields, what_counts, parameters, as_of.isoformat(), code)


def _fingerprint_sql(workspace: Workspace) -> str:
    recipe = workspace.recipe
    folders = recipe.indicators.values()
    paths = [
        *view_files(recipe, workspace.settings.include).values(),
        *recipe.cubes.values(),
        *(path for folder in folders for path in (folder.query, folder.path / "indicator.yml")),
    ]
    return fingerprint(file_fingerprint(*paths), recipe.delivered_datasets(), sorted(recipe.indicators))


def _internal_file(workspace: Workspace, year: int) -> str:
    return f"{workspace.settings.programme_home(workspace.programme)}/internal/{year}/observations.csv"


def _keep_internal_file(workspace: Workspace, year: int) -> None:
    path = _internal_file(workspace, year)
    filesystem, target = fsspec.core.url_to_fs(path)
    recorded = [one.observations_sha256 for one in workspace.catalogue.editions() if one.year == year]
    written = hashlib.sha256(filesystem.cat_file(target)).hexdigest() if filesystem.exists(target) else None
    # A run that was stopped before it recorded its edition has left other figures there.
    if written not in recorded:
        write_bytes(path, observations_csv(read_observations(workspace, year), INTERNAL_COLUMNS))
