"""All pages of a programme's catalogue, by path, with an index over them."""

from pathlib import Path

from yearbook.handbook.dataset_page import dataset_page
from yearbook.handbook.indicator_page import indicator_page
from yearbook.handbook.markdown import code, escape, page, table
from yearbook.model.indicator import Indicator
from yearbook.model.recipe import Recipe

INDEX = "index.md"


def make_pages(recipe: Recipe) -> dict[str, str]:
    """Return the pages by path. Raises `OSError` where an indicator lacks its `query.sql` or `test.yml`."""
    indicators = {f"indicators/{name}.md": indicator_page(folder) for name, folder in recipe.indicators.items()}
    datasets = {f"datasets/{name}.md": dataset_page(dataset) for name, dataset in recipe.datasets.items()}
    return {INDEX: _index(recipe), **indicators, **datasets}


def write_pages(recipe: Recipe, folder: Path) -> int:
    """Write the pages into a folder, remove those of what is gone, and return how many there are."""
    pages = make_pages(recipe)
    for path in [*folder.glob("indicators/*.md"), *folder.glob("datasets/*.md")]:
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return len(pages)


def _index(recipe: Recipe) -> str:
    definitions = sorted((folder.definition for folder in recipe.indicators.values()), key=_place)
    chapters: dict[str, list[Indicator]] = {}
    for definition in definitions:
        chapters.setdefault(definition.chapter, []).append(definition)
    datasets = [
        [f"[{name}](datasets/{name}.md)", escape(one.title.en), escape(one.title.zh), str(len(one.rules))]
        for name, one in recipe.datasets.items()
    ]
    return page(
        "# Catalogue · 目录",
        f"Every indicator and every dataset of the programme {code(recipe.programme.programme)}, from its definition.",
        f"## Indicators · 指标 ({len(definitions)})",
        *(f"### {chapter.capitalize()}\n\n{_indicators(ones)}" for chapter, ones in chapters.items()),
        f"## Datasets · 数据集 ({len(datasets)})",
        table(["dataset · 数据集", "English", "中文", "rules · 规则数"], datasets),
    )


def _indicators(definitions: list[Indicator]) -> str:
    rows = [
        [f"[{one.indicator}](indicators/{one.indicator}.md)", *map(escape, (one.title.en, one.title.zh, one.unit))]
        for one in definitions
    ]
    return table(["code · 代码", "English", "中文", "unit · 单位"], rows)


def _place(one: Indicator) -> tuple[int, str]:
    return one.order, one.indicator
