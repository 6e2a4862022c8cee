from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import editions
from yearbook.model.recipe import Recipe, load_recipe
from yearbook.publish.context import Context, Material, make_context
from yearbook.publish.language import Language, load_language

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


@pytest.fixture
def context_of(recipe: Recipe, languages: dict[str, Language], reports: Path) -> Callable[..., Context]:
    """Rows of observations and a language in, a context of the newest year out."""

    def make(rows: list[editions.Row], tag: str = "en") -> Context:
        years = sorted({row["year"] for row in rows})
        observations = {year: editions.table([row for row in rows if row["year"] == year]) for year in years}
        return make_context(editions.material(recipe, observations), languages[tag], reports)

    return make
