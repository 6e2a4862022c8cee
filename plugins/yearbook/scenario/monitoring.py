"""What is measured of projects year by year: the groups of the plan to the figure, of the background a good half.

Not its business: the file that it stands in (`files/monitoring_files.py`).
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from yearbook.scenario.draws import Draws, share_out
from yearbook.scenario.monitoring_background import background_rows
from yearbook.scenario.monitoring_plan import TARGETS, YEARS, Target
from yearbook.scenario.turns import parts_of

Row = dict[str, Any]
Project = dict[str, Any]
TENTHS = 10


def make_monitoring(projects: list[Project], seed: int) -> list[Row]:
    """Return one row per project, year and metric, in that order."""
    rows = [row for target in TARGETS for row in _rows_of(target, projects, seed)]
    rows += background_rows(projects, Draws(seed, "monitoring of the background"))
    return sorted(rows, key=lambda row: (row["project_id"], row["year"], row["metric"]))


def _rows_of(target: Target, projects: list[Project], seed: int) -> Iterator[Row]:
    group = sorted((one for one in projects if one["group"] == target.group), key=lambda one: int(one["year"]))
    for year in YEARS:
        measured = [one for one in group if one["year"] <= year]
        # The same stream each year: what a project had before it does not change.
        before, draws = (Draws(seed, f"{kind} {target.group} {target.metric}") for kind in ("baseline", str(year)))
        bases = [target.base * factor for factor in before.between(len(group), 1, 3).tolist()]
        figures = _MEASURES[target.of](target, target.figures[year], bases, len(measured), before, draws)
        for project, measures in zip(measured, figures, strict=True):
            if "baseline_value" in measures:
                measures["baseline_year"] = project["year"] - 1
            yield {
                "project_id": project["project_id"],
                "year": year,
                "metric": target.metric,
                "unit": target.unit,
                **measures,
            }


def _rate(target: Target, percent: int, bases: list[int], count: int, before: Draws, draws: Draws) -> list[Row]:
    parts = parts_of(bases[:count], percent, percent // 3, draws)
    earlier = parts_of(bases, target.baseline or 0, (target.baseline or 0) // 4, before)
    return [
        {"value": part, "denominator": base, "baseline_value": was, "baseline_denominator": base}
        for part, base, was in zip(parts, bases, earlier, strict=False)
    ]


def _change(target: Target, percent: int, bases: list[int], count: int, before: Draws, draws: Draws) -> list[Row]:
    values = parts_of(bases[:count], 100 + percent, 5, draws)
    return [{"value": value, "baseline_value": base} for value, base in zip(values, bases, strict=False)]


def _multiple(target: Target, tenths: int, bases: list[int], count: int, before: Draws, draws: Draws) -> list[Row]:
    return _change(target, tenths * 100 // TENTHS - 100, bases, count, before, draws)


def _total(target: Target, whole: int, bases: list[int], count: int, before: Draws, draws: Draws) -> list[Row]:
    parts = share_out(whole, [40 + weight for weight in before.below(len(bases), 60).tolist()][:count])
    return [{"value": Decimal(part) / target.per if target.per > 1 else part} for part in parts]


def _median(target: Target, middle: int, bases: list[int], count: int, before: Draws, draws: Draws) -> list[Row]:
    """Pairs lie evenly about the middle; the innermost pair is the middle."""
    away = [index // 2 * middle * TENTHS // count for index in range(count)]
    values = [middle * TENTHS + (step if index % 2 else -step) for index, step in enumerate(away)]
    return [{"value": Decimal(values[position]) / TENTHS} for position in draws.shuffled(count)]


_MEASURES: dict[str, Callable[[Target, int, list[int], int, Draws, Draws], list[Row]]] = {
    "rate": _rate,
    "change": _change,
    "multiple": _multiple,
    "total": _total,
    "median": _median,
}
