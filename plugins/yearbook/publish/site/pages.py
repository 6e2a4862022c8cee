"""What stands over all editions: a programme's series in one file, its pages, and the index of programmes.

Plain files for any web server. Addresses are stable: `index.html`, `<programme>/<language>.html`,
`<programme>/<year>/<language>.html`, and in a page the ids of its figures. A withdrawn edition keeps its address.
"""

import logging
import re
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import fsspec
import pyarrow as pa
from filelock import FileLock

from yearbook.compute import observations_csv
from yearbook.lake.atomic import is_local, write_bytes
from yearbook.model.observation import KEY, PUBLIC_COLUMNS
from yearbook.publish.closing_view import Term
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.figures import read_figures
from yearbook.publish.formats.csv_files import Span, describe_columns
from yearbook.publish.kept import require_all_said
from yearbook.publish.report.about import make_flags, make_glossary
from yearbook.publish.report.document import make_banner
from yearbook.publish.report.idle import idle_parts
from yearbook.publish.report.pages import render_site_page, template_folders
from yearbook.publish.site.feed import make_feeds
from yearbook.publish.site.history import make_history
from yearbook.publish.site.names import make_names, newest_usable
from yearbook.publish.site.shelf import ProgrammeEntry, list_programmes
from yearbook.publish.standing import standing_observations
from yearbook.publish.tables.cells import write_year
from yearbook.publish.words.language import SOURCE_LANGUAGE, Language, load_language
from yearbook.publish.words.synonyms import also_called
from yearbook.workspace import Workspace

log = logging.getLogger(__name__)

LANGUAGE_FILE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\.(html|atom)")


def publish_site(workspace: Workspace) -> str:
    """Write the programme's series and pages and the index over all programmes; return the address of the index.

    What of the programme's own parts of reports does nothing is told to the log: on a terminal as in Airflow. Raises
    `DefinitionError` where `programme.yml` no longer says what an edition there says of itself, and writes nothing.
    """
    own_parts = workspace.recipe.root / "reports"
    for line in idle_parts(own_parts, workspace.settings.reports, workspace.recipe.programme.languages):
        log.warning(line)
    site = workspace.settings.site
    index = f"{site}/index.html"
    folder = f"{site}/{workspace.programme}"
    with _alone(site):
        require_all_said(workspace)
        programmes = list_programmes(site)
        own = _own(workspace, programmes)
        # All are made before the first is written: where one cannot be, all stay as they are, and of one time.
        files = {
            "series.csv": series_csv(workspace, _usable(own)),
            "series.csv-metadata.json": _describe_series(workspace, own),
            **_feeds(workspace, own),
            **{name: page.encode() for name, page in make_programme_pages(workspace, programmes).items()},
        }
        shown = [own if own and one.programme == own.programme else one for one in programmes]
        over_all = make_index(shown, workspace.settings.reports).encode()
        for name, content in files.items():
            write_bytes(f"{folder}/{name}", content)
        _clear_languages(folder, files)
        write_bytes(index, over_all)
    return index


def _clear_languages(folder: str, files: Collection[str]) -> None:
    """Remove the pages and feeds of languages that the programme has no more: nobody renews them."""
    filesystem, root = fsspec.core.url_to_fs(folder)
    for path in filesystem.ls(root, detail=False):
        name = str(path).rstrip("/").rpartition("/")[2]
        if LANGUAGE_FILE.fullmatch(name) and name not in files:
            filesystem.rm_file(path)


def _usable(entry: ProgrammeEntry | None) -> list[int]:
    """The years that a reader may use: a line of `series.csv` has no room to say that its edition was withdrawn."""
    return [one.year for one in entry.editions if one.withdrawn is None] if entry else []


def _describe_series(workspace: Workspace, entry: ProgrammeEntry | None) -> bytes:
    """The metadata of the series, which is issued anew whenever an edition in it is released."""
    programme = workspace.recipe.programme
    editions = entry.editions if entry else []
    released = [one.released for one in editions if one.withdrawn is None]
    changed = [one.withdrawn.day for one in editions if one.withdrawn]
    changed += [erratum.day for one in editions if one.withdrawn is None for erratum in one.errata]
    span = Span(_usable(entry), max(released, default=None), max(changed, default=None))
    return describe_columns("series.csv", programme, _languages(workspace, programme.languages).values(), span)


def _languages(workspace: Workspace, tags: Sequence[str]) -> dict[str, Language]:
    own = workspace.recipe.root / "reports"
    return {tag: load_language(tag, workspace.settings.reports, own=own) for tag in tags}


