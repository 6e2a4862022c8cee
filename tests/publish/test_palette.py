import itertools

import pytest

from yearbook.publish.charts.palette import DEFAULT, MARK_PAIRS, TEXT_PAIRS, Palette, contrast


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ffffff", "#ffffff", 1.0),
        ("#0b5a94", "#f2f5f8", 6.6),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("pairs", "least"), [pytest.param(TEXT_PAIRS, 4.5, id="text"), pytest.param(MARK_PAIRS, 3.0, id="marks")]
)
def test_ours_can_be_read(pairs: tuple[tuple[str, str], ...], least: float) -> None:
    colours = DEFAULT.named()
    assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < least] == []


def test_tiles_can_be_told_from_each_other_in_grey() -> None:
    """Tiles have nothing but their text and their shade."""
    tiles = [getattr(DEFAULT, f"tile_{step}") for step in (1, 2, 3, 4)]
    assert min(contrast(one, other) for one, other in itertools.pairwise(tiles)) >= 1.4


def test_every_colour_that_charts_use_is_another() -> None:
    """An office's colour takes the place of ours in the drawn picture: two of ours alike could not be told apart."""
    colours = list(DEFAULT.named().values())
    assert len(colours) == len(set(colours))
    assert Palette(mark="#8A1C4A").mark == "#8a1c4a"
