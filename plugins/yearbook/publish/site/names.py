"""Partners and sectors by name: which have a page of their own in the newest edition, and what finds them.

Not its business: which of them get such a page (`profiles.parts`).
"""

from dataclasses import dataclass

from yearbook.model.codelist import Code
from yearbook.publish.context import Context
from yearbook.publish.profiles.parts import FOLDERS, address_of
from yearbook.publish.site.shelf import EditionEntry
from yearbook.publish.words.names import CODELISTS


@dataclass(frozen=True)
class Named:
    """One partner or sector with a page; `words` are its code, its other names and aliases."""

    name: str
    link: str
    words: str


@dataclass(frozen=True)
class NamedGroup:
    """Those of one dimension, in the order of the codelist."""

    id: str
    title: str
    names: list[Named]


def make_names(context: Context, edition: EditionEntry | None) -> list[NamedGroup]:
    """The profiles of one edition, by dimension; none without an edition that may be used."""
    if edition is None:
        return []
    groups = [
        NamedGroup(folder, context.dimension_title(dimension), _names(context, edition, dimension))
        for dimension, folder in FOLDERS.items()
    ]
    return [group for group in groups if group.names]


def newest_usable(editions: list[EditionEntry], tag: str) -> EditionEntry | None:
    """The newest edition in a language that was not withdrawn; `editions` stand the newest first."""
    return next((one for one in editions if one.withdrawn is None and tag in dict(one.languages)), None)


def _names(context: Context, edition: EditionEntry, dimension: str) -> list[Named]:
    codelist, tag = context.material.recipe.codelists[CODELISTS[dimension]], context.language.tag
    written = {address_of(dimension, code, tag): code for code in codelist.codes}
    there = [written[page] for page in edition.profiles if page in written]
    order = {code: place for place, code in enumerate(codelist.codes)}
    return [
        Named(
            name=codelist.codes[code].name(tag),
            link=f"{edition.year}/{address_of(dimension, code, tag)}",
            words=_words(codelist.codes[code]),
        )
        for code in sorted(there, key=order.__getitem__)
    ]


def _words(code: Code) -> str:
    others = [name for column, name in code.extra.items() if column.startswith("name_") and name]
    return " ".join(dict.fromkeys([code.code, code.name_en, code.name_zh, *others, *code.aliases]))
