"""The chapter of profiles in the report: each partner and sector in a line, with its key figures, leading to its page.

Not its business: the pages themselves (`profile`).
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.against import tell_no_change
from yearbook.publish.anchors import Cell, Head
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.profiles.parts import FOLDERS, address_of, lead_indicator, profiled
from yearbook.publish.profiles.rows import change_of_part, part_of, written_of
from yearbook.publish.report.brief import LEVEL_KINDS, write_change
from yearbook.publish.tables.cells import BLANK
from yearbook.publish.tables.flags import Flags
from yearbook.publish.view import ProfileLink, ProfileList
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER

MOST_FIGURES = 4
TITLES = {PARTNER: N_("Partner profiles"), "sector": N_("Sector profiles")}


def make_profile_lists(context: Context) -> list[ProfileList]:
    """A list for each dimension that has profiles."""
    return [_list(context, dimension, codes) for dimension in FOLDERS if (codes := profiled(context, dimension))]


def _list(context: Context, dimension: str, codes: list[str]) -> ProfileList:
    shown, lead = _shown(context, dimension, codes), lead_indicator(context.material.recipe)
    weights = {code: _value(context, lead, dimension, code) for code in codes}
    ranks = {line.code: line.rank for line in context.names.lines(dimension, codes, weights)}
    say, tag = context.language.say, context.language.tag
    return ProfileList(
        id=FOLDERS[dimension],
        title=say(TITLES[dimension]),
        columns=[
            context.dimension_title(dimension),
            *(one.title.get(tag) for one in shown),
            Head.of("change", say("Change")),
        ],
        links=[
            ProfileLink(
                name=context.names.name(dimension, code),
                address=address_of(dimension, code, tag),
                cells=[
                    *(_cell(context, one, dimension, code) for one in shown),
                    _change(context, lead, dimension, code),
                ],
                rank=ranks[code],
            )
            for code in codes
        ],
        notes=_notes(context, shown, dimension, codes),
    )


def _shown(context: Context, dimension: str, codes: list[str]) -> list[Indicator]:
    """The key figures that most of the parts have, the leading sum first."""
    lead = lead_indicator(context.material.recipe)
    by_code = {one.indicator: one for one in context.material.indicators}
    keys = [by_code[key] for key in context.material.key_figures if key in by_code]
    wanted = [one for one in keys if one.kind not in LEVEL_KINDS and one != lead]
    often = [one for one in wanted if 2 * sum(_is_there(context, one, dimension, code) for code in codes) >= len(codes)]
    return [*([lead] if lead else []), *often][:MOST_FIGURES]


def _is_there(context: Context, indicator: Indicator, dimension: str, code: str) -> bool:
    figure = part_of(context, indicator, dimension, code)
    return figure is not None and figure.is_known


def _known(context: Context, indicator: Indicator | None, dimension: str, code: str) -> Figure | None:
    figure = part_of(context, indicator, dimension, code) if indicator else None
    return figure if figure is not None and figure.is_known else None


def _value(context: Context, indicator: Indicator | None, dimension: str, code: str) -> float:
    figure = _known(context, indicator, dimension, code)
    return figure.value or 0.0 if figure else 0.0


def _cell(context: Context, indicator: Indicator, dimension: str, code: str) -> str:
    figure = _known(context, indicator, dimension, code)
    if figure is None:
        return BLANK
    value = written_of(context, indicator, figure).full(figure.value or 0.0)
    mark = Flags(context, indicator, [figure]).own_mark(figure)
    return Cell.of(f"{value} {mark}" if mark else value, figure)


def _notes(context: Context, shown: list[Indicator], dimension: str, codes: list[str]) -> list[str]:
    """What the marks mean, each once."""
    notes: dict[str, None] = {}
    for indicator in shown:
        figures = [figure for code in codes if (figure := _known(context, indicator, dimension, code))]
        notes.update(dict.fromkeys(Flags(context, indicator, figures).meanings()))
    return [*notes, *tell_no_change(context)]


def _change(context: Context, lead: Indicator | None, dimension: str, code: str) -> str:
    figure = _known(context, lead, dimension, code)
    if lead is None or figure is None:
        return BLANK
    return write_change(context, written_of(context, lead, figure), change_of_part(context, lead, figure)) or BLANK
