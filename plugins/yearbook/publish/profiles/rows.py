"""The table of a profile: every indicator of one part, with its change, the whole beside it, its share and its rank.

Not its business: which parts have a profile (`parts`), and the rest of the page (`profile`).
"""

from itertools import groupby

from yearbook.model.figure_id import figure_id
from yearbook.model.indicator import Indicator
from yearbook.model.observation import DIMENSIONS, FOREIGN, TOTAL
from yearbook.publish.against import against_last_year, tell_withdrawn
from yearbook.publish.anchors import Cell, Head, flagged, mark_of
from yearbook.publish.closing_view import Method
from yearbook.publish.context import Context, is_signed, slug
from yearbook.publish.figures import Figure
from yearbook.publish.profiles.view import ProfileGroup, ProfileRow
from yearbook.publish.report.about import tell_method
from yearbook.publish.sentences.wording import cells_of
from yearbook.publish.tables.cells import BLANK, write_change
from yearbook.publish.tables.dimensions import ROUNDING_NOTE
from yearbook.publish.tables.flags import Flags, tell_not_told
from yearbook.publish.words.changes import Change
from yearbook.publish.words.language import N_
from yearbook.publish.words.names import PARTNER
from yearbook.publish.words.units import Written

RANK = N_("%(place)s of %(of)s")
ADDITIVE = frozenset({"sum", "count"})
DERIVED = (("change", N_("Change")), ("share", N_("Share, %")), ("rank", N_("Rank")))
UNRANKED_KINDS = frozenset({"rank", "contribution", "growth"})


