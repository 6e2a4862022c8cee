"""Put one report together: everything that a template shows, in one language."""

import re
from itertools import groupby

from yearbook.publish.about import (
    make_codes,
    make_flags,
    make_glossary,
    make_methods,
    make_parameters,
    make_references,
    make_sources,
)
from yearbook.publish.brief import lead_sentence, make_cards, make_points
from yearbook.publish.comparators import make_comparators
from yearbook.publish.context import Context, Material, slug
from yearbook.publish.exhibits import make_exhibit
from yearbook.publish.language import N_
from yearbook.publish.outline import PlannedSection, outline
from yearbook.publish.overview import make_missing, make_notes, make_overview
from yearbook.publish.quality import make_quality
from yearbook.publish.unavailable import without_figures
from yearbook.publish.view import Banner, Chapter, Document, Section
from yearbook.publish.vocabulary import CHAPTERS

BANNERS = {
    "simulated": (
        N_("SIMULATED RECORDS"),
        N_("Every figure here is computed from invented records. It describes nothing real and must not be quoted."),
    ),
    "confidential": (
        N_("INTERNAL, NOT PROTECTED"),
        N_("Disclosure control has not been applied. Not to be passed on."),
    ),
}
FIRST_SENTENCE = re.compile(r".+?(?:\.(?=\s)|。)", re.DOTALL)
PROVISIONAL = N_("Provisional figures")
FINAL = N_("Final figures")
EMPTY = N_("No records: nothing was received for this year")


def make_document(context: Context, languages: list[tuple[str, str]]) -> Document:
    """Make a report; `languages` are the tags and own names of all languages of the edition."""
    programme, tag = context.material.recipe.programme, context.language.tag
    sections = outline(context)
    chapters = _chapters(context, sections)
    quality = make_quality(context, [chapter.name for chapter in chapters])
    return Document(
        tag=tag,
        title=programme.title.get(tag),
        year=context.year,
        publisher=programme.publisher.get(tag),
        status=edition_status(context),
        released=context.language.date(context.material.as_of),
        signed=context.material.imprint.say(context.language),
        contact_name=programme.contact.name.get(tag),
        contact_email=programme.contact.email,
        banner=make_banner(context),
        cards=make_cards(context, sections, chapters),
        points=make_points(context, sections, chapters, quality.summary),
        chapters=chapters,
        comparators=make_comparators(context.teller, context.material.comparisons),
        quality=quality,
        sources=make_sources(context),
        references=make_references(context, sections),
        methods=make_methods(context, sections),
        glossary=make_glossary(context),
        flags=make_flags(context),
        codes=make_codes(context, sections),
        notes=[context.language.prose(note.get(tag)) for note in programme.notes],
        languages=languages,
    )


def make_banner(context: Context) -> Banner | None:
    """The banner of a programme whose records are simulated or confidential."""
    kind = context.material.recipe.programme.confidentiality
    if kind not in BANNERS:
        return None
    title, text = BANNERS[kind]
    return Banner(kind, context.language.say(title), context.language.say(text))


def edition_status(context: Context) -> str:
    """Provisional as soon as one figure is; neither that nor final where no record of the year was received."""
    if is_empty(context.material):
        return context.language.say(EMPTY)
    is_provisional = any(figure.status == "P" for figure in context.figures.of_year(context.year))
    return context.language.say(PROVISIONAL if is_provisional else FINAL)


def is_empty(material: Material) -> bool:
    """Whether nothing was received for the edition's year."""
    return not any(one.received for one in material.accountings if one.year == material.year)


def _chapters(context: Context, sections: list[PlannedSection]) -> list[Chapter]:
    order = {name: place for place, name in enumerate(CHAPTERS)}
    ordered = sorted(sections, key=lambda section: order[section.indicator.chapter])
    grouped = groupby(ordered, key=lambda one: one.indicator.chapter)
    missing = without_figures(context)
    chapters = []
    for number, (name, group) in enumerate(grouped, start=1):
        members = list(group)
        chapters.append(
            Chapter(
                id=slug("chapter", name),
                name=name,
                number=number,
                title=context.language.say(CHAPTERS[name]),
                sections=_sections(context, number, members),
                overview=make_overview(context, members),
                notes=make_notes(context, members),
                missing=make_missing(context, [one for one in missing if one.chapter == name]),
            )
        )
    return chapters


def _sections(context: Context, chapter: int, members: list[PlannedSection]) -> list[Section]:
    views, table = [], 0
    for section in members:
        exhibits = []
        for planned in section.exhibits:
            table += 1
            exhibits.append(make_exhibit(context, section, planned, f"{chapter}.{table}"))
        indicator, tag = section.indicator, context.language.tag
        views.append(
            Section(
                id=slug("indicator", indicator.indicator),
                code=indicator.indicator,
                title=context.title(indicator, section.variant),
                definition=_first_sentence(indicator.definition.get(tag)),
                lead=lead_sentence(context, section),
                caveats=indicator.caveats.get(tag) if indicator.caveats else "",
                exhibits=exhibits,
                is_experimental=indicator.experimental,
                parameters=make_parameters(context, indicator) if indicator.cross else [],
            )
        )
    return views


def _first_sentence(text: str) -> str:
    """What a section needs to say; the rest stands with the methods."""
    found = FIRST_SENTENCE.match(text)
    return found.group() if found else text
