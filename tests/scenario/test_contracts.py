"""The true contracts give the published figures back at any scale, computed here without the pipeline."""

import csv
from functools import cache
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from yearbook.scenario import contracts, labels
from yearbook.scenario.columns import NOTHING, Rows, joined, size_of
from yearbook.scenario.files.contract_cells import with_hands
from yearbook.scenario.histories import with_histories
from yearbook.scenario.parties import Parties
from yearbook.scenario.plan import BELT_AND_ROAD, CENTRAL_EUROPE, LEADING, NATIONAL_REGISTER
from yearbook.scenario.receipts import receipts_of
from yearbook.scenario.register_totals import NATIONAL, make_register_totals, sums_of
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.survey import institution_rows
from yearbook.settings import PROJECT

SEED = 2024
SCALES = [0.01, 0.02, 0.1]
PARTNERS = [*labels.PARTNERS]


def _words(words: list[str], positions: np.ndarray) -> list[str]:
    return np.array(words)[positions].tolist()


def _truth(rows: Rows, year: int, parties: Parties) -> pa.Table:
    amounts = ("value_cny", "value", "technology_value", "equity_value", "researcher_equity_value")
    abroad = parties.countries[np.where(parties.provinces[rows["buyer"]] == NOTHING, rows["buyer"], rows["seller"])]
    return pa.table({
        "year": np.full(size_of(rows), year),
        "number": rows["number"],
        "partner": _words(PARTNERS, abroad),
        "seller": _words(parties.ids, rows["seller"]),
        "is_public": parties.are_public[rows["seller"]],
        "sector": _words([*labels.SECTORS], rows["sector"]),
        "channel": _words([*labels.CHANNELS], rows["channel"]),
        "platform": _words([*labels.PLATFORMS], rows["platform"]),
        "pricing": _words([*labels.PRICING], rows["pricing_mechanism"]),
        "technology": _words(contracts.TECHNOLOGIES, rows["technology"]),
        "currency": _words([*labels.CURRENCIES], rows["currency"]),
        "days": rows["registration_date"] - rows["sign_date"],
        **{name: rows[name] for name in amounts},
    })  # fmt: skip


@cache
def _made(scale: float) -> tuple[Scenario, list[tuple[int, Rows]], pa.Table]:
    scenario = Scenario(SEED, scale)
    years = list(contracts.make_contracts(scenario.parties, SEED, scale))
    return scenario, years, pa.concat_tables([_truth(rows, year, scenario.parties) for year, rows in years])


def _known(rows: Rows, year: int) -> Rows:
    return with_histories(with_hands(rows, year, SEED), year, SEED)


