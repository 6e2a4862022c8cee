"""A chapter at a glance: each of its indicators with its total and its change, and what there is no figure of.

Not its business: sections with charts and tables (`document`), or gaps within an indicator (`quality`).
"""

from collections.abc import Iterable

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against_last_year, tell_no_change
from yearbook.publish.anchors import Cell
from yearbook.publish.context import Context, slug
from yearbook.publish.report.brief import has_own_total
from yearbook.publish.report.outline import PlannedSection
from yearbook.publish.report.unavailable import why_missing
from yearbook.publish.tables.cells import BLANK, write_change
from yearbook.publish.tables.dimensions import ROUNDING_NOTE
from yearbook.publish.tables.flags import Flags, tell_not_told
from yearbook.publish.view import OverviewRow
from yearbook.publish.words.language import N_

NOT_AVAILABLE = N_("Not available (%(reason)s): %(titles)s.")
IN_TABLES = N_("by its parts, below")


def make_overview(context: Context, sections: Iterable[PlannedSection]) -> list[OverviewRow]:
    """One row for each indicator with a figure."""
    return [_row(context, section) for section in sections]


def _row(context: Context, section: PlannedSection) -> OverviewRow:
    indicator, say = section.indicator, context.language.say
    identity = slug("indicator", indicator.indicator)
    total = context.figures.total(indicator.indicator, context.year, section.variant)
    is_told = total is not None and total.is_known and has_own_total(context, section)
    value, change, mark = say(IN_TABLES), BLANK, ""
    if is_told and total is not None:
        unit = context.unit(indicator, total.unit)
        written = context.units.for_sentence(unit, total.value or 0.0, indicator.decimals)
        value = Cell.of(written.full(total.value or 0.0), total)
        change = write_change(context, written, against_last_year(context, total), has_unit=True)
        mark = Flags(context, indicator, [total, total]).own_mark(total)
    return OverviewRow(
        # The section itself has this id where there is one.
        id="" if section.exhibits else identity,
        title=context.title(indicator, section.variant),
        link=f"#{identity}" if section.exhibits else f"#{slug('method', indicator.indicator)}",
        value=value,
        change=change,
        mark=mark,
        is_experimental=indicator.experimental,
    )


def make_notes(context: Context, sections: Iterable[PlannedSection]) -> list[str]:
    """What the marks in an overview mean, each once, and what its changes are made of."""
    notes: dict[str, None] = {}
    changes = []
    for section in sections:
        total = context.figures.total(section.indicator.indicator, context.year, section.variant)
        if total is not None and total.is_known and has_own_total(context, section):
            notes.update(dict.fromkeys(Flags(context, section.indicator, [total]).meanings()))
            changes.append(against_last_year(context, total))
    rounding = [context.language.say(ROUNDING_NOTE)] if any(change.is_told for change in changes) else []
    return [*notes, *tell_not_told(context, changes), *tell_no_change(context), *rounding]


def make_missing(context: Context, indicators: Iterable[Indicator]) -> list[str]:
    """Which indicators there is no figure of, one sentence a reason."""
    by_reason: dict[str, list[str]] = {}
    for indicator in indicators:
        reason = why_missing(context, indicator)
        by_reason.setdefault(reason, []).append(indicator.title.get(context.language.tag))
    say, enumerate_ = context.language.say, context.language.enumerate
    return [
        say(NOT_AVAILABLE, reason=reason, titles=enumerate_(titles)) for reason, titles in sorted(by_reason.items())
    ]
