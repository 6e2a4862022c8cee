"""Observations as the report asks for them: totals, parts of one dimension, years.

Crosses of two dimensions stay in `observations.csv`, but for those that an indicator names: their parts have the
dimension `partner*sector` and codes like `VNM*energy`. A code may be any text of a source: of one dimension it is never
taken apart, and in a cross its own `*` is `%2A`. Not its business: what a figure is called, how it is written.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from yearbook.model.observation import DIMENSIONS, NOT_APPLICABLE, TOTAL

VARIANT_NAMES = frozenset({"scope", "basis", "part", "direction", "statistic", "unit", "horizon"})
"""Names in `breakdown` that say another way of measuring, as does any name with the value `true`, which marks a part of
the records; all other names divide the whole like a dimension."""

ALL = ""
"""The dimension of a total."""
CROSS = "*"
INSIDE, LIKE_INSIDE = "%2A", re.compile("%(?=(?:25)*2A)")
"""A `*` of a code in a cross, and what would be read as one, or as such a `%`: it is written `%25`, and no other is."""
YEARS = "year"
"""What stands for a dimension where the totals of the years are shown."""


@dataclass(frozen=True)
class Figure:
    """One observation. `dimension` is the one along which it is a part (`ALL`: none), `code` which part it is."""

    indicator: str
    year: int
    dimension: str
    code: str
    variant: str
    value: float | None
    unit: str
    status: str
    reason: str | None
    numerator: float | None
    denominator: float | None
    records: int | None

    @property
    def is_known(self) -> bool:
        """Whether there is a value that may be shown and ranked."""
        return self.value is not None and self.status not in ("M", "Q")


class Figures:
    """All totals and one-dimensional parts of some editions."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_place: dict[tuple[str, int, str, str], dict[str, Figure]] = {}
        self._statuses: dict[int, set[str]] = {}
        for figure in figures:
            self._statuses.setdefault(figure.year, set()).add(figure.status)
            place = (figure.indicator, figure.year, figure.dimension, figure.variant)
            self._by_place.setdefault(place, {})[figure.code] = figure
        self._places: dict[str, dict[int, set[tuple[str, str]]]] = {}
        for indicator, year, dimension, variant in self._by_place:
            self._places.setdefault(indicator, {}).setdefault(year, set()).add((dimension, variant))

    def total(self, indicator: str, year: int, variant: str = TOTAL) -> Figure | None:
        """The figure for everything, or None where there is no such observation."""
        return self._by_place.get((indicator, year, ALL, variant), {}).get(TOTAL)

    def parts(self, indicator: str, year: int, dimension: str, variant: str = TOTAL) -> Mapping[str, Figure]:
        """The parts of one dimension by code; empty where there are none."""
        return self._by_place.get((indicator, year, dimension, variant), {})

    def part(self, indicator: str, year: int, dimension: str, code: str, variant: str = TOTAL) -> Figure | None:
        """One part, or None where there is no such observation."""
        return self.parts(indicator, year, dimension, variant).get(code)

    def places(self, indicator: str, year: int) -> list[tuple[str, str]]:
        """The (dimension, variant) pairs with observations, in alphabetical order, `_T` before other variants."""
        found = self._places.get(indicator, {}).get(year, set())
        return sorted(found, key=lambda place: (place[1] != TOTAL, place[1], place[0]))

    def series(self, indicator: str, variant: str = TOTAL) -> list[Figure]:
        """The totals over the years, in order."""
        years = sorted(self._places.get(indicator, {}))
        return [figure for year in years if (figure := self.total(indicator, year, variant)) is not None]

    @property
    def years(self) -> list[int]:
        """All years that have figures, in order."""
        return sorted({year for years in self._places.values() for year in years})

    def are_shares(self, indicator: str, year: int, variant: str = TOTAL) -> bool:
        """Whether the parts are shares of one whole, so that their total is everything and says nothing."""
        total = self.total(indicator, year, variant)
        if total is None or total.denominator is None or total.numerator != total.denominator:
            return False
        dimensions = {dimension for dimension, way in self.places(indicator, year) if way == variant and dimension}
        divided = {one for one in dimensions if not self.are_wholes(indicator, year, one, variant)}
        parts = (part for one in divided for part in self.parts(indicator, year, one, variant).values())
        is_divided = bool(divided) or not dimensions
        return is_divided and all(part.denominator == total.denominator for part in parts if part.is_known)

    def are_wholes(self, indicator: str, year: int, dimension: str, variant: str = TOTAL) -> bool:
        """Whether each part of a dimension is a whole of its own, 100% like the total."""
        known = [part for part in self.parts(indicator, year, dimension, variant).values() if part.is_known]
        return all(part.denominator is not None and part.numerator == part.denominator for part in known)

    def has_status(self, year: int, status: str) -> bool:
        """Whether a figure of a year has a status."""
        return status in self._statuses.get(year, ())

    def of_year(self, year: int) -> list[Figure]:
        """All figures of one year, in order of their keys."""
        places = sorted(place for place in self._by_place if place[1] == year)
        return [self._by_place[place][code] for place in places for code in sorted(self._by_place[place])]


