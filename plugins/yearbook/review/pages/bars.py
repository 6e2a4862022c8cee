"""Bars in tables, as inline SVG without any style of its own: classes of the stylesheet colour them."""

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT = 100, 10
THINNEST = 0.6
"""What is not nothing can be seen."""


def bar(parts: Sequence[tuple[str, float]], whole: float, label: str) -> Markup:
    """A bar of parts side by side, each a class and a number, on a scale that ends at `whole`."""
    pieces, begin = [], 0.0
    for name, value in parts:
        width = max(WIDTH * value / whole, THINNEST) if value > 0 and whole > 0 else 0.0
        if width:
            width = min(width, WIDTH - begin)
            shape = Markup('<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="{}"/>')
            pieces.append(shape.format(name, begin, width, HEIGHT))
            begin += width
    picture = Markup(
        '<svg class="bar" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    )
    return picture.format(WIDTH, HEIGHT, escape(label), Markup().join(pieces))
