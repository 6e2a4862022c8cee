"""The key figures of page one: value, change, comparators, confidence with its reason, table, sentence to quote.

Not its business: which figures are key (`brief`), and the rules of confidence (`confidence`).
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against_last_year, is_change_itself
from yearbook.publish.anchors import Cell, Sentence, flagged, mark_of
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.report.beside import lines_beside
from yearbook.publish.report.brief import MATCHED, headline, key_total, matched_of
from yearbook.publish.report.confidence import judge
from yearbook.publish.report.outline import PlannedSection
from yearbook.publish.report.quotes import Quoting
from yearbook.publish.sentences.wording import RANK_UNIT, Wording, amount_of, cells_of, previous_of, wording_of
from yearbook.publish.tables.flags import FLAG_NOTE
from yearbook.publish.view import Card, Chapter, Section
from yearbook.publish.words.chance import FEW_VALUES
from yearbook.publish.words.changes import Change, published_growth
from yearbook.publish.words.language import N_
from yearbook.publish.words.units import Written
from yearbook.publish.words.vocabulary import FLAGS, REASONS, STATUSES, is_printed

ARROWS = {"rise": "▲", "fall": "▼", "little": "■"}
CARD_CHANGES: dict[tuple[str, Wording], str] = {
    ("rise", "percent"): N_("%(change)s%% more than the year before"),
    ("fall", "percent"): N_("%(change)s%% less than the year before"),
    ("rise", "points"): N_("%(change)s points more than the year before"),
    ("fall", "points"): N_("%(change)s points less than the year before"),
    ("rise", "number"): N_("%(change)s more than the year before"),
    ("fall", "number"): N_("%(change)s less than the year before"),
    ("rise", "length"): N_("%(change)s%% longer than the year before"),
    ("fall", "length"): N_("%(change)s%% shorter than the year before"),
    ("rise", "rank"): N_("down from %(previous)s the year before"),
    ("fall", "rank"): N_("up from %(previous)s the year before"),
}
CARD_SAME = N_("unchanged from the year before")
CARD_LITTLE = N_("about the same as the year before")
CARD_CHANCE = N_("%(previous)s the year before; the difference may be chance")
CARD_FEW = N_("%(previous)s the year before; over fewer than %(few)s records the difference may be chance")
CARD_UNSURE = N_("%(previous)s the year before; at least one of the two is of low reliability")
CARD_NO_DIRECTION = {"chance": CARD_CHANCE, "few": CARD_FEW, "unsure": CARD_UNSURE}
CARD_NEAR = N_("about the same as the year before: %(previous)s")
CARD_UNTOLD = {
    "first": N_("no figure for %(before)s to compare with"),
    "small_base": N_("no change given: too few records"),
    "zero_base": N_("no rate of change given: the year before stood at zero or below"),
    "break": N_("no change given: break in the series"),
    "missing": "",
    "withheld": N_("change withheld"),
    "withdrawn": N_("no change given: the edition of %(before)s was withdrawn"),
}
GROWTH_WAYS = (MATCHED, "basis=real")
"""Ways of measuring growth that stand beside a sum's change: new and lost institutions, and prices, move it too."""
WAY = N_("%(way)s: %(value)s")
FIRST_YEAR = N_("In %(year)s: %(value)s")


def make_cards(
    context: Context, sections: list[PlannedSection], chapters: list[Chapter], quoting: Quoting
) -> list[Card]:
    """The key figures. One that the programme names and that is not available says so, with the reason."""
    by_code = {section.indicator.indicator: section for section in sections}
    views = {section.code: section for chapter in chapters for section in chapter.sections}
    cards, missing = [], []
    for code in headline(context, sections):
        section = by_code.get(code)
        total = key_total(context, section) if section else None
        if section is not None and total is not None:
            cards.append(_card(context, section, total, views[code], quoting))
        else:
            missing.append(_missing_card(context, context.material.recipe.indicators[code].definition))
    return cards + missing


def _card(context: Context, section: PlannedSection, now: Figure, view: Section, quoting: Quoting) -> Card:
    indicator, say = section.indicator, context.language.say
    written = context.units.for_sentence(context.unit(indicator, now.unit), now.value or 0.0, indicator.decimals)
    change = against_last_year(context, now)
    is_level = is_change_itself(indicator)
    status = now.status
    table = view.exhibits[0].table if view.exhibits else None
    link = f"#{table.id}" if table else f"#{view.id}"
    link_title = say("Table %(number)s", number=table.number) if table else say("Details")
    return Card(
        title=context.title(indicator, section.variant),
        value=Cell.of(flagged(written.full(now.value or 0.0), now), now),
        arrow="" if is_level or indicator.unit == RANK_UNIT else ARROWS.get(change.outcome, ""),
        change=_card_growth(context, indicator, written) if is_level else tell_change(context, written, change, now),
        note=_records_note(context, now),
        status=say(STATUSES[status]) if status != "A" else "",
        link=link,
        link_title=link_title,
        beside=_beside(context, section, now, written),
        is_experimental=indicator.experimental,
        confidence=judge(context, indicator, now).say(context),
        quote=quoting.quote(view.lead, link_title),
    )


