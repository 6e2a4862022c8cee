"""The codelists of an edition's SDMX files: every code that its data hold, with its names in all languages.

An SDMX code is made of letters, digits, `_`, `@`, `$` and `-`. A breakdown's `=` is written `@`, its `;` `$`; any other
character by its number in hexadecimal between two hyphens. So a code can be read back, and no two meet.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from yearbook.model.observation import DIMENSIONS, MISSING_REASONS, NOT_APPLICABLE, STATUSES, TOTAL
from yearbook.publish.context import Context
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import CODELISTS
from yearbook.publish.words.vocabulary import COMMON_CODES, REASONS
from yearbook.publish.words.vocabulary import STATUSES as STATUS_WORDS

PARENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""What SDMX's schema takes for a parent: totals, `_T` and `_F`, are codes, but nobody's parent."""
PLAIN = re.compile(r"[A-Za-z0-9_]")
SPECIAL = {"=": "@", ";": "$"}

ORDINARY = N_("the ordinary way of measuring, all parts together")
ANNUAL = N_("Annual")
FREE, CONFIDENTIAL = N_("free"), N_("withheld")

Words = dict[str, str]
"""A text by language tag."""


@dataclass(frozen=True)
class Coded:
    """One code with its names; `parent` is a code of the same list."""

    code: str
    names: Words
    parent: str = ""
    descriptions: Words | None = None


def code_id(code: str) -> str:
    """Write a code as SDMX takes it."""
    return "".join(one if PLAIN.match(one) else SPECIAL.get(one, f"-{ord(one):x}-") for one in code)


def make_codelists(ingredients: Ingredients) -> dict[str, list[Coded]]:
    """The codelists by the id of the component that takes its codes from them."""
    contexts = ingredients.contexts

    def fixed(words: dict[str, str]) -> list[Coded]:
        return [Coded(code, _say(contexts, text)) for code, text in words.items()]

    return {
        "FREQ": fixed({"A": ANNUAL}),
        "INDICATOR": _indicators(ingredients),
        **{name.upper(): _dimension(ingredients, name) for name in DIMENSIONS},
        "BREAKDOWN": [_breakdown(contexts, code) for code in _found(ingredients, "breakdown")],
        "UNIT_MEASURE": [Coded(code_id(unit), _unit_names(contexts, unit)) for unit in _found(ingredients, "unit")],
        "OBS_STATUS": fixed({status: STATUS_WORDS[status] for status in STATUSES}),
        "CONF_STATUS": fixed({"F": FREE, "C": CONFIDENTIAL}),
        "REASON": fixed({reason: REASONS[reason] for reason in MISSING_REASONS}),
    }


def _found(ingredients: Ingredients, column: str) -> list[str]:
    return sorted(ingredients.observations[column].unique().drop_null().to_pylist())


def _say(contexts: dict[str, Context], message: str) -> Words:
    return {tag: context.language.say(message) for tag, context in contexts.items()}


def _each(contexts: dict[str, Context], name: Callable[[Context], str]) -> Words:
    return {tag: name(context) for tag, context in contexts.items()}


def _indicators(ingredients: Ingredients) -> list[Coded]:
    tags = list(ingredients.contexts)
    return [
        Coded(
            code_id(one.indicator),
            {tag: one.title.get(tag) for tag in tags},
            descriptions={tag: ingredients.contexts[tag].language.prose(one.definition.get(tag)) for tag in tags},
        )
        for one in ingredients.material.indicators
    ]


def _dimension(ingredients: Ingredients, dimension: str) -> list[Coded]:
    """The whole codelist, so that a user knows what might be there, and what else the data hold."""
    codelist = ingredients.material.recipe.codelists.get(CODELISTS[dimension])
    known = codelist.codes if codelist else {}
    found = [code for code in (TOTAL, NOT_APPLICABLE, *_found(ingredients, dimension)) if code not in known]
    parents = {code: one.parent for code, one in known.items() if PARENT.fullmatch(one.parent)}
    return [
        Coded(code_id(code), _names(ingredients.contexts, dimension, code), code_id(parents.get(code, "")))
        for code in dict.fromkeys([*known, *found])
    ]


def _names(contexts: dict[str, Context], dimension: str, code: str) -> Words:
    if code == NOT_APPLICABLE:
        return _say(contexts, COMMON_CODES[code])
    return _each(contexts, lambda context: context.names.name(dimension, code))


def _breakdown(contexts: dict[str, Context], code: str) -> Coded:
    names = _say(contexts, ORDINARY) if code == TOTAL else _each(contexts, lambda one: one.names.variant(code))
    return Coded(code_id(code), names)


def _unit_names(contexts: dict[str, Context], unit: str) -> Words:
    def name(context: Context) -> str:
        return context.units.get(unit).in_language(context.language.tag)[-1].label.replace("{unit}", unit)

    return _each(contexts, name)
