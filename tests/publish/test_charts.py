from itertools import pairwise

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yearbook.publish.charts.drawing import (
    LABEL_EMS,
    Bar,
    Bars,
    Columns,
    Drawing,
    Line,
    Multiples,
    Panel,
    Point,
    Tile,
    Tiles,
    width,
    wrap,
)
from yearbook.publish.charts.grids import fit_panels
from yearbook.publish.charts.palette import DEFAULT
from yearbook.publish.charts.svg import SVG, render
from yearbook.publish.charts.vega import draw, fit_columns

HOSTILE = "<script>alert(1)</script> ]]> & \"x\" 'y'"
BARS = Bars(
    HOSTILE,
    HOSTILE,
    [Bar(HOSTILE, 3.0, HOSTILE, 4.0), Bar("信息通信", -1.0, "−1.0"), Bar("其他", 0.0, "0", None, True)],
)
COLUMNS = Columns("c", "c", [Point(2023, "2023", 1.0, "1"), Point(2024, "2024 [p]", -2.0, "−2")])
LINE = Line(
    "l",
    "l",
    [Point(year, str(year), float(year - 1999), str(year - 1999)) for year in (2000, *range(2010, 2024))],
    [(0.0, "0"), (25.0, "25")],
)
TILES = Tiles("t", "t", [Tile(0, 1, "北京", "1,208", 4), Tile(1, 0, "甘肃", "12", 1), Tile(1, 1, "港澳台", "–", 0)])
MULTIPLES = Multiples(
    "m", "m", [Panel(name, COLUMNS.points[:1] + LINE.points[-2:]) for name in ("Energy", "能源", HOSTILE, "Materials")]
)
DRAWINGS: dict[str, Drawing] = {
    "bars": BARS, "columns": COLUMNS, "line": LINE, "tiles": TILES, "multiples": MULTIPLES,
}  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_specification_is_valid_vega_lite(drawing: Drawing) -> None:
    altair.LayerChart.from_dict(draw(drawing).spec, validate=True)


def test_pictures_are_cut_apart_with_ids_of_their_own() -> None:
    pictures = render(
        {f"{tag}/{key}": (tag, drawing) for tag in ("en", "zh-Hans") for key, drawing in DRAWINGS.items()}
    )
    roots = {key: etree.fromstring(picture) for key, picture in pictures.items()}
    assert {
        key: [element.get("id") for element in root.iter() if element.get("id")] for key, root in roots.items()
    } == {key: [f"{key.rpartition('/')[2]}-title", f"{key.rpartition('/')[2]}-description"] for key in pictures}
    assert [text.text for text in roots["zh-Hans/columns"].iter(f"{{{SVG}}}text")] == ["1", "−2", "2023", "2024 [p]"]
    assert "Noto Sans CJK SC" in roots["zh-Hans/line"].get("font-family", "").split(",")[0]
    assert all("url(" not in picture and "href" not in picture for picture in pictures.values())


def test_hostile_text_stays_text() -> None:
    picture = render({"x": ("en", BARS)})["x"]
    root = etree.fromstring(picture)
    assert not list(root.iter(f"{{{SVG}}}script"))
    assert "<script" not in picture
    assert "]]>" not in picture
    assert root.findtext(f"{{{SVG}}}title") == HOSTILE


def test_a_chart_does_not_depend_on_what_it_is_rendered_with() -> None:
    alone = render({"line": ("en", LINE)})["line"]
    assert render({"bars": ("en", BARS), "line": ("en", LINE)})["line"] == alone


def test_a_line_has_room_for_its_labels() -> None:
    line = Line("l", "l", [*LINE.points[:-1], Point(2023, "2023", 24.0, "945,946")], [(0.0, "0"), (25.0, "1,000,000")])
    chart = draw(line)
    assert chart.left >= 13 * width("1,000,000")
    assert chart.right - chart.spec["width"] >= 13 * width("945,946")
    assert chart.left + chart.right == 360


@pytest.mark.parametrize(("text", "fits"), [("670,506", False), ("3.73", True)])
def test_columns_are_drawn_where_their_labels_fit(text: str, fits: bool) -> None:
    assert fit_columns([Point(year, str(year), 1.0, text) for year in range(2015, 2022)]) is fits


def inherited(element: etree._Element, name: str) -> str | None:
    """An attribute of an element, or what the groups about it say of all that stands in them."""
    return next((one.get(name) for one in (element, *element.iterancestors()) if one.get(name)), None)


def test_a_line_breaks_where_years_are_missing() -> None:
    root = etree.fromstring(render({"line": ("en", LINE)})["line"])
    lines = [path.get("d", "") for path in root.iter(f"{{{SVG}}}path") if inherited(path, "stroke-width") == "2.5"]
    assert sorted(path.count("L") for path in lines) == [0, 13]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Energy", ["Energy"]),
        ("Information and communication technology", ["Information and", "communication technology"]),
        ("长三角G60科创走廊", ["长三角G60科创走廊"]),
        ("共建“一带一路”国家和其他发展中国家", ["共建“一带一路”国家和其", "他发展中国家"]),
        (
            "Shenzhen–Singapore cross-border proof-of-concept centre",
            ["Shenzhen–Singapore", "cross-border proof-of-con…"],
        ),
    ],
)
def test_labels_break_into_two_lines(label: str, lines: list[str]) -> None:
    assert wrap(label) == lines


