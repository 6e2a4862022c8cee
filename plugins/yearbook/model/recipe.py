"""All that makes one programme's edition: its own definitions over the common ones in `include/`."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from yearbook.errors import DefinitionError
from yearbook.model.codelist import Codelist, load_codelist
from yearbook.model.dataset import Dataset, DatasetExtension
from yearbook.model.definition import load_definition, load_yaml, nearest
from yearbook.model.effects import check_effects
from yearbook.model.indicator import Indicator
from yearbook.model.parameters import check_parameters
from yearbook.model.programme import NAME, Parameter, Programme
from yearbook.model.source import Source

UNKNOWN_YEAR = 0
"""The year of records without a readable reference date; written `unknown` where people read it."""


def year_label(year: int) -> str:
    """Write a year for people and paths."""
    return "unknown" if year == UNKNOWN_YEAR else str(year)


@dataclass(frozen=True)
class IndicatorFolder:
    """An indicator's definition and the folder that holds its `query.sql` and `test.yml`."""

    path: Path
    definition: Indicator

    @property
    def query(self) -> Path:
        """The SQL that computes it."""
        return self.path / "query.sql"


@dataclass(frozen=True)
class Recipe:
    """A programme with everything it needs, loaded and checked."""

    root: Path
    programme: Programme
    datasets: dict[str, Dataset]
    sources: dict[str, Source]
    codelists: dict[str, Codelist]
    indicators: dict[str, IndicatorFolder]
    cubes: dict[str, Path]
    reference: dict[str, Path]
    rule_files: dict[str, Path]
    comparators: dict[str, Path]

    def source_path(self, source: str) -> Path:
        """The YAML file of a source, for error messages."""
        return self.root / "sources" / f"{source}.yml"

    @property
    def parameters(self) -> dict[str, Parameter]:
        """What SQL reads from `parameters`: the indicators' own, where the programme gives no other."""
        defaults = {
            name: parameter
            for folder in self.indicators.values()
            for name, parameter in folder.definition.parameters.items()
        }
        return {**defaults, **self.programme.parameters}

    def delivered_datasets(self) -> list[str]:
        """Datasets that some source of this programme delivers, sorted."""
        return sorted({entry.dataset for source in self.sources.values() for entry in source.entries})


def list_programmes(include: Path) -> list[str]:
    """Names of all programmes, sorted."""
    return sorted(path.parent.name for path in (include / "programmes").glob("*/programme.yml"))


def list_sources(programme: str, include: Path) -> list[str]:
    """Names of a programme's sources, sorted, without reading them (for the DAG files)."""
    return sorted(path.stem for path in (include / "programmes" / programme / "sources").glob("*.yml"))


def load_programme(programme: str, include: Path) -> Programme:
    """Read `programme.yml` alone. Raises `DefinitionError` naming the programmes there are."""
    path = include / "programmes" / programme / "programme.yml"
    if not NAME.fullmatch(programme) or not path.exists():
        known = list_programmes(include)
        right = nearest(programme, known)
        raise DefinitionError(
            f"there is no programme `{programme}`",
            where=str(path),
            fix=f"did you mean `{right}`?" if right else f"write that file first; there are: {', '.join(known)}",
        )
    definition = load_definition(path, Programme)
    if definition.programme != programme:
        raise DefinitionError(
            f"`programme: {definition.programme}` in the folder {programme}", where=str(path), fix="use one name"
        )
    return definition


