"""Fill the pages' templates: everything is escaped, an undefined name is an error."""

from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from yearbook.model.recipe import year_label
from yearbook.publish.charts.palette import stylesheet_variables
from yearbook.publish.words.language import SOURCE_LANGUAGE, Language
from yearbook.review.pages.cells import bounded

HERE = Path(__file__).parent
DOMAIN, CHINESE = "review", "zh-Hans"
SOME_LANGUAGES = 8
LANGUAGES = {SOURCE_LANGUAGE: "English", CHINESE: "中文"}


def render(template: str, language: Language, **values: Any) -> str:
    """Return a page's HTML."""
    page = _environment(language.translations).get_template(template)
    return page.render(language=language, languages=LANGUAGES, **values)


def stylesheet() -> Markup:
    """The pages' stylesheet."""
    return Markup(stylesheet_variables() + "\n" + (HERE / "review.css").read_text(encoding="utf-8"))


@lru_cache(maxsize=SOME_LANGUAGES)
def _environment(translations: NullTranslations) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(bounded=bounded, label=year_label)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    return environment
