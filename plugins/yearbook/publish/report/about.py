"""Where the figures come from and what they mean: source cards, methods, glossary, marks."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from yearbook.model.definition import Text, load_yaml
from yearbook.model.indicator import Indicator
from yearbook.model.programme import Parameter
from yearbook.model.recipe import Recipe
from yearbook.publish.closing_view import Method, SourceView, Term
from yearbook.publish.context import Context, slug
from yearbook.publish.report.outline import PlannedSection
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER
from yearbook.publish.words.vocabulary import (
    COMMON_CODES,
    FLAGS,
    GLOSSARY,
    NOT_TOLD,
    NOT_TOLD_FLAG,
    OWN_TERMS,
    STATUSES,
)

SAFE_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$")
WORD = re.compile(r"\w+")
YEAR = re.compile(r"\byear\b", re.IGNORECASE)
YEARS = range(1900, 2101)
BELT_AND_ROAD = "BRI"
PARAMETER = N_("%(value)s: %(source)s")
CHOICES = {
    "none": N_("nothing was imputed here"),
    "last_value_times_matched_growth": N_(
        "what is missing since last year was imputed: last year's value times the growth of those that answered in both"
    ),
}
"""Parameters that are words, as readers are told what was done."""


def make_sources(context: Context) -> list[SourceView]:
    """The cards of the sources of records, in order of their names."""
    say, tag = context.language.say, context.language.tag
    views = []
    for source in context.material.recipe.sources.values():
        card = source.card
        facts = [
            (say("Producer"), card.producer.get(tag)),
            (say("Licence"), _told(card.licence, tag)),
            (say("Contact"), card.contact),
            (say("Period"), card.period),
            (say("Obtained"), _told(card.retrieval, tag)),
        ]
        views.append(SourceView(card.title.get(tag), facts, _address(card.homepage)))
    return views


def make_references(context: Context, sections: list[PlannedSection]) -> list[SourceView]:
    """The cards of reference data that the shown indicators take part in."""
    return [
        _reference_view(context, path.with_suffix(".yml"))
        for name, path in sorted(context.material.recipe.reference.items())
        if path.with_suffix(".yml").exists() and _is_used(context, name, sections)
    ] + [_reference_view(context, path.with_suffix(".yml")) for path in context.material.recipe.comparators.values()]


def _is_used(context: Context, name: str, sections: list[PlannedSection]) -> bool:
    if name == "bri_membership":
        return any(_has_belt_and_road(context, section) for section in sections)
    if name == "exchange_rates":
        return any(section.indicator.unit == "CNY" for section in sections)
    indicators = context.material.recipe.indicators
    queries = (indicators[section.indicator.indicator].query for section in sections)
    return any(name in _read_tables(context.material.recipe, path) for path in queries)


def _read_tables(recipe: Recipe, query: Path) -> set[str]:
    """The words of a query and of all cubes and views that it reads, tables among them."""
    parts = {**recipe.cubes, **{path.stem: path for path in (recipe.root.parents[1] / "sql/views").glob("*.sql")}}
    words: set[str] = set()
    waiting = [query]
    while waiting:
        found = set(WORD.findall(_text(waiting.pop()))) - words
        words |= found
        waiting += [parts[name] for name in sorted(found & set(parts))]
    return words


def _has_belt_and_road(context: Context, section: PlannedSection) -> bool:
    ways = {exhibit.variant for exhibit in section.exhibits if exhibit.dimension == PARTNER}
    return any(BELT_AND_ROAD in context.parts(section.indicator, PARTNER, way) for way in ways)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _reference_view(context: Context, path: Path) -> SourceView:
    card, tag, say = _read_card(path, path.stat().st_mtime_ns), context.language.tag, context.language.say
    facts = [
        (say("Producer"), _told(card.get("producer"), tag)),
        (say("Licence"), _told(card.get("licence"), tag)),
        (say("Obtained"), _told(card.get("retrieved"), tag)),
        (say("Note"), context.language.prose(_told(card.get("note"), tag))),
    ]
    return SourceView(_told(card.get("title"), tag), [(name, fact) for name, fact in facts if fact])


@cache
def _read_card(path: Path, _changed: int) -> dict[str, Any]:
    return load_yaml(path)


def _told(value: object, tag: str) -> str:
    if isinstance(value, Text):
        return value.get(tag)
    if isinstance(value, dict):
        return Text.model_validate(dict(value)).get(tag)
    return "" if value is None else str(value)


def _address(homepage: str | None) -> str:
    return homepage if homepage and SAFE_ADDRESS.match(homepage) else ""


def make_methods(context: Context, sections: list[PlannedSection]) -> list[Method]:
    """How each indicator of the report is defined and computed."""
    return [tell_method(context, section.indicator) for section in sections]


def tell_method(context: Context, one: Indicator, *, is_short: bool = False) -> Method:
    """How an indicator is defined and computed; a short one leaves out what it covers, warns of and takes."""
    say, tag = context.language.say, context.language.tag
    facts = [
        (say("Definition"), one.definition.get(tag)),
        (say("Formula"), one.formula.get(tag)),
        (say("Covers"), "" if is_short else one.population.get(tag)),
        (say("Please note"), one.caveats.get(tag) if one.caveats and not is_short else ""),
        *(() if is_short else make_parameters(context, one)),
        (say("Source"), one.source.get(tag)),
    ]
    others = [] if is_short else [(other.tag, one.title.get(other.tag)) for other in context.others]
    told = [fact for fact in facts if fact[1]]
    title, identity = one.title.get(tag), slug("method", one.indicator)
    return Method(identity, one.indicator, title, told, others, _ratio(context, one))


def _ratio(context: Context, one: Indicator) -> tuple[str, str] | None:
    if one.ratio is None:
        return None
    return context.units.whole(one.ratio[0]), context.units.whole(one.ratio[1])


def make_parameters(context: Context, indicator: Indicator) -> list[tuple[str, str]]:
    """The numbers that an indicator takes, by what they are called, each with its source."""
    say, tag = context.language.say, context.language.tag
    told = []
    for name in indicator.parameters:
        taken = context.material.recipe.parameters[name]
        declared = indicator.parameters[name]
        named = taken.title or declared.title
        title = named.get(tag) if named else name.replace("_", " ")
        number = _written(context, named, taken)
        source = taken.source or declared.source
        if isinstance(taken.value, str) and source == declared.source:
            # What an indicator says of its words is for those who choose one in a programme.
            source = None
        told.append((title, say(PARAMETER, value=number, source=source.get(tag)) if source else number))
    return told


def _written(context: Context, named: Text | None, taken: Parameter) -> str:
    """A parameter as it is read: a word as it is, a year without groups of digits."""
    if isinstance(taken.value, str):
        return context.language.say(CHOICES[taken.value]) if taken.value in CHOICES else taken.value
    is_year = named is not None and YEAR.search(named.en) and taken.value in YEARS
    return str(int(taken.value)) if is_year else context.language.number(taken.value, _places(taken))


def _places(parameter: Parameter) -> int:
    return max(0, -int(Decimal(str(parameter.value)).normalize().as_tuple().exponent))


def make_glossary(context: Context) -> list[Term]:
    """Terms and what they mean, each with what it is called in the other languages."""
    shown = {(figure.dimension, figure.code) for figure in context.figures.of_year(context.year)}
    terms = [*GLOSSARY, *(term for place, term in OWN_TERMS.items() if place in shown)]
    return [
        Term(
            context.language.say(term),
            context.language.say(meaning),
            [(other.tag, other.say(term)) for other in context.others],
        )
        for term, meaning in terms
    ]


def make_flags(context: Context) -> list[tuple[str, str]]:
    """The marks in square brackets."""
    marks = [(flag, STATUSES[status]) for status, flag in sorted(FLAGS.items())]
    return [(f"[{flag}]", context.language.say(meaning)) for flag, meaning in [*marks, (NOT_TOLD_FLAG, NOT_TOLD)]]


def make_codes(context: Context, sections: list[PlannedSection]) -> list[tuple[str, str, str]]:
    """For those who use the data files: column, code, and what it means."""
    say, tag = context.language.say, context.language.tag
    figures = context.figures.of_year(context.year)
    ways = {pair: figure.indicator for figure in figures for pair in figure.variant.split(";")}
    indicators = {one.indicator: one for one in context.material.indicators}
    named = {
        way: (context.names.of(indicators[code]) if code in indicators else context.names).variant(way)
        for way, code in sorted(ways.items())
        if way not in COMMON_CODES
    }
    return [
        *((say("Indicator"), one.indicator.indicator, one.indicator.title.get(tag)) for one in sections),
        *((say("All dimensions"), code, say(meaning)) for code, meaning in COMMON_CODES.items()),
        *((say("Breakdown"), way, name) for way, name in named.items()),
        *((say("Status"), status, say(meaning)) for status, meaning in STATUSES.items()),
    ]
