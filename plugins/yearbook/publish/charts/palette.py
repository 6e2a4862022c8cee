"""The report's colours in one place, held to WCAG contrast on their backgrounds: ours by a test, an office's when read.

Text needs 4.5:1, marks 3:1. Colour never tells anything alone: signs, labels and shapes do. An office gives its own in
`reports/colours.yml` of its programme; what it leaves out stays ours.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import ConfigDict, StringConstraints, model_validator

from yearbook.model.definition import Definition, load_definition

FILE = "colours.yml"
LEAST_OF_TEXT = 4.5
LEAST_OF_MARKS = 3.0

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True)]

TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "panel"),
    ("muted", "paper"),
    ("muted", "panel"),
    ("link", "paper"),
    ("link", "panel"),
    ("paper", "brand"),
    ("warning_ink", "warning_panel"),
    ("tile_ink", "tile_1"),
    ("tile_ink", "tile_2"),
    ("paper", "tile_3"),
    ("paper", "tile_4"),
)
"""Text and what it stands on."""
MARK_PAIRS = (
    ("mark", "paper"),
    ("mark_earlier", "paper"),
    ("mark_negative", "paper"),
    ("mark_residual", "paper"),
    ("rule", "paper"),
    ("rule", "panel"),
)
"""Marks of charts and lines that must be seen, and what they stand on."""


class Palette(Definition):
    """Colours by what they are for, as `#rrggbb`. `tile_1` to `tile_4` go from the smallest to the largest values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ink: Colour = "#17222d"
    muted: Colour = "#4c5a67"
    paper: Colour = "#ffffff"
    panel: Colour = "#f2f5f8"
    brand: Colour = "#123f66"
    link: Colour = "#0b5a94"
    rule: Colour = "#7d8a96"
    mark: Colour = "#1d5b8c"
    mark_earlier: Colour = "#6d8aa5"
    mark_negative: Colour = "#b04a17"
    mark_residual: Colour = "#7a8590"
    grid: Colour = "#d9dfe5"
    warning_ink: Colour = "#3d2600"
    warning_panel: Colour = "#ffd97a"
    tile_ink: Colour = "#16222e"
    tile_1: Colour = "#e3edf6"
    tile_2: Colour = "#a9c8e2"
    tile_3: Colour = "#3a76a8"
    tile_4: Colour = "#113c61"

    @model_validator(mode="after")
    def _tiles_are_a_scale(self) -> Self:
        lights = [_luminance(one) for one in (self.tile_1, self.tile_2, self.tile_3, self.tile_4)]
        steps = {(before > after) - (before < after) for before, after in pairwise(lights)}
        if steps not in ({1}, {-1}):
            raise ValueError(
                "`tile_1` to `tile_4` do not go from light to dark, nor from dark to light: no scale to read"
            )
        return self

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        for pairs, least in ((TEXT_PAIRS, LEAST_OF_TEXT), (MARK_PAIRS, LEAST_OF_MARKS)):
            for one, other in pairs:
                found = contrast(getattr(self, one), getattr(self, other))
                if found < least:
                    raise ValueError(f"`{one}` on `{other}` has a contrast of {found:.2f}:1; readers need {least:g}:1")
        return self

    def named(self) -> dict[str, str]:
        """The colours by name."""
        return {name: str(getattr(self, name)) for name in type(self).model_fields}


def load_palette(folders: Sequence[Path]) -> Palette:
    """The colours of the first folder that has a file of them. Raises `DefinitionError` where it is wrong."""
    path = next((folder / FILE for folder in folders if (folder / FILE).exists()), None)
    return load_definition(path, Palette) if path else DEFAULT


def stylesheet_variables(palette: Palette | None = None) -> str:
    """The colours as CSS custom properties, for the page's stylesheet; ours unless others are given."""
    palette = palette or DEFAULT
    return ":root{" + "".join(f"--{name.replace('_', '-')}:{value};" for name, value in palette.named().items()) + "}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


DEFAULT = Palette()
