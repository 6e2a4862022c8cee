"""Charts of many small parts: a grid of regions, and the same columns for several parts, as Vega-Lite.

A tile tells its figure by its text; its shade repeats that for the eye, and holds in grey. Not its business: which
parts there are (`gathering`).
"""

from yearbook.publish.charts.drawing import Multiples, Panel, Point, Tile, Tiles, width, wrap
from yearbook.publish.charts.marks import (
    BOLDER,
    LABEL_GAP,
    WHOLE_WIDTH,
    Chart,
    Spec,
    ask,
    label,
    layered,
    mark,
    own_colour,
    position,
    value_label,
)
from yearbook.publish.charts.palette import DEFAULT

TILE_HEIGHT = 42
TILE_GAP = 0.03
TILE_FILLS = (DEFAULT.paper, DEFAULT.tile_1, DEFAULT.tile_2, DEFAULT.tile_3, DEFAULT.tile_4)
TILE_INKS = (DEFAULT.muted, DEFAULT.tile_ink, DEFAULT.tile_ink, DEFAULT.paper, DEFAULT.paper)
PANELS_ACROSS = 3
PANEL_HEIGHT = 156
PANEL_TOP = 66
"""Room above the columns of a panel, for its name in three lines and the label of the highest column."""
NAME_ROOM = 4
"""Room above the names of the first row, whose letters a browser gives a higher line than counted."""
PANEL_BELOW = 30
PANEL_LABEL = 12
PANEL_EMS = 8.3
PANEL_LINES = 3
PANEL_WIDTH = WHOLE_WIDTH / PANELS_ACROSS
PANEL_PAD = 4
"""Room left free at each side of a panel."""
COLUMN_SHARE = 0.8


def draw_tiles(drawing: Tiles) -> Chart:
    """Draw a grid of regions."""
    rows = [_tile(tile) for tile in drawing.tiles]
    across, down = (1 + max(getattr(tile, name) for tile in drawing.tiles) for name in ("column", "row"))
    height = TILE_HEIGHT * down
    x, y = position("left", 0, across), position("top", 0, down, reverse=True)
    square = {"x": x, "x2": {"field": "right"}, "y": y, "y2": {"field": "bottom"}, "color": own_colour()}
    middle = {"x": x | {"field": "middle"}}
    ink = {"fill": {"field": "ink", "type": "nominal", "scale": None}}
    layers = [
        mark("rect", square, "datum.step > 0"),
        mark("rect", square, "datum.step == 0", stroke=DEFAULT.rule, strokeWidth=1, strokeDash=[2, 2]),
        label({**middle, "y": y | {"field": "upper"}, **ink}, "label", fontSize=12, fontWeight="bold"),
        value_label({**middle, "y": y | {"field": "lower"}, **ink}, fontSize=12),
    ]
    return Chart(layered(rows, layers, WHOLE_WIDTH, height), 0, 2, WHOLE_WIDTH, height + 2)


def _tile(tile: Tile) -> Spec:
    return {
        "left": tile.column + TILE_GAP,
        "right": tile.column + 1 - TILE_GAP,
        "middle": tile.column + 0.5,
        "top": tile.row + TILE_GAP,
        "bottom": tile.row + 1 - TILE_GAP,
        "upper": tile.row + 0.34,
        "lower": tile.row + 0.7,
        "label": tile.label,
        "text": tile.text,
        "asked": ask(tile.asked),
        "step": tile.step,
        "colour": TILE_FILLS[tile.step],
        "ink": TILE_INKS[tile.step],
    }


