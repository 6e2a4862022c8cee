"""A text in all languages of an edition, by language tag, for files in which each text says what language it is in.

Where a language has no words of its own, pages show English. A program that read it there under another tag would take
it for that language's: its entry is left out, and English alone is told, as English.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from yearbook.publish.context import Context
from yearbook.publish.words.language import ENGLISH, SOURCE_LANGUAGE
from yearbook.publish.words.names import Names

Words = dict[str, str]
"""A text by language tag."""


def in_each(contexts: Mapping[str, Context], tell: Callable[[Context], str]) -> Words:
    """What `tell` makes of each language that has words for it."""
    english = tell(_in_english(next(iter(contexts.values()))))
    return told(english, {tag: tell(context) for tag, context in contexts.items()})


def told(english: str, texts: Words) -> Words:
    """The texts that are not `english` under the tag of another language; `english` itself where none is left."""
    kept = {tag: text for tag, text in texts.items() if _is_english(tag) or text != english}
    return kept or {SOURCE_LANGUAGE: english}


def _is_english(tag: str) -> bool:
    return tag.split("-")[0] == SOURCE_LANGUAGE


def _in_english(context: Context) -> Context:
    """As it stands in code and definitions: what a language without words of its own shows."""
    return replace(context, language=ENGLISH, names=Names(context.material.recipe, ENGLISH))
