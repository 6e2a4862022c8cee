"""The annual survey of institutions: who answered it, and with how much staff.

Of those asked in 2022 and 2023 some answered late and some never did; in 2024 all answered. Not its business: the
table it is kept in (`files/institution_files.py`).
"""

from yearbook.scenario.draws import Draws, share_out
from yearbook.scenario.institutions import EXISTING, NAMED, Institution, Population
from yearbook.scenario.plan import YEARS

Row = dict[str, str | int | None]

TRANSFER_STAFF = {2019: 12_860, 2020: 13_900, 2021: 14_960, 2022: 16_050, 2023: 17_130, 2024: 18_248}
STAFF_BITS = 6
STAFF_CHANGE_PERCENT = (85, 115)
NEVER_PER_MILLE, LATE_PER_MILLE = {2022: 31, 2023: 22}, {2022: 14, 2023: 10}
REMARK, LATE_REMARK = "模拟 / SIMULATED", "模拟，迟报 / SIMULATED, late"


def institution_rows(population: Population, seed: int) -> list[Row]:
    """Return the dataset `institutions`, one row per institution and year that was answered for.

    The staff of all who were asked adds up to the plan; so does that of the answers where all answered.
    """
    draws = Draws(seed, "staff")
    public = [one.id for one in population.institutions if one.is_public_research]
    usual = dict(zip(public, draws.skewed(len(public), STAFF_BITS).tolist(), strict=True))
    return [row for year in YEARS for row in _rows_of(year, population, usual, draws)]


def _rows_of(year: int, population: Population, usual: dict[str, int], draws: Draws) -> list[Row]:
    asked = [one for one in population.institutions if one.order < EXISTING[year]]
    staff = _staff_of(year, [one.id for one in asked if one.id in usual], usual, draws)
    never, late = NEVER_PER_MILLE.get(year, 0), LATE_PER_MILLE.get(year, 0)
    return [
        _row(one, year, staff.get(one.id), LATE_REMARK if fate < never + late else REMARK)
        for one, fate in zip(asked, draws.below(len(asked), 1_000).tolist(), strict=True)
        if fate >= never or one in NAMED
    ]


def _staff_of(year: int, public: list[str], usual: dict[str, int], draws: Draws) -> dict[str, int]:
    changes = draws.between(len(public), *STAFF_CHANGE_PERCENT).tolist()
    weights = [usual[one] * change for one, change in zip(public, changes, strict=True)]
    return dict(zip(public, share_out(TRANSFER_STAFF[year], weights), strict=True))


def _row(one: Institution, year: int, staff: int | None, remark: str) -> Row:
    return {
        "institution_id": one.id,
        "year": year,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "type": one.type,
        "province": one.province,
        "transfer_staff": staff,
        "remark": remark,
    }