def _beside(context: Context, section: PlannedSection, now: Figure, written: Written) -> list[str]:
    """What the figure is to be held against: real and matched growth, what others published, or its first year."""
    lines = [*_growth_lines(context, now), *lines_beside(context, now)]
    first = next((one for one in context.figures.series(now.indicator, now.variant) if one.is_known), now)
    if lines or first.year >= now.year - 1 or is_change_itself(section.indicator):
        return lines
    return [context.language.say(FIRST_YEAR, year=first.year, value=written.full(first.value or 0.0))]


def _growth_lines(context: Context, now: Figure) -> list[str]:
    lines: list[str] = []
    for way in () if context.is_withdrawn(now.year - 1) else GROWTH_WAYS:
        figure = context.figures.total(f"{now.indicator}_growth", now.year, way)
        if figure is not None and figure.is_known and figure.value is not None:
            value = f"{context.language.number(figure.value, 1, signed=True)}%"
            told = context.language.say(WAY, way=context.names.variant(way), value=value)
            lines.append(Sentence.of(told, Cell.of(value, figure)))
    return lines


def _records_note(context: Context, now: Figure) -> str:
    if now.records is None or is_printed(now.variant):
        return ""
    return context.language.say_many("from %(count)s record", "from %(count)s records", now.records)


def _card_growth(context: Context, indicator: Indicator, written: Written) -> str:
    matched = matched_of(context, indicator)
    if matched is None:
        return ""
    way = context.names.variant(MATCHED)
    return context.language.say(WAY, way=way, value=written.full(matched))


def tell_change(context: Context, written: Written, change: Change, now: Figure) -> str:
    """How a figure changed, in the words of a key figure; empty where nothing can be said."""
    if change.amount is None:
        template = CARD_UNTOLD[change.outcome]
        return context.language.say(template, before=context.year - 1) if template else ""
    told, amount = _words_of(context, written, change, now), amount_of(context.language, written, change)
    growth = published_growth(context.figures, now) if change.kind == "percent" else None
    if change.outcome not in ("rise", "fall") or growth is None or not growth.is_known or growth.value is None:
        # Of this year's figure the card speaks beside.
        return Sentence.of(told, *cells_of(written, now, change)[1:])
    is_same = context.language.number(abs(growth.value), 1) == amount
    return Sentence.of(told, Cell.of(f"{amount}%", growth)) if is_same else told


def _words_of(context: Context, written: Written, change: Change, now: Figure) -> str:
    previous = previous_of(written, change)
    if change.outcome in CARD_NO_DIRECTION:
        template = CARD_NO_DIRECTION[change.outcome]
        return context.language.say(template, previous=previous, few=FEW_VALUES) if previous else ""
    if change.outcome == "little":
        near = CARD_NEAR if previous and previous != written.full(now.value or 0.0) else CARD_LITTLE
        return context.language.say(CARD_SAME if change.amount == 0 else near, previous=previous)
    amount = amount_of(context.language, written, change)
    template = CARD_CHANGES[change.outcome, wording_of(written, change)]
    return context.language.say(template, change=amount, previous=previous)


def tell_marks(context: Context, cards: list[Card], points: list[str]) -> list[str]:
    """What the marks on page one mean, each once."""
    lines = [line for card in cards for line in (card.change, *card.beside)]
    sentences = [line for line in (*lines, *points) if isinstance(line, Sentence)]
    told = [*(card.value for card in cards), *(cell for sentence in sentences for cell in sentence.cells)]
    statuses = sorted({cell.figure.status for cell in told if isinstance(cell, Cell) and mark_of(cell.figure)})
    say = context.language.say
    return [say(FLAG_NOTE, flag=FLAGS[status], meaning=say(STATUSES[status])) for status in statuses]


def _missing_card(context: Context, indicator: Indicator) -> Card:
    say = context.language.say
    now = context.figures.total(indicator.indicator, context.year)
    reason = REASONS.get(now.reason or "", now.reason or "") if now else REASONS["no_records"]
    return Card(
        title=indicator.title.get(context.language.tag),
        value=say("Not available"),
        arrow="",
        change=say(reason) if reason else "",
        note="",
        status="",
        link="#quality",
        link_title=say("Why"),
    )
