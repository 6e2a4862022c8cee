from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import editions
import sites
from yearbook.model.recipe import Recipe, load_recipe
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.words.language import Language, load_language

LANGUAGES = ("en", "zh-Hans")


@pytest.fixture(scope="session")
def reports(project: Path) -> Path:
    return project / "reports"


@pytest.fixture(scope="session")
def recipe(project: Path) -> Recipe:
    """The demonstration's recipe with the key figures of the made-up editions, and without comparators."""
    recipe = load_recipe("demo", project / "include")
    own = {"headline": list(editions.HEADLINE), "comparators": {}}
    return replace(recipe, programme=recipe.programme.model_copy(update=own), comparators={})


@pytest.fixture(scope="session")
def languages(reports: Path) -> dict[str, Language]:
    return {tag: load_language(tag, reports) for tag in LANGUAGES}


@pytest.fixture(scope="session")
def tables() -> dict[int, pa.Table]:
    return editions.tables()


@pytest.fixture(scope="session")
def material(recipe: Recipe, tables: dict[int, pa.Table]) -> Material:
    return editions.material(recipe, tables)


@pytest.fixture(scope="session")
def files(material: Material, tables: dict[int, pa.Table], reports: Path) -> dict[str, bytes]:
    """All files of one edition."""
    return editions.write_edition(material, tables, reports)


@pytest.fixture(scope="session")
def edition_folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of which nothing had to be corrected, as it lies on a disk."""
    folder = tmp_path_factory.mktemp("edition")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def context_of(recipe: Recipe, languages: dict[str, Language], reports: Path) -> Callable[..., Context]:
    """Rows of observations and a language in, a context of the newest year out."""

    def make(rows: list[editions.Row], tag: str = "en") -> Context:
        years = sorted({row["year"] for row in rows})
        observations = {year: editions.table([row for row in rows if row["year"] == year]) for year in years}
        return make_context(editions.material(recipe, observations), languages[tag], reports)

    return make


@pytest.fixture(scope="session")
def site(recipe: Recipe, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole site."""
    return sites.make_site(tmp_path_factory.mktemp("site"), project, recipe)


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    """Every page of the site."""
    found = sorted(site.rglob("*.html"))
    names = {path.relative_to(site).as_posix() for path in found}
    assert names >= {
        "index.html",
        *(f"demo/{place}{tag}.html" for place in ("", "2023/", "2024/") for tag in LANGUAGES),
    }
    return found


@pytest.fixture(scope="session")
def newest_pages(site: Path, pages: list[Path]) -> list[Path]:
    """Every page over the editions and of the newest edition."""
    return [path for path in pages if "demo/2023/" not in path.relative_to(site).as_posix()]


@pytest.fixture(scope="session")
def kinds(site: Path, newest_pages: list[Path]) -> list[Path]:
    """One page of each kind, folder and language, the largest: what is laid out alike is looked at once."""
    by_kind: dict[tuple[str, str], list[Path]] = {}
    for path in newest_pages:
        language = next((tag for tag in LANGUAGES if path.stem.endswith(tag)), "")
        by_kind.setdefault((path.parent.name, language), []).append(path)
    return [max(group, key=lambda path: path.stat().st_size) for group in by_kind.values()]
