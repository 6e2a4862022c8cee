from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.extract.normalize.dates import read_date, read_year

MARCH_5 = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024/3/5",
        "2024.03.05",
        "20240305",
        "2024年3月5日",
        "2024 年 03 月 05 日",
        "２０２４年３月５日",
        "2024-03-05 00:00:00",
        "2024-03-05T10:20:30.5Z",
        "2024-03-05T10:20:30+08:00",
        " 2024-03-05 ",
        "05/03/2024",
        "5.3.2024",
        "5 March 2024",
        "5-Mar-2024",
        "March 5, 2024",
        "45356",
        "45356.0",
    ],
)
def test_a_date_in_any_known_shape(text: str) -> None:
    assert read_date(text) == MARCH_5


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "2024年",
        "2024年3月",
        "2024-03",
        "2024-02-30",
        "20241305",
        "5/3/24",
        "9999999",
        "2024-03/05",
        "today",
        "1",
    ],
)
def test_what_is_no_date_does_not_become_one(text: str) -> None:
    assert read_date(text) is None


def test_the_order_of_day_and_month_is_stated_and_never_guessed() -> None:
    assert read_date("05/03/2024", day_first=False) == date(2024, 5, 3)
    assert read_date("03/25/2024", day_first=False) == date(2024, 3, 25)
    assert read_date("03/25/2024", day_first=True) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", 2024),
        ("2024年", 2024),
        ("2024 年度", 2024),
        ("2000.0", 2000),
        ("２０１５年", 2015),
        ("24", None),
        ("0200", None),
        ("2024.5", None),
        ("2024-03-05", None),
        ("45356", None),
    ],
)
def test_a_year(text: str, year: int | None) -> None:
    assert read_year(text) == year


dates = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(dates, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d/%m/%Y", "%d %B %Y"]))
def test_any_formatted_date_reads_back(day: date, shape: str) -> None:
    assert read_date(day.strftime(shape)) == day


@given(dates)
def test_an_excel_day_reads_back(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_date(text)
    assert found is None or 1800 <= found.year <= 2200
