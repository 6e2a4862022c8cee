import base64
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.publish.downloads import csv_text, data_address


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_cannot_be_run(text: str) -> None:
    assert next(csv.reader(io.StringIO(csv_text([text], []).lstrip("\ufeff"))))[0].startswith("'")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back(value: float) -> None:
    cell = csv_text(["v"], [[value]]).split("\r\n")[1]
    assert float(cell) == value


def test_a_table_travels_in_the_page() -> None:
    text = csv_text(["Name", "Value"], [["能源, 电力", -0.3], ["", None], ["x", 5]])
    head, _, body = data_address(text).partition(",")
    assert head == "data:text/csv;charset=utf-8;base64"
    assert base64.b64decode(body).decode() == '\ufeffName,Value\r\n"能源, 电力",-0.3\r\n,\r\nx,5\r\n'