def _feeds(workspace: Workspace, entry: ProgrammeEntry | None) -> dict[str, bytes]:
    if entry is None:
        return {}
    languages = _languages(workspace, [tag for tag, _ in entry.languages])
    programme = workspace.recipe.programme
    publishers = {tag: programme.publisher.get(tag) for tag in languages}
    site, licence = programme.site_address, programme.licence
    return make_feeds(entry, languages, publishers, site, agency=programme.agency_id, licence=licence)


def _own(workspace: Workspace, programmes: Sequence[ProgrammeEntry]) -> ProgrammeEntry | None:
    """What the site has of the programme, in the languages that it has now."""
    entry = next((one for one in programmes if one.programme == workspace.programme), None)
    return entry.only(workspace.recipe.programme.languages) if entry is not None else None


def series_csv(workspace: Workspace, standing: Collection[int]) -> bytes:
    """The editions that stand on the site and were not withdrawn, sorted by key; of one that waits nothing is told."""
    tables = standing_observations(workspace, sorted(standing))
    if not tables:
        return observations_csv(pa.table({name: pa.array([], pa.string()) for name in PUBLIC_COLUMNS}), PUBLIC_COLUMNS)
    together = pa.concat_tables(tables).sort_by([(name, "ascending") for name in KEY])
    return observations_csv(together, PUBLIC_COLUMNS)


def make_index(programmes: Sequence[ProgrammeEntry], reports: Path) -> str:
    """The index page over all programmes, in both languages of ours at once."""
    language = load_language(SOURCE_LANGUAGE, reports)
    return render_site_page("index.html", language, template_folders(reports), programmes=programmes)


def make_programme_pages(workspace: Workspace, programmes: Sequence[ProgrammeEntry]) -> dict[str, str]:
    """A programme's page in each of its languages, by the name of the file; none while no edition stands there."""
    entry = _own(workspace, programmes)
    if entry is None:
        return {}
    material = _material(workspace, entry)
    reports, own = workspace.settings.reports, workspace.recipe.root / "reports"
    contexts = {
        tag: make_context(material, load_language(tag, reports, own=own), reports) for tag, _ in entry.languages
    }
    folders = template_folders(reports, workspace.recipe.root)
    return {f"{tag}.html": _page(context, entry, contexts, folders) for tag, context in contexts.items()}


def _page(context: Context, entry: ProgrammeEntry, contexts: dict[str, Context], folders: list[Path]) -> str:
    programme, tag = context.material.recipe.programme, context.language.tag
    others = [make_glossary(other) for name, other in contexts.items() if name != tag]
    terms = [_term(own, [other[place].name for other in others]) for place, own in enumerate(make_glossary(context))]
    # The newest first: on a phone the last column is out of sight.
    years = sorted((edition.year for edition in entry.editions), reverse=True)
    withdrawn = {edition.year for edition in entry.editions if edition.withdrawn}
    linked = {edition.year for edition in entry.editions if tag in dict(edition.languages)}
    newest = newest_usable(entry.editions, tag)
    return render_site_page(
        "programme.html",
        context.language,
        folders,
        programme=entry,
        title=programme.title.get(tag),
        publisher=programme.publisher.get(tag),
        contact_name=programme.contact.name.get(tag),
        contact_email=programme.contact.email,
        licence=programme.licence,
        banner=make_banner(context),
        years=[write_year(context.language, year, is_withdrawn=year in withdrawn) for year in years],
        chapters=make_history(context, years, linked),
        names=make_names(context, newest),
        names_year=newest.year if newest else "",
        glossary=terms,
        other_tags=[name for name in contexts if name != tag],
        flags=make_flags(context),
    )


def _term(own: Term, others: list[str]) -> tuple[str, str, list[str], str]:
    """A term, its meaning, what it is called in the other languages, and what a search finds it by beside these."""
    return own.name, own.meaning, others, also_called(own.name, *others)


def _material(workspace: Workspace, entry: ProgrammeEntry) -> Material:
    years = sorted(edition.year for edition in entry.editions)
    return Material(
        recipe=workspace.recipe,
        year=entry.editions[0].year,
        as_of=entry.editions[0].as_of,
        figures=read_figures(standing_observations(workspace, years)),
        accountings=[],
        finding_counts=[],
    )


def _alone(site: str) -> AbstractContextManager[object]:
    """One writer of the index at a time: a slower one would put back what it had read before."""
    filesystem, root = fsspec.core.url_to_fs(site)
    if not is_local(filesystem):
        return nullcontext()
    filesystem.makedirs(root, exist_ok=True)
    return FileLock(f"{root}/.index.lock")
