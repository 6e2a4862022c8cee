"""One edition's folder on the site: a report for each language, its observations, and a manifest of both."""

import gc
import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

import yearbook
from yearbook.catalogue import Finding, FindingCount
from yearbook.errors import SignOffError
from yearbook.lake.hashing import fingerprint
from yearbook.model.definition import Text
from yearbook.model.recipe import UNKNOWN_YEAR, Recipe
from yearbook.publish.anchors import Anchors
from yearbook.publish.charts.palette import load_palette
from yearbook.publish.charts.svg import render
from yearbook.publish.checksums import make_checksums
from yearbook.publish.context import Context, Material, introduce, make_context
from yearbook.publish.door import published_observations
from yearbook.publish.figures import read_figures
from yearbook.publish.folders import MANIFEST, is_intact, read_manifest, replace_folder
from yearbook.publish.formats.csv_files import make_csv
from yearbook.publish.formats.ingredients import Ingredients, Maker
from yearbook.publish.formats.pdf import make_pdfs
from yearbook.publish.formats.sdmx import make_sdmx
from yearbook.publish.formats.trace import make_trace
from yearbook.publish.formats.workbook import make_workbooks
from yearbook.publish.forms import made_from
from yearbook.publish.imprint import Imprint
from yearbook.publish.kept import require_all_said
from yearbook.publish.profiles.pages import make_profile_pages
from yearbook.publish.profiles.parts import read_crossed
from yearbook.publish.report.compared import compare_editions
from yearbook.publish.report.document import edition_status, is_empty, make_banner, make_document
from yearbook.publish.report.pages import render_report, template_folders
from yearbook.publish.standing import edition_folder, readable_years
from yearbook.publish.vintages import announce, first_published, read_vintages, remember
from yearbook.publish.words.language import load_language
from yearbook.workspace import Workspace

SOME_FINDINGS = 30
"""Enough to find a few that differ."""
BUILD_DIGITS = 12
MOST_GONE = 12
GONE = "no longer on the site, in {folder}: {names}"
MAKERS: tuple[Maker, ...] = (make_csv, make_workbooks, make_sdmx, make_trace, make_pdfs)
"""Who makes the files of an edition beside its pages, in their order; each is given the same, and knows no other."""


def publish_year(workspace: Workspace, year: int, as_of: date, release: Callable[[], Imprint] = Imprint) -> None:
    """Write the report and the data files of one edition, unless nothing changed since they were written.

    `release` is asked under the lease of the year; it says what the edition says of its signatures, or raises what
    keeps it from being published. It is asked again when all files are made, before the first is written: what was
    signed may have changed meanwhile. The run log says which files readers find no more. Raises `DefinitionError` where
    a translation, a unit or a template is missing, or an erratum or a withdrawal that the site shows is taken out,
    `YearbookError` where the site's own manifest of one cannot be read, and `LeaseError` where another run took the
    year over.
    """
    folder = edition_folder(workspace, year)
    with workspace.step("publish", year=year) as step:
        require_all_said(workspace)
        imprint = release()
        # Damage is no part of the fingerprint: the same damage a second time would then pass for what was mended.
        is_there = is_intact(folder, step.outputs.get("manifest"))
        if step.is_current(_fingerprint(workspace, year, as_of, imprint), is_there=is_there):
            return
        files = build_edition(workspace, year, as_of, imprint)
        require_same(workspace, year, imprint, release())
        manifest = hashlib.sha256(files[MANIFEST]).hexdigest()
        left = {"folder": folder, "manifest": manifest, "vintages": remember(workspace, year, as_of.isoformat())}
        before = (read_manifest(folder) or {}).get("files", {})
        replace_folder(folder, files, partial(announce, workspace, year, left))
        step.finish({"files": sorted(files), **left}, len(files))
    if gone := set(before) - set(files):
        workspace.note("publish", year, GONE.format(folder=folder, names=_some(gone)))


