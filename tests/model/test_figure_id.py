"""The permanent name of a figure: short for totals, an anchor in a page, and read back as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.errors import FigureIdError
from yearbook.model.figure_id import figure_id, read_figure_id
from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL

ROWS = [
    ({}, "_T", "contract_value.2024"),
    ({"partner": "KEN"}, "_T", "contract_value.2024.partner=KEN"),
    ({"sector": "_U", "partner": "_F"}, "_T", "contract_value.2024.partner=_F.sector=_U"),
    ({"channel": "_Z"}, "direction=output;unit=m%3Bw 1.5", "contract_value.2024.direction=output.unit=m%3Bw%201%2E5"),
    ({"province": "a.b=c%d"}, "_T", "contract_value.2024.province=a%2Eb%3Dc%25d"),
    ({"province": "a\tb\u3000"}, "unit=a\r\n%2509", "contract_value.2024.province=a%09b%E3%80%80.unit=a%0D%0A%2509"),
]


def key_of(codes: dict[str, str], breakdown: str) -> dict[str, Any]:
    dimensions = {name: codes.get(name, TOTAL) for name in DIMENSIONS}
    return {"indicator": "contract_value", "year": 2024, **dimensions, "breakdown": breakdown}


@pytest.mark.parametrize(("codes", "breakdown", "name"), ROWS)
def test_a_figure_is_named_by_what_is_no_total(codes: dict[str, str], breakdown: str, name: str) -> None:
    assert figure_id(key_of(codes, breakdown)) == name


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
CODES = st.text(LETTERS | st.sampled_from("\t\n\r\x85"), min_size=1, max_size=12).filter(
    lambda code: code not in (TOTAL, NOT_APPLICABLE)
)


@given(st.dictionaries(st.sampled_from(DIMENSIONS), CODES), st.dictionaries(st.sampled_from("abc"), CODES))
def test_a_name_is_read_back_as_it_was(codes: dict[str, str], parts: dict[str, str]) -> None:
    def coded(code: str) -> str:
        return code.replace("%", "%25").replace(";", "%3B").replace("=", "%3D")

    breakdown = ";".join(f"{name}={coded(code)}" for name, code in sorted(parts.items())) or TOTAL
    name = figure_id(key_of(codes, breakdown))
    assert read_figure_id(name) == {"indicator": "contract_value", "year": 2024, **codes, "breakdown": breakdown}
    assert name.split() == [name]


NO_NAMES = [
    *("", "contract_value", "contract_value.now", "contract_value.2024.partner", ".2024"),
    *("contract_value." + "9" * 5_000, "contract_value.２０２４", "contract_value.2024.partner=\ud800"),
    "contract_value.2024.partner=" + "K" * 5_000,
]


def test_a_name_gives_each_part_once() -> None:
    with pytest.raises(FigureIdError, match="gives `partner` twice"):
        read_figure_id("contract_value.2024.partner=KEN.sector=ict.partner=USA")


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(FigureIdError, match="no name of a figure") as error:
        read_figure_id(text)
    assert len(str(error.value)) < 250
