"""The institutions: who exists in which year, where, and with how many people for commercialization.

Not its business: what they sell (`parties.py`).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from yearbook.scenario.draws import Draws, Integers, share_out
from yearbook.scenario.labels import PROVINCES
from yearbook.scenario.plan import YEARS

Row = dict[str, str | int | None]

UNIVERSITIES, INSTITUTES, ENTERPRISES, PLATFORMS = 1_500, 3_000, 2_700, 60
EXISTING = {2020: 880, 2021: 900, 2022: 930, 2023: 960, 2024: 1_000}  # per mille of each kind
TRANSFER_STAFF = {2020: 13_900, 2021: 14_960, 2022: 16_050, 2023: 17_130, 2024: 18_248}
FEWEST = 12
PROVINCE_NAMES = list(PROVINCES)
PROVINCE_WEIGHTS = [weight for _, _, weight in PROVINCES.values()]
PUBLIC_RESEARCH = ("university", "research_institute")


@dataclass(frozen=True)
class Institution:
    """One institution, under all its names. `order` decides from which year it exists (lower is older)."""

    id: str
    type: str
    name_zh: str
    name_en: str
    old_name: str
    province: str
    order: int

    @property
    def is_public_research(self) -> bool:
        """Whether it is a university or a research institute."""
        return self.type in PUBLIC_RESEARCH


NAMED = (
    Institution(
        "cqu", "university", "模拟重庆大学", "Simulated Chongqing University", "模拟重庆大学（旧称）", "重庆", 0,
    ),
    Institution(
        "cqupt", "university", "模拟重庆邮电大学", "Simulated Chongqing University of Posts and Telecommunications",
        "模拟重庆邮电学院", "重庆", 0,
    ),
)  # fmt: skip

_KINDS = {
    "university": ("U", UNIVERSITIES, "模拟大学", "Simulated University", "模拟学院"),
    "research_institute": ("R", INSTITUTES, "模拟研究院", "Simulated Research Institute", "模拟研究所"),
    "enterprise": ("E", ENTERPRISES, "模拟公司", "Simulated Company", "模拟工厂"),
    "platform": ("P", PLATFORMS, "模拟技术转移中心", "Simulated Technology Transfer Center", "模拟技术市场"),
}


@dataclass(frozen=True)
class Population:
    """All institutions at home, those named in the documents first."""

    institutions: tuple[Institution, ...]

    @cached_property
    def by_id(self) -> dict[str, Institution]:
        """Institutions by their id."""
        return {one.id: one for one in self.institutions}

    def existing(self, year: int, *types: str) -> list[Institution]:
        """Those of the types that exist in the year, without the named ones: these only do what the plan says."""
        return [one for one in self.institutions[len(NAMED) :] if one.type in types and one.order < EXISTING[year]]


def make_population(seed: int, scale: float) -> Population:
    """Return the institutions: as many as the documents need at scale 1, fewer below, no more above."""
    draws = Draws(seed, "institutions")
    made = [one for kind in _KINDS for one in _make_kind(kind, draws, min(1.0, scale))]
    return Population((*NAMED, *made))


def _make_kind(kind: str, draws: Draws, scale: float) -> list[Institution]:
    letter, number, name_zh, name_en, old_name = _KINDS[kind]
    count = max(FEWEST, round(number * scale))
    provinces = draws.pick(count, PROVINCE_WEIGHTS).tolist()
    return [
        Institution(
            f"SIM-{letter}{index + 1:04d}", kind, f"{name_zh} {index + 1:04d}", f"{name_en} {index + 1:04d}",
            f"{old_name} {index + 1:04d}", PROVINCE_NAMES[provinces[index]], index * 1000 // count,
        )
        for index in range(count)
    ]  # fmt: skip


def institution_rows(population: Population, seed: int) -> list[Row]:
    """Return the dataset `institutions`, one row per institution and year; the staff of a year adds up to the plan."""
    draws = Draws(seed, "staff")
    return [row for year in YEARS for row in _rows_of(year, population, draws)]


def _rows_of(year: int, population: Population, draws: Draws) -> list[Row]:
    present = [one for one in population.institutions if one.order < EXISTING[year]]
    public = [one.id for one in present if one.is_public_research]
    staff = dict(zip(public, share_out(TRANSFER_STAFF[year], draws.skewed(len(public), bits=6)), strict=True))
    return [
        {
            "institution_id": one.id,
            "year": year,
            "name_zh": one.name_zh,
            "name_en": one.name_en,
            "type": one.type,
            "province": one.province,
            "transfer_staff": staff.get(one.id),
        }
        for one in present
    ]


def active_ones(candidates: list[Institution], count: int, draws: Draws) -> Integers:
    """Return positions of `count` candidates that are active in a year: the older ones rather, with some coming and
    going."""
    standing = np.arange(len(candidates), dtype=np.int64) * 8 + draws.below(len(candidates), len(candidates) + 1)
    return np.argsort(standing, kind="stable")[:count].astype(np.int64)
