"""The chapter of profiles in the report: each partner and sector in a line, with its key figures, leading to its page.

Not its business: the pages themselves (`profile`).
"""

from dataclasses import dataclass

from yearbook.model.indicator import Indicator
from yearbook.publish.against import against_last_year, is_change_itself, tell_no_change
from yearbook.publish.anchors import Cell, Head
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.profiles.parts import FOLDERS, address_of, lead_indicator, profiled
from yearbook.publish.profiles.rows import part_of
from yearbook.publish.tables.cells import BLANK, write_change, written_for
from yearbook.publish.tables.flags import Flags, tell_not_told
from yearbook.publish.view import ProfileLink, ProfileList
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER
from yearbook.publish.words.units import Written

MOST_FIGURES = 4
TITLES = {PARTNER: N_("Partner profiles"), "sector": N_("Sector profiles")}
LEAD_CHANGE = N_("%(title)s, change")


@dataclass(frozen=True)
class _Column:
    """One indicator of a list: its figures by part, all written in one scale."""

    indicator: Indicator
    figures: dict[str, Figure]
    written: Written


def make_profile_lists(context: Context) -> list[ProfileList]:
    """A list for each dimension that has profiles."""
    return [_list(context, dimension, codes) for dimension in FOLDERS if (codes := profiled(context, dimension))]


def _list(context: Context, dimension: str, codes: list[str]) -> ProfileList:
    lead = lead_indicator(context.material.recipe)
    columns = _columns(context, dimension, codes, lead)
    has_lead = bool(columns) and columns[0].indicator == lead
    weights = {code: figure.value or 0.0 for code, figure in columns[0].figures.items()} if has_lead else {}
    ranks = {line.code: line.rank for line in context.names.lines(dimension, codes, weights)}
    say, tag = context.language.say, context.language.tag
    heads = [one.indicator.title.get(tag) for one in columns]
    # Right after the figure that changed: the panel of a change takes the first figure of its line.
    changed = [Head.of("change", say(LEAD_CHANGE, title=heads[0]))] if has_lead else []
    return ProfileList(
        id=FOLDERS[dimension],
        title=say(TITLES[dimension]),
        columns=[context.dimension_title(dimension), *heads[:1], *changed, *heads[1:]],
        links=[
            ProfileLink(
                name=context.names.name(dimension, code),
                address=address_of(dimension, code, tag),
                cells=[
                    *(_cell(context, one, code) for one in columns[:1]),
                    *(_change(context, one, code) for one in columns[:1] if has_lead),
                    *(_cell(context, one, code) for one in columns[1:]),
                ],
                rank=ranks[code],
            )
            for code in codes
        ],
        notes=_notes(context, columns, has_lead=has_lead),
    )


def _columns(context: Context, dimension: str, codes: list[str], lead: Indicator | None) -> list[_Column]:
    """The key figures that most of the parts have, the leading sum first."""
    by_code = {one.indicator: one for one in context.material.indicators}
    keys = [by_code[key] for key in context.material.key_figures if key in by_code]
    wanted = [one for one in keys if not is_change_itself(one) and one != lead]
    found = [(one, _known(context, one, dimension, codes)) for one in [*([lead] if lead else []), *wanted]]
    often = [(one, known) for one, known in found if known and (one == lead or 2 * len(known) >= len(codes))]
    return [_Column(one, known, written_for(context, one, list(known.values()))) for one, known in often[:MOST_FIGURES]]


def _known(context: Context, indicator: Indicator, dimension: str, codes: list[str]) -> dict[str, Figure]:
    found = {code: part_of(context, indicator, dimension, code) for code in codes}
    return {code: figure for code, figure in found.items() if figure is not None and figure.is_known}


def _cell(context: Context, column: _Column, code: str) -> str:
    figure = column.figures.get(code)
    if figure is None:
        return BLANK
    value = column.written.full(figure.value or 0.0)
    mark = Flags(context, column.indicator, [figure]).own_mark(figure)
    return Cell.of(f"{value} {mark}" if mark else value, figure)


def _notes(context: Context, columns: list[_Column], *, has_lead: bool) -> list[str]:
    """What the marks mean, each once."""
    changed = columns[:1] if has_lead else []
    changes = [against_last_year(context, figure) for one in changed for figure in one.figures.values()]
    notes: dict[str, None] = {}
    for column in columns:
        flags = Flags(context, column.indicator, list(column.figures.values()))
        notes.update(dict.fromkeys(flags.meanings()))
    return [*notes, *tell_not_told(context, changes), *tell_no_change(context)]


def _change(context: Context, column: _Column, code: str) -> str:
    figure = column.figures.get(code)
    if figure is None:
        return BLANK
    return write_change(context, column.written, against_last_year(context, figure), has_unit=True)