def read_figures(tables: Iterable[pa.Table], crosses: Mapping[str, Sequence[str]] | None = None) -> Figures:
    """Index the public observations of some editions. `crosses` are the two dimensions to be kept, by indicator."""
    wanted = dict(crosses or {})
    return Figures(
        figure for table in tables for row in _simple(table, wanted).to_pylist() if (figure := _read(row, wanted))
    )


def _simple(table: pa.Table, crosses: Mapping[str, Sequence[str]]) -> pa.Table:
    crossed = None
    for name in DIMENSIONS:
        is_part = pc.invert(pc.is_in(table[name], value_set=pa.array([TOTAL, NOT_APPLICABLE], table[name].type)))
        count = is_part.cast(pa.int8())
        crossed = count if crossed is None else pc.add(crossed, count)
    named = pc.is_in(table["indicator"], value_set=pa.array(sorted(crosses), table["indicator"].type))
    return table.filter(pc.or_(pc.less_equal(crossed, 1), pc.and_(named, pc.equal(crossed, 2))))


def _read(row: dict[str, object], crosses: Mapping[str, Sequence[str]]) -> Figure | None:
    place = _place(row, crosses)
    if place is None:
        return None
    dimension, code, variant = place
    return Figure(
        indicator=str(row["indicator"]),
        year=int(str(row["year"])),
        dimension=dimension,
        code=code,
        variant=variant,
        value=_number(row["value"]),
        unit=str(row["unit"]),
        status=str(row["status"]),
        reason=str(row["reason"]) if row["reason"] else None,
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        records=int(str(row["records"])) if row["records"] is not None else None,
    )


def _place(row: dict[str, object], crosses: Mapping[str, Sequence[str]]) -> tuple[str, str, str] | None:
    divided = [(name, str(row[name])) for name in DIMENSIONS if row[name] not in (TOTAL, NOT_APPLICABLE)]
    variant, parts = split_breakdown(str(row["breakdown"]))
    divided += parts
    cross = tuple(crosses.get(str(row["indicator"]), ()))
    if len(divided) > 1:
        codes = dict(divided)
        if set(codes) != set(cross):
            return None
        return CROSS.join(cross), join_codes(codes[name] for name in cross), variant
    dimension, code = divided[0] if divided else (ALL, TOTAL)
    return dimension, code, variant


def join_codes(codes: Iterable[str]) -> str:
    """The code of a cross of these, in the order of its dimensions."""
    return CROSS.join(LIKE_INSIDE.sub("%25", code).replace(CROSS, INSIDE) for code in codes)


def split_code(dimension: str, code: str) -> dict[str, str]:
    """The code in each dimension: of a cross those that were joined, of any other the code itself; none of a total."""
    if CROSS not in dimension:
        return {dimension: code} if dimension else {}
    parts = (re.sub(f"{INSIDE}|%25(?=(?:25)*2A)", _plain, part) for part in code.split(CROSS))
    return dict(zip(dimension.split(CROSS), parts, strict=True))


def _plain(found: re.Match[str]) -> str:
    return CROSS if found[0] == INSIDE else "%"


def split_breakdown(breakdown: str) -> tuple[str, list[tuple[str, str]]]:
    """The way of measuring that a breakdown names, and the parts of the whole that it names."""
    variants: list[str] = []
    parts: list[tuple[str, str]] = []
    for pair in breakdown.split(";"):
        name, equals, value = pair.partition("=")
        if equals and (name in VARIANT_NAMES or value == "true"):
            variants.append(pair)
        elif equals:
            parts.append((name, value))
    return ";".join(variants) or TOTAL, parts


def _number(value: object) -> float | None:
    # A negative zero, which sums may leave, is a zero: nobody is shown a sign before it.
    return None if value is None else float(str(value)) + 0.0
