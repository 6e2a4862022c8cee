"""Where the figures come from and what they mean: source cards, methods, glossary, marks."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from yearbook.model.definition import Text, load_yaml
from yearbook.publish.context import Context, slug
from yearbook.publish.outline import PlannedSection
from yearbook.publish.view import Method, SourceView
from yearbook.publish.vocabulary import FLAGS, GLOSSARY, STATUSES

SAFE_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$")
# Comparators stand beside figures and never in them; without a chapter of their own they are no source of this report.
NOT_A_SOURCE = frozenset({"comparators"})


def make_sources(context: Context) -> list[SourceView]:
    """The cards of the sources of records, in order of their names."""
    say, tag = context.language.say, context.language.tag
    views = []
    for source in context.material.recipe.sources.values():
        card = source.card
        facts = [
            (say("Producer"), card.producer.get(tag)),
            (say("Licence"), card.licence),
            (say("Contact"), card.contact),
            (say("Period"), card.period),
            (say("Obtained"), card.retrieval),
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
        return any("partner" in section.indicator.dimensions for section in sections)
    if name == "exchange_rates":
        return any(section.indicator.unit == "CNY" for section in sections)
    indicators = context.material.recipe.indicators
    queries = (indicators[section.indicator.indicator].query for section in sections)
    return any(re.search(rf"\b{re.escape(name)}\b", _text(path)) for path in queries)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _reference_view(context: Context, path: Path) -> SourceView:
    card, tag, say = _read_card(path, path.stat().st_mtime_ns), context.language.tag, context.language.say
    facts = [
        (say("Producer"), _told(card.get("producer"), tag)),
        (say("Licence"), _told(card.get("licence"), tag)),
        (say("Obtained"), _told(card.get("retrieved"), tag)),
        (say("Note"), _told(card.get("note"), tag)),
    ]
    return SourceView(_told(card.get("title"), tag), [(name, fact) for name, fact in facts if fact])


@cache
def _read_card(path: Path, _changed: int) -> dict[str, Any]:
    return load_yaml(path)


def _told(value: object, tag: str) -> str:
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
            (say("Mind"), one.caveats.get(tag) if one.caveats else ""),
            (say("Source"), one.source.get(tag)),
        ]
        identity = slug("method", one.indicator)
        methods.append(Method(identity, one.indicator, one.title.get(tag), [fact for fact in facts if fact[1]]))
    return methods


def make_glossary(context: Context) -> list[tuple[str, str]]:
    """Terms and what they mean."""
    return [(context.language.say(term), context.language.say(meaning)) for term, meaning in GLOSSARY]


def make_flags(context: Context) -> list[tuple[str, str]]:
    """The marks in square brackets."""
    return [(f"[{flag}]", context.language.say(STATUSES[status])) for status, flag in sorted(FLAGS.items())]
