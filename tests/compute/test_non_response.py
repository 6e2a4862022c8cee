"""Who is missing from the survey: the office's list, and what is imputed for contract value."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yearbook.compute import compute_year
from yearbook.compute.trial import Trial, TrialRoom
from yearbook.model.recipe import IndicatorFolder, load_recipe
from yearbook.settings import PROJECT
from yearbook.workspace import Workspace

INCLUDE = PROJECT / "include"
RECIPE = load_recipe("demo", INCLUDE)
HEADERS = (
    "institution name_zh name_en institution_type province staff_before value_before staff_share value_share contracts"
)
ONLY = "indicators: [transfer_staff, non_response_lost_coverage]\n"
Put = Callable[[Workspace, str, int, list[dict[str, Any]]], str]


@pytest.fixture
def office(include: Path, open_office: Callable[..., Workspace]) -> Workspace:
    """The programme with the figures of the survey alone, without records."""
    programme = include / "programmes/office/programme.yml"
    programme.write_text(programme.read_text(encoding="utf-8") + ONLY, encoding="utf-8")
    return open_office()


def institution(code: str, year: int, staff: int | None = None, name: str | None = None) -> dict[str, Any]:
    return {
        "institution_id": code,
        "year": year,
        "name_zh": name,
        "type": "university",
        "province": "BJ",
        "transfer_staff": staff,
    }


def contract(number: str, seller: str, year: int, value: int) -> dict[str, Any]:
    day = date(year, 5, 1)
    return {"contract_id": number, "sign_date": day, "seller_id": seller, "value": Decimal(value), "currency": "CNY"}


def fill(office: Workspace, put: Put) -> None:
    before = [
        institution("U1", 2023, 30),
        institution("=U2", 2023, 10, "=cmd|' /C calc'!A1"),
        institution("U3", 2023),
        institution("U4", 2023, 10, "+U4"),
    ]
    put(office, "institutions", 2023, before)
    put(office, "institutions", 2024, [institution("U1", 2024, 40), institution("new", 2024, 5)])
    put(office, "contracts", 2023, [contract("A", "U1", 2023, 400), contract("B", "U4", 2023, 100)])
    put(office, "contracts", 2024, [contract("C", "U4", 2024, 70), contract("D", "U4", 2024, 7)])


def path_of(office: Workspace) -> Path:
    return Path(office.settings.home) / "office/internal/2024/non_response.csv"


def read_list(office: Workspace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path_of(office).read_text(encoding="utf-8-sig"))))


def test_who_is_missing_is_listed_and_no_cell_is_a_formula(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    rows = read_list(office)
    assert " ".join(rows[0]) == HEADERS
    assert [list(row.values()) for row in rows] == [
        ["U4", "'+U4", "", "university", "BJ", "10", "100.00", "20.0", "20.0", "2"],
        ["'=U2", "'=cmd|' /C calc'!A1", "", "university", "BJ", "10", "", "20.0", "", "0"],
        ["U3", "", "", "university", "BJ", "", "", "", "", "0"],
    ]


def test_a_list_that_is_gone_comes_back_as_it_was(office: Workspace, put: Put, as_of: date) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    written = path_of(office).read_bytes()
    path_of(office).unlink()
    compute_year(office, 2024, as_of)
    assert path_of(office).read_bytes() == written


def test_where_all_answered_the_list_is_empty(office: Workspace, put: Put, as_of: date) -> None:
    put(office, "institutions", 2023, [institution("U1", 2023, 30)])
    put(office, "institutions", 2024, [institution("U1", 2024, 30)])
    compute_year(office, 2024, as_of)
    assert read_list(office) == []
    assert path_of(office).exists()


def test_without_a_survey_there_is_no_list(
    office: Workspace, open_office: Callable[..., Workspace], put: Put, include: Path, as_of: date
) -> None:
    fill(office, put)
    compute_year(office, 2024, as_of)
    source = include / "programmes/office/sources/register.yml"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    source.write_text("".join(line for line in lines if "name: institutions" not in line), encoding="utf-8")
    compute_year(open_office(), 2024, as_of)
    assert not path_of(office).exists()


def imputed(folder: Path, institutions: str, contracts: str) -> list[tuple[str, int, float]]:
    """The cells of `imputed_value_cells`, by way of an indicator that shows nothing else."""
    (folder / "query.sql").write_text(
        "select institution_type, value, institutions as records from imputed_value_cells", encoding="utf-8"
    )
    definition = RECIPE.indicators["transfer_staff"].definition.model_copy(update={"fields": {}})
    trial = Trial(test="imputed", year=2024, given={"institutions": institutions, "contracts": contracts}, expect="")
    with TrialRoom(RECIPE, INCLUDE) as room:
        rows = room.compute(trial, [IndicatorFolder(folder, definition)]).to_pylist()
    return [(row["institution_type"], row["records"], row["value"]) for row in rows if row["status"] == "A"]


def panel(type_: str, count: int, growth: int) -> tuple[list[str], list[str]]:
    """Institutions of a type that answer in both years, and their contracts, of 10 and of 10 times the growth."""
    codes = [f"{type_}{number}" for number in range(count)]
    answers = [f"{code} {year} {type_}" for code in codes for year in (2023, 2024)]
    sales = [
        f"{code}-{year} {year}-05-01 {code} {value}"
        for code in codes
        for year, value in ((2023, 10), (2024, 10 * growth))
    ]
    return answers, sales


@pytest.mark.parametrize(
    ("matched", "expected"),
    [
        (10, [("_T", 1, 14.0), ("public_research", 1, 14.0), ("university", 1, 14.0)]),
        (9, []),
    ],
)
def test_contract_value_is_imputed_for_who_is_missing_and_sold_nothing(
    matched: int, expected: list[tuple[str, int, float]], tmp_path: Path
) -> None:
    answers, sales = panel("university", matched, 2)
    others, sold = panel("enterprise", 10, 5)
    institutions = ["institution_id year type", *answers, *others, "gone 2023 university", "seen 2023 university"]
    contracts = [
        "contract_id sign_date seller_id value",
        *sales,
        *sold,
        "gone-2023 2023-05-01 gone 7",
        "seen-2023 2023-05-01 seen 900",
        "seen-2024 2024-05-01 seen -",
    ]
    assert imputed(tmp_path, "\n".join(institutions), "\n".join(contracts)) == expected
