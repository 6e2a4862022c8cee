"""The demonstration programme reads contracts, receipts, institutions and the register: only planted dirt is unread."""

import json
from collections import Counter, defaultdict
from dataclasses import replace

import duckdb
import pyarrow as pa
import pytest

from yearbook.extract.collect import collect_delivery, list_deliveries, settle_source
from yearbook.scenario import labels, write_records
from yearbook.scenario.columns import NOTHING
from yearbook.scenario.contracts import TECHNOLOGIES, make_contracts
from yearbook.scenario.faults import RAW
from yearbook.scenario.register_totals import make_register_totals, sums_of
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.survey import institution_rows
from yearbook.settings import Settings
from yearbook.workspace import Workspace, open_workspace

SEED, SCALE = 7, 0.01
FILES = {"contracts": 10, "receipts": 6, "institutions": 1, "register_totals": 2}
LABELS = {
    "partners": labels.PARTNERS,
    "sectors": labels.SECTORS,
    "channels": labels.CHANNELS,
    "platforms": labels.PLATFORMS,
    "currencies": labels.CURRENCIES,
    "pricing_mechanisms": labels.PRICING,
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario(SEED, SCALE)


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Workspace:
    root = tmp_path_factory.mktemp("demo")
    write_records(root / "records", SEED, SCALE)
    settings = replace(
        Settings.from_environment(),
        home=str(root / "home"),
        data=str(root / "records"),
        catalogue_url=f"sqlite:///{root}/catalogue.sqlite",
    )
    workspace = open_workspace("demo", settings)
    for source in FILES:
        for delivery in list_deliveries(workspace, source):
            collect_delivery(workspace, source, delivery)
        settle_source(workspace, source)
    return workspace


def _staged(workspace: Workspace, dataset: str) -> pa.Table:
    return pa.concat_tables([workspace.lake.read(part.ref) for part in workspace.catalogue.staged(dataset)])


def test_every_file_has_a_reader(collected):
    read = [delivery.uri.rsplit("/", 2)[-2] for delivery in collected.catalogue.deliveries()]

    assert Counter(read) == Counter({"register": 2, "contracts": 10, "receipts": 6, "institutions": 1})


def test_only_planted_dirt_is_unread(collected):
    unread: dict[str, set[str]] = defaultdict(set)
    for dataset in FILES:
        for cell in _staged(collected, dataset)["_unread"].drop_null().to_pylist():
            for field, text in json.loads(cell).items():
                unread[f"{dataset}.{field}"].add(text)

    assert {name: texts <= set(RAW[name.partition(".")[2].replace("amount", "value")])
            for name, texts in unread.items()} == {
        "contracts.sign_date": True, "contracts.value": True, "contracts.buyer_country": True, "receipts.amount": True,
    }  # fmt: skip


def test_staged_contracts_are_the_true_ones(collected, scenario):
    """Every true contract arrives with its terms, from whichever layout, unit, currency and spelling."""
    words = {"sector": labels.SECTORS, "channel": labels.CHANNELS, "platform": labels.PLATFORMS}
    words |= {"currency": labels.CURRENCIES, "pricing_mechanism": labels.PRICING}
    true: set[tuple[object, ...]] = set()
    for year, rows in make_contracts(scenario.parties, SEED, SCALE):
        columns = [[list(words[name])[at] for at in rows[name]] for name in words]
        parties = [[scenario.parties.ids[at] for at in rows[role]] for role in ("seller", "buyer")]
        ids = [f"SIM-C-{year}-{number:07d}" for number in rows["number"]]
        equity = [None if value == NOTHING else value for value in rows["equity_value"].tolist()]
        true |= set(zip(ids, rows["value"].tolist(), equity, *columns, *parties, strict=True))
    table = _staged(collected, "contracts")
    fields = ("contract_id", "value", "equity_value", *words, "seller_id", "buyer_id")
    staged = set(zip(*(table[field].to_pylist() for field in fields), strict=True))
    amended = {one.removesuffix("-A1") for one in table["contract_id"].to_pylist() if one.endswith("-A1")}

    assert [one for one in true - staged if one[0] not in amended] == []
    assert {"intelligent_transmission"} <= set(table["technology_id"].to_pylist()) - {None} <= set(TECHNOLOGIES)


def test_staged_institutions_and_totals_are_the_true_ones(collected, scenario):
    names = ("institution_id", "year", "name_zh", "name_en", "type", "transfer_staff")
    institutions = _staged(collected, "institutions")
    assert {tuple(row[name] for name in names) for row in institution_rows(scenario.population, SEED)} == set(
        zip(*(institutions[name].to_pylist() for name in names), strict=True)
    )

    sums = [one for year, rows in make_contracts(scenario.parties, SEED, SCALE)
            for one in sums_of(rows, year, scenario.parties)]  # fmt: skip
    totals = _staged(collected, "register_totals").to_pylist()
    printed = {
        (row["year"], row["direction"], row["contract_count"], int(row["contract_value"] / 10_000))
        for row in totals if row["publication"] == "2025" and row["area"] == "_T"
    }  # fmt: skip
    assert printed == {
        (one.year, one.direction, one.contracts, one.value)
        for one in make_register_totals(sums, SEED) if one.area == "全国"
    }  # fmt: skip


def test_receipts_are_on_contracts_of_their_number(collected):
    """But for those on contracts that nobody knows."""
    tables = {"receipts": _staged(collected, "receipts"), "contracts": _staged(collected, "contracts")}
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        (unknown,) = connection.execute(
            """SELECT list(DISTINCT contract_id[12:12]) FROM receipts
               WHERE contract_id NOT IN (SELECT contract_id FROM contracts)"""
        ).fetchall()
        ((years, earliest, currencies),) = connection.execute(
            """SELECT
                 count(DISTINCT r.year), min(r.year - year(c.sign_date)), count(*) FILTER (r.currency <> c.currency)
               FROM receipts r JOIN contracts c USING (contract_id)"""
        ).fetchall()

    assert unknown == (["N"],)
    assert (years, earliest, currencies) == (6, 0, 0)


def test_what_is_sent_twice_is_the_same_twice(collected):
    """Only the one planted contradiction leaves two versions of a key that nothing puts in order."""
    columns = _staged(collected, "contracts").select(["contract_id", "registration_date", "_record_hash"]).to_pylist()
    versions = defaultdict(set)
    for row in columns:
        versions[row["contract_id"], row["registration_date"]].add(row["_record_hash"])

    assert [key[0] for key, hashes in versions.items() if len(hashes) > 1] == ["SIM-C-2023-X0000001"]


def test_dirt_stays_a_small_share(collected):
    table = _staged(collected, "contracts")
    ids = Counter(table["contract_id"].to_pylist())
    repeated = sum(count - 1 for count in ids.values())
    unread = len(table["_unread"].drop_null())

    assert 0.002 < (repeated + unread) / table.num_rows < 0.04


@pytest.mark.parametrize("name", sorted(LABELS))
def test_codelists_know_the_words_of_the_offices(name, collected):
    codelist = collected.recipe.codelists[name]
    words = {code: [codelist.find(word) for word in (code, *pair)] for code, pair in LABELS[name].items()}

    assert words == {code: [code] * 3 for code in LABELS[name]}


def test_areas_are_known_in_both_languages(collected):
    areas = collected.recipe.codelists["areas"]
    found = {name: (areas.find(name), areas.find(english)) for name, (english, _, _) in labels.PROVINCES.items()}

    assert [name for name, (chinese, english) in found.items() if chinese is None or chinese != english] == []
    assert {code: areas.find(name) for code, name in labels.REGIONS.items()} == {code: code for code in labels.REGIONS}
