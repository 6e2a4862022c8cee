"""Put one report together: everything that a template shows, in one language."""

import re
from dataclasses import replace
from itertools import groupby

from yearbook.publish.against import tell_change_rules
from yearbook.publish.context import Context, Material, slug
from yearbook.publish.profiles.lists import make_profile_lists
from yearbook.publish.report.about import (
    make_codes,
    make_flags,
    make_glossary,
    make_methods,
    make_parameters,
    make_references,
    make_sources,
)
from yearbook.publish.report.brief import headline, lead_sentence, make_points
from yearbook.publish.report.cards import make_cards, tell_marks
from yearbook.publish.report.citation import make_accessibility, make_citation, name_a_figure
from yearbook.publish.report.compared import make_comparators
from yearbook.publish.report.confidence import tell_rules
from yearbook.publish.report.cover import make_cover, make_notices, tell_release, tell_standing, tell_status
from yearbook.publish.report.exhibits import make_exhibit
from yearbook.publish.report.files import make_files
from yearbook.publish.report.limits import make_limits
from yearbook.publish.report.outline import PlannedSection, outline
from yearbook.publish.report.overview import make_missing, make_notes, make_overview
from yearbook.publish.report.quality import make_quality
from yearbook.publish.report.quotes import Quoting
from yearbook.publish.report.revisions import make_revisions
from yearbook.publish.report.since import make_since
from yearbook.publish.report.unavailable import without_figures
from yearbook.publish.view import Banner, Chapter, Document, Section
from yearbook.publish.words.language import N_

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
NOT_RELEASED = N_("Not released yet")
EMPTY = N_("No records: nothing was received for this year")


def make_document(context: Context, languages: list[tuple[str, str]]) -> Document:
    """Make a report; `languages` are the tags and own names of all languages of the edition."""
    programme, tag = context.material.recipe.programme, context.language.tag
    sections = [section for section in outline(context) if section.indicator.chapter in context.chapters]
    quoting = make_quoting(context)
    chapters = _chapters(context, sections, quoting)
    quality = make_quality(context, [chapter.name for chapter in chapters])
    points = make_points(context, sections, chapters, quality.summary)
    keys = [one.indicator for one in sections if one.indicator.indicator in headline(context, sections)]
    status = edition_status(context)
    cards = make_cards(context, sections, chapters, quoting)
    return Document(
        tag=tag,
        title=programme.title.get(tag),
        year=context.year,
        publisher=programme.publisher.get(tag),
        status=tell_status(context, status),
        released=tell_release(context),
        cover=make_cover(context, status),
        notices=make_notices(context),
        banner=make_banner(context),
        cards=cards,
        points=[replace(one, quote=quoting.quote(one.sentence, one.link_title)) for one in points],
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
        since=make_since(context),
        limits=make_limits(context, keys, quality),
        confidence=tell_rules(context),
        change_rules=tell_change_rules(context),
        revisions=make_revisions(context),
        profiles=make_profile_lists(context),
        citation=make_citation(context, tell_standing(context, status)),
        naming=name_a_figure(context, sections[0].indicator.indicator) if sections else "",
        accessibility=make_accessibility(context),
        marks_told=tell_marks(context, cards, [one.sentence for one in points]),
        languages=languages,
        files=make_files(context),
        licence=programme.licence or "",
    )


def make_quoting(context: Context) -> Quoting:
    """What quotations from any page of an edition share."""
    banner = make_banner(context)
    marks = [*make_notices(context), *([banner] if banner else [])]
    return Quoting(context, tell_standing(context, edition_status(context)), marks)


def make_banner(context: Context) -> Banner | None:
    """The banner of a programme whose records are simulated or confidential."""
    kind = context.material.recipe.programme.confidentiality
    if kind not in BANNERS:
        return None
    title, text = BANNERS[kind]
    return Banner(kind, context.language.say(title), context.language.say(text))


def edition_status(context: Context) -> str:
    """Provisional as soon as one figure is; neither that nor final before the release or without records."""
    if is_empty(context.material):
        return context.language.say(EMPTY)
    if context.material.release.is_pre_release:
        return context.language.say(NOT_RELEASED)
    is_provisional = context.figures.has_status(context.year, "P")
    return context.language.say(PROVISIONAL if is_provisional else FINAL)


def is_empty(material: Material) -> bool:
    """Whether nothing was received for the edition's year."""
    return not any(one.received for one in material.accountings if one.year == material.year)


def _chapters(context: Context, sections: list[PlannedSection], quoting: Quoting) -> list[Chapter]:
    order = {name: place for place, name in enumerate(context.chapters)}
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
                title=context.chapters[name],
                sections=_sections(context, number, members, quoting),
                overview=make_overview(context, members),
                notes=make_notes(context, members),
                missing=make_missing(context, [one for one in missing if one.chapter == name]),
            )
        )
    return chapters


def _sections(context: Context, chapter: int, members: list[PlannedSection], quoting: Quoting) -> list[Section]:
    views, table = [], 0
    for section in members:
        exhibits = []
        for planned in section.exhibits:
            table += 1
            exhibit = make_exhibit(context, section, planned, f"{chapter}.{table}")
            place = context.language.say("Figure %(number)s", number=exhibit.table.number)
            exhibits.append(replace(exhibit, quote=quoting.quote(exhibit.sentence, place)))
        indicator, tag = section.indicator, context.language.tag
        views.append(
            Section(
                id=slug("indicator", indicator.indicator),
                code=indicator.indicator,
                title=context.title(indicator, section.variant),
                definition=first_sentence(indicator.definition.get(tag)),
                lead=lead_sentence(context, section),
                caveats=indicator.caveats.get(tag) if indicator.caveats else "",
                exhibits=exhibits,
                is_experimental=indicator.experimental,
                parameters=make_parameters(context, indicator) if indicator.cross else [],
            )
        )
    return views


def first_sentence(text: str) -> str:
    """What a section needs to say; the rest stands with the methods."""
    found = FIRST_SENTENCE.match(text)
    return found.group() if found else text
