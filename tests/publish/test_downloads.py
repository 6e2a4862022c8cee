import base64
import csv
import io
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.publish.tables.downloads import csv_text, data_address


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@x", "\t=x", "\r@x", "＝1"])
def test_a_cell_cannot_be_run(text: str) -> None:
    assert next(csv.reader(io.StringIO(csv_text([text], []).lstrip("\ufeff"))))[0].startswith("'")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back(value: float) -> None:
    cell = csv_text(["v"], [[value]]).split("\r\n")[1]
    assert float(cell) == value


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("能源、电力、信息通信和其他领域的合计", "data:text/csv;charset=utf-8;base64"),
        ("energy,power,vehicles,materials,infrastructure,agriculture,biomedicine", "data:text/csv;charset=utf-8"),
    ],
)
def test_a_table_travels_in_the_page_by_the_shorter_way(name: str, head: str) -> None:
    text = csv_text(["Name", "Value"], [[name, -0.3], ["", None], ["100 %", 5]])
    found, _, body = data_address(text).partition(",")
    read = base64.b64decode(body).decode() if head.endswith("base64") else unquote(body)
    cell = f'"{name}"' if "," in name else name
    assert (found, read) == (head, f"\ufeffName,Value\r\n{cell},-0.3\r\n,\r\n100 %,5\r\n")