def draw_multiples(drawing: Multiples) -> Chart:
    """Draw the panels, three beside each other; every column stands on the line of its row."""
    slot = _slot(drawing.panels)
    highest = max((point.value for panel in drawing.panels for point in panel.points), default=0.0) or 1.0
    rows = [row for place, panel in enumerate(drawing.panels) for row in _panel(place, panel, slot, highest)]
    down = -(-len(drawing.panels) // PANELS_ACROSS)
    height = PANEL_HEIGHT * down
    x, y = position("x", 0, WHOLE_WIDTH), position("y", 0, height, reverse=True)
    column = {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "base"}, "color": own_colour()}
    baseline = {"x": x, "x2": {"field": "x2"}, "y": y}
    small = {"fontSize": PANEL_LABEL}
    layers = [
        mark("rect", column, "datum.kind == 'column'"),
        mark("rule", baseline, "datum.kind == 'base'", stroke=DEFAULT.muted, strokeWidth=1),
        value_label({"x": x, "y": y}, "datum.kind == 'value'", fontWeight="bold", **small),
        label({"x": x, "y": y}, "text", "datum.kind == 'year'", fill=DEFAULT.muted, **small),
        label({"x": x, "y": y}, "text", "datum.kind == 'name'", align="left", **small),
    ]
    return Chart(layered(rows, layers, WHOLE_WIDTH, height), 0, NAME_ROOM, WHOLE_WIDTH, height + 2)


def fit_panels(panels: list[Panel]) -> bool:
    """Whether the labels at both ends of a panel stand clear of each other."""
    return 2 * _widest(panels) + 3 * PANEL_PAD <= PANEL_WIDTH


def _slot(panels: list[Panel]) -> float:
    """The width of a column with its gap: labels at both ends of a panel, wider than a column, stay inside it too."""
    most = max(len(panel.points) for panel in panels)
    room = PANEL_WIDTH - 2 * PANEL_PAD
    return min((room - 2 * PANEL_PAD) / most, (room - _widest(panels)) / max(1, most - 1))


def _widest(panels: list[Panel]) -> float:
    points = [point for panel in panels for point in panel.points]
    return max(max(_label_width(point), PANEL_LABEL * width(point.label)) for point in points)


def _label_width(point: Point) -> float:
    return PANEL_LABEL * BOLDER * width(point.text)


def _panel(place: int, panel: Panel, slot: float, highest: float) -> list[Spec]:
    left = PANEL_WIDTH * (place % PANELS_ACROSS)
    top = PANEL_HEIGHT * (place // PANELS_ACROSS)
    base = top + PANEL_HEIGHT - PANEL_BELOW
    last = len(panel.points) - 1
    first_middle = left + (PANEL_WIDTH - slot * last) / 2
    rows: list[Spec] = [{"kind": "base", "x": left + PANEL_PAD, "x2": left + PANEL_WIDTH - PANEL_PAD, "y": base}]
    rows += [
        {"kind": "name", "x": left + PANEL_PAD, "y": top + 8 + 13 * line, "text": text}
        for line, text in enumerate(wrap(panel.label, PANEL_EMS, PANEL_LINES))
    ]
    for step, point in enumerate(panel.points):
        middle, colour = first_middle + slot * step, DEFAULT.mark if step == last else DEFAULT.mark_earlier
        half, upper = COLUMN_SHARE * slot / 2, _upper(point.value, base, highest)
        column = {"x": middle - half, "x2": middle + half, "y": upper, "base": base}
        rows.append({"kind": "column", "colour": colour, **column})
        if step in (0, last):
            told = {"text": point.text, "asked": ask(point.asked)}
            above = _upper(_highest_below(panel.points, step, slot), base, highest) - LABEL_GAP
            rows.append({"kind": "value", "x": middle, "y": above, **told})
            rows.append({"kind": "year", "x": middle, "y": base + 11, "text": point.label})
    return rows


def _upper(value: float, base: float, highest: float) -> float:
    return base - (PANEL_HEIGHT - PANEL_BELOW - PANEL_TOP) * value / highest


def _highest_below(points: list[Point], step: int, slot: float) -> float:
    """The highest of the columns that the label of one of them covers where it is wider than its own."""
    reach = _label_width(points[step]) / 2 + COLUMN_SHARE * slot / 2
    return max(point.value for place, point in enumerate(points) if slot * abs(place - step) < reach)
