"""The registered achievements: who made them, when they were registered, and what became of them by the end of 2024.

Not its business: how the register writes them (`files/achievement_files.py`).
"""

from datetime import date
from typing import Any

from yearbook.scenario.draws import Draws
from yearbook.scenario.institutions import Population
from yearbook.scenario.makers import draw_makers
from yearbook.scenario.plan import CHANNELS_HOME, DOMESTIC

Achievement = dict[str, Any]

REGISTERED = {
    2014: 1_600, 2015: 1_700, 2016: 1_850, 2017: 2_000, 2018: 2_150, 2019: 2_300, 2020: 2_400, 2021: 2_600, 2022: 2_800,
    2023: 3_000, 2024: 3_200,
}  # fmt: skip
# Per mille of a year's achievements that are ever commercialized: higher for the younger ones.
EVER_COMMERCIALIZED = {year: 460 + 26 * (year - 2014) for year in REGISTERED}
# Of the achievements of universities and institutes; an enterprise withdraws none.
WITHDRAWN_PER_MILLE = 60
LONGEST_YEARS = 6
LAST_DAY = date(2024, 12, 31).toordinal()


def make_achievements(population: Population, seed: int) -> list[Achievement]:
    """Return all achievements by year of registration; dates are ordinals, or None for what has not happened yet."""
    return [one for year in REGISTERED for one in _registered_in(year, population, Draws(seed, f"achievements {year}"))]


def _registered_in(year: int, population: Population, draws: Draws) -> list[Achievement]:
    count = REGISTERED[year]
    fields, channels = list(DOMESTIC), list(CHANNELS_HOME)
    columns = zip(
        draw_makers(population, year, count, draws),
        sorted(draws.between(count, date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()).tolist()),
        draws.pick(count, list(DOMESTIC.values())).tolist(),
        draws.between(count, 3, 9).tolist(),
        _rights(count, draws),
        _commercialized_after(year, count, draws),
        _withdrawn_after(count, draws),
        draws.pick(count, list(CHANNELS_HOME.values())).tolist(),
        strict=True,
    )
    return [
        _achievement(
            f"SIM-A-{year}-{number:05d}", maker, day, fields[field], trl, rights, sold,
            gone if population.by_id[maker].is_public_research else None, channels[channel],
        )
        for number, (maker, day, field, trl, rights, sold, gone, channel) in enumerate(columns, start=1)
    ]  # fmt: skip


def _rights(count: int, draws: Draws) -> list[int | None]:
    granted = draws.chance(count, 420).tolist()
    return [
        share if is_granted else None
        for share, is_granted in zip((draws.between(count, 5, 9) * 10).tolist(), granted, strict=True)
    ]


def _commercialized_after(year: int, count: int, draws: Draws) -> list[int | None]:
    """Days from registration: the lesser of two even draws, so that most are commercialized early."""
    ever = draws.chance(count, EVER_COMMERCIALIZED[year]).tolist()
    first = draws.between(count, 40, LONGEST_YEARS * 365)
    second = draws.between(count, 40, LONGEST_YEARS * 365)
    return [
        min(pair) if is_ever else None for is_ever, *pair in zip(ever, first.tolist(), second.tolist(), strict=True)
    ]


def _withdrawn_after(count: int, draws: Draws) -> list[int | None]:
    is_withdrawn = draws.chance(count, WITHDRAWN_PER_MILLE).tolist()
    return [
        days if flag else None
        for flag, days in zip(is_withdrawn, draws.between(count, 200, 2_000).tolist(), strict=True)
    ]


def _achievement(
    id_: str,
    maker: str,
    day: int,
    field: str,
    trl: int,
    rights: int | None,
    sold: int | None,
    gone: int | None,
    channel: str,
) -> Achievement:
    # What comes first rules out the other.
    is_gone_first = gone is not None and (sold is None or gone < sold)
    commercialized = day + sold if sold is not None and not is_gone_first and day + sold <= LAST_DAY else None
    withdrawn = day + gone if gone is not None and is_gone_first and day + gone <= LAST_DAY else None
    return {
        "achievement_id": id_,
        "institution_id": maker,
        "title": f"模拟成果 {id_[6:]} / Simulated achievement {id_[6:]}",
        "field": field,
        "registered_date": day,
        "trl": trl,
        "researcher_rights_share": rights,
        "commercialized_date": commercialized,
        "commercialized_channel": channel if commercialized is not None else None,
        "withdrawn_date": withdrawn,
    }
