"""An edition from validated records to observations: whole, the same on a rerun, and only redone where needed."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from yearbook.compute import compute_year, engine, indicators, observations_csv, read_observations
from yearbook.compute.engine import Engine
from yearbook.compute.indicators import compute_indicator
from yearbook.errors import ComputeError
from yearbook.model.observation import INTERNAL_COLUMNS, KEY, PUBLIC_COLUMNS
from yearbook.model.recipe import IndicatorFolder
from yearbook.workspace import Workspace

Put = Callable[[Workspace, str, int, list[dict[str, Any]]], str]


def contracts(year: int, count: int) -> list[dict[str, Any]]:
    chance = random.Random(year)
    return [
        {
            "contract_id": f"{year}-{number}",
            "sign_date": date(year, 1 + number % 12, 1),
            "channel": chance.choice(["license", "service", None]),
            "seller_id": f"U{chance.randrange(count // 3)}",
            "seller_country": "CHN",
            "seller_province": chance.choice(["BJ", "GD", None]),
            "buyer_id": f"B{chance.randrange(count)}",
            "buyer_country": chance.choice(["CHN", "KEN", "VNM", "HKG", None]),
            "value": Decimal(chance.randrange(1, 10**12)) / 100,
            "currency": chance.choice(["CNY", "USD", "XDR"]),
            "sector": chance.choice(["photovoltaics", "ict", "energy", None]),
            "platform": chance.choice(["g60_corridor", None]),
        }
        for number in range(count)
    ]


def fill(workspace: Workspace, put: Put) -> None:
    for year in (2022, 2023, 2024):
        put(workspace, "contracts", year, contracts(year, 300))
    put(
        workspace,
        "institutions",
        2023,
        [{"institution_id": f"U{n}", "year": 2023, "type": "university"} for n in range(50)],
    )


def states(workspace: Workspace, after: int) -> list[tuple[str, str, int | None, str]]:
    return [
        (one.step, one.subject, one.year, one.state)
        for one in workspace.catalogue.events(after)
        if one.state != "started"
    ]


def test_the_same_records_give_the_same_bytes(open_office: Callable[..., Workspace], put: Put, as_of: date) -> None:
    files = []
    for home, threads in (("one", 1), ("two", 2), ("again", 2)):
        workspace = open_office(home)
        fill(workspace, put)
        compute_year(workspace, 2024, as_of, threads=threads)
        (edition,) = workspace.catalogue.editions()
        internal = Path(workspace.settings.home) / "office/internal/2024/observations.csv"
        files.append((edition, internal.read_bytes()))
    assert files[0] == files[1] == files[2]


def test_observations_are_in_their_columns_sorted_and_unique(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    table = read_observations(office, 2024)
    keys = list(zip(*(table[name].to_pylist() for name in KEY), strict=True))
    assert tuple(table.column_names) == INTERNAL_COLUMNS
    assert keys == sorted(set(keys))
    assert set(table["indicator"].to_pylist()) == set(office.recipe.indicators)
    for row in table.to_pylist():
        assert (row["value"] is None) == (row["status"] == "M"), row
        assert row["status"] in ("A", "E", "U") or row["reason"], row


def test_the_csv_reads_back_to_the_same_numbers(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    table = read_observations(office, 2024)
    rows = list(csv.DictReader(io.StringIO(observations_csv(table, PUBLIC_COLUMNS).decode())))
    assert [float(row["value"]) if row["value"] else None for row in rows] == table["value"].to_pylist()
    assert [int(row["records"]) if row["records"] else None for row in rows] == table["records"].to_pylist()
    assert not any("e" in row["numerator"] or row["value"].endswith(".0") for row in rows)


def test_only_what_changed_is_redone(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    first = office.catalogue.last_event()
    compute_year(office, 2024, as_of)
    assert states(office, first) == [("compute", "", 2024, "kept")]

    put(office, "projects", 2024, [{"project_id": "P1", "start_date": date(2024, 5, 1)}])
    second = office.catalogue.last_event()
    compute_year(office, 2024, as_of)
    redone = {subject for step, subject, _, state in states(office, second) if step == "cube" and state == "done"}
    assert redone == {
        "insurance_cells",
        "monitoring_cells",
        "project_cells",
        "project_stage_cells",
        "screening_cells",
        "screening_score_cells",
    }
    (count,) = [
        row["value"]
        for row in read_observations(office, 2024).to_pylist()
        if row["indicator"] == "commercialization_project_count" and row["partner"] == row["sector"] == "_T"
        if row["institution_type"] == row["delivery_model"] == "_T"
    ]
    assert count == 1


def test_indicators_that_read_nothing_new_are_not_computed_again(
    office: Workspace, put: Put, as_of: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    computed = set[str]()

    def compute(engine: Engine, folder: IndicatorFolder, year: int, missing: str | None) -> pa.Table:
        computed.add(folder.definition.indicator)
        return compute_indicator(engine, folder, year, missing)

    monkeypatch.setattr(indicators, "compute_indicator", compute)
    put(office, "contracts", 2024, contracts(2024, 200))
    compute_year(office, 2024, as_of)
    assert "contract_value" in computed
    assert "commercialization_project_count" not in computed

    (again,) = office.catalogue.editions()
    office.catalogue.forget_step("compute", "", 2024)
    compute_year(office, 2024, as_of)
    assert computed == set(office.recipe.indicators)
    assert office.catalogue.editions() == [again]


def test_an_internal_file_that_was_deleted_is_written_again(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    internal = Path(office.settings.home) / "office/internal/2024/observations.csv"
    content = internal.read_bytes()
    internal.unlink()
    compute_year(office, 2024, as_of)
    assert internal.read_bytes() == content


@pytest.mark.parametrize("name", ["observations.csv", "non_response.csv"])
def test_an_internal_file_of_a_stopped_run_does_not_stay(office: Workspace, put: Put, as_of: date, name: str) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    internal = Path(office.settings.home) / "office/internal/2024" / name
    content = internal.read_bytes()
    internal.write_bytes(content.replace(b"\n", b"0\n"))
    compute_year(office, 2024, as_of)
    assert internal.read_bytes() == content
    before = internal.stat().st_mtime_ns
    compute_year(office, 2024, as_of)
    assert internal.stat().st_mtime_ns == before


def test_projects_that_all_start_later_are_records_of_the_year_they_were_screened_in(
    office: Workspace, put: Put, as_of: date
) -> None:
    rows = [{"project_id": "A", "screened_date": date(2023, 9, 1), "start_date": date(2024, 2, 1), "trl_start": 7}]
    put(office, "projects", 2024, rows)
    for year in (2022, 2023):
        compute_year(office, year, as_of)
    assert {
        year: [
            (row["value"], row["reason"])
            for row in read_observations(office, year).to_pylist()
            if row["indicator"] == "trl_6_8_share" and {row[name] for name in KEY[2:]} <= {"_T", "_Z"}
        ]
        for year in (2022, 2023)
    } == {2022: [(None, "no_records")], 2023: [(100.0, None)]}


@pytest.mark.parametrize(("amendments", "channel"), [(0, "license"), (1, "license"), (4, "license"), (5, "_U")])
def test_a_receipt_follows_its_contract_through_amendments_that_were_amended(
    office: Workspace, put: Put, as_of: date, amendments: int, channel: str
) -> None:
    chain = [
        {
            "contract_id": f"C{place}",
            "amends_contract_id": f"C{place - 1}" if place else None,
            "sign_date": date(2023, 1, 1),
            "channel": "license" if place == amendments else "service",
            "disposition": "accepted" if place == amendments else "superseded",
        }
        for place in range(amendments + 1)
    ]
    put(office, "contracts", 2023, chain)
    put(office, "receipts", 2024, [{"contract_id": "C0", "year": 2024, "amount": Decimal(7), "currency": "CNY"}])
    compute_year(office, 2024, as_of)
    assert [
        (row["channel"], row["value"])
        for row in read_observations(office, 2024).to_pylist()
        if row["indicator"] == "contract_receipts" and row["channel"] != "_T" and row["institution_type"] == "_T"
    ] == [(channel, 7.0)]


def test_what_happened_before_its_reference_date_counts_in_the_year_it_happened(
    office: Workspace, put: Put, as_of: date
) -> None:
    started = {"project_id": "A", "screened_date": date(2023, 9, 1), "start_date": date(2024, 2, 1), "trl_start": 7}
    put(office, "projects", 2023, [{"project_id": "B", "screened_date": date(2023, 5, 1), "trl_start": 3}])
    put(office, "projects", 2024, [started, {"project_id": "C", "start_date": date(2024, 3, 1)}])
    compute_year(office, 2023, as_of)
    assert [
        (row["indicator"], row["numerator"] or row["value"], row["records"])
        for row in read_observations(office, 2023).to_pylist()
        if row["indicator"] in ("trl_6_8_share", "commercialization_project_count")
        and {row[name] for name in (*KEY[2:],)} <= {"_T", "_Z"}
    ] == [("commercialization_project_count", None, None), ("trl_6_8_share", 1.0, 2)]


def test_held_records_and_later_years_are_in_no_figure(office: Workspace, put: Put, as_of: date) -> None:
    rows = contracts(2023, 30)
    put(
        office,
        "contracts",
        2023,
        [{**row, "disposition": "held" if n < 10 else "accepted"} for n, row in enumerate(rows)],
    )
    put(office, "contracts", 2024, contracts(2024, 30))
    put(office, "contracts", 0, [{"contract_id": "no date"}])
    compute_year(office, 2023, as_of)
    totals = {
        row["indicator"]: row["records"]
        for row in read_observations(office, 2023).to_pylist()
        if all(row[name] in ("_T", "_Z") for name in KEY[2:])
    }
    assert totals["contract_count"] == 20


def test_without_any_record_every_figure_says_why(office: Workspace, as_of: date) -> None:
    compute_year(office, 2024, as_of)
    said = {(row["indicator"], row["status"], row["reason"]) for row in read_observations(office, 2024).to_pylist()}
    assert said == {(name, "M", "no_records") for name in office.recipe.indicators}


KENYA, PAKISTAN = {"partner": "KEN"}, {"partner": "PAK"}
PAID = {"silk_road_fund_amount": Decimal(20)}
SILENT = [
    ({2024: [KENYA, PAKISTAN]}, {"_T": "field_missing"}),
    ({2024: [KENYA, PAKISTAN], 2023: [KENYA | PAID]}, dict.fromkeys(("_T", "KEN", "PAK"), "field_missing")),
    ({2024: [KENYA, PAKISTAN | PAID]}, {"KEN": "none_stated"}),
    ({2024: [KENYA, KENYA | PAID, PAKISTAN | PAID]}, {}),
]


@pytest.mark.parametrize(("stated", "expected"), SILENT)
def test_a_field_that_no_record_of_a_cell_states_is_told_from_one_that_is_not_delivered(
    office: Workspace, put: Put, as_of: date, stated: dict[int, list[dict[str, Any]]], expected: dict[str, str]
) -> None:
    for year, projects in stated.items():
        started = {"start_date": date(year, 3, 1), "initial_investment": Decimal(100)}
        rows = [{"project_id": f"{year}-{at}"} | started | one for at, one in enumerate(projects)]
        put(office, "projects", year, rows)
    compute_year(office, 2024, as_of)
    assert {
        row["partner"]: row["reason"]
        for row in read_observations(office, 2024).to_pylist()
        if row["indicator"] == "silk_road_fund_share" and row["delivery_model"] == "_T" and row["status"] == "M"
        if row["partner"] in ("_T", "KEN", "PAK")
    } == expected


def test_an_edition_that_was_never_computed_is_asked_for(office: Workspace) -> None:
    with pytest.raises(ComputeError, match="no edition 2024"):
        read_observations(office, 2024)


@pytest.mark.parametrize(
    ("query", "what", "fix"),
    [
        ("select valeu from contracts", "valeu", "correct the line"),
        ("select 1 as valeu", "column `valeu`", "did you mean `value`?"),
        ("select 1 as value, 'x' as delivery_model", "column `delivery_model`", "under `dimensions`"),
        ("select 'KEN' as partner", "no figure", "numerator"),
        ("select 1 as value, cast(null as varchar) as partner", "empty code", "`_U`"),
        (
            "select 1 as value, 'KEN' as partner union all select 2, 'KEN'",
            "stands twice: indicator=contract_count",
            "group",
        ),
        ("select 1 as value, 'A?' as status", "a status is none: indicator=contract_count", "A, B, E, I"),
        ("select 1 as value, 'U' as status, 'hearsay' as reason", "a reason is none", "field_missing"),
        ("select 1 as value, 'register' as breakdown", "`register` is no breakdown", "`name=value`"),
        ("select 1 as value, 'scope=a;b' as breakdown", "`scope=a;b` is no breakdown", "`%3B`"),
        ("select 1 as value, 'scop=a' as breakdown", "`scop=a` is no breakdown", "did you mean `scope`?"),
        ("select 1 as value, 'basis=real' as breakdown", "no breakdown", "name `basis` under `breakdown_names`"),
        ("select 1 as value, 'scope=a;direction=b' as breakdown", "no breakdown", "order: direction, scope"),
        ("select 1 as value, 'scope=a;scope=b' as breakdown", "no breakdown", "each name once"),
        ("select 'much' as value", "does not fit: Conversion Error", "correct the value"),
        ("select cast(2e38 as decimal(38, 6)) as value", "does not fit: Conversion Error", "`try_cast`"),
        ("select a as value from read_parquet('/gone.parquet')", "file cannot be read: IO Error", "there and whole"),
    ],
)
def test_a_query_that_is_wrong_is_named(
    office: Workspace, include: Path, as_of: date, query: str, what: str, fix: str
) -> None:
    path = include / "sql/indicators/contract_count/query.sql"
    path.write_text(query, encoding="utf-8")
    with pytest.raises(ComputeError) as refused:
        compute_year(office, 2024, as_of)
    assert refused.value.where == str(path)
    assert what in refused.value.what
    assert fix in refused.value.fix
    assert office.catalogue.editions() == []


def test_a_broken_file_of_records_is_named(office: Workspace, put: Put, as_of: date) -> None:
    ref = put(office, "contracts", 2024, contracts(2024, 3))
    Path(office.lake.path(ref)).write_bytes(b"PAR1 and no more of it")
    with pytest.raises(ComputeError, match="a file cannot be read") as refused:
        compute_year(office, 2024, as_of)
    assert refused.value.where == office.lake.path("validated/contracts")
    assert ref in refused.value.what


def test_too_little_memory_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MEMORY_LIMIT", "20MB")
    with engine.Engine(threads=1) as small:
        small.execute("set temp_directory = ''", where="test")
        with pytest.raises(ComputeError, match="memory is used up") as refused:
            small.fetch("select list(x) from range(10000000) t(x)", where="wide.sql")
    assert (refused.value.where, refused.value.fix) == ("wide.sql", engine.MEMORY)


def test_a_field_of_another_type_redoes_the_cubes(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    first = office.catalogue.last_event()
    contracts = office.recipe.datasets["contracts"]
    field = contracts.fields["registration_date"].model_copy(update={"type": "text"})
    contracts = contracts.model_copy(update={"fields": {**contracts.fields, "registration_date": field}})
    changed = {**office.recipe.datasets, "contracts": contracts}
    compute_year(replace(office, recipe=replace(office.recipe, datasets=changed)), 2024, as_of)
    assert ("compute", "", 2024, "done") in states(office, first)


def test_a_cube_that_fails_is_named(office: Workspace, include: Path, as_of: date) -> None:
    path = include / "sql/cubes/project_cells.sql"
    path.write_text("select no_such_column from projects", encoding="utf-8")
    with pytest.raises(ComputeError, match="no_such_column") as refused:
        compute_year(office, 2024, as_of)
    assert refused.value.where == str(path)


def test_cubes_that_read_each_other_are_refused(
    open_office: Callable[..., Workspace], include: Path, as_of: date
) -> None:
    (include / "sql/cubes/project_cells.sql").write_text("select * from two", encoding="utf-8")
    (include / "sql/cubes/two.sql").write_text("select * from project_cells", encoding="utf-8")
    with pytest.raises(ComputeError, match="project_cells and two read each other"):
        compute_year(open_office(), 2024, as_of)
