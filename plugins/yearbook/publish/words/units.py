"""How a value is written: its unit, its scale (billion, 亿元) and its decimals, from `reports/units.yml`.

The scale belongs to the unit and the language, never to a locale's guess.
"""

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Literal

from pydantic import Field as field

from yearbook.errors import DefinitionError
from yearbook.model.definition import Definition, Line, load_definition
from yearbook.publish.words.language import Language

CURRENCY = "currency"
COUNT = "count"
CURRENCY_CODE = re.compile(r"^[A-Z]{3}$")
PARTS_DIGITS = 10
TABLE_MOST = 1e6
"""A table's largest number stays below this; up to ten times it where its lines would otherwise be below one."""
SMALLEST_FACTOR = 1.0

ChangeKind = Literal["percent", "points", "number"]


class Scale(Definition):
    """One scale of a unit in one language."""

    factor: float
    label: Line
    value: Line
    short: Line = "{}"
    moved: Line = ""
    """How a change is written where it is in another word than the value: of an index, points."""


class Unit(Definition):
    """A unit: how two values compare, and its scales by language, the largest first."""

    change: ChangeKind
    scales: dict[str, list[Scale]] = field(min_length=1)

    def in_language(self, tag: str) -> list[Scale]:
        """The scales of a language tag such as `zh-Hans`; English where there are none."""
        return self.scales.get(tag.split("-")[0]) or self.scales["en"]


class UnitFile(Definition):
    """`units.yml`."""

    units: dict[str, Unit]


@dataclass(frozen=True)
class Written:
    """A scale at work: all values of one chart, table column or sentence are written with the same one."""

    language: Language
    scale: Scale
    unit: str
    decimals: int
    signed: bool

    @property
    def label(self) -> str:
        """The unit as it stands in a table's head."""
        return self.scale.label.replace("{unit}", self.unit)

    def number(self, value: float) -> str:
        """The number alone."""
        if self.signed:
            return self.language.number(value / self.scale.factor, self.decimals, signed=True)
        return self.language.amount(value / self.scale.factor, self.decimals)

    def short(self, value: float) -> str:
        """The number for a label beside a mark, where the unit stands in the subtitle (a per cent sign stays)."""
        return self.scale.short.replace("{}", self.number(value))

    @property
    def pattern(self) -> str:
        """How a number stands with its unit: `CNY {} million`."""
        return self.scale.value.replace("{unit}", self.unit)

    def moved(self, amount: float, decimals: int, *, signed: bool = False) -> str:
        """A change with its unit, in the unit's own size."""
        pattern = (self.scale.moved or self.scale.value).replace("{unit}", self.unit)
        return pattern.replace("{}", self.language.number(amount / self.scale.factor, decimals, signed=signed))

    def full(self, value: float) -> str:
        """The number with its unit, for sentences and cards."""
        return self.pattern.replace("{}", self.number(value))


class Units:
    """All units, in one language."""

    def __init__(self, units: dict[str, Unit], language: Language) -> None:
        self._units = units
        self._language = language

    def get(self, unit: str) -> Unit:
        """A unit by its code; a currency or a count of something unlisted is written by its code."""
        if unit in self._units:
            return self._units[unit]
        name, colon, counted = unit.partition(":")
        if colon and name in self._units:
            return _counted(self._units[name], counted)
        return self._units[CURRENCY] if CURRENCY_CODE.match(unit) else _plain(unit)

    def whole(self, unit: str) -> str:
        """The pattern of an exact number: that of the unit's finest scale."""
        return self.get(unit).in_language(self._language.tag)[-1].value.replace("{unit}", unit)

    def for_sentence(self, unit: str, value: float, decimals: int, *, signed: bool = False) -> Written:
        """The largest scale that leaves at least 1, with about four digits where the unit was scaled."""
        return self._write(unit, abs(value), decimals, signed, least=1, digits=4)

    def for_years(self, unit: str, values: list[float], decimals: int, *, signed: bool = False) -> Written:
        """One scale for the labels of a chart over years, which are of a size."""
        return self._write(unit, _largest(values), decimals, signed, least=1, digits=4)

    def for_parts(self, unit: str, values: list[float], decimals: int, *, signed: bool = False) -> Written:
        """One scale for the labels of a chart of parts, which may be small."""
        return self._write(unit, _largest(values), decimals, signed, least=PARTS_DIGITS, digits=3)

    def for_table(self, unit: str, values: list[float], decimals: int, *, signed: bool = False) -> Written:
        """The finest scale at which about six digits stand, so that small lines keep theirs."""
        scales = self.get(unit).in_language(self._language.tag)
        scale = _table_scale(scales, values)
        return self._in_scale(scale, unit, _largest(values), decimals, signed, digits=5)

    def _write(self, unit: str, largest: float, decimals: int, signed: bool, *, least: float, digits: int) -> Written:
        scales = self.get(unit).in_language(self._language.tag)
        fitting = [scale for scale in scales if largest / scale.factor >= least]
        scale = fitting[0] if fitting else scales[-1]
        return self._in_scale(scale, unit, largest, decimals, signed, digits)

    def _in_scale(self, scale: Scale, unit: str, largest: float, decimals: int, signed: bool, digits: int) -> Written:
        if scale.factor > SMALLEST_FACTOR:
            decimals = min(2, max(0, digits - _whole_digits(largest / scale.factor)))
        return Written(self._language, scale, unit, decimals, signed)


@cache
def _load(path: Path, _changed: int) -> dict[str, Unit]:
    return load_definition(path, UnitFile).units


def load_units(reports: Path, language: Language, own: Path | None = None) -> Units:
    """Read `units.yml`, and what an office's own has beside or instead. Raises `DefinitionError` where one is wrong."""
    path = reports / "units.yml"
    if not path.exists():
        raise DefinitionError("units.yml is missing", where=str(path), fix="restore it")
    units = _load(path, path.stat().st_mtime_ns)
    more = own / "units.yml" if own is not None else path
    if more != path and more.exists():
        units = units | {
            name: unit.model_copy(update={"scales": units[name].scales | unit.scales}) if name in units else unit
            for name, unit in _load(more, more.stat().st_mtime_ns).items()
        }
    return Units(units, language)


def _plain(unit: str) -> Unit:
    name = unit.replace("_", " ")
    return Unit(change="percent", scales={"en": [Scale(factor=1, label=name, value="{} " + name)]})


def _counted(unit: Unit, counted: str) -> Unit:
    """The unit with another word for what is counted, such as 项 for contracts where 个 stands for anything."""
    scales = {
        tag: [
            scale.model_copy(update={"label": counted, "value": scale.value.replace(scale.label, counted)})
            for scale in each
        ]
        for tag, each in unit.scales.items()
    }
    return Unit(change=unit.change, scales=scales)


def _table_scale(scales: list[Scale], values: list[float]) -> Scale:
    largest, typical = _largest(values), median(map(abs, values)) if values else 0.0
    for scale, coarser in zip(reversed(scales), [*reversed(scales[:-1]), None], strict=True):
        is_needed = coarser is not None and typical < coarser.factor and largest < 10 * TABLE_MOST * scale.factor
        if largest < TABLE_MOST * scale.factor or is_needed:
            return scale
    return scales[0]


def _largest(values: list[float]) -> float:
    return max((abs(value) for value in values), default=0.0)


def _whole_digits(value: float) -> int:
    return 1 if value < 1 else int(math.log10(value)) + 1
