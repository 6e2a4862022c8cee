"""Where the figures come from and what they mean: source cards, methods, glossary, marks."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from yearbook.model.definition import Text, load_yaml
from yearbook.publish.context import Context, slug
from yearbook.publish.names import PARTNER
from yearbook.publish.outline import PlannedSection
from yearbook.publish.view import Method, SourceView
from yearbook.publish.vocabulary import COMMON_CODES, FLAGS, GLOSSARY, OWN_TERMS, STATUSES

SAFE_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$")
# Comparators stand beside figures and never in them; without a chapter of their own they are no source of this report.
BELT_AND_ROAD = "BRI"
NOT_A_SOURCE = frozenset({"comparators"})


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
        if name not in NOT_A_SOURCE and path.with_suffix(".yml").exists() and _is_used(context, name, sections)
    ]


def _is_used(context: Context, name: str, sections: list[PlannedSection]) -> bool:
    if name == "bri_membership":
        return any(_has_belt_and_road(context, section) for section in sections)
    if name == "exchange_rates":
        return any(section.indicator.unit == "CNY" for section in sections)
    indicators = context.material.recipe.indicators
    queries = (indicators[section.indicator.indicator].query for section in sections)
    return any(re.search(rf"\b{re.escape(name)}\b", _text(path)) for path in queries)


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
    say, tag = context.language.say, context.language.tag
    methods = []
    for section in sections:
        one = section.indicator
        facts = [
            (say("Definition"), one.definition.get(tag)),
            (say("Formula"), one.formula.get(tag)),
            (say("Covers"), one.population.get(tag)),
            (say("Please note"), one.caveats.get(tag) if one.caveats else ""),
            (say("Source"), one.source.get(tag)),
        ]
        identity = slug("method", one.indicator)
        methods.append(Method(identity, one.indicator, one.title.get(tag), [fact for fact in facts if fact[1]]))
    return methods


def make_glossary(context: Context) -> list[tuple[str, str]]:
    """Terms and what they mean."""
    shown = {(figure.dimension, figure.code) for figure in context.figures.of_year(context.year)}
    terms = [*GLOSSARY, *(term for place, term in OWN_TERMS.items() if place in shown)]
    return [(context.language.say(term), context.language.say(meaning)) for term, meaning in terms]


def make_flags(context: Context) -> list[tuple[str, str]]:
    """The marks in square brackets."""
    return [(f"[{flag}]", context.language.say(STATUSES[status])) for status, flag in sorted(FLAGS.items())]


def make_codes(context: Context, sections: list[PlannedSection]) -> list[tuple[str, str, str]]:
    """For those who use the data files: column, code, and what it means."""
    say, tag = context.language.say, context.language.tag
    figures = context.figures.of_year(context.year)
    ways = sorted({pair for figure in figures for pair in figure.variant.split(";")} - set(COMMON_CODES))
    return [
        *((say("Indicator"), one.indicator.indicator, one.indicator.title.get(tag)) for one in sections),
        *((say("All dimensions"), code, say(meaning)) for code, meaning in COMMON_CODES.items()),
        *((say("Breakdown"), way, context.names.variant(way)) for way in ways),
        *((say("Status"), status, say(meaning)) for status, meaning in STATUSES.items()),
    ]