class Ranks:
    """The places of parts among those of their level, from the largest value down; found once for all profiles."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[str, str, str], dict[str, float]] = {}

    def tell(self, indicator: Indicator, figure: Figure) -> str:
        """The place of one part, or a dash where it has none."""
        values = self._values(indicator, figure.dimension, figure.variant)
        if figure.code not in values:
            return BLANK
        place = 1 + sum(value > values[figure.code] for value in values.values())
        return self._context.language.say(RANK, place=place, of=len(values))

    def _values(self, indicator: Indicator, dimension: str, variant: str) -> dict[str, float]:
        key = (indicator.indicator, dimension, variant)
        if key not in self._known:
            self._known[key] = self._find(indicator, dimension, variant)
        return self._known[key]

    def _find(self, indicator: Indicator, dimension: str, variant: str) -> dict[str, float]:
        """Values by code; none where one of the parts is withheld, whose place the others would tell."""
        parts = self._context.parts(indicator, dimension, variant)
        codes = self._context.names.of(indicator).rankable(dimension, parts)
        if indicator.kind in UNRANKED_KINDS or any(parts[one].status == "Q" for one in codes):
            return {}
        return {one: value for one in codes if parts[one].is_known and (value := parts[one].value) is not None}


def columns(context: Context, dimension: str) -> list[str]:
    """The heads of the table."""
    say = context.language.say
    whole = say("All foreign partners") if dimension == PARTNER else say("All sectors")
    change, share, rank = (Head.of(of, say(text)) for of, text in DERIVED)
    return [say("Indicator"), str(context.year), change, whole, share, rank]


def make_groups(context: Context, dimension: str, code: str, ranks: Ranks) -> list[ProfileGroup]:
    """The rows by chapter, in the order of the report."""
    order = {name: place for place, name in enumerate(context.chapters)}
    told = [one for one in context.material.indicators if one.chapter in order]
    found = [
        (indicator, figure)
        for indicator in sorted(told, key=lambda one: order[one.chapter])
        if (figure := part_of(context, indicator, dimension, code)) is not None and figure.is_known
    ]
    grouped = groupby(found, key=lambda one: one[0].chapter)
    return [
        ProfileGroup(context.chapters[chapter], [_row(context, *one, ranks) for one in group])
        for chapter, group in grouped
    ]


def make_notes(context: Context, dimension: str, code: str) -> list[str]:
    """What the marks of the table mean, each once, and what its changes and shares are made of."""
    notes: dict[str, None] = {}
    changes = []
    for indicator in context.material.indicators:
        figure = part_of(context, indicator, dimension, code)
        if figure is not None and figure.is_known:
            change = against_last_year(context, figure)
            told = [figure, *_named_in_card(context, indicator, figure, change)]
            notes.update(dict.fromkeys(Flags(context, indicator, told).meanings()))
            changes.append(change)
    not_told = tell_not_told(context, changes)
    return [*notes, *not_told, *tell_withdrawn(context), context.language.say(ROUNDING_NOTE)]


def _named_in_card(context: Context, indicator: Indicator, figure: Figure, change: Change) -> list[Figure]:
    """The earlier figure that a card or the lead names with a mark."""
    if indicator.indicator not in context.material.key_figures:
        return []
    earlier = [cell.figure for cell in cells_of(written_of(context, indicator, figure), figure, change)[1:]]
    return [one for one in earlier if mark_of(one)]


def make_methods(context: Context, dimension: str, code: str) -> list[Method]:
    """Definition, formula and sources of the indicators of the table, for the panel of a figure; the rest is linked."""
    return [
        tell_method(context, one, is_short=True)
        for one in context.material.indicators
        if one.chapter in context.chapters
        if (figure := part_of(context, one, dimension, code)) is not None and figure.is_known
    ]


def part_of(context: Context, indicator: Indicator, dimension: str, code: str) -> Figure | None:
    """One part in the ordinary way of measuring."""
    return context.figures.part(indicator.indicator, context.year, dimension, code)


def whole_of(context: Context, figure: Figure) -> Figure | None:
    """What a part is held against: of partners all foreign ones, else the total; None where that is not known."""
    whole = context.figures.part(figure.indicator, figure.year, figure.dimension, FOREIGN)
    if figure.dimension != PARTNER or whole is None:
        whole = context.figures.total(figure.indicator, figure.year)
    return whole if whole is not None and whole.is_known else None


def written_of(context: Context, indicator: Indicator, figure: Figure) -> Written:
    """How a figure is written in a sentence of its own."""
    unit = context.unit(indicator, figure.unit)
    signed = is_signed(indicator)
    return context.units.for_sentence(unit, figure.value or 0.0, indicator.decimals, signed=signed)


def name_of(figure: Figure) -> str:
    """The permanent name of a part's figure."""
    row = dict.fromkeys(DIMENSIONS, TOTAL) | {figure.dimension: figure.code}
    return figure_id(row | {"indicator": figure.indicator, "year": figure.year, "breakdown": figure.variant})


def _row(context: Context, indicator: Indicator, figure: Figure, ranks: Ranks) -> ProfileRow:
    written = written_of(context, indicator, figure)
    whole = whole_of(context, figure)
    mark = Flags(context, indicator, [figure]).own_mark(figure)
    value = written.full(figure.value or 0.0)
    cells = [
        Cell.of(f"{value} {mark}" if mark else value, figure),
        write_change(context, written, against_last_year(context, figure), has_unit=True),
        _whole(context, indicator, whole) if whole else BLANK,
        _share(context, indicator, figure, whole),
        ranks.tell(indicator, figure),
    ]
    link = f"../{context.language.tag}.html#{slug('method', indicator.indicator)}"
    return ProfileRow(name_of(figure), indicator.title.get(context.language.tag), link, cells)


def _whole(context: Context, indicator: Indicator, whole: Figure) -> Cell:
    value = written_of(context, indicator, whole).full(whole.value or 0.0)
    return Cell.of(flagged(value, whole), whole)


def _share(context: Context, indicator: Indicator, figure: Figure, whole: Figure | None) -> str:
    if indicator.kind not in ADDITIVE or whole is None or not whole.value or figure.value is None:
        return BLANK
    return context.language.amount(100 * figure.value / whole.value, 1)
