"""The key figures of a profile: those of page one that the part has, each beside the same figure of all.

Not its business: the whole table (`rows`).
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against_last_year, is_change_itself
from yearbook.publish.anchors import Cell, Sentence, flagged
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.profiles.rows import name_of, part_of, whole_of, written_of
from yearbook.publish.report.cards import ARROWS, tell_change
from yearbook.publish.report.confidence import judge
from yearbook.publish.report.quotes import Quoting
from yearbook.publish.sentences.over_time import year_on_year
from yearbook.publish.sentences.wording import RANK_UNIT, Subject, has_prices
from yearbook.publish.view import Card
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER

MOST_CARDS = 4
SUBJECTS = {PARTNER: N_("%(title)s with %(part)s"), "sector": N_("%(title)s in %(part)s")}
ALL_FOREIGN = N_("All foreign partners: %(value)s")
ALL_SECTORS = N_("All sectors: %(value)s")


def subject_of(context: Context, indicator: Indicator, figure: Figure) -> Subject:
    """What the sentences of a profile speak of."""
    part = context.names.in_sentence(figure.dimension, figure.code)
    title = indicator.title.get(context.language.tag)
    told = context.language.say(SUBJECTS[figure.dimension], title=title, part=part)
    return Subject(told, context.year, has_prices(indicator, figure.unit))


def tell_part(context: Context, indicator: Indicator, figure: Figure) -> str:
    """The sentence about one figure of a profile."""
    written = written_of(context, indicator, figure)
    change = against_last_year(context, figure)
    return year_on_year(context.language, subject_of(context, indicator, figure), written, figure, change)


def make_profile_cards(context: Context, dimension: str, code: str, quoting: Quoting) -> list[Card]:
    """The key figures of one part, in the order of page one."""
    indicators = {one.indicator: one for one in context.material.indicators}
    keys = [indicators[key] for key in context.material.key_figures if key in indicators]
    found = [
        (one, figure)
        for one in keys
        if not is_change_itself(one)
        if (figure := part_of(context, one, dimension, code)) is not None and figure.is_known
    ]
    return [_card(context, *one, quoting) for one in found[:MOST_CARDS]]


def _card(context: Context, indicator: Indicator, figure: Figure, quoting: Quoting) -> Card:
    written, whole = written_of(context, indicator, figure), whole_of(context, figure)
    change, say = against_last_year(context, figure), context.language.say
    template = ALL_FOREIGN if figure.dimension == PARTNER else ALL_SECTORS
    beside = written_of(context, indicator, whole).full(whole.value or 0.0) if whole else ""
    records = figure.records
    return Card(
        title=indicator.title.get(context.language.tag),
        value=Cell.of(flagged(written.full(figure.value or 0.0), figure), figure),
        arrow="" if indicator.unit == RANK_UNIT else ARROWS.get(change.outcome, ""),
        change=tell_change(context, written, change, figure),
        note=context.language.say_many("from %(count)s record", "from %(count)s records", records) if records else "",
        status="",
        link=f"#{name_of(figure)}",
        link_title=say("Table"),
        beside=[Sentence.of(say(template, value=beside), Cell.of(beside, whole))] if whole else [],
        is_experimental=indicator.experimental,
        confidence=judge(context, indicator, figure).say(context),
        quote=quoting.quote(tell_part(context, indicator, figure), name_of(figure)),
    )
