"""Charts as declarative specifications (Vega-Lite). One width for phone, page and paper; labels stand at the marks.

Plain mappings, checked against the Vega-Lite schema in the tests: building the same charts through Altair's classes
took ten times as long as rendering them. Positions of labels are set by hand and text is never measured, so that the
same figures give the same bytes on any machine. Not its business: rendering (`svg`).
"""

from yearbook.publish.charts.drawing import Bar, Bars, Columns, Drawing, Line, Multiples, Point, Tiles, width, wrap
from yearbook.publish.charts.grids import draw_multiples, draw_tiles
from yearbook.publish.charts.marks import (
    BOLDER,
    FONT_SIZE,
    LABEL_GAP,
    WHOLE_WIDTH,
    Chart,
    Spec,
    ask,
    data_of,
    label,
    layered,
    mark,
    own_colour,
    position,
    value_label,
)
from yearbook.publish.charts.palette import DEFAULT

LINE_HEIGHT = 14
BAR_STEP = 32
BAR_THICKNESS = 17
COLUMN_HEIGHT = 170
COLUMN_TOP = 24
"""Room above the highest column for its label."""
EDGE = 1
"""What a text at the edge of a picture leaves free, since a browser may draw it a little wider than it counts."""
COLUMN_MOST = 54
COLUMN_SHARE = 0.62
POINT_GAP = 9
SHORT_BAR = 12
"""A bar below this length, in pixels, would vanish under a line for last year near it, which then stands above."""
SHORT_TICK = 7
TARGET_DASH = [5, 4]
YEAR_LABELS = 6
YEAR_LABEL_WIDTH = 40


def draw(drawing: Drawing) -> Chart:
    """Make the chart of a drawing."""
    match drawing:
        case Bars():
            return _bars(drawing)
        case Columns():
            return _columns(drawing)
        case Line():
            return _line(drawing)
        case Tiles():
            return draw_tiles(drawing)
        case Multiples():
            return draw_multiples(drawing)


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
    x = position("value", low, high)
    y = position("place", -0.5, len(rows) - 0.5, reverse=True)
    layers = [
        mark("bar", {"x": x, "x2": {"field": "zero"}, "y": y, "color": own_colour()}, **_thick("horizontal")),
        *(_row_labels(y, lines) for lines in (1, 2)),
        # In a column of their own: beside a bar they would be taken for last year's line wherever that is longer.
        value_label({"x": {"value": plot + right - EDGE}, "y": y}, align="right"),
        _zero_line({"x": x | {"field": "zero"}}),
    ]
    if any(bar.previous is not None for bar in drawing.bars):
        encoding = {"x": x | {"field": "previous"}, "y": y}
        layers += [
            _tick(encoding, 6, DEFAULT.paper, short),
            _tick(encoding, 2, DEFAULT.ink, short),
            _tick_above(encoding, short),
        ]
    if any(bar.target is not None for bar in drawing.bars):
        layers.append(_diamond({"x": x | {"field": "target"}, "y": y}))
    return Chart(layered(rows, layers, plot, height), left, 2, plot + right, height + 2)


def _bar_row(place: int, bar: Bar) -> Spec:
    lines = wrap(bar.label)
    return {
        "place": place,
        "label": "\n".join(lines),
        "lines": len(lines),
        "value": bar.value,
        "zero": 0.0,
        "text": bar.text,
        "asked": ask(bar.asked),
        "previous": bar.previous,
        "target": bar.target,
        "colour": DEFAULT.mark_negative
        if bar.value < 0
        else DEFAULT.mark_residual
        if bar.is_residual
        else DEFAULT.mark,
    }


