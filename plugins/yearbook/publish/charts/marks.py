"""What all charts are made of: layers of marks and labels on axes that nobody sees, in one width.

Not its business: which marks a chart has (`vega`, `grids`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.publish.charts.palette import DEFAULT

Spec = dict[str, Any]

FONT_SIZE = 13
BOLDER = 1.1
"""How much wider a text is in bold."""
LABEL_GAP = 8
WHOLE_WIDTH = 360


@dataclass(frozen=True)
class Chart:
    """A specification with the box, around its plot's origin, that holds all of it."""

    spec: Spec
    left: float
    top: float
    right: float
    bottom: float


def layered(rows: list[Spec], layers: list[Spec], wide: float, height: float) -> Spec:
    """Marks over one set of rows."""
    return data_of(rows) | {"width": wide, "height": height, "layer": layers}


def data_of(rows: list[Spec]) -> Spec:
    """Rows as inline data."""
    return {"data": {"values": rows}}


def position(field: str, low: float, high: float, *, reverse: bool = False) -> Spec:
    """A field as a place on an axis that nobody sees."""
    scale = {"domain": [low, high], "nice": False, "zero": False, "reverse": reverse}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def own_colour() -> Spec:
    """The colour that a row brings along."""
    return {"field": "colour", "type": "nominal", "scale": None}


def mark(kind: str, encoding: Spec, where: str | None = None, **style: Any) -> Spec:
    """One layer of marks, of all rows or of those for which `where` holds."""
    drawn = {"mark": {"type": kind, **style}, "encoding": encoding}
    return drawn | {"transform": [{"filter": where}]} if where else drawn


def label(encoding: Spec, field: str, where: str | None = None, **style: Any) -> Spec:
    """One layer of text."""
    common = {"align": "center", "baseline": "middle", "fill": DEFAULT.ink}
    return mark("text", encoding | {"text": {"field": field, "type": "nominal"}}, where, **(common | style))


def value_label(encoding: Spec, where: str | None = None, **style: Any) -> Spec:
    """One layer of text that tells of figures: what is asked of them travels as its description."""
    return label(encoding | {"description": {"field": "asked", "type": "nominal"}}, "text", where, aria=True, **style)


def ask(attributes: Mapping[str, str]) -> str:
    """Attributes of a label's text, as a row carries them; `svg` takes them apart."""
    return json.dumps(dict(attributes), ensure_ascii=False)
