"""Render charts to inline SVG: all of an edition in one pass, then cut apart, since a pass costs more than a chart.

Each picture has its own box, title, description and no id but its own, so that any number of them share a page. What
is asked of a label's figure comes as the label's description and becomes attributes of its text.
"""

import json
import re

import vl_convert
from lxml import etree

from yearbook.publish.charts.drawing import Drawing
from yearbook.publish.charts.marks import FONT_SIZE, WHOLE_WIDTH, Chart
from yearbook.publish.charts.palette import DEFAULT, Palette
from yearbook.publish.charts.vega import draw

SVG = "http://www.w3.org/2000/svg"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CONFIG = {"aria": False, "view": {"stroke": None}, "text": {"fontSize": FONT_SIZE}}
FONT_FAMILIES = {
    "zh": "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif",
    "": "'Segoe UI','Helvetica Neue',Arial,'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif",
}
# What vega-lite writes on every mark and no reader or browser of these pictures needs.
NOISE = ("class", "role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events", "font-family")
INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")
PLACED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")


def render(drawings: dict[str, tuple[str, Drawing]], palette: Palette = DEFAULT) -> dict[str, str]:
    """Return the SVG text of each drawing by its key; a drawing comes with the tag of its language.

    What follows the last slash of a key is the picture's id in its page. Charts are drawn in our colours; those of
    another `palette` take their places.
    """
    if not drawings:
        return {}
    charts = {key: draw(drawing) for key, (_, drawing) in drawings.items()}
    whole = {"$schema": SCHEMA, "config": CONFIG, "vconcat": [chart.spec for chart in charts.values()]}
    picture = vl_convert.vegalite_to_svg(json.dumps(whole))
    root = etree.fromstring(picture.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    groups = {place: _group(root, place) for place in range(len(charts))}
    _recolour(root, palette)
    return {
        key: _cut_out(groups[place], chart, key, *drawings[key]) for place, (key, chart) in enumerate(charts.items())
    }


def _group(root: etree._Element, place: int) -> etree._Element:
    name = f"concat_{place}_group"
    for element in root.iter(f"{{{SVG}}}g"):
        if name in str(element.get("class", "")).split():
            return element[0]
    raise ValueError(f"the renderer left no group {name}")


def _recolour(root: etree._Element, palette: Palette) -> None:
    own = palette.named()
    places = {ours: own[name] for name, ours in DEFAULT.named().items() if ours != own[name]}
    if not places:
        return
    for element in root.iter():
        for name in ("fill", "stroke"):
            colour = str(element.get(name, "")).lower()
            if colour in places:
                element.set(name, places[colour])


def _cut_out(group: etree._Element, chart: Chart, key: str, language: str, drawing: Drawing) -> str:
    identity = key.rpartition("/")[2]
    width, height = chart.left + chart.right, chart.top + chart.bottom
    attributes = {
        "role": "img",
        "aria-labelledby": f"{identity}-title {identity}-description",
        "viewBox": f"{-chart.left:g} {-chart.top:g} {width:g} {height:g}",
        "width": f"{WHOLE_WIDTH:g}",
        "height": f"{height:g}",
        "font-family": FONT_FAMILIES.get(language.split("-")[0], FONT_FAMILIES[""]),
    }
    svg = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    for name, value in attributes.items():
        svg.set(name, value)
    _add_text(svg, "title", f"{identity}-title", drawing.title)
    _add_text(svg, "desc", f"{identity}-description", drawing.description)
    _drop(group, "transform")
    # Vega sets this on the root that stays behind; without it a line would be filled with black.
    group.set("fill", "none")
    _clean(group)
    for element in reversed(list(group.iter())):
        _say_once(element)
    svg.append(group)
    return str(etree.tostring(svg, encoding="unicode"))


def _add_text(svg: etree._Element, name: str, identity: str, text: str) -> None:
    element = etree.SubElement(svg, f"{{{SVG}}}{name}", {"id": identity})
    element.text = text


def _clean(group: etree._Element) -> None:
    asked = [(element, json.loads(element.get("aria-label", "{}"))) for element in group.iter(f"{{{SVG}}}text")]
    for element in list(group.iter()):
        for name in NOISE:
            _drop(element, name)
        for key, value in element.attrib.items():
            element.set(key, LONG_NUMBER.sub(_shorten, str(value)))
        _place(element)
        if element.get("opacity") == "1":
            _drop(element, "opacity")
        is_plate = element.tag == f"{{{SVG}}}path" and not {"fill", "stroke"} & set(element.attrib)
        is_empty = element.tag == f"{{{SVG}}}g" and len(element) == 0
        parent = element.getparent()
        if (is_plate or is_empty) and parent is not None and element is not group:
            parent.remove(element)
    for element, attributes in asked:
        for name, value in attributes.items():
            element.set(name, value)


def _place(element: etree._Element) -> None:
    """Say a text's place in the shorter of the two ways there are."""
    place = PLACED.fullmatch(element.get("transform", ""))
    if place and element.tag == f"{{{SVG}}}text":
        _drop(element, "transform")
        element.set("x", place[1])
        element.set("y", place[2])
        # Each line of a text begins at a place of its own.
        for line in element.iterchildren(f"{{{SVG}}}tspan"):
            if line.get("x") is not None:
                line.set("x", f"{float(place[1]) + float(line.get('x', 0)):g}")


def _say_once(group: etree._Element) -> None:
    """Say on a group what all that stands in it say alike."""
    for name in INHERITED:
        values = {element.get(name) for element in group}
        (value, *others) = values or (None,)
        if value is not None and not others and name not in group.attrib:
            group.set(name, value)
            for element in group:
                _drop(element, name)


def _drop(element: etree._Element, name: str) -> None:
    if name in element.attrib:
        del element.attrib[name]


def _shorten(number: re.Match[str]) -> str:
    # A tenth of a pixel is less than anyone sees.
    return f"{float(number.group()):.1f}".removesuffix(".0")
