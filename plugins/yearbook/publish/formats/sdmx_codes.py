"""The codelists of an edition's SDMX files: every code that its data hold, with its names in all languages.

An SDMX code is made of letters, digits, `_`, `@`, `$` and `-`. A breakdown's `=` is written `@`, its `;` `$`; any other
character by its number in hexadecimal between two hyphens. So a code can be read back, and no two meet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.model.indicator import Indicator
from yearbook.model.observation import DIMENSIONS, MISSING_REASONS, NOT_APPLICABLE, STATUSES, TOTAL
from yearbook.publish.context import Context
from yearbook.publish.figures import split_breakdown
from yearbook.publish.formats.ingredients import Ingredients
from yearbook.publish.formats.wordings import Words, in_each
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
NAMED = N_("%(head)s: %(name)s")
WAY_HEADS = {"unit": N_("Unit"), "horizon": N_("Horizon")}
"""Ways of measuring whose words do not say what they are; all others do: "at constant prices"."""


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
        "INDICATOR": [_indicator(contexts, one) for one in ingredients.material.indicators],
        **{name.upper(): _dimension(ingredients, name) for name in DIMENSIONS},
        "BREAKDOWN": _breakdowns(ingredients),
        "UNIT_MEASURE": [Coded(code_id(unit), _unit_names(contexts, unit)) for unit in _found(ingredients, "unit")],
        "OBS_STATUS": fixed({status: STATUS_WORDS[status] for status in STATUSES}),
        "CONF_STATUS": fixed({"F": FREE, "C": CONFIDENTIAL}),
        "REASON": fixed({reason: REASONS[reason] for reason in MISSING_REASONS}),
    }


def _found(ingredients: Ingredients, column: str) -> list[str]:
    return sorted(ingredients.observations[column].unique().drop_null().to_pylist())


def _say(contexts: Mapping[str, Context], message: str) -> Words:
    return in_each(contexts, lambda context: context.language.say(message))


def _indicator(contexts: Mapping[str, Context], one: Indicator) -> Coded:
    return Coded(
        code_id(one.indicator),
        in_each(contexts, lambda context: one.title.get(context.language.tag)),
        descriptions=in_each(
            contexts, lambda context: context.language.prose(one.definition.get(context.language.tag))
        ),
    )


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


def _names(contexts: Mapping[str, Context], dimension: str, code: str) -> Words:
    if code == NOT_APPLICABLE:
        return _say(contexts, COMMON_CODES[code])
    return in_each(contexts, lambda context: context.names.name(dimension, code))


def _breakdowns(ingredients: Ingredients) -> list[Coded]:
    """Each with its name in the report. That is the indicator's own affair: a cause of loss is no cause of delay."""
    pairs = ingredients.observations.group_by(["breakdown", "indicator"]).aggregate([]).to_pylist()
    owners: dict[str, set[str]] = {}
    for pair in pairs:
        owners.setdefault(pair["breakdown"], set()).add(pair["indicator"])
    indicators = ingredients.material.indicators
    return [
        Coded(
            code_id(code), _way_names(ingredients.contexts, code, [one for one in indicators if one.indicator in own])
        )
        for code, own in sorted(owners.items())
    ]


def _way_names(contexts: Mapping[str, Context], breakdown: str, owners: list[Indicator]) -> Words:
    def tell(context: Context) -> str:
        told = dict.fromkeys(_tell(context, breakdown, one) for one in owners)
        return " / ".join(told) or context.names.variant(breakdown)

    return _say(contexts, ORDINARY) if breakdown == TOTAL else in_each(contexts, tell)


def _tell(context: Context, breakdown: str, indicator: Indicator) -> str:
    """What a breakdown is, each of its parts under the name of what it is a part of: `Approval: Import approval`."""
    language, names = context.language, context.names.of(indicator)
    variant, parts = split_breakdown(breakdown)
    told = [
        language.say(NAMED, head=context.dimension_title(name, indicator), name=names.name(name, code))
        for name, code in parts
    ]
    plain = []
    for way in () if variant == TOTAL else variant.split(";"):
        if head := WAY_HEADS.get(way.partition("=")[0]):
            told.append(language.say(NAMED, head=language.say(head), name=names.variant(way)))
        else:
            plain.append(way)
    return language.listed([*told, *([names.variant(";".join(plain))] if plain else [])])


def _unit_names(contexts: Mapping[str, Context], unit: str) -> Words:
    def name(context: Context) -> str:
        return context.units.get(unit).in_language(context.language.tag)[-1].label.replace("{unit}", unit)

    return in_each(contexts, name)
