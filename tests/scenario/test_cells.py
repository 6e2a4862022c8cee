"""However an amount or a day is written, it reads back as what it was."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amounts import read_number
from yearbook.extract.normalize.dates import read_date
from yearbook.scenario.files import cells
from yearbook.scenario.files.contract_cells import amounts, quoted

DAYS = st.dates(date(2014, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("hand", "per", "text"),
    [
        (cells.PLAIN, 1, "40408320"),
        (cells.PLAIN, 10_000, "4040.832"),
        (cells.FULL_WIDTH, 10_000, "４０４０．８３２"),
        (cells.BLANK_INSIDE, 10_000, "4,0 40.832"),
        (cells.BLANK_INSIDE, 1, "4 0,408,320"),
        (cells.SEPARATED, 1, "40,408,320"),
    ],
)
def test_amounts_are_written_as_people_write_them(hand, per, text):
    assert cells.amount(40_408_320, hand, per) == text


@given(st.integers(0, 10**15), st.integers(0, 3), st.sampled_from([1, 10_000, 10**8]))
def test_amounts_read_back(value, hand, per):
    assert read_number(cells.amount(value, hand, per)) * per == Decimal(value)


@given(st.lists(st.tuples(st.integers(-1, 10**12), st.integers(0, 3), st.sampled_from([1, 10_000, 10**8])), min_size=1))
def test_a_column_of_amounts_is_written_as_each_of_them_would_be(rows):
    values, hands, units = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    expected = ["" if value < 0 else quoted(cells.amount(value, hand, unit)) for value, hand, unit in rows]

    assert [text.decode() for text in amounts(values, hands, units, "utf-8").to_pylist()] == expected


@given(DAYS)
def test_days_read_back(day):
    styles = (cells.iso, cells.chinese, cells.slashed, cells.day_first, cells.compact, cells.serial)

    assert {read_date(style(day.toordinal()), day_first=True) for style in styles} == {day}
