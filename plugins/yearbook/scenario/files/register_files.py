"""Control totals as the statistical yearbook prints them: years as columns, measures as rows, a sheet a direction."""

from typing import Any

from yearbook.scenario.files.workbook import new_book
from yearbook.scenario.labels import MARK, PROVINCES, REGIONS
from yearbook.scenario.register_totals import AREAS, NATIONAL, Total

WAN_PER_YI = 10_000
# Edition: its years. The older one is kept beside the newer one, as in print.
EDITIONS = {2022: (2019, 2021), 2025: (2019, 2024)}
SHEETS = {"output": "输出_模拟SIMULATED", "input": "吸纳_模拟SIMULATED"}
TITLES = {"output": "各地区输出技术合同（模拟 SIMULATED）", "input": "各地区吸纳技术合同（模拟 SIMULATED）"}
NOTES = ("注：模拟数据，仅供演示。港澳台与其他单列。", "Note: simulated figures, for demonstration only.")
# The last year of the older edition was still to be revised for a few provinces, and so for the sums above them.
REVISED = ("北京", "江苏", "陕西")
REVISED_PER_MILLE = 985


def register_files(totals: list[Total]) -> dict[str, bytes]:
    """Return a workbook per edition."""
    return {
        f"register/{MARK}_register_totals_{edition}.xlsx": _workbook(edition, years, totals)
        for edition, years in EDITIONS.items()
    }


def _workbook(edition: int, years: tuple[int, int], totals: list[Total]) -> bytes:
    printed = _with_sums([_as_known(total, edition, years[1]) for total in totals if total.area != NATIONAL])
    cells = {(total.direction, total.area, total.year): total for total in printed}
    with new_book(f"{MARK} register totals {edition}") as book:
        for direction, name in SHEETS.items():
            sheet = book.workbook.add_worksheet(name)
            sheet.write_string(0, 0, f"{TITLES[direction]} {edition}年版")
            for number, row in enumerate(_rows(edition, years, direction, cells), start=2):
                sheet.write_row(number, 0, row)
            for number, note in enumerate(NOTES, start=len(_areas()) * 2 + 4):
                sheet.write_string(number, 0, note)
    return book.content


def _areas() -> list[str]:
    return [NATIONAL, *REGIONS.values(), *AREAS]


def _padded(area: str) -> str:
    """Two-character names are spread to the width of four, as yearbooks print them."""
    return "　　".join(area) if len(area) == 2 else area


def _rows(
    edition: int, years: tuple[int, int], direction: str, cells: dict[tuple[str, str, int], Total]
) -> list[list[Any]]:
    wanted = range(years[0], years[1] + 1)
    rows: list[list[Any]] = [["地区", "指标", *(f"{year}年" for year in wanted)]]
    for area in _areas():
        line = [cells[direction, area, year] for year in wanted]
        rows.append([_padded(area), "合同数（项）", *(total.contracts for total in line)])
        rows.append([_padded(area), "成交额（亿元）", *(total.value / WAN_PER_YI for total in line)])
    return rows


def _as_known(total: Total, edition: int, last_year: int) -> Total:
    if edition == max(EDITIONS) or total.year != last_year or total.area not in REVISED:
        return total
    return total._replace(value=total.value * REVISED_PER_MILLE // 1_000)


def _with_sums(parts: list[Total]) -> list[Total]:
    """Add the regions, and the nation over all parts."""
    sums: dict[tuple[int, str, str], Total] = {}
    for part in parts:
        region = REGIONS[PROVINCES[part.area][1]] if part.area in PROVINCES else None
        for area in (NATIONAL, region):
            if area is not None:
                key = (part.year, area, part.direction)
                so_far = sums.get(key, Total(*key, 0, 0))
                sums[key] = so_far._replace(
                    contracts=so_far.contracts + part.contracts, value=so_far.value + part.value
                )
    return [*parts, *sums.values()]