def load_recipe(programme: str, include: Path) -> Recipe:
    """Load and check all definitions of a programme. Raises `DefinitionError` with file, line and what is right."""
    definition = load_programme(programme, include)
    root = include / "programmes" / programme
    datasets, rule_files = _load_datasets(include, root)
    sources = {path.stem: _load_source(path, datasets) for path in sorted((root / "sources").glob("*.yml"))}
    codelists = _load_codelists(include, root)
    _check_codelists(datasets, codelists, rule_files)
    folders = _find_indicators(include, root)
    check_effects(datasets, rule_files, include, sorted(folders))
    indicators = _load_indicators(folders, root, definition)
    _check_indicators(indicators, codelists)
    declared = {name: one for folder in indicators.values() for name, one in folder.definition.parameters.items()}
    rules = [text for dataset in datasets.values() for rule in dataset.rules for text in (rule.check, rule.expected)]
    check_parameters(definition.parameters, declared, filter(None, rules), root / "programme.yml")
    return Recipe(
        root=root,
        programme=definition,
        datasets=datasets,
        sources=sources,
        codelists=codelists,
        indicators=indicators,
        cubes={
            path.stem: path for path in [*_sorted(include / "sql/cubes", "*.sql"), *_sorted(root / "cubes", "*.sql")]
        },
        reference={path.stem: path for path in _override(include, root, "reference", "*.csv")},
        rule_files=rule_files,
        comparators=_find_comparators(include, root, definition),
    )


def _find_comparators(include: Path, root: Path, programme: Programme) -> dict[str, Path]:
    """The tables that the programme names, in its order; they lie apart from the reference tables that SQL reads."""
    there = {path.stem: path for path in _override(include, root, "reference/comparators", "*.csv")}
    for name in programme.comparators:
        if name not in there:
            right = nearest(name, list(there))
            raise DefinitionError(
                f"there is no table of comparators `{name}`",
                where=str(root / "programme.yml"),
                fix=f"did you mean `{right}`?" if right else f"tables: {', '.join(there)}",
            )
    return {name: there[name] for name in programme.comparators}


