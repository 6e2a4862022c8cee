"""What stands in the cells of a table: figures with their marks, changes, shares, numbers of records.

Not its business: which cells a table has (`dimensions`, `crosses`).
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.anchors import Before, Cell
from yearbook.publish.context import Context, is_signed
from yearbook.publish.figures import Figure
from yearbook.publish.sentences.wording import RANK_UNIT, change_decimals
from yearbook.publish.tables.flags import Flags, mark_change
from yearbook.publish.words.changes import Change
from yearbook.publish.words.language import N_, Language
from yearbook.publish.words.units import ChangeKind, Written

BLANK = "–"
WITH_UNIT: dict[ChangeKind, str] = {"percent": N_("%(change)s%%"), "points": N_("%(change)s points")}
"""How a change stands with its unit; a number is written in that of its figure."""
WITHDRAWN_YEAR = N_("%(year)s (withdrawn)")


def year_head(context: Context, year: int) -> str:
    """The year over a column or before a line, with a mark where its own edition was withdrawn."""
    return write_year(context.language, year, is_withdrawn=context.is_withdrawn(year))


def write_year(language: Language, year: int, *, is_withdrawn: bool) -> str:
    """A year, marked where its edition is not to be used."""
    return language.say(WITHDRAWN_YEAR, year=year) if is_withdrawn else str(year)


def written_for(context: Context, indicator: Indicator, figures: list[Figure]) -> Written:
    """One scale for all figures of a table or column."""
    values = [figure.value for figure in figures if figure.value is not None and figure.is_known]
    unit = context.unit(indicator, figures[0].unit)
    return context.units.for_table(unit, values, indicator.decimals, signed=is_signed(indicator))


def write_cell(figure: Figure | None, written: Written, flags: Flags) -> str:
    """A figure with its mark, the mark alone where there is none, or a dash where there is nothing to say."""
    if figure is None:
        return BLANK
    mark = flags.mark(figure)
    if figure.value is None or not figure.is_known:
        return Cell.of(mark, figure, written.pattern) if mark else BLANK
    number = written.number(figure.value)
    return Cell.of(f"{number} {mark}" if mark else number, figure, written.pattern)


def write_before(figure: Figure | None, written: Written, flags: Flags, now: str) -> str:
    """The figure of the year before, as it stands right after `now`, the cell of the same part."""
    cell = write_cell(figure, written, flags)
    if isinstance(cell, Cell) and isinstance(now, Cell):
        return Before.of(cell, cell.figure, cell.unit)
    return str(cell)


def write_change(context: Context, written: Written, change: Change | None, *, has_unit: bool) -> str:
    """A change with its sign and its mark, or a dash where there is none. `has_unit`: no head of a column says it."""
    if change is None or change.amount is None:
        return BLANK
    language = context.language
    if written.unit == RANK_UNIT and not change.amount:
        return mark_change(language.say("unchanged"), change)
    if change.kind == "number" and has_unit:
        return mark_change(written.moved(change.amount, written.decimals, signed=True), change)
    amount = change.amount / written.scale.factor if change.kind == "number" else change.amount
    number = language.number(amount, change_decimals(written, change), signed=True)
    told = language.say(WITH_UNIT[change.kind], change=number) if has_unit and change.kind in WITH_UNIT else number
    return mark_change(told, change)


def is_additive(indicator: Indicator, total: Figure | None) -> bool:
    """Whether parts are shares of the total."""
    return indicator.kind in ("sum", "count") and total is not None and total.is_known and bool(total.value)


def write_share(context: Context, figure: Figure, total: Figure | None) -> str:
    """A part's share of the total, in per cent."""
    if total is None or not total.value or figure.value is None or not figure.is_known:
        return BLANK
    return context.language.amount(100 * figure.value / total.value, 1)


def write_records(context: Context, figure: Figure) -> str:
    """On how many records a figure rests."""
    return BLANK if figure.records is None else context.language.number(figure.records, 0)
