"""Charts as declarative specifications (Vega-Lite). One width for phone, page and paper; labels stand at the marks.

Plain mappings, checked against the Vega-Lite schema in the tests: building the same charts through Altair's classes
took ten times as long as rendering them. Positions of labels are set by hand and text is never measured, so that the
same figures give the same bytes on any machine. Not its business: rendering (`svg`).
"""

from dataclasses import dataclass
from typing import Any

from yearbook.publish.drawing import Bar, Bars, Columns, Drawing, Line, Point, width, wrap
from yearbook.publish.palette import (
    BASELINE,
    GRID,
    INK,
    MARK,
    MARK_EARLIER,
    MARK_NEGATIVE,
    MARK_RESIDUAL,
    MUTED,
    PAPER,
)

Spec = dict[str, Any]

FONT_SIZE = 13
LINE_HEIGHT = 14
LABEL_GAP = 8
BOLDER = 1.1
BAR_STEP = 32
BAR_THICKNESS = 17
WHOLE_WIDTH = 360
COLUMN_HEIGHT = 170
COLUMN_MOST = 54
COLUMN_SHARE = 0.62
POINT_GAP = 9
SHORT_BAR = 12
"""A bar below this length, in pixels, would vanish under a line for last year near it, which then stands above."""
SHORT_TICK = 7
TARGET_DASH = [5, 4]
YEAR_LABELS = 6
YEAR_LABEL_WIDTH = 40


@dataclass(frozen=True)
class Chart:
    """A specification with the box, around its plot's origin, that holds all of it."""

    spec: Spec
    left: float
    top: float
    right: float
    bottom: float


def draw(drawing: Drawing) -> Chart:
    """Make the chart of a drawing."""
    match drawing:
        case Bars():
            return _bars(drawing)
        case Columns():
            return _columns(drawing)
        case Line():
            return _line(drawing)


def fit_columns(points: list[Point]) -> bool:
    """Whether the labels above so many columns stand clear of each other."""
    widest = FONT_SIZE * BOLDER * max(width(point.text) for point in points)
    return widest + LABEL_GAP / 2 <= WHOLE_WIDTH / len(points)


def _bars(drawing: Bars) -> Chart:
    rows = [_bar_row(place, bar) for place, bar in enumerate(drawing.bars)]
    height = BAR_STEP * len(rows)
    left = FONT_SIZE * max(width(line) for bar in drawing.bars for line in wrap(bar.label)) + 2 * LABEL_GAP
    right = FONT_SIZE * max(width(bar.text) for bar in drawing.bars) + 2 * LABEL_GAP
    plot = WHOLE_WIDTH - left - right
    low, high = _extent(drawing.bars)
    short = SHORT_BAR * (high - low) / plot
    x = _place("value", low, high)
    y = _place("place", -0.5, len(rows) - 0.5, reverse=True)
    layers = [
        _mark("bar", {"x": x, "x2": {"field": "zero"}, "y": y, "color": _own_colour()}, **_thick("horizontal")),
        *(_row_labels(y, lines) for lines in (1, 2)),
        # In a column of their own: beside a bar they would be taken for last year's line wherever that is longer.
        _label({"x": {"value": plot + right}, "y": y}, "text", align="right"),
        _zero_line({"x": x | {"field": "zero"}}),
    ]
    if any(bar.previous is not None for bar in drawing.bars):
        encoding = {"x": x | {"field": "previous"}, "y": y}
        layers += [_tick(encoding, 6, PAPER, short), _tick(encoding, 2, INK, short), _tick_above(encoding, short)]
    if any(bar.target is not None for bar in drawing.bars):
        layers.append(_diamond({"x": x | {"field": "target"}, "y": y}))
    return Chart(_layered(rows, layers, plot, height), left, 2, plot + right, height + 2)


