"""What stands over all editions: a programme's series in one file, and the index of programmes, years and languages."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
from filelock import FileLock

from yearbook.compute import observations_csv
from yearbook.lake.atomic import is_local, write_bytes
from yearbook.model.observation import KEY, PUBLIC_COLUMNS
from yearbook.publish.datafiles import describe_columns
from yearbook.publish.door import published_observations, published_years
from yearbook.publish.folders import MANIFEST
from yearbook.publish.language import SOURCE_LANGUAGE, load_language
from yearbook.publish.pages import render_index, template_folders
from yearbook.workspace import Workspace


@dataclass(frozen=True)
class EditionEntry:
    """One edition in the index."""

    year: int
    as_of: str
    languages: list[list[str]]
    is_empty: bool = False


@dataclass(frozen=True)
class ProgrammeEntry:
    """One programme in the index; titles and marks come from its newest edition, with the tags of their languages."""

    programme: str
    titles: list[list[str]]
    marks: list[list[str]]
    editions: list[EditionEntry]


def publish_site(workspace: Workspace) -> str:
    """Write the programme's series and the index over all programmes; return the address of the index."""
    site = workspace.settings.site
    index = f"{site}/index.html"
    folder = f"{site}/{workspace.programme}"
    write_bytes(f"{folder}/series.csv", series_csv(workspace))
    write_bytes(f"{folder}/series.csv-metadata.json", describe_columns("series.csv", workspace.recipe.programme))
    with _alone(site):
        write_bytes(index, make_index(site, workspace.settings.reports).encode())
    return index


def series_csv(workspace: Workspace) -> bytes:
    """The newest edition of every year, sorted by key."""
    tables = [published_observations(workspace, year) for year in published_years(workspace)]
    if not tables:
        return observations_csv(pa.table({name: pa.array([], pa.string()) for name in PUBLIC_COLUMNS}), PUBLIC_COLUMNS)
    together = pa.concat_tables(tables).sort_by([(name, "ascending") for name in KEY])
    return observations_csv(together, PUBLIC_COLUMNS)


def make_index(site: str, reports: Path) -> str:
    """The index page, from the manifests of the editions that stand on the site."""
    language = load_language(SOURCE_LANGUAGE, reports)
    return render_index(list_programmes(site), language, template_folders(reports))


def list_programmes(site: str) -> list[ProgrammeEntry]:
    """Programmes in alphabetical order, the newest edition first."""
    by_programme: dict[str, list[dict[str, Any]]] = {}
    for manifest in _manifests(site):
        by_programme.setdefault(str(manifest["programme"]), []).append(manifest)
    return [_entry(name, by_programme[name]) for name in sorted(by_programme)]


def _entry(name: str, manifests: list[dict[str, Any]]) -> ProgrammeEntry:
    newest_first = sorted(manifests, key=lambda one: -one["year"])
    editions = [
        EditionEntry(one["year"], one["as_of"], one["languages"], bool(one.get("empty"))) for one in newest_first
    ]
    return ProgrammeEntry(name, newest_first[0]["titles"], newest_first[0]["marks"], editions)


def _manifests(site: str) -> list[dict[str, Any]]:
    filesystem, root = fsspec.core.url_to_fs(site)
    paths = sorted(path for path in filesystem.glob(f"{root}/*/*/{MANIFEST}") if "/." not in path.removeprefix(root))
    return [json.loads(filesystem.cat_file(path)) for path in paths]


def _alone(site: str) -> AbstractContextManager[Any]:
    """One writer of the index at a time: a slower one would put back what it had read before."""
    filesystem, root = fsspec.core.url_to_fs(site)
    if not is_local(filesystem):
        return nullcontext()
    filesystem.makedirs(root, exist_ok=True)
    return FileLock(f"{root}/.index.lock")