def _row_labels(y: Spec, lines: int) -> Spec:
    # Vega sets further lines below the first one, so the first is lifted by half of the rest.
    lift = -LINE_HEIGHT * (lines - 1) / 2
    style = {"align": "right", "dy": lift, "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    return label({"x": {"value": -LABEL_GAP}, "y": y}, "label", f"datum.lines == {lines}", **style)


def _tick(encoding: Spec, thickness: int, colour: str, short: float) -> Spec:
    style = {"orient": "vertical", "thickness": thickness, "size": BAR_THICKNESS + 6, "color": colour}
    return mark("tick", encoding, f"isValid(datum.previous) && !({_hides(short)})", **style)


def _tick_above(encoding: Spec, short: float) -> Spec:
    lift = -(BAR_THICKNESS + SHORT_TICK) / 2
    style = {"orient": "vertical", "thickness": 2, "size": SHORT_TICK, "color": DEFAULT.ink, "yOffset": lift}
    return mark("tick", encoding, f"isValid(datum.previous) && {_hides(short)}", **style)


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
    x = position("place", -0.5, last + 0.5)
    y = position("value", low, high if high > low else low + 1.0)
    below = 24 if low < 0 else 7
    thickness = min(COLUMN_MOST, COLUMN_SHARE * WHOLE_WIDTH / len(rows))
    columns = {"x": x, "y": y, "y2": {"field": "zero"}, "color": own_colour()}
    strong = {"fontWeight": "bold"}
    layers = [
        mark("bar", columns, orient="vertical", size=thickness),
        value_label({"x": x, "y": y}, "datum.value >= 0", baseline="bottom", dy=-5, **strong),
        value_label({"x": x, "y": y}, "datum.value < 0", baseline="top", dy=5, **strong),
        label({"x": x, "y": {"value": COLUMN_HEIGHT + below}}, "label", baseline="top", fill=DEFAULT.muted),
        _zero_line({"y": y | {"field": "zero"}}),
        *(_target_line(y, value) for value in _given(drawing.target)),
    ]
    spec = layered(rows, layers, WHOLE_WIDTH, COLUMN_HEIGHT)
    return Chart(spec, 0, COLUMN_TOP, WHOLE_WIDTH, COLUMN_HEIGHT + below + 19)


def _column_row(place: int, point: Point, is_last: bool) -> Spec:
    return {
        "place": place,
        "label": point.label,
        "value": point.value,
        "zero": 0.0,
        "text": point.text,
        "asked": ask(point.asked),
        "colour": DEFAULT.mark_negative if point.value < 0 else DEFAULT.mark if is_last else DEFAULT.mark_earlier,
    }


def _line(drawing: Line) -> Chart:
    left = FONT_SIZE * max(width(text) for _, text in drawing.axis) + 2 * LABEL_GAP
    right = FONT_SIZE * width(drawing.points[-1].text) * BOLDER + POINT_GAP + LABEL_GAP
    plot = WHOLE_WIDTH - left - right
    x = position("year", drawing.points[0].year, drawing.points[-1].year)
    y = position("value", drawing.axis[0][0], drawing.axis[-1][0])
    ticks = [{"value": value, "text": text} for value, text in drawing.axis]
    grid = [
        mark("rule", {"y": y}, stroke=DEFAULT.grid, strokeWidth=1),
        label({"x": {"value": -LABEL_GAP}, "y": y}, "text", align="right", fill=DEFAULT.muted),
    ]
    series = [
        mark("line", {"x": x, "y": y, "detail": {"field": "segment"}}, stroke=DEFAULT.mark, strokeWidth=2.5),
        mark("point", {"x": x, "y": y}, filled=True, fill=DEFAULT.mark, size=34, opacity=1),
        value_label({"x": x, "y": y}, "datum.last", align="left", dx=POINT_GAP, fontWeight="bold"),
        label(
            {"x": x, "y": {"value": COLUMN_HEIGHT + 9}}, "label", "datum.labelled", baseline="top", fill=DEFAULT.muted
        ),
    ]
    layers = [data_of(ticks) | {"layer": grid}, data_of(_line_rows(drawing.points, plot)) | {"layer": series}]
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
                "asked": ask(point.asked),
                "segment": segment,
                "last": point.year == last,
                "labelled": is_regular or is_free_first,
            }
        )
    return rows


def _thick(orient: str) -> Spec:
    return {"orient": orient, "size": BAR_THICKNESS}


def _zero_line(encoding: Spec) -> Spec:
    return mark("rule", encoding, stroke=DEFAULT.muted, strokeWidth=1) | {"data": {"values": [{"zero": 0.0}]}}


def _target_line(y: Spec, value: float) -> Spec:
    line = mark("rule", {"y": y | {"field": "target"}}, stroke=DEFAULT.ink, strokeWidth=1.5, strokeDash=TARGET_DASH)
    return line | {"data": {"values": [{"target": value}]}}


def _diamond(encoding: Spec) -> Spec:
    style = {"shape": "diamond", "filled": True, "size": 90, "opacity": 1, "fill": DEFAULT.ink, "stroke": DEFAULT.paper}
    return mark("point", encoding, "isValid(datum.target)", **style)


def _given(target: float | None) -> list[float]:
    return [] if target is None else [target]