def _sorted(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _override(include: Path, root: Path, folder: str, pattern: str) -> list[Path]:
    by_name = {path.name: path for path in [*_sorted(include / folder, pattern), *_sorted(root / folder, pattern)]}
    return [by_name[name] for name in sorted(by_name)]


def _load_datasets(include: Path, root: Path) -> tuple[dict[str, Dataset], dict[str, Path]]:
    datasets: dict[str, Dataset] = {}
    files: dict[str, Path] = {}
    for path in _sorted(include / "datasets", "*.yml"):
        datasets[path.stem], files[path.stem] = load_definition(path, Dataset), path
    for path in _sorted(root / "datasets", "*.yml"):
        if load_yaml(path).get("extends"):
            datasets[path.stem] = _extend(path, datasets)
        else:
            datasets[path.stem] = load_definition(path, Dataset)
        files[path.stem] = path
    for name, dataset in datasets.items():
        if dataset.dataset != name:
            raise DefinitionError(
                f"`dataset: {dataset.dataset}` in a file named {name}", where=str(files[name]), fix="use one name"
            )
    return dict(sorted(datasets.items())), files


def _extend(path: Path, datasets: dict[str, Dataset]) -> Dataset:
    extension = load_definition(path, DatasetExtension)
    base = datasets.get(path.stem)
    if base is None:
        raise DefinitionError(
            f"extends `{path.stem}`, which is no common dataset",
            where=str(path),
            fix=f"common datasets: {', '.join(sorted(datasets))}",
        )
    try:
        return extension.applied_to(base)
    except ValidationError as error:
        raise DefinitionError(
            error.errors()[0]["msg"], where=str(path), fix="name fields that the dataset has"
        ) from None
    except ValueError as error:
        raise DefinitionError(str(error), where=str(path), fix="name fields that the dataset has") from None


def _load_source(path: Path, datasets: dict[str, Dataset]) -> Source:
    source = load_definition(path, Source)
    if not NAME.fullmatch(path.stem):
        raise DefinitionError(
            f"`{path.stem}` names a source",
            where=str(path),
            fix="use small letters, digits and _, beginning with a letter",
        )
    if source.source != path.stem:
        raise DefinitionError(
            f"`source: {source.source}` in a file named {path.stem}", where=str(path), fix="use one name"
        )
    for entry in source.entries:
        if entry.dataset not in datasets:
            right = nearest(entry.dataset, list(datasets))
            raise DefinitionError(
                f"entry `{entry.name}`: there is no dataset `{entry.dataset}`",
                where=str(path),
                fix=f"did you mean `{right}`?" if right else f"datasets: {', '.join(datasets)}",
            )
    return source


def _load_codelists(include: Path, root: Path) -> dict[str, Codelist]:
    """The common codelists; a programme's `<name>.csv` replaces one, its `<name>.add.csv` adds codes and aliases."""
    codelists = {
        path.stem: load_codelist(path)
        for path in _override(include, root, "codelists", "*.csv")
        if not path.name.endswith(".add.csv")
    }
    for path in _sorted(root / "codelists", "*.add.csv"):
        name = path.name.removesuffix(".add.csv")
        if name not in codelists:
            raise DefinitionError(f"adds to `{name}`, which is no codelist", where=str(path), fix=", ".join(codelists))
        codelists[name] = codelists[name].extended_with(load_codelist(path))
    return codelists


def _check_codelists(datasets: dict[str, Dataset], codelists: dict[str, Codelist], files: dict[str, Path]) -> None:
    for name, dataset in datasets.items():
        for field_name, field in dataset.fields.items():
            if field.codelist and field.codelist not in codelists:
                right = nearest(field.codelist, list(codelists))
                raise DefinitionError(
                    f"field `{field_name}`: there is no codelist `{field.codelist}`",
                    where=str(files[name]),
                    fix=f"did you mean `{right}`?" if right else f"codelists: {', '.join(codelists)}",
                )


def _find_indicators(include: Path, root: Path) -> dict[str, Path]:
    common, own = include / "sql/indicators", root / "indicators"
    found = [*_sorted(common, "*/indicator.yml"), *_sorted(own, "*/indicator.yml")]
    return {path.parent.name: path.parent for path in found}


def _load_indicators(folders: dict[str, Path], root: Path, programme: Programme) -> dict[str, IndicatorFolder]:
    headline = [entry.partition(";")[0] for entry in programme.headline]
    unknown = sorted({*(programme.indicators or []), *headline} - set(folders))
    if unknown:
        right = nearest(unknown[0], list(folders))
        raise DefinitionError(
            f"there is no indicator `{unknown[0]}`",
            where=str(root / "programme.yml"),
            fix=f"did you mean `{right}`?" if right else f"indicators: {', '.join(sorted(folders))}",
        )
    wanted = programme.indicators or sorted(folders)
    return {code: _load_indicator(folders[code]) for code in sorted(wanted)}


def _load_indicator(folder: Path) -> IndicatorFolder:
    definition = load_definition(folder / "indicator.yml", Indicator)
    if definition.indicator != folder.name:
        raise DefinitionError(
            f"`indicator: {definition.indicator}` in the folder {folder.name}",
            where=str(folder / "indicator.yml"),
            fix="the folder's name is the indicator's code",
        )
    return IndicatorFolder(folder, definition)


def _check_indicators(indicators: dict[str, IndicatorFolder], codelists: dict[str, Codelist]) -> None:
    values: dict[str, tuple[float | str, str]] = {}
    for code, folder in indicators.items():
        where = str(folder.path / "indicator.yml")
        for codelist in folder.definition.codelists.values():
            if codelist not in codelists:
                right = nearest(codelist, list(codelists))
                raise DefinitionError(
                    f"there is no codelist `{codelist}`",
                    where=where,
                    fix=f"did you mean `{right}`?" if right else f"codelists: {', '.join(codelists)}",
                )
        for name, parameter in folder.definition.parameters.items():
            value, other = values.setdefault(name, (parameter.value, code))
            if value != parameter.value:
                raise DefinitionError(
                    f"parameter `{name}` is {parameter.value} here and {value} in {other}",
                    where=where,
                    fix="one value for all; another belongs into programme.yml",
                )
