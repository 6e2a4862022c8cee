"""The demonstration programme reads its records: every source loads, every header maps, only planted dirt is unread."""

import json
from collections import Counter, defaultdict
from dataclasses import replace

import pyarrow as pa
import pytest

from yearbook.extract.collect import collect_delivery, list_deliveries, settle_source
from yearbook.scenario import labels, write_records
from yearbook.scenario.contracts import make_contracts
from yearbook.scenario.faults import BAD_AMOUNTS, BAD_COUNTRIES, BAD_DATES
from yearbook.scenario.files import achievement_files, project_files
from yearbook.scenario.files.project_layouts import MODELS
from yearbook.scenario.institutions import institution_rows, make_population
from yearbook.scenario.projects import make_projects
from yearbook.settings import Settings
from yearbook.workspace import Workspace, open_workspace

SEED, SCALE = 7, 0.02
DATASETS = {"achievements", "contracts", "institutions", "projects", "register_totals"}
LABELS = {
    "partners": labels.PARTNERS,
    "sectors": labels.SECTORS,
    "channels": labels.CHANNELS,
    "platforms": labels.PLATFORMS,
    "currencies": labels.CURRENCIES,
    "delivery_models": MODELS,
}


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
    for source in workspace.recipe.sources:
        for delivery in list_deliveries(workspace, source):
            collect_delivery(workspace, source, delivery)
        settle_source(workspace, source)
    return workspace


def _staged(workspace: Workspace, dataset: str) -> pa.Table:
    return pa.concat_tables([workspace.lake.read(part.ref) for part in workspace.catalogue.staged(dataset)])


def test_every_dataset_has_a_source_and_every_file_a_reader(collected):
    read = {delivery.uri.rpartition("/")[2] for delivery in collected.catalogue.deliveries()}

    assert {entry.dataset for source in collected.recipe.sources.values() for entry in source.entries} == DATASETS
    assert set(collected.recipe.sources) == DATASETS
    assert len(read) == 15


def test_only_planted_dirt_is_unread(collected):
    unread: dict[str, set[str]] = defaultdict(set)
    for dataset in DATASETS:
        for cell in _staged(collected, dataset)["_unread"].drop_null().to_pylist():
            for field, text in json.loads(cell).items():
                unread[f"{dataset}.{field}"].add(text)

    planted = {
        "contracts.sign_date": set(BAD_DATES),
        "contracts.value": set(BAD_AMOUNTS),
        "contracts.buyer_country": set(BAD_COUNTRIES),
        "achievements.registered_date": set(achievement_files.BAD_DATES),
        "projects.start_date": set(project_files.BAD_DATES),
        "projects.screened_date": set(project_files.BAD_DATES),
    }
    assert {
        name: texts - planted.get(name, set()) for name, texts in unread.items() if texts - planted.get(name, set())
    } == {}
    assert {"contracts.sign_date", "contracts.value", "contracts.buyer_country"} <= unread.keys()


def test_staged_contracts_are_the_true_ones(collected):
    """Every true contract arrives with its terms, from whichever layout, unit, currency and spelling."""
    fields = ("contract_id", "value", "currency", "sector", "channel", "seller_country", "buyer_country", "platform")
    population = make_population(SEED, SCALE)
    true = Counter(tuple(one[field] for field in fields) for one in make_contracts(population, SEED, SCALE))
    table = _staged(collected, "contracts")
    staged = set(zip(*(table[field].to_pylist() for field in fields), strict=True))
    missing = [one for one in true if one not in staged]

    amended = {one.removesuffix("-A1") for one in table["contract_id"].to_pylist() if one.endswith("-A1")}
    assert [one for one in missing if one[0] not in amended] == []


def test_staged_projects_and_institutions_are_the_true_ones(collected):
    population = make_population(SEED, SCALE)
    fields = ("project_id", "partner", "sector", "budget", "procurement_local", "delivery_model")
    true = {tuple(one.get(field) for field in fields) for one in make_projects(population, SEED, SCALE)}
    projects, institutions = _staged(collected, "projects"), _staged(collected, "institutions")
    names = ("institution_id", "year", "name_zh", "name_en", "type", "transfer_staff")

    assert true <= set(zip(*(projects[field].to_pylist() for field in fields), strict=True))
    assert {tuple(row[name] for name in names) for row in institution_rows(population, SEED)} == set(
        zip(*(institutions[name].to_pylist() for name in names), strict=True)
    )


def test_what_is_sent_twice_is_the_same_twice(collected):
    """Only the one planted contradiction leaves two versions of a key that nothing puts in order."""
    columns = _staged(collected, "contracts").select(["contract_id", "registration_date", "_record_hash"]).to_pylist()
    versions = defaultdict(set)
    for row in columns:
        versions[row["contract_id"], row["registration_date"]].add(row["_record_hash"])

    assert len([key for key, hashes in versions.items() if len(hashes) > 1]) == 1


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