def _asked(table: pa.Table, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.register("contracts", table)
        connection.register("bri", pa.table({"code": [*BELT_AND_ROAD, *CENTRAL_EUROPE]}))
        connection.register("leading_bri", pa.table({"code": [*LEADING]}))
        return connection.execute(query).fetchall()


PINNED = """
    WITH abroad AS (SELECT * FROM contracts WHERE partner NOT IN ('CHN', 'HKG')),
    bri AS (SELECT * FROM contracts WHERE year = 2024 AND partner IN (SELECT code FROM bri)),
    g60 AS (SELECT * FROM abroad WHERE year = 2023 AND platform = 'g60_corridor')
    SELECT 'P02', sum(value)::DOUBLE FROM bri
    UNION ALL SELECT 'P03', 100 * sum(value) FILTER (sector IN (SELECT code FROM leading_bri)) / sum(value) FROM bri
    UNION ALL SELECT 'P04', 100 * (sum(value) FILTER (year = 2024) / sum(value) FILTER (year = 2023) - 1)
      FROM contracts WHERE is_public
    UNION ALL SELECT 'P05', count(DISTINCT seller) FROM contracts WHERE year = 2024 AND is_public
    UNION ALL SELECT 'P07', sum(value) FILTER (sector = 'biomedicine') FROM g60
    UNION ALL SELECT 'P08', 100 * sum(value) FILTER (sector = 'biomedicine') / sum(value) FROM g60
    UNION ALL SELECT 'P27', sum(equity_value) FROM contracts WHERE year = 2024 AND seller = 'cqupt'
    UNION ALL SELECT 'P28', 100 * sum(researcher_equity_value) / sum(equity_value)
      FROM contracts WHERE year = 2024 AND seller = 'cqupt'
    UNION ALL SELECT 'P48', sum(value) FROM contracts WHERE year = 2024 AND seller = 'cqu'
      AND channel = 'license' AND technology = 'intelligent_transmission'
    UNION ALL SELECT 'P64', count(*) FROM contracts
      WHERE year = 2024 AND partner = 'LAO' AND sector = 'medicinal_plant_processing'
"""


@pytest.mark.parametrize("scale", SCALES)
def test_pinned_figures_hold_at_every_scale(scale):
    scenario, years, truth = _made(scale)
    found = dict(_asked(truth, PINNED))
    staff = [row["transfer_staff"] for row in institution_rows(scenario.population, SEED) if row["year"] == 2024]
    sums = [one for year, rows in years for one in sums_of(rows, year, scenario.parties)]
    nation = {one.year: one.value * 10_000 for one in make_register_totals(sums, SEED) if one.area == NATIONAL}

    published = _published()
    assert {
        **{key: pytest.approx(float(value), rel=1e-9) for key, value in found.items()},
        "P06": sum(number or 0 for number in staff),
    } == {
        **{key: published[key] for key in found.keys() | {"P06"}},
        "P03": 100 * 56 / 89,
        "P64": 12,
    }
    assert nation[2024] > published["P01"]
    assert max(nation, key=nation.__getitem__) == 2024


def _published() -> dict[str, float]:
    path = PROJECT / "include" / "reference" / "comparators" / "published_figures.csv"
    with open(path, encoding="utf-8", newline="") as file:
        return {row["id"]: float(row["value"]) for row in csv.DictReader(file)}


def test_the_scale_changes_how_many_contracts_there_are_and_nothing_else():
    totals = """
        SELECT year, is_public, channel = 'equity' AND seller = 'cqupt', platform = 'g60_corridor' AND partner <> 'CHN',
          sum(value_cny)::BIGINT
        FROM contracts GROUP BY ALL ORDER BY ALL
    """
    counts = [_asked(_made(scale)[2], "SELECT year, count(*) FROM contracts GROUP BY year ORDER BY year")
              for scale in (0.02, 0.1)]  # fmt: skip

    assert _asked(_made(0.02)[2], totals) == _asked(_made(0.1)[2], totals)
    assert [round(sum(count for _, count in one) / scale) for one, scale in zip(counts, (0.02, 0.1), strict=True)] == (
        pytest.approx([3_900_000] * 2, rel=0.001)
    )
    assert all(before < now for one in counts for (_, before), (_, now) in pairwise(one))
    assert {scale: len(_made(scale)[0].population.institutions) for scale in SCALES} == dict.fromkeys(SCALES, 7_264)


@pytest.mark.parametrize("scale", SCALES)
def test_every_contract_is_possible(scale):
    impossible = """
        SELECT count(*) FROM contracts WHERE NOT (
          value > 0 AND technology_value BETWEEN value * 0.44 AND value AND days BETWEEN 0 AND 665
          AND (channel = 'equity') = (equity_value >= 0)
          AND equity_value <= value AND researcher_equity_value <= equity_value
        )
    """
    twice = "SELECT count(*) FROM (SELECT year, number FROM contracts GROUP BY ALL HAVING count(*) > 1)"
    _, years, truth = _made(scale)

    assert _asked(truth, impossible) == _asked(truth, twice) == [(0,)]
    assert sum(int((rows["seller"] == rows["buyer"]).sum()) for _, rows in years) == 0


def test_institutions_come_and_go_so_that_matched_growth_is_another():
    growth = """
        WITH sold AS (
          SELECT seller, sum(value) FILTER (year = 2023) AS before, sum(value) FILTER (year = 2024) AS later
          FROM contracts WHERE is_public GROUP BY seller
        )
        SELECT
          count(*) FILTER (before IS NULL AND later > 0), count(*) FILTER (before > 0 AND later IS NULL),
          100 * (sum(later) FILTER (before > 0) / sum(before) FILTER (later > 0) - 1)
        FROM sold
    """
    ((entered, left, matched),) = _asked(_made(0.1)[2], growth)

    assert entered > left > 50
    assert 0 < matched < 9.5


def test_shares_differ_where_they_should():
    def shares(of: str, by: str) -> dict[str, float]:
        return dict(_asked(_made(0.1)[2], f"SELECT {by}, 100 * {of} FROM contracts WHERE year = 2024 GROUP BY ALL"))

    technology = shares("sum(technology_value) / sum(value)", "channel")
    negotiated = shares("count(*) FILTER (pricing = 'negotiation') / count(*)", "is_public")
    foreign = shares("sum(value_cny) FILTER (partner NOT IN ('CHN', 'HKG')) / sum(value_cny)", "is_public")

    assert technology["service"] < 70 < technology["development"] < 90 < technology["license"]
    assert negotiated[True] < 70 < 80 < negotiated[False]
    assert (foreign[True], foreign[False]) == (pytest.approx(10.47, abs=0.01), pytest.approx(6.73, abs=0.01))


def test_receipts_are_part_of_what_was_agreed():
    scenario, years, _ = _made(0.02)
    owed, paid = 0, 0
    for year, rows in years:
        received = joined([
            some for _, some in receipts_of(_known(rows, year), year, scenario.parties, SEED)
        ])  # fmt: skip
        together = np.bincount(received["number"], received["value"], minlength=size_of(rows) + 1)[1:]
        agreed = rows["value"][np.argsort(rows["number"])]
        assert (together <= agreed).all()
        assert (received["value"] > 0).all()
        paid, owed = paid + int(together.sum()), owed + int(agreed[together > 0].sum())

    assert 0.9 < paid / owed < 0.98


@pytest.mark.parametrize("scale", SCALES)
def test_register_totals_add_up_and_cover_the_records(scale):
    scenario, years, _ = _made(scale)
    sums = [one for year, rows in years for one in sums_of(rows, year, scenario.parties)]
    totals = make_register_totals(sums, SEED)
    nation = {(one.year, one.direction): one for one in totals if one.area == NATIONAL}
    held = {(one.year, one.direction): sum(one.values) for one in sums}
    for (year, direction), whole in nation.items():
        parts = [one for one in totals if (one.year, one.direction) == (year, direction) and one.area != NATIONAL]
        assert (sum(one.contracts for one in parts), sum(one.value for one in parts)) == whole[3:]
        assert 92 < held[year, direction] / whole.value / 100 < 99
    assert {year: one.value / 100_000 for (year, _), one in nation.items()} == {
        year: float(value) for year, value in NATIONAL_REGISTER.items()
    }


def test_who_misses_the_survey():
    rows = institution_rows(Scenario(SEED, 1).population, SEED)
    answered = {year: {row["institution_id"] for row in rows if row["year"] == year} for year in range(2019, 2025)}
    missing = {year: len(answered[year - 1] - answered[year]) for year in range(2020, 2025)}
    late = {year: sum("late" in str(row["remark"]) for row in rows if row["year"] == year) for year in answered}

    assert {year: bool(number) for year, number in missing.items()} == {
        2020: False, 2021: False, 2022: True, 2023: True, 2024: False,
    }  # fmt: skip
    assert 100 < missing[2023] < missing[2022] < 260
    assert {year for year, number in late.items() if number} == {2022, 2023}
