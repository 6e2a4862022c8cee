"""Facilities as a ministry's web page lists them: a table in HTML, dates in Chinese, countries in two languages."""

from html import escape
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.facilities import Facility
from yearbook.scenario.files import cells
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.labels import MARK, PARTNERS
from yearbook.scenario.words import FACILITY_TYPES

REPEATED_PER_MILLE = 30
HEADS = ("序号", "设施编号", "设施类型", "所在国家", "运营单位代码", "启用日期", "关闭日期")
TITLE = f"境外技术转移设施名录（{MARK}） / Facilities for technology transfer"
NOTE = "注：模拟数据，仅供演示。空白表示仍在运行。 / Note: simulated; blank means still open."
# Closed before it opened, and run by nobody known: the one waits for a decision, the other is shown.
FAULTS: tuple[Facility, ...] = (
    {"facility_id": "SIM-B-POL-90", "type": "adaptation_base", "partner": "POL", "institution_id": "SIM-U0001",
     "opened_date": 738_200, "closed_date": 737_900},
    {"facility_id": "SIM-T-HUN-90", "type": "training_centre", "partner": "HUN", "institution_id": "SIM-Z0404",
     "opened_date": 738_100, "closed_date": None},
)  # fmt: skip


def facility_files(facilities: list[Facility], seed: int) -> dict[str, bytes]:
    """Return the page by path."""
    delivered = with_repeats([*facilities, *FAULTS], REPEATED_PER_MILLE, Draws(seed, "handwriting of facilities"))
    rows = [_row(number, one) for number, one in enumerate(delivered, start=1)]
    page = (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(TITLE)}</title></head>\n'
        f"<body><h1>{escape(TITLE)}</h1>\n"
        '<table id="search"><tr><td>按国别检索</td><td>按类型检索</td></tr></table>\n'
        f'<table id="facilities">\n{_cells("th", HEADS)}{"".join(rows)}</table>\n<p>{escape(NOTE)}</p></body></html>\n'
    )
    return {f"facilities/{MARK}_facilities.html": page.encode()}


def _row(number: int, one: Facility) -> str:
    country = PARTNERS[one["partner"]][number % 2]
    days = (cells.chinese(one[name]) if one[name] else "" for name in ("opened_date", "closed_date"))
    kind = FACILITY_TYPES[one["type"]][0]
    return _cells("td", (number, one["facility_id"], kind, country, one["institution_id"], *days))


def _cells(tag: str, texts: tuple[Any, ...]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(str(text))}</{tag}>' for text in texts)}</tr>\n"
