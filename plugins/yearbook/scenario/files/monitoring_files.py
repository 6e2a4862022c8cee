"""Monitoring as the programme office collects it: a CSV in GB18030 per year, all in Chinese, units in words.

From 2024 on the columns are named otherwise, and the file is UTF-8 with a byte-order mark.
"""

import csv
import io
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.files import cells
from yearbook.scenario.files.repeats import with_repeats
from yearbook.scenario.labels import MARK
from yearbook.scenario.monitoring import Row
from yearbook.scenario.monitoring_plan import YEARS
from yearbook.scenario.words import MEASUREMENT_UNITS, MONITORING_METRICS

REPEATED_PER_MILLE = 4
FIELDS = (
    "project_id", "year", "metric", "value", "denominator", "unit", "baseline_value", "baseline_denominator",
    "baseline_year",
)  # fmt: skip
OLD = ("项目编号", "监测年度", "监测指标", "监测值", "监测基数", "计量单位", "基线值", "基线基数", "基线年份")
NEW = ("立项编号", "年度", "指标名称", "当年值", "基数", "单位", "基期值", "基期基数", "基期年份")
LAST_YEAR = YEARS[-1]
# Of projects that nobody knows: an estimate, more infringed than monitored, a capacity without a unit, and two figures
# for one.
FAULTS: tuple[Row, ...] = (
    {"project_id": "SIM-J-2022-90001", "metric": "technicians_trained", "value": "约30", "unit": "persons"},
    {
        "project_id": "SIM-J-2022-90002",
        "metric": "patents_infringed",
        "value": 64,
        "denominator": 40,
        "unit": "patents",
    },
    {"project_id": "SIM-J-2022-90003", "metric": "capacity", "value": 12},
    {"project_id": "SIM-J-2022-90004", "metric": "units_sold", "value": 310, "unit": "units"},
    {"project_id": "SIM-J-2022-90004", "metric": "units_sold", "value": 130, "unit": "units"},
)


def monitoring_files(rows: list[Row], seed: int) -> dict[str, bytes]:
    """Return a file per year by path."""
    files = {}
    for year in YEARS:
        draws = Draws(seed, f"handwriting of monitoring {year}")
        faults = [{**fault, "year": year} for fault in FAULTS]
        delivered = with_repeats([row for row in rows if row["year"] == year] + faults, REPEATED_PER_MILLE, draws)
        heads, encoding = (NEW, "utf-8-sig") if year == LAST_YEAR else (OLD, "gb18030")
        files[f"monitoring/{MARK}_项目监测_{year}.csv"] = _csv(heads, delivered, draws).encode(encoding)
    return files


def _csv(heads: tuple[str, ...], rows: list[Row], draws: Draws) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row, hand in zip(rows, cells.hands(len(rows), draws), strict=True):
        writer.writerow([_cell(field, row.get(field), hand) for field in FIELDS])
    return text.getvalue()


def _cell(field: str, value: Any, hand: int) -> str:
    if value is None:
        return ""
    if field == "metric":
        return MONITORING_METRICS[value][0]
    if field == "unit":
        return MEASUREMENT_UNITS[value][0]
    return cells.amount(value, hand) if field in ("value", "denominator") and isinstance(value, int) else str(value)