def _some(names: Collection[str]) -> str:
    """The names, or of many some: files of the folder itself before those of folders in it."""
    ordered = sorted(names, key=lambda name: (name.count("/"), name))
    more = f" and {len(ordered) - MOST_GONE} more" if len(ordered) > MOST_GONE else ""
    return ", ".join(ordered[:MOST_GONE]) + more


def require_same(workspace: Workspace, year: int, before: Imprint, now: Imprint) -> None:
    """Raise `SignOffError` where an edition was made under other signatures than those that it has now."""
    if before != now:
        raise SignOffError(
            f"what is signed of the edition {year} changed while it was made",
            where=f"{workspace.programme}, edition {year}",
            fix="publish it again; nothing of it was written",
        )


def build_edition(
    workspace: Workspace, year: int, as_of: date, imprint: Imprint, recipient: Text | None = None
) -> dict[str, bytes]:
    """Make all files of an edition, by name; for a `recipient`, those of a pre-release copy."""
    years = readable_years(workspace, year)
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
        build=_build(workspace),
        recipient=recipient,
        earlier_accountings=[
            one for one in workspace.catalogue.accountings() if one.year == year - 1 and one.year in years
        ],
        vintages=read_vintages(workspace, (year - 1, year)),
        crossed=read_crossed(workspace.recipe, tables.values()),
    )
    with _no_collection():
        return render_edition(material, tables[year], workspace.settings.reports)


@contextmanager
def _no_collection() -> Iterator[None]:
    """An edition is made of millions of small things that last until it is written: to look for garbage among them
    takes a sixth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    """Render an edition from its material alone: the reports by language, the files of all makers, the manifest."""
    tags = material.recipe.programme.languages
    own = material.recipe.root / "reports"
    contexts = introduce({tag: make_context(material, load_language(tag, reports, own=own), reports) for tag in tags})
    languages = [(tag, contexts[tag].language.name) for tag in tags]
    anchors = {tag: Anchors() for tag in tags}
    pages = _reports(contexts, languages, template_folders(reports, material.recipe.root), anchors)
    placed = {tag: one.given for tag, one in anchors.items()}
    files = {f"{tag}.html": page for tag, page in pages.items()} | make_profile_pages(contexts, reports, placed)
    ingredients = Ingredients(material, observations, contexts, pages)
    for make in MAKERS:
        files |= make(ingredients)
    files |= make_checksums(files)
    manifest = _manifest(material, contexts, languages)
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    return files


def _reports(
    contexts: dict[str, Context], languages: list[tuple[str, str]], folders: list[Path], anchors: dict[str, Anchors]
) -> dict[str, bytes]:
    documents = {tag: make_document(context, languages) for tag, context in contexts.items()}
    pictures = render(
        {
            f"{tag}/{key}": (tag, drawing)
            for tag, document in documents.items()
            for key, drawing in document.drawings.items()
        },
        load_palette(folders),
    )
    pages = {}
    for tag, document in documents.items():
        own = {key: pictures[f"{tag}/{key}"] for key in document.drawings}
        pages[tag] = render_report(document, contexts[tag].language, own, folders, anchors[tag]).encode()
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
        "release": material.release.as_manifest(),
        "languages": [list(language) for language in languages],
    }


def _fingerprint(workspace: Workspace, year: int, as_of: date, imprint: Imprint) -> str:
    catalogue = workspace.catalogue
    readable = readable_years(workspace, year)
    editions = [edition.observations_ref for edition in catalogue.editions() if edition.year in readable]
    quality = [
        one
        for rows in (catalogue.accountings(), catalogue.finding_counts())
        for one in rows
        if one.year in (year - 1, year, UNKNOWN_YEAR)
    ]
    parts: list[object] = [as_of, editions, quality, made_from(workspace), imprint]
    parts.append(first_published(workspace, (year - 1, year)))
    return fingerprint(*parts)


def _build(workspace: Workspace) -> str:
    """What made the edition: the program's version, and one short hash of its code and of all definitions."""
    return f"{yearbook.__version__}+{made_from(workspace)[:BUILD_DIGITS]}"
