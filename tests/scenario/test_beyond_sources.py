"""The records beside the contracts in the pipeline: each arrives as it is, and rules find what was planted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from yearbook import pipeline
from yearbook.scenario import beyond_contracts, words
from yearbook.scenario.claims import make_claims
from yearbook.scenario.disputes import make_disputes
from yearbook.scenario.facilities import make_facilities
from yearbook.scenario.files import project_layouts
from yearbook.scenario.files.folder import write_files
from yearbook.scenario.managers import make_managers, make_recognitions
from yearbook.scenario.monitoring import make_monitoring
from yearbook.scenario.partner_statistics import make_partner_statistics
from yearbook.scenario.projects import make_projects
from yearbook.scenario.scenario import Scenario
from yearbook.scenario.services import make_services
from yearbook.scenario.training import make_modules, make_training
from yearbook.settings import Settings
from yearbook.staleness import stale_sources
from yearbook.validate import validate_dataset
from yearbook.workspace import Workspace, open_workspace

SEED = 7
SOURCES = (
    "achievements", "disputes", "facilities", "insurance_claims", "manager_services", "partner_statistics",
    "project_monitoring", "projects", "recognitions", "technology_managers", "training",
)  # fmt: skip
LABELS = {
    "courses": words.COURSES,
    "curriculum_areas": words.CURRICULUM_AREAS,
    "dispute_outcomes": words.DISPUTE_OUTCOMES,
    "dispute_subjects": words.DISPUTE_SUBJECTS,
    "facility_types": words.FACILITY_TYPES,
    "insurance_causes": words.INSURANCE_CAUSES,
    "manager_levels": words.MANAGER_LEVELS,
    "measurement_units": words.MEASUREMENT_UNITS,
    "monitoring_metrics": words.MONITORING_METRICS,
    "approvals": project_layouts.APPROVALS,
    "disruption_causes": project_layouts.CAUSES,
    "delivery_models": project_layouts.MODELS,
}
# What rules find in the records of 2023; and what they may find, where the faults are few and fall in any year.
FINDINGS = {
    ("disputes", "case_closed_before_opening"),
    ("insurance_claims", "cover_ratio_perhaps_a_fraction"),
    ("manager_services", "listing_price_not_positive"),
    ("project_monitoring", "duplicate_key"),
    ("project_monitoring", "infringed_patents_exceed_monitored"),
    ("project_monitoring", "project_unknown"),
    ("project_monitoring", "unit_of_measurement_missing"),
    ("project_monitoring", "unread_value"),
    ("recognitions", "manager_unknown"),
    ("technology_managers", "competencies_partly_stated"),
    ("training", "completed_exceeds_enrolled"),
}
POSSIBLE = {
    ("achievements", "duplicate_key"),
    ("achievements", "rights_share_out_of_range"),
    ("projects", "duplicate_key"),
    ("projects", "trl_out_of_range"),
    ("projects", "compatible_parameters_exceed_parameters"),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Workspace:
    root = tmp_path_factory.mktemp("beyond")
    write_files(root / "records", beyond_contracts.files_beyond_contracts(Scenario(SEED, 0.01)))
    settings = replace(
        Settings.from_environment(),
        home=str(root / "home"),
        data=str(root / "records"),
        catalogue_url=f"sqlite:///{root}/catalogue.sqlite",
    )
    workspace = open_workspace("demo", settings)
    pipeline.collect_all(workspace, list(SOURCES))
    return workspace


def _staged(workspace: Workspace, dataset: str) -> pa.Table:
    return pa.concat_tables([workspace.lake.read(part.ref) for part in workspace.catalogue.staged(dataset)])


def _true_records() -> dict[str, list[dict[str, Any]]]:
    population = Scenario(SEED, 0.01).population
    projects, managers, cohorts = make_projects(population, SEED), make_managers(SEED), make_training(SEED)
    return {
        "projects": projects,
        "facilities": make_facilities(population, SEED),
        "project_monitoring": make_monitoring(projects, SEED),
        "partner_statistics": make_partner_statistics(SEED),
        "recognitions": make_recognitions(managers, SEED),
        "manager_services": make_services(managers, projects, SEED),
        "training": cohorts,
        "training_modules": make_modules(cohorts, SEED),
        "insurance_claims": make_claims(projects, SEED),
        "disputes": make_disputes(SEED),
    }


def _comparable(value: Any, field: str) -> Any:
    if field.endswith("date") or field.startswith(("adaptation_s", "adaptation_e", "approval_p", "approval_ac")):
        return value.toordinal() if isinstance(value, date) else value
    return value if value is None or isinstance(value, str | bool) else float(value)


def _as_set(rows: Iterable[dict[str, Any]], fields: list[str]) -> set[tuple[Any, ...]]:
    return {tuple(_comparable(row.get(field), field) for field in fields) for row in rows}


def test_every_true_record_arrives_as_it_is(collected):
    """From whichever layout, encoding, unit and language."""
    missing = {}
    for dataset, rows in _true_records().items():
        fields = [field for field in collected.recipe.datasets[dataset].fields if any(field in row for row in rows)]
        table = _staged(collected, dataset)
        missing[dataset] = len(_as_set(rows, fields) - _as_set(table.select(fields).to_pylist(), fields))

    assert missing == dict.fromkeys(missing, 0)


def test_what_is_collected_is_current(collected):
    assert set(stale_sources(collected)) & set(SOURCES) == set()


def test_only_planted_dirt_is_unread(collected):
    unread: dict[str, set[str]] = defaultdict(set)
    for dataset in [*SOURCES, "training_modules"]:
        for cell in _staged(collected, dataset)["_unread"].drop_null().to_pylist():
            for field, text in json.loads(cell).items():
                unread[f"{dataset}.{field}"].add(text)

    assert unread.pop("project_monitoring.value") == {"约30"}
    assert unread.keys() <= {"achievements.registered_date", "projects.start_date", "projects.screened_date"}


def test_rules_find_what_was_planted_and_nothing_else(collected):
    as_of = collected.recipe.programme.last_release_date
    for dataset in [*SOURCES, "training_modules"]:
        validate_dataset(collected, dataset, 2023, as_of)
    found = {(one.dataset, one.rule) for one in collected.catalogue.findings(year=2023)}

    assert found - POSSIBLE == FINDINGS
    assert found & POSSIBLE


def test_what_is_sent_twice_is_known_as_one(collected):
    keys = Counter(_staged(collected, "facilities")["facility_id"].to_pylist())
    hashes = set(_staged(collected, "facilities")["_record_hash"].to_pylist())

    assert max(keys.values()) == 2
    assert len(hashes) == len(keys)


@pytest.mark.parametrize("name", sorted(LABELS))
def test_codelists_know_the_words_of_the_offices(name, collected):
    codelist = collected.recipe.codelists[name]
    known = {code: [codelist.find(word) for word in (code, *pair)] for code, pair in LABELS[name].items()}

    assert known == {code: [code] * 3 for code in LABELS[name]}
