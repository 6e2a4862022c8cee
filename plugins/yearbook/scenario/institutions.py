"""The institutions: who exists in which year, where, and with how many people for commercialization.

Not its business: what they sell (`parties.py`), and who of them answered the survey (`survey.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from yearbook.scenario.draws import Draws
from yearbook.scenario.labels import PROVINCES

UNIVERSITIES, INSTITUTES, ENTERPRISES, PLATFORMS = 1_500, 3_000, 2_700, 60
EXISTING = {2019: 860, 2020: 880, 2021: 900, 2022: 930, 2023: 960, 2024: 1_000}  # per mille of each kind
SIZE_BITS = 8
PROVINCE_NAMES = list(PROVINCES)
PROVINCE_WEIGHTS = [weight for _, _, weight in PROVINCES.values()]
PUBLIC_RESEARCH = ("university", "research_institute")


@dataclass(frozen=True)
class Institution:
    """One institution, under all its names.

    `order` decides from which year it exists (lower is older), `size` how much it sells beside the others.
    """

    id: str
    type: str
    name_zh: str
    name_en: str
    old_name: str
    province: str
    order: int
    size: int = 0

    @property
    def is_public_research(self) -> bool:
        """Whether it is a university or a research institute."""
        return self.type in PUBLIC_RESEARCH


# What these do, the plan of the contracts and of the projects says, or the list of what goes wrong.
NAMED = (
    Institution(
        "cqu", "university", "模拟重庆大学", "Simulated Chongqing University", "模拟重庆大学（旧称）", "重庆", 0,
    ),
    Institution(
        "cqupt", "university", "模拟重庆邮电大学", "Simulated Chongqing University of Posts and Telecommunications",
        "模拟重庆邮电学院", "重庆", 0,
    ),
    Institution("SIM-E9001", "enterprise", "模拟公司 9001", "Simulated Company 9001", "模拟工厂 9001", "湖北", 0),
    Institution("SIM-E9002", "enterprise", "模拟公司 9002", "Simulated Company 9002", "模拟工厂 9002", "陕西", 0),
)  # fmt: skip

_KINDS = {
    "university": ("U", UNIVERSITIES, "模拟大学", "Simulated University", "模拟学院"),
    "research_institute": ("R", INSTITUTES, "模拟研究院", "Simulated Research Institute", "模拟研究所"),
    "enterprise": ("E", ENTERPRISES, "模拟公司", "Simulated Company", "模拟工厂"),
    "platform": ("P", PLATFORMS, "模拟技术转移中心", "Simulated Technology Transfer Center", "模拟技术市场"),
}


@dataclass(frozen=True)
class Population:
    """All institutions at home, the named ones first: as many at any scale."""

    institutions: tuple[Institution, ...]

    @cached_property
    def by_id(self) -> dict[str, Institution]:
        """Institutions by their id."""
        return {one.id: one for one in self.institutions}

    def existing(self, year: int, *types: str) -> list[Institution]:
        """Those of the types that exist in the year, without the named ones."""
        return [one for one in self.institutions[len(NAMED) :] if one.type in types and one.order < EXISTING[year]]


def make_population(seed: int) -> Population:
    """Return the institutions."""
    draws = Draws(seed, "institutions")
    return Population((*NAMED, *(one for kind in _KINDS for one in _make_kind(kind, draws))))


def _make_kind(kind: str, draws: Draws) -> Iterable[Institution]:
    letter, count, name_zh, name_en, old_name = _KINDS[kind]
    provinces = draws.pick(count, PROVINCE_WEIGHTS).tolist()
    sizes = draws.skewed(count, SIZE_BITS).tolist()
    for index, (province, size) in enumerate(zip(provinces, sizes, strict=True)):
        number = f"{index + 1:04d}"
        yield Institution(
            f"SIM-{letter}{number}", kind, f"{name_zh} {number}", f"{name_en} {number}", f"{old_name} {number}",
            PROVINCE_NAMES[province], index * 1000 // count, size,
        )  # fmt: skip
