"""What a report is made from beside its figures: names, units, texts, templates, translations, and the program.

Not its business: figures, records and comparators, and when an edition is made again (`edition`).
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yearbook
from yearbook.errors import DefinitionError
from yearbook.lake.hashing import code_fingerprint, file_fingerprint, fingerprint
from yearbook.model.dataset import Dataset
from yearbook.model.editions import EditionPlan
from yearbook.model.programme import Programme
from yearbook.model.recipe import Recipe
from yearbook.publish.report.pages import template_folders
from yearbook.workspace import Workspace

CODE_ROOMS = ("publish", "model")
THE_PROGRAM = "the program itself"
OTHER_FORMS = frozenset({"README.md", "babel.cfg", "review.po"})
"""What stands beside the parts of a report, and is no part of one."""
UNTOLD = {"years", "data", "sign_off", "editions"}
"""What a programme says that its reports do not tell."""
PLANNED = {"embargoed_until", "pre_release", "withdrawn"}
"""When and by whom an edition is read: a withdrawal waits for nobody's signature."""


def forms_of(workspace: Workspace, year: int) -> dict[str, str]:
    """What an edition's report calls and shows its figures by: each file by its name, with the hash of what it says.

    Definitions as they were loaded, for the report is made from these; the conditions of rules and the numbers of
    comparators, which have hashes of their own, are not among them.
    """
    recipe = workspace.recipe
    include = recipe.root.parents[1]
    said: dict[Path, object] = {recipe.root / "programme.yml": _told_by(recipe.programme, year)}
    for indicator in recipe.indicators.values():
        said[indicator.path / "indicator.yml"] = indicator.definition.model_dump(mode="json")
        said[indicator.query] = file_fingerprint(indicator.query)
    said |= {codelist.path: list(codelist.codes.values()) for codelist in recipe.codelists.values()}
    said |= {recipe.source_path(name): source.model_dump(mode="json") for name, source in recipe.sources.items()}
    said |= {path: _words_of(recipe.datasets[name]) for name, path in recipe.rule_files.items()}
    said |= {path: file_fingerprint(path) for path in _cards(recipe)}
    forms = {path.relative_to(include).as_posix(): fingerprint(one) for path, one in said.items()}
    forms |= {_name(workspace, path): _sha256(path) for path in _report_files(workspace)}
    return forms | {THE_PROGRAM: fingerprint(yearbook.__version__, code_fingerprint(*CODE_ROOMS))}


def made_from(workspace: Workspace) -> str:
    """One hash over all files of definitions and forms, and the program: where it is another, an edition is made anew.

    Comparators, rules and all that a programme says are part of it.
    """
    files = [path for path in _definition_files(workspace.recipe) if path.exists()]
    return fingerprint(file_fingerprint(*files, *_report_files(workspace)), code_fingerprint(*CODE_ROOMS))


def _told_by(programme: Programme, year: int) -> list[dict[str, Any]]:
    plan = programme.editions.get(year, EditionPlan())
    return [programme.model_dump(mode="json", exclude=UNTOLD), plan.model_dump(mode="json", exclude=PLANNED)]


def _words_of(dataset: Dataset) -> list[object]:
    said = dataset.model_dump(mode="json", exclude={"rules"})
    return [said, [(rule.rule, rule.message.model_dump(mode="json")) for rule in dataset.rules]]


def _cards(recipe: Recipe) -> list[Path]:
    """What the tables that SQL reads, and those of comparators, say of themselves."""
    cards = (path.with_suffix(".yml") for path in [*recipe.reference.values(), *recipe.comparators.values()])
    return [path for path in cards if path.exists()]


def _definition_files(recipe: Recipe) -> list[Path]:
    indicators = [
        folder.path / name for folder in recipe.indicators.values() for name in ("indicator.yml", "query.sql")
    ]
    sources = [recipe.source_path(name) for name in recipe.sources]
    codelists = [codelist.path for codelist in recipe.codelists.values()]
    datasets = list(recipe.rule_files.values())
    own = recipe.root / "programme.yml"
    return [own, *indicators, *_cards(recipe), *sources, *codelists, *datasets, *recipe.comparators.values()]


def _report_files(workspace: Workspace) -> list[Path]:
    folders: Iterable[Path] = template_folders(workspace.settings.reports, workspace.recipe.root)
    _require_within(workspace.recipe.root / "reports")
    return sorted(path for folder in folders for path in _shown_in(folder) if path.is_file())


def _require_within(own: Path) -> None:
    """Refuse a link out of an office's folder: a page would show a file of this machine that no sandbox lets it read.

    A link within it may stay, and the folder itself may be one. One that leads to no file shows nothing (`idle`).
    """
    for path in _shown_in(own):
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(own.resolve()):
            what = f"the link leads out of the folder, to {path.readlink()}"
            raise DefinitionError(what, where=str(path), fix="put the file itself there")


def _shown_in(folder: Path) -> list[Path]:
    """What of a folder of forms a page may show: no hidden file, as an editor puts beside, and none of `OTHER_FORMS`.

    A template may ask for a file of any name among the templates, and in a folder to which a link leads.
    """
    found = sorted(folder.rglob("*"))
    places = [one.resolve() for one in found if one.is_dir() and (one.is_symlink() or one == folder / "templates")]
    return [
        path
        for path in found
        if any(path.parent.resolve().is_relative_to(place) for place in places)
        or not (path.name in OTHER_FORMS or any(part[0] == "." for part in path.relative_to(folder).parts))
    ]


def _name(workspace: Workspace, path: Path) -> str:
    """A file of a report's forms as people know it: of the programme's own, or of the common ones."""
    own = workspace.recipe.root
    if path.is_relative_to(own):
        return path.relative_to(own.parents[1]).as_posix()
    return f"reports/{path.relative_to(workspace.settings.reports).as_posix()}"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
