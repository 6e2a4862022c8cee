"""The main point on partners abroad: the first of them by the sum that is the report's key figure.

Not its business: the other main points (`brief`).
"""

from collections.abc import Iterable, Mapping

from yearbook.publish.against import against_last_year
from yearbook.publish.anchors import Cell, Sentence
from yearbook.publish.context import Context
from yearbook.publish.rankings import rank
from yearbook.publish.report.outline import PlannedSection
from yearbook.publish.sentences.wording import amount_of
from yearbook.publish.view import Exhibit, Section
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER

FIRST_ABROAD = N_("%(part)s came first among partners abroad by %(title)s in %(year)s: %(value)s.")
FIRST_ABROAD_CHANGED = {
    "rise": N_(
        "%(part)s came first among partners abroad by %(title)s in %(year)s: %(value)s, %(change)s%% more than the year"
        " before."
    ),
    "fall": N_(
        "%(part)s came first among partners abroad by %(title)s in %(year)s: %(value)s, %(change)s%% less than the year"
        " before."
    ),
}


def first_abroad(
    context: Context, sections: Iterable[PlannedSection], views: Mapping[str, Section]
) -> tuple[str, Exhibit] | None:
    """The first partner abroad with its value and its change, and the exhibit that shows it; None where none leads."""
    for section in sections:
        if section.indicator.kind != "sum" or section.indicator.unit == "count":
            continue
        shown = zip(section.exhibits, views[section.indicator.indicator].exhibits, strict=True)
        found = [view for planned, view in shown if (planned.dimension, planned.variant) == (PARTNER, section.variant)]
        sentence = _sentence(context, section) if found else ""
        if sentence:
            return sentence, found[0]
    return None


def _sentence(context: Context, section: PlannedSection) -> str:
    indicator, variant = section.indicator, section.variant
    ranking = rank(context, indicator, PARTNER, variant)
    if ranking is None or ranking.leader is None:
        return ""
    figure = context.figures.parts(indicator.indicator, context.year, PARTNER, variant)[ranking.leader.code]
    unit = context.unit(indicator, figure.unit)
    written = context.units.for_sentence(unit, ranking.leader.value, indicator.decimals)
    values: dict[str, object] = {
        "part": context.language.head(ranking.leader.inner),
        "title": context.language.inner(context.title(indicator, variant)),
        "year": context.year,
        "value": written.full(ranking.leader.value),
    }
    change = against_last_year(context, figure)
    template = FIRST_ABROAD_CHANGED.get(change.outcome)
    if template is None or change.kind != "percent":
        told = context.language.say(FIRST_ABROAD, **values)
    else:
        told = context.language.say(template, **values, change=amount_of(context.language, written, change))
    return Sentence.of(told, Cell.of(str(values["value"]), figure))
