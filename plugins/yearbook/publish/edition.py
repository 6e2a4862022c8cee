"""One edition's folder on the site: a report for each language, its observations, and a manifest of both."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from yearbook.catalogue import Finding, FindingCount
from yearbook.compute import observations_csv
from yearbook.lake.hashing import code_fingerprint, file_fingerprint, fingerprint
from yearbook.model.observation import PUBLIC_COLUMNS
from yearbook.model.recipe import UNKNOWN_YEAR, Recipe
from yearbook.publish.compared import compare_editions
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.datafiles import describe_columns
from yearbook.publish.document import edition_status, is_empty, make_banner, make_document
from yearbook.publish.door import published_observations, published_years
from yearbook.publish.figures import read_figures
from yearbook.publish.folders import MANIFEST, is_intact, read_manifest, replace_folder
from yearbook.publish.imprint import Imprint
from yearbook.publish.language import load_language
from yearbook.publish.pages import render_report, template_folders
from yearbook.publish.svg import render
from yearbook.workspace import Workspace

SOME_FINDINGS = 30
"""Enough to find a few that differ."""
CODE_ROOMS = ("publish", "model")


def publish_year(workspace: Workspace, year: int, as_of: date, release: Callable[[], Imprint] = Imprint) -> None:
    """Write the report and the data files of one edition, unless nothing changed since they were written.

    `release` is asked under the lease of the year; it says what the edition says of its signatures, or raises what
    keeps it from being published. Raises `DefinitionError` where a translation, a unit or a template is missing.
    """
    folder = edition_folder(workspace, year)
    with workspace.step("publish", year=year) as step:
        imprint = release()
        if step.is_current(_fingerprint(workspace, year, as_of, folder, imprint)):
            return
        files = build_edition(workspace, year, as_of, imprint)
        replace_folder(folder, files)
        step.finish({"folder": folder, "files": sorted(files)}, len(files))


def edition_folder(workspace: Workspace, year: int) -> str:
    """Where an edition stands on the site."""
    return f"{workspace.settings.site}/{workspace.programme}/{year}"


def build_edition(workspace: Workspace, year: int, as_of: date, imprint: Imprint) -> dict[str, bytes]:
    """Make all files of an edition, by name."""
    years = [one for one in published_years(workspace) if one <= year]
    tables = {one: published_observations(workspace, one) for one in years}
    counts = [one for one in workspace.catalogue.finding_counts() if one.year in (year, UNKNOWN_YEAR)]
    material = Material(
        recipe=workspace.recipe,
        year=year,
        as_of=as_of,
        figures=read_figures(tables.values(), crosses_of(workspace.recipe)),
        accountings=[one for one in workspace.catalogue.accountings() if one.year in (year, UNKNOWN_YEAR)],
        finding_counts=counts,
        examples=_examples(workspace, counts),
        imprint=imprint,
        comparisons=compare_editions(workspace, year),
    )
    return render_edition(material, tables[year], workspace.settings.reports)


def crosses_of(recipe: Recipe) -> dict[str, list[str]]:
    """The crosses of dimensions that the report shows, by indicator."""
    return {code: folder.definition.cross for code, folder in recipe.indicators.items() if folder.definition.cross}


def _examples(workspace: Workspace, counts: list[FindingCount]) -> list[Finding]:
    """Some findings of each rule, with what stands in their records; of confidential records none."""
    if workspace.recipe.programme.confidentiality == "confidential":
        return []
    find = workspace.catalogue.findings
    return [
        found
        for dataset, place, rule in dict.fromkeys((one.dataset, one.year, one.rule) for one in counts)
        for found in find(dataset=dataset, year=place, rule=rule, limit=SOME_FINDINGS)
    ]


def render_edition(material: Material, observations: pa.Table, reports: Path) -> dict[str, bytes]:
    """Render an edition from its material alone: the reports by language, the data files, the manifest."""
    tags = material.recipe.programme.languages
    contexts = {tag: make_context(material, load_language(tag, reports), reports) for tag in tags}
    languages = [(tag, contexts[tag].language.name) for tag in tags]
    files = _reports(contexts, languages, template_folders(reports, material.recipe.root))
    files["observations.csv"] = observations_csv(observations, PUBLIC_COLUMNS)
    files["observations.csv-metadata.json"] = describe_columns("observations.csv", material.recipe.programme)
    manifest = _manifest(material, contexts, languages)
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    return files


def _reports(contexts: dict[str, Context], languages: list[tuple[str, str]], folders: list[Path]) -> dict[str, bytes]:
    documents = {tag: make_document(context, languages) for tag, context in contexts.items()}
    pictures = render(
        {
            f"{tag}/{key}": (tag, drawing)
            for tag, document in documents.items()
            for key, drawing in document.drawings.items()
        }
    )
    pages = {}
    for tag, document in documents.items():
        own = {key: pictures[f"{tag}/{key}"] for key in document.drawings}
        pages[f"{tag}.html"] = render_report(document, contexts[tag].language, own, folders).encode()
    return pages


def _manifest(material: Material, contexts: dict[str, Context], languages: list[tuple[str, str]]) -> dict[str, Any]:
    programme = material.recipe.programme
    banners = [(tag, make_banner(context)) for tag, context in contexts.items()]
    return {
        "programme": programme.programme,
        "titles": [[tag, programme.title.get(tag)] for tag in contexts],
        "year": material.year,
        "as_of": material.as_of.isoformat(),
        "status": [[tag, edition_status(context)] for tag, context in contexts.items()],
        "empty": is_empty(material),
        "confidentiality": programme.confidentiality,
        "marks": [[tag, banner.title] for tag, banner in banners if banner],
        "sign_off": material.imprint.as_manifest(),
        "languages": [list(language) for language in languages],
    }


def _fingerprint(workspace: Workspace, year: int, as_of: date, folder: str, imprint: Imprint) -> str:
    catalogue = workspace.catalogue
    editions = [edition.observations_ref for edition in catalogue.editions() if edition.year <= year]
    quality = [
        one
        for rows in (catalogue.accountings(), catalogue.finding_counts())
        for one in rows
        if one.year in (year, UNKNOWN_YEAR)
    ]
    definitions = file_fingerprint(*_definition_files(workspace.recipe), *_report_files(workspace))
    parts: list[object] = [as_of, editions, quality, definitions, code_fingerprint(*CODE_ROOMS), imprint]
    if catalogue.outputs("publish", year=year) is not None and not is_intact(folder, read_manifest(folder)):
        parts.append("the folder on the site is not what was written")
    return fingerprint(*parts)


def _definition_files(recipe: Recipe) -> list[Path]:
    indicators = [
        folder.path / name for folder in recipe.indicators.values() for name in ("indicator.yml", "query.sql")
    ]
    comparators = [path.with_suffix(suffix) for path in recipe.comparators.values() for suffix in (".csv", ".yml")]
    references = [path.with_suffix(".yml") for path in recipe.reference.values()]
    sources = [recipe.source_path(name) for name in recipe.sources]
    codelists = [codelist.path for codelist in recipe.codelists.values()]
    datasets = list(recipe.rule_files.values())
    paths = [recipe.root / "programme.yml", *indicators, *references, *sources, *codelists, *datasets, *comparators]
    return [path for path in paths if path.exists()]


def _report_files(workspace: Workspace) -> list[Path]:
    folders: Iterable[Path] = template_folders(workspace.settings.reports, workspace.recipe.root)
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
