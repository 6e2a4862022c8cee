"""Charts of many small parts: a grid of regions, and the same columns for several parts, as Vega-Lite.

A tile tells its figure by its text; its shade repeats that for the eye, and holds in grey. Not its business: which
parts there are (`gathering`).
"""

from yearbook.publish.charts.drawing import Multiples, Panel, Tile, Tiles, wrap
from yearbook.publish.charts.marks import (
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
PANEL_BELOW = 30
PANEL_LABEL = 12
PANEL_EMS = 8.3
PANEL_LINES = 3
SLOT_GAP = 0.8
"""Room between two panels, in columns."""


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
    most = max(len(panel.points) for panel in drawing.panels)
    highest = max((point.value for panel in drawing.panels for point in panel.points), default=0.0) or 1.0
    rows = [row for place, panel in enumerate(drawing.panels) for row in _panel(place, panel, most, highest)]
    down = -(-len(drawing.panels) // PANELS_ACROSS)
    height = PANEL_HEIGHT * down
    slots = PANELS_ACROSS * (most + SLOT_GAP)
    x, y = position("x", 0, slots), position("y", 0, height, reverse=True)
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
    return Chart(layered(rows, layers, WHOLE_WIDTH, height), 0, 2, WHOLE_WIDTH, height + 2)


def _panel(place: int, panel: Panel, most: int, highest: float) -> list[Spec]:
    left = (place % PANELS_ACROSS) * (most + SLOT_GAP)
    top = PANEL_HEIGHT * (place // PANELS_ACROSS)
    base = top + PANEL_HEIGHT - PANEL_BELOW
    room = PANEL_HEIGHT - PANEL_BELOW - PANEL_TOP
    last = len(panel.points) - 1
    rows: list[Spec] = [{"kind": "base", "x": left, "x2": left + most, "y": base}]
    rows += [
        {"kind": "name", "x": left, "y": top + 8 + 13 * line, "text": text}
        for line, text in enumerate(wrap(panel.label, PANEL_EMS, PANEL_LINES))
    ]
    for step, point in enumerate(panel.points):
        upper = base - room * point.value / highest
        colour = DEFAULT.mark if step == last else DEFAULT.mark_earlier
        rows.append(
            {
                "kind": "column",
                "x": left + step + 0.1,
                "x2": left + step + 0.9,
                "y": upper,
                "base": base,
                "colour": colour,
            }
        )
        if step in (0, last):
            told = {"text": point.text, "asked": ask(point.asked)}
            rows.append({"kind": "value", "x": left + step + 0.5, "y": upper - 8, **told})
            rows.append({"kind": "year", "x": left + step + 0.5, "y": base + 11, "text": point.label})
    return rows