@given(st.text(max_size=80))
def test_any_label_fits(label: str) -> None:
    lines = wrap(label)
    assert 1 <= len(lines) <= 2
    assert all(width(line.rstrip("…")) <= LABEL_EMS for line in lines)


def test_all_lines_of_a_label_end_at_one_place() -> None:
    bars = Bars("b", "b", [Bar("Information and communication technology", 2.0, "2"), Bar("Energy", 1.0, "1")])
    root = etree.fromstring(render({"bars": ("en", bars)})["bars"])
    texts = {"".join(text.itertext()): text for text in root.iter(f"{{{SVG}}}text")}
    whole = texts["Information andcommunication technology"]
    lines = [line.get("x", whole.get("x")) for line in whole.iter(f"{{{SVG}}}tspan")]
    assert lines == [texts["Energy"].get("x")] * 2


def test_a_tile_tells_its_figure_by_its_text_and_its_shade() -> None:
    root = etree.fromstring(render({"tiles": ("zh-Hans", TILES)})["tiles"])
    texts = [(text.text, inherited(text, "fill")) for text in root.iter(f"{{{SVG}}}text")]
    fills = [str(inherited(path, "fill")) for path in root.iter(f"{{{SVG}}}path")]
    assert sorted(texts, key=str) == sorted(
        [
            ("北京", DEFAULT.paper), ("1,208", DEFAULT.paper),
            ("甘肃", DEFAULT.tile_ink), ("12", DEFAULT.tile_ink),
            ("港澳台", DEFAULT.muted), ("–", DEFAULT.muted),
        ],
        key=str,
    )  # fmt: skip
    assert sorted(fills) == sorted([DEFAULT.tile_4, DEFAULT.tile_1, DEFAULT.paper])


def test_small_columns_share_one_scale_and_label_their_ends() -> None:
    panels = [Panel("a", LINE.points[:3]), Panel("b", LINE.points[-3:])]
    root = etree.fromstring(render({"m": ("en", Multiples("m", "m", panels))})["m"])
    assert sorted(text.text or "" for text in root.iter(f"{{{SVG}}}text")) == sorted(
        ["a", "1", "12", "2000", "2011", "b", "22", "24", "2021", "2023"]
    )
    heights = [
        float(path.get("d", "").split("v")[1].split("h")[0])
        for path in root.iter(f"{{{SVG}}}path")
        if "v" in path.get("d", "")
    ]
    assert [round(one / max(heights, key=abs), 3) for one in heights] == [
        round(point.value / 24, 3) for panel in panels for point in panel.points
    ]


def labelled(text: str, years: int = 5) -> Panel:
    """A panel whose columns all have one label, the second column the highest."""
    return Panel("Energy", [Point(year, str(year), 1.0 + (year == 2021), text) for year in range(2020, 2020 + years)])


@pytest.mark.parametrize("text", ["7", "30.7%", "10,366", "123,456"])
@pytest.mark.parametrize("years", [3, 4, 5])
def test_labels_of_small_columns_stay_in_the_picture_and_clear_of_each_other(text: str, years: int) -> None:
    root = etree.fromstring(render({"m": ("en", Multiples("m", "m", [labelled(text, years)] * 3))})["m"])
    middles = [float(one.get("x", "")) for one in root.iter(f"{{{SVG}}}text") if one.text == text]
    half = 12 * 1.1 * width(text) / 2
    edges = sorted((middle - half, middle + half) for middle in middles)
    assert len(edges) == 6
    assert edges[0][0] >= 0
    assert edges[-1][1] <= 360
    assert all(left[1] < right[0] for left, right in pairwise(edges))


@pytest.mark.parametrize(("text", "fits"), [("123,456", True), ("1,234,567", False)])
def test_small_columns_are_drawn_where_their_labels_fit(text: str, fits: bool) -> None:
    assert fit_panels([labelled(text)]) is fits


def test_a_label_stands_above_the_column_that_it_reaches_over() -> None:
    root = etree.fromstring(render({"m": ("en", Multiples("m", "m", [labelled("10,366")]))})["m"])
    first, last = [float(one.get("y", "")) for one in root.iter(f"{{{SVG}}}text") if one.text == "10,366"]
    assert (round(first), round(last)) == (62, 92)


def test_colours_of_an_office_take_the_places_of_ours() -> None:
    own = DEFAULT.model_copy(update={"mark": "#8a1c4a"})
    ours, theirs = render({"line": ("en", LINE)})["line"], render({"line": ("en", LINE)}, own)["line"]
    assert theirs == ours.replace(DEFAULT.mark, "#8a1c4a") != ours