def _bar_row(place: int, bar: Bar) -> Spec:
    lines = wrap(bar.label)
    return {
        "place": place,
        "label": "\n".join(lines),
        "lines": len(lines),
        "value": bar.value,
        "zero": 0.0,
        "text": bar.text,
        "previous": bar.previous,
        "target": bar.target,
        "colour": MARK_NEGATIVE if bar.value < 0 else MARK_RESIDUAL if bar.is_residual else MARK,
    }


def _row_labels(y: Spec, lines: int) -> Spec:
    # Vega sets further lines below the first one, so the first is lifted by half of the rest.
    lift = -LINE_HEIGHT * (lines - 1) / 2
    style = {"align": "right", "dy": lift, "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    return _label({"x": {"value": -LABEL_GAP}, "y": y}, "label", f"datum.lines == {lines}", **style)


def _tick(encoding: Spec, thickness: int, colour: str, short: float) -> Spec:
    style = {"orient": "vertical", "thickness": thickness, "size": BAR_THICKNESS + 6, "color": colour}
    return _mark("tick", encoding, f"isValid(datum.previous) && !({_hides(short)})", **style)


def _tick_above(encoding: Spec, short: float) -> Spec:
    lift = -(BAR_THICKNESS + SHORT_TICK) / 2
    style = {"orient": "vertical", "thickness": 2, "size": SHORT_TICK, "color": INK, "yOffset": lift}
    return _mark("tick", encoding, f"isValid(datum.previous) && {_hides(short)}", **style)


def _hides(short: float) -> str:
    return f"abs(datum.value) < {short:.9g} && abs(datum.previous) < {1.5 * short:.9g}"


def _extent(bars: list[Bar]) -> tuple[float, float]:
    values = [value for bar in bars for value in (bar.value, bar.previous, bar.target) if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else 1.0


def _columns(drawing: Columns) -> Chart:
    last = len(drawing.points) - 1
    rows = [_column_row(place, point, place == last) for place, point in enumerate(drawing.points)]
    values = [0.0, *(point.value for point in drawing.points), *_given(drawing.target)]
    low, high = min(values), max(values)
    x = _place("place", -0.5, last + 0.5)
    y = _place("value", low, high if high > low else low + 1.0)
    below = 24 if low < 0 else 7
    thickness = min(COLUMN_MOST, COLUMN_SHARE * WHOLE_WIDTH / len(rows))
    columns = {"x": x, "y": y, "y2": {"field": "zero"}, "color": _own_colour()}
    strong = {"fontWeight": "bold"}
    layers = [
        _mark("bar", columns, orient="vertical", size=thickness),
        _label({"x": x, "y": y}, "text", "datum.value >= 0", baseline="bottom", dy=-5, **strong),
        _label({"x": x, "y": y}, "text", "datum.value < 0", baseline="top", dy=5, **strong),
        _label({"x": x, "y": {"value": COLUMN_HEIGHT + below}}, "label", baseline="top", fill=MUTED),
        _zero_line({"y": y | {"field": "zero"}}),
        *(_target_line(y, value) for value in _given(drawing.target)),
    ]
    spec = _layered(rows, layers, WHOLE_WIDTH, COLUMN_HEIGHT)
    return Chart(spec, 0, 22, WHOLE_WIDTH, COLUMN_HEIGHT + below + 19)


def _column_row(place: int, point: Point, is_last: bool) -> Spec:
    return {
        "place": place,
        "label": point.label,
        "value": point.value,
        "zero": 0.0,
        "text": point.text,
        "colour": MARK_NEGATIVE if point.value < 0 else MARK if is_last else MARK_EARLIER,
    }


def _line(drawing: Line) -> Chart:
    left = FONT_SIZE * max(width(text) for _, text in drawing.axis) + 2 * LABEL_GAP
    right = FONT_SIZE * width(drawing.points[-1].text) * BOLDER + POINT_GAP + LABEL_GAP
    plot = WHOLE_WIDTH - left - right
    x = _place("year", drawing.points[0].year, drawing.points[-1].year)
    y = _place("value", drawing.axis[0][0], drawing.axis[-1][0])
    ticks = [{"value": value, "text": text} for value, text in drawing.axis]
    grid = [
        _mark("rule", {"y": y}, stroke=GRID, strokeWidth=1),
        _label({"x": {"value": -LABEL_GAP}, "y": y}, "text", align="right", fill=MUTED),
    ]
    series = [
        _mark("line", {"x": x, "y": y, "detail": {"field": "segment"}}, stroke=MARK, strokeWidth=2.5),
        _mark("point", {"x": x, "y": y}, filled=True, fill=MARK, size=34, opacity=1),
        _label({"x": x, "y": y}, "text", "datum.last", align="left", dx=POINT_GAP, fontWeight="bold"),
        _label({"x": x, "y": {"value": COLUMN_HEIGHT + 9}}, "label", "datum.labelled", baseline="top", fill=MUTED),
    ]
    layers = [_data(ticks) | {"layer": grid}, _data(_line_rows(drawing.points, plot)) | {"layer": series}]
    layers += [_target_line(y, value) for value in _given(drawing.target)]
    spec = {"width": plot, "height": COLUMN_HEIGHT, "layer": layers}
    return Chart(spec, left, 12, plot + right, COLUMN_HEIGHT + 28)


def _line_rows(points: list[Point], plot: float) -> list[Spec]:
    first, last = points[0].year, points[-1].year
    step = max(1, -(-(last - first) // (YEAR_LABELS - 1)))
    segment, rows = 0, []
    for place, point in enumerate(points):
        segment += bool(place and point.year - points[place - 1].year > 1)
        is_regular = (last - point.year) % step == 0
        is_free_first = point.year == first and (last - first) % step * plot / (last - first) >= YEAR_LABEL_WIDTH
        rows.append(
            {
                "year": point.year,
                "label": point.label,
                "value": point.value,
                "text": point.text,
                "segment": segment,
                "last": point.year == last,
                "labelled": is_regular or is_free_first,
            }
        )
    return rows


def _layered(rows: list[Spec], layers: list[Spec], wide: float, height: float) -> Spec:
    return _data(rows) | {"width": wide, "height": height, "layer": layers}


def _data(rows: list[Spec]) -> Spec:
    return {"data": {"values": rows}}


def _place(field: str, low: float, high: float, *, reverse: bool = False) -> Spec:
    scale = {"domain": [low, high], "nice": False, "zero": False, "reverse": reverse}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _own_colour() -> Spec:
    return {"field": "colour", "type": "nominal", "scale": None}


def _thick(orient: str) -> Spec:
    return {"orient": orient, "size": BAR_THICKNESS}


def _zero_line(encoding: Spec) -> Spec:
    return _mark("rule", encoding, stroke=BASELINE, strokeWidth=1) | {"data": {"values": [{"zero": 0.0}]}}


def _target_line(y: Spec, value: float) -> Spec:
    line = _mark("rule", {"y": y | {"field": "target"}}, stroke=INK, strokeWidth=1.5, strokeDash=TARGET_DASH)
    return line | {"data": {"values": [{"target": value}]}}


def _diamond(encoding: Spec) -> Spec:
    style = {"shape": "diamond", "filled": True, "size": 90, "opacity": 1, "fill": INK, "stroke": PAPER}
    return _mark("point", encoding, "isValid(datum.target)", **style)


def _given(target: float | None) -> list[float]:
    return [] if target is None else [target]


def _mark(kind: str, encoding: Spec, where: str | None = None, **style: Any) -> Spec:
    mark = {"mark": {"type": kind, **style}, "encoding": encoding}
    return mark | {"transform": [{"filter": where}]} if where else mark


def _label(encoding: Spec, field: str, where: str | None = None, **style: Any) -> Spec:
    common = {"align": "center", "baseline": "middle", "fill": INK}
    return _mark("text", encoding | {"text": {"field": field, "type": "nominal"}}, where, **(common | style))
