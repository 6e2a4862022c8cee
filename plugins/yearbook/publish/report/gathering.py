"""Which parts stand in a grid of regions or in small columns beside each other, from the figures there are.

Not its business: where a mark is drawn (`grids`), what a chart says (`exhibits`).
"""

from yearbook.model.indicator import Indicator
from yearbook.publish.anchors import asked_at_mark
from yearbook.publish.charts.drawing import Multiples, Panel, Point, Tile, Tiles
from yearbook.publish.charts.grids import fit_panels
from yearbook.publish.context import Context
from yearbook.publish.figures import Figure
from yearbook.publish.rankings import Ranking
from yearbook.publish.tables.cells import BLANK
from yearbook.publish.words.language import N_
from yearbook.publish.words.units import Written

SMALL_ALL = N_("Small columns: the same figures from %(first)s to %(last)s, all on one scale.")
SMALL_FIRST = N_(
    "Small columns: of the same, the first %(count)s with a figure in every year from %(first)s to %(last)s, all on one"
    " scale."
)
KNOWN_LETTERS = 2
"""A code of two letters is that of a province; a longer one stands for several regions and is explained."""
LEAST_TILES = 16
"""Below this a ranking shows all of them, and shows it better."""
SHADES = 4
MOST_PANELS = 6
LEAST_PANELS = 3
LEAST_YEARS = 3
MOST_YEARS = 5


def gather_tiles(
    context: Context, indicator: Indicator, ranking: Ranking, variant: str, written: Written, title: str, text: str
) -> Tiles | None:
    """The grid of a dimension whose codelist gives its regions places, or None where too few have a figure."""
    names = context.names.of(indicator)
    places = names.places(ranking.dimension)
    parts = context.figures.parts(indicator.indicator, context.year, ranking.dimension, variant)
    known = {code: part for code in places if (part := parts.get(code)) and part.is_known}
    if len(known) < LEAST_TILES:
        return None
    steps = _steps(known)
    tiles = [
        Tile(
            row,
            column,
            # Names of a few wide characters fit a tile; those of letters do not.
            code if context.language.gap else names.name(ranking.dimension, code),
            written.short(known[code].value or 0.0) if code in known else BLANK,
            steps.get(code, 0),
            asked_at_mark(known[code], written) if code in known else {},
        )
        for code, (row, column) in places.items()
    ]
    return Tiles(title, text, tiles)


def explain_codes(context: Context, indicator: Indicator, dimension: str, tiles: Tiles) -> list[str]:
    """What the codes on tiles stand for that a reader cannot know."""
    names = context.names.of(indicator)
    codes = [tile.label for tile in tiles.tiles if tile.label.isascii() and len(tile.label) > KNOWN_LETTERS]
    return [context.language.say("%(code)s: %(name)s.", code=code, name=names.name(dimension, code)) for code in codes]


def _steps(known: dict[str, Figure]) -> dict[str, int]:
    """A quarter of the regions in each shade; equal values share theirs."""
    ordered = sorted(part.value or 0.0 for part in known.values())
    return {code: 1 + SHADES * ordered.index(part.value or 0.0) // len(ordered) for code, part in known.items()}


def gather_multiples(
    context: Context, indicator: Indicator, ranking: Ranking, variant: str, written: Written
) -> Multiples | None:
    """The largest parts of a key figure over the last years; None where few have a value in all of them, or no room."""
    if indicator.indicator not in context.material.key_figures or any(row.value < 0 for row in ranking.rows):
        return None
    years = _years(context, indicator, ranking.dimension, variant)
    panels = [
        Panel(row.name, [_point(figure, written) for figure in series])
        for row in ranking.rows
        if not row.is_residual and (series := _series(context, indicator, ranking.dimension, row.code, variant, years))
    ][:MOST_PANELS]
    if len(years) < LEAST_YEARS or len(panels) < LEAST_PANELS or not fit_panels(panels):
        return None
    title = context.language.say(
        "%(title)s by %(dimension)s, %(year)s",
        title=context.title(indicator, variant),
        dimension=context.dimension_phrase(ranking.dimension, indicator),
        year=f"{years[0]}–{years[-1]}",
    )
    named = sum(not row.is_residual for row in ranking.rows)
    template = SMALL_ALL if len(panels) == named else SMALL_FIRST
    told = context.language.say(template, count=len(panels), first=years[0], last=years[-1])
    return Multiples(title, told, panels)


def _years(context: Context, indicator: Indicator, dimension: str, variant: str) -> list[int]:
    years = range(context.year - MOST_YEARS + 1, context.year + 1)
    return [year for year in years if context.figures.parts(indicator.indicator, year, dimension, variant)]


def _series(
    context: Context, indicator: Indicator, dimension: str, code: str, variant: str, years: list[int]
) -> list[Figure]:
    found = [context.figures.part(indicator.indicator, year, dimension, code, variant) for year in years]
    known = [one for one in found if one is not None and one.is_known and (one.value or 0.0) >= 0]
    return known if len(known) == len(years) else []


def _point(figure: Figure, written: Written) -> Point:
    value = figure.value or 0.0
    return Point(figure.year, str(figure.year), value, written.short(value), asked_at_mark(figure, written))
