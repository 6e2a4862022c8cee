"""The report's colours in one place; a test holds them to WCAG contrast on their backgrounds.

Text needs 4.5:1, marks 3:1. Colour never tells anything alone: signs, labels and shapes do.
"""

INK = "#17222d"
MUTED = "#4c5a67"
PAPER = "#ffffff"
PANEL = "#f2f5f8"
BRAND = "#123f66"
LINK = "#0b5a94"
RULE = "#7d8a96"
MARK = "#1d5b8c"
MARK_EARLIER = "#6d8aa5"
MARK_NEGATIVE = "#b04a17"
MARK_RESIDUAL = "#7a8590"
BASELINE = "#4c5a67"
GRID = "#d9dfe5"
WARNING_INK = "#3d2600"
WARNING_PANEL = "#ffd97a"

TEXT_PAIRS = (
    (INK, PAPER),
    (INK, PANEL),
    (MUTED, PAPER),
    (MUTED, PANEL),
    (LINK, PAPER),
    (LINK, PANEL),
    (PAPER, BRAND),
    (WARNING_INK, WARNING_PANEL),
)
MARK_PAIRS = (
    (MARK, PAPER),
    (MARK_EARLIER, PAPER),
    (MARK_NEGATIVE, PAPER),
    (MARK_RESIDUAL, PAPER),
    (BASELINE, PAPER),
    (RULE, PAPER),
    (RULE, PANEL),
)


def stylesheet_variables() -> str:
    """The colours as CSS custom properties, for the page's stylesheet."""
    colours = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
    return ":root{" + "".join(f"--{name.lower().replace('_', '-')}:{value};" for name, value in colours.items()) + "}"
