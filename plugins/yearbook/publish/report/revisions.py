"""How the figures of an edition were revised since they were first published: up, down, added, withdrawn.

An edition's earlier figures are its vintages, which the catalogue remembers and the lake still holds. Not its business:
how figures differ from year to year (`changes`), and why records were corrected (the decisions, in the catalogue).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.model.indicator import Indicator
from yearbook.publish.closing_view import RevisionRow, Revisions
from yearbook.publish.context import Context, Vintage
from yearbook.publish.figures import Figure
from yearbook.publish.words.language import N_

MOST_ROWS = 15
NEAR = 1e-9
POLICY = N_(
    "An edition is published again when records arrive late or are corrected. The first published figures stand here"
    " beside the present ones; both are kept, and a figure keeps its permanent name."
)
NONE = N_("No figure of this edition or of the one before was revised since it was first published.")
KINDS = {
    "up": N_("revised upwards"),
    "down": N_("revised downwards"),
    "added": N_("added"),
    "dropped": N_("no longer given"),
}
COUNTS = N_("%(kind)s: %(count)s")


@dataclass(frozen=True)
class Revision:
    """One figure then and now; one of the two may be missing."""

    before: Figure | None
    now: Figure | None

    @property
    def kind(self) -> str:
        """up, down, added or dropped."""
        was, now = _value(self.before), _value(self.now)
        if was is None or now is None:
            return "added" if was is None else "dropped"
        return "up" if now > was else "down"

    @property
    def size(self) -> float:
        """How large it is beside the figure itself; what came or went is larger than any."""
        was, now = _value(self.before), _value(self.now)
        return float("inf") if was is None or now is None else abs(now - was) / max(abs(was), abs(now))


def find_revisions(context: Context) -> list[Revision]:
    """All revisions of the edition's year and of the one before, each against its first vintage."""
    first: dict[int, Vintage] = {}
    for vintage in context.material.vintages:
        if vintage.year in (context.year, context.year - 1):
            first.setdefault(vintage.year, vintage)
    return [found for year in sorted(first) for found in _compare(context, first[year])]


def count_revised(context: Context) -> int:
    """How many figures were revised."""
    return len(find_revisions(context))


def make_revisions(context: Context) -> Revisions:
    """What readers see: the count by kind, and the totals that were revised, the largest revision first."""
    found, say = find_revisions(context), context.language.say
    if not found:
        return Revisions(say(POLICY), say(NONE), [])
    counts = Counter(one.kind for one in found)
    told = [say(COUNTS, kind=say(KINDS[kind]), count=context.language.number(counts[kind], 0)) for kind in KINDS]
    totals = [one for one in found if not _either(one).dimension]
    totals.sort(key=lambda one: (-one.size, _place(_either(one))))
    rows = [row for one in totals[:MOST_ROWS] if (row := _row(context, one))]
    return Revisions(say(POLICY), context.language.listed(told), rows)


def _compare(context: Context, vintage: Vintage) -> Iterator[Revision]:
    was = {_place(figure): figure for figure in vintage.figures.of_year(vintage.year)}
    now = {_place(figure): figure for figure in context.figures.of_year(vintage.year)}
    for place in sorted(was.keys() | now.keys()):
        one = Revision(was.get(place), now.get(place))
        if not _is_same(_value(one.before), _value(one.now)):
            yield one


def _place(figure: Figure) -> tuple[str, int, str, str, str]:
    return figure.indicator, figure.year, figure.dimension, figure.code, figure.variant


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure is not None and figure.is_known else None


def _is_same(was: float | None, now: float | None) -> bool:
    if was is None or now is None:
        return was is now
    return abs(now - was) <= NEAR * max(abs(was), abs(now))


def _either(one: Revision) -> Figure:
    found = one.now or one.before
    if found is None:
        raise ValueError("a revision of no figure")
    return found


def _row(context: Context, one: Revision) -> RevisionRow | None:
    figure = _either(one)
    folder = context.material.recipe.indicators.get(figure.indicator)
    if folder is None:
        return None
    indicator = folder.definition
    return RevisionRow(
        title=context.title(indicator, figure.variant),
        year=str(figure.year),
        before=_written(context, indicator, one.before),
        now=_written(context, indicator, one.now),
        kind=context.language.say(KINDS[one.kind]),
    )


def _written(context: Context, indicator: Indicator, figure: Figure | None) -> str:
    value = _value(figure)
    if figure is None or value is None:
        return context.language.say("Not available")
    return context.units.for_sentence(context.unit(indicator, figure.unit), value, indicator.decimals).full(value)
